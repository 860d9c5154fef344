/** What a person begins with: their own choice, else what their role is given, else the first they can see, else a template. */
import { useQuery } from '@tanstack/react-query'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { reports } from './api.ts'
import { Beginnings } from './beginnings.tsx'
import { DashboardFrame } from './dashboard-page.tsx'

export function HomePage() {
  const may = useMay('measurements.read')
  const home = useQuery({ ...reports.homeDashboard.queryOptions(), enabled: may })
  const list = useQuery({
    ...reports.listDashboards.queryOptions({ input: { kind: 'desk', limit: 1 } }),
    enabled: home.data?.id === null,
  })
  const say = useSay()
  if (!may)
    return (
      <PageFrame title={say(words.title)} may="measurements.read">
        {null}
      </PageFrame>
    )
  return (
    <Loaded query={home}>
      {({ id, because }) => {
        if (id !== null) return <Home id={id} role={because === 'role'} />
        return (
          <Loaded query={list}>{({ rows }) => (rows[0] ? <Home id={rows[0].id} role={false} /> : <Nothing />)}</Loaded>
        )
      }}
    </Loaded>
  )
}

function Home({ id, role }: { id: string; role: boolean }) {
  const say = useSay()
  const query = useQuery(reports.readDashboard.queryOptions({ input: { id } }))
  return (
    <Loaded query={query}>
      {(dashboard) => <DashboardFrame dashboard={dashboard} {...(role ? { lead: say(words.home.role) } : {})} />}
    </Loaded>
  )
}

function Nothing() {
  const say = useSay()
  const mayMake = useMay('dashboards.edit')
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="measurements.read">
      <Section>
        <Empty title={say(words.home.none)} why={say(mayMake ? words.home.noneWhy : words.home.noneAsk)} />
        {mayMake && <Beginnings />}
      </Section>
    </PageFrame>
  )
}
