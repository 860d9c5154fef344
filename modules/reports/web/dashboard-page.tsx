/** One dashboard: its tiles, and what may be done with it. */
import { CopyOutlined, DesktopOutlined, EditOutlined, MoreOutlined, ShareAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Dropdown, Select } from 'antd'
import { useState } from 'react'
import type { Dashboard } from '#reports/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { useGo, useParam } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { reports } from './api.ts'
import { DashboardView } from './dashboard-view.tsx'
import { ShareDrawer } from './sharing/share-drawer.tsx'
import { VersionsDrawer } from './sharing/versions-drawer.tsx'

const deed = words.deed
const CHOICES_LIMIT = 100

export function DashboardPage() {
  const id = useParam('id')
  const query = useQuery({
    ...reports.readDashboard.queryOptions({ input: { id } }),
    placeholderData: (before) => (before?.id === id ? before : undefined),
  })
  return <Loaded query={query}>{(dashboard) => <DashboardFrame dashboard={dashboard} />}</Loaded>
}

export function DashboardFrame({ dashboard, lead }: { dashboard: Dashboard; lead?: string }) {
  const say = useSay()
  const go = useGo()
  const edit = (
    <Button type="primary" icon={<EditOutlined />} onClick={() => go(`/dashboards/${dashboard.id}/edit`)}>
      {say(deed.edit)}
    </Button>
  )
  return (
    <PageFrame
      title={say(dashboard.title)}
      {...(lead === undefined ? {} : { lead })}
      may="measurements.read"
      actions={
        <>
          <Switcher dashboard={dashboard} />
          {dashboard.kind === 'wall' && (
            <Button icon={<DesktopOutlined />} onClick={() => go(`/wall/${dashboard.id}`, { plain: true })}>
              {say(deed.openWall)}
            </Button>
          )}
          {dashboard.mayEdit && edit}
          <Deeds dashboard={dashboard} />
        </>
      }
      {...(dashboard.kind === 'desk' ? { scope: <ScopeBar /> } : {})}
    >
      <DashboardView dashboard={dashboard} {...(dashboard.mayEdit ? { begin: edit } : {})} />
    </PageFrame>
  )
}

function Switcher({ dashboard }: { dashboard: Dashboard }) {
  const say = useSay()
  const go = useGo()
  const list = useQuery(reports.listDashboards.queryOptions({ input: { limit: CHOICES_LIMIT } }))
  const rows = list.data?.rows ?? []
  const known = rows.some((row) => row.id === dashboard.id) ? rows : [dashboard, ...rows]
  return (
    <Select<string>
      aria-label={say(words.switch)}
      value={dashboard.id}
      showSearch={{ optionFilterProp: 'label' }}
      options={(['desk', 'wall'] as const).map((kind) => ({
        label: say(words.kinds[kind]),
        title: kind,
        options: known.filter((row) => row.kind === kind).map((row) => ({ value: row.id, label: say(row.title) })),
      }))}
      onChange={(id) => go(`/dashboards/${id}`)}
      style={{ width: 200 }}
      popupMatchSelectWidth={280}
    />
  )
}

/** Copy, share, history, delete: what each reader may. */
function Deeds({ dashboard }: { dashboard: Dashboard }) {
  const say = useSay()
  const go = useGo()
  const mayMake = useMay('dashboards.edit')
  const [open, setOpen] = useState<'share' | 'versions' | null>(null)
  const { id } = dashboard
  const title = say(dashboard.title)
  const home = useAct(() => reports.chooseHome.call({ id }), { done: deed.homeSet, refresh: ['reports'] })
  const copy = useAct(
    () =>
      reports.copyDashboard.call({
        id,
        title: {
          zh: deed.copyTitle.zh.replace('{title}', dashboard.title.zh),
          en: deed.copyTitle.en.replace('{title}', dashboard.title.en),
        },
      }),
    { done: deed.copied, refresh: ['reports'], onDone: (made) => go(`/dashboards/${made.id}/edit`) },
  )
  const remove = useRemoval(() => go('/dashboards/all'))
  const items = [
    ...(dashboard.mayShare ? [{ key: 'share', icon: <ShareAltOutlined />, label: say(deed.share) }] : []),
    ...(mayMake ? [{ key: 'copy', icon: <CopyOutlined />, label: say(deed.copy) }] : []),
    ...(dashboard.kind === 'desk' ? [{ key: 'home', label: say(deed.makeHome) }] : []),
    { key: 'versions', label: say(deed.versions) },
    ...(dashboard.mayEdit ? [{ key: 'remove', danger: true, label: say(deed.remove) }] : []),
  ]
  const act = (key: string) => {
    if (key === 'copy') copy.run(undefined)
    else if (key === 'home') home.run(undefined)
    else if (key === 'remove') remove({ id, title })
    else setOpen(key as 'share' | 'versions')
  }
  return (
    <>
      <Dropdown menu={{ items, onClick: ({ key }) => act(key) }} trigger={['click']}>
        <Button icon={<MoreOutlined />} aria-label={say(deed.more)} loading={copy.busy} />
      </Dropdown>
      {open === 'share' && <ShareDrawer dashboard={dashboard} onClose={() => setOpen(null)} />}
      {open === 'versions' && <VersionsDrawer dashboard={dashboard} onClose={() => setOpen(null)} />}
    </>
  )
}

const UNDO_SECONDS = 10

/** Asks, takes away, and offers to bring it back. */
export function useRemoval(onDone?: () => void): (one: { id: string; title: string }) => void {
  const say = useSay()
  const ask = useAsk()
  const { notification } = App.useApp()
  const recover = useAct((id: string) => reports.recoverDashboard.call({ id }), {
    done: deed.recovered,
    refresh: ['reports'],
  })
  const remove = useAct(
    async (one: { id: string; title: string }) => {
      await reports.deleteDashboard.call({ id: one.id })
      return one
    },
    {
      refresh: ['reports'],
      onDone: (one) => {
        const key = `removed ${one.id}`
        notification.info({
          key,
          title: say(deed.removed, { title: one.title }),
          duration: UNDO_SECONDS,
          actions: (
            <Button
              size="small"
              onClick={() => {
                notification.destroy(key)
                recover.run(one.id)
              }}
            >
              {say(deed.undo)}
            </Button>
          ),
        })
        onDone?.()
      },
    },
  )
  return (one) =>
    ask({
      title: say(deed.removeAsk, { title: one.title }),
      lost: say(deed.removeLost),
      deed: say(deed.remove),
      onYes: () => remove.run(one),
    })
}
