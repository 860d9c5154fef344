/** All dashboards and walls one may see, where roles begin, and how to make a new one. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Select, Tag } from 'antd'
import { useState } from 'react'
import { type RoleName, roleNames } from '#organisation/contract'
import type { DashboardSummary, Sharing } from '#reports/contract'
import { useAct } from '#platform/web/act.ts'
import { type Say, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { reports } from './api.ts'
import { Beginnings } from './beginnings.tsx'
import { useRemoval } from './dashboard-page.tsx'
import { useRoleTitle } from './sharing/role-title.ts'
import { ShareDrawer } from './sharing/share-drawer.tsx'
import './tiles/tiles.css'

const column = words.column

export function DashboardsPage() {
  const say = useSay()
  const mayMake = useMay('dashboards.edit')
  const [making, setMaking] = useState(false)
  return (
    <PageFrame
      title={say(words.all)}
      lead={say(words.lead)}
      may="measurements.read"
      crumbs={[{ title: say(words.title), to: '/dashboards' }]}
      actions={
        mayMake && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {say(words.deed.add)}
          </Button>
        )
      }
    >
      <Section>
        <DashboardTable mayMake={mayMake} />
      </Section>
      <Defaults />
      <Drawer open={making} onClose={() => setMaking(false)} title={say(words.begin.title)} size={460}>
        <Beginnings />
      </Drawer>
    </PageFrame>
  )
}

/** Who sees it, in words. */
function sharedText(sharing: Sharing, say: Say, roleTitle: (role: RoleName) => string): string {
  if (sharing.with === 'roles') return sharing.roles.map(roleTitle).join('、')
  return say(sharing.with === 'everyone' ? words.sharing.everyone : words.sharing.private)
}

function DashboardTable({ mayMake }: { mayMake: boolean }) {
  const say = useSay()
  const roleTitle = useRoleTitle()
  const pages = usePages<DashboardSummary>(reports.listDashboards.key({ input: {} }), (cursor) =>
    reports.listDashboards.call(cursor === undefined ? {} : { cursor }),
  )
  const columns: Column<DashboardSummary>[] = [
    { key: 'title', title: say(column.title), render: (row) => say(row.title), text: (row) => say(row.title) },
    { key: 'kind', title: say(column.kind), render: (row) => say(words.kinds[row.kind]), text: (row) => row.kind },
    { key: 'owner', title: say(column.owner), render: (row) => row.owner.name, text: (row) => row.owner.name },
    {
      key: 'sharing',
      title: say(column.sharing),
      render: (row) => sharedText(row.sharing, say, roleTitle),
      text: (row) => sharedText(row.sharing, say, roleTitle),
    },
    {
      key: 'default',
      title: say(column.defaultFor),
      render: (row) =>
        row.defaultFor.length === 0 ? '—' : row.defaultFor.map((role) => <Tag key={role}>{roleTitle(role)}</Tag>),
      text: (row) => row.defaultFor.map(roleTitle).join(' '),
    },
    { key: 'saved', title: say(column.saved), render: (row) => <When at={row.savedAt} />, text: (row) => row.savedAt },
    { key: 'actions', title: '', render: (row) => <RowDeeds row={row} /> },
  ]
  return (
    <PagedTable<DashboardSummary>
      pages={pages}
      rowKey={(row) => row.id}
      to={(row) => `/dashboards/${row.id}`}
      exportName={say(words.title)}
      columns={columns}
      empty={
        <>
          <Empty title={say(words.home.none)} why={say(mayMake ? words.home.noneWhy : words.home.noneAsk)} />
          {mayMake && <Beginnings />}
        </>
      }
    />
  )
}

function RowDeeds({ row }: { row: DashboardSummary }) {
  const say = useSay()
  const remove = useRemoval()
  const [sharing, setSharing] = useState(false)
  const title = say(row.title)
  const named = (what: string) => `${what} ${title}`
  return (
    <span className="row">
      {row.kind === 'wall' && (
        <Go to={`/wall/${row.id}`} plain>
          {say(words.deed.openWall)}
        </Go>
      )}
      {row.mayEdit && (
        <>
          <Go to={`/dashboards/${row.id}/edit`} aria-label={named(say(words.deed.edit))}>
            {say(words.deed.edit)}
          </Go>
          <Button size="small" type="link" onClick={() => setSharing(true)} aria-label={named(say(words.deed.share))}>
            {say(words.deed.share)}
          </Button>
          <Button
            size="small"
            type="link"
            danger
            onClick={() => remove({ id: row.id, title })}
            aria-label={named(say(words.deed.remove))}
          >
            {say(words.deed.remove)}
          </Button>
        </>
      )}
      {sharing && <ShareDrawer dashboard={row} onClose={() => setSharing(false)} />}
    </span>
  )
}

const CHOICES_LIMIT = 200
/** Roles whose people read measurements; the others have nothing to begin with. */
const READERS: readonly RoleName[] = roleNames.filter(
  (role) => !['experience-officer', 'public-supervisor', 'customer', 'security-officer', 'auditor'].includes(role),
)

function Defaults() {
  const say = useSay()
  const roleTitle = useRoleTitle()
  const may = useMay('dashboards.assign')
  const defaults = useQuery(reports.listDefaults.queryOptions())
  const list = useQuery({
    ...reports.listDashboards.queryOptions({ input: { kind: 'desk', limit: CHOICES_LIMIT } }),
    enabled: may,
  })
  const set = useAct((input: { role: RoleName; id: string | null }) => reports.setRoleDefault.call(input), {
    done: words.defaultSet,
    refresh: ['reports'],
  })
  if (!may) return null
  const offered = (role: RoleName) =>
    (list.data?.rows ?? []).filter(
      ({ sharing }) => sharing.with === 'everyone' || (sharing.with === 'roles' && sharing.roles.includes(role)),
    )
  return (
    <Section title={say(words.defaultsTitle)} lead={say(words.defaultsLead)}>
      <Loaded query={defaults}>
        {(rows) => (
          <ul className="role-defaults">
            {READERS.map((role) => {
              const present = rows.find((row) => row.role === role)
              return (
                <li key={role}>
                  <label htmlFor={`default-${role}`}>{roleTitle(role)}</label>
                  <Select<string>
                    id={`default-${role}`}
                    allowClear
                    {...(present ? { value: present.id } : {})}
                    placeholder={say(words.noDefault)}
                    options={offered(role).map((row) => ({ value: row.id, label: say(row.title) }))}
                    onChange={(id: string | undefined) => set.run({ role, id: id ?? null })}
                    style={{ width: '100%' }}
                  />
                </li>
              )
            })}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
