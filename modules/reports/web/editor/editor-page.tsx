/** The editor's two doors: a new dashboard from a template or empty, and one that exists. */
import { useQuery } from '@tanstack/react-query'
import type { DashboardDraft } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { Go, useParam, useSearchValue } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { draftFromTemplate, type TemplateName, templateNames } from '../../rules/templates.ts'
import { problems, words } from '../../words.ts'
import { evaluation, reports } from '../api.ts'
import { Editor } from './editor.tsx'

const empty = (kind: DashboardDraft['kind']): DashboardDraft => ({
  kind,
  title: kind === 'wall' ? words.editor.newWallTitle : words.editor.newTitle,
  scope: { entity: null, grain: 'month', periods: 24 },
  pages: [{ title: null, tiles: [] }],
  secondsPerPage: 20,
})

export function NewDashboardPage() {
  const say = useSay()
  const [asked] = useSearchValue('template')
  const mayScores = useMay('evaluation.read')
  const indicators = useIndicators()
  const kinds = useQuery(organisation.entityKinds.queryOptions())
  const schemes = useQuery({ ...evaluation.listSchemes.queryOptions(), enabled: mayScores })
  const name = templateNames.find((one) => one === asked)
  if (name === undefined) return <Editor key={asked ?? ''} draft={empty(asked === 'blank-wall' ? 'wall' : 'desk')} />
  if (!indicators || !kinds.data || (mayScores && !schemes.data)) {
    return (
      <PageFrame title={say(words.editor.newTitle)} may="dashboards.edit">
        <Waiting rows={8} />
      </PageFrame>
    )
  }
  const facts = { indicators, schemes: schemes.data ?? [], kinds: kinds.data }
  return <Editor key={name} draft={draftFromTemplate(name, facts, templateWords(name))} />
}

function templateWords(name: TemplateName) {
  const { title } = words.template[name]
  return name === 'wall' ? { title, pages: words.template.wall.pages } : { title }
}

export function EditDashboardPage() {
  const say = useSay()
  const id = useParam('id')
  // What somebody else saves while this is open is told when we save, not laid over what we are doing.
  const query = useQuery(reports.readDashboard.queryOptions({ input: { id } }))
  return (
    <Loaded query={query}>
      {(dashboard) =>
        dashboard.mayEdit ? (
          <Editor key={id} draft={dashboard.draft} saved={dashboard} />
        ) : (
          <PageFrame title={say(dashboard.title)} may="dashboards.edit">
            <Empty title={say(problems.NOT_YOURS)} begin={<Go to={`/dashboards/${id}`}>{say(words.deed.copy)}</Go>} />
          </PageFrame>
        )
      }
    </Loaded>
  )
}
