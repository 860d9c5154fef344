/** Every save of a dashboard, and how to bring one back. */
import { Button, Drawer, Tag } from 'antd'
import type { Dashboard, DashboardVersion } from '#reports/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { usePages } from '#platform/web/page/list.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { words as all } from '../../words.ts'
import { reports } from '../api.ts'

const words = all.versions

export function VersionsDrawer({ dashboard, onClose }: { dashboard: Dashboard; onClose: () => void }) {
  const say = useSay()
  const { id } = dashboard
  const pages = usePages<DashboardVersion>(reports.listVersions.key({ input: { id } }), (cursor) =>
    reports.listVersions.call(cursor === undefined ? { id } : { id, cursor }),
  )
  const restore = useAct((version: number) => reports.restoreVersion.call({ id, version }), {
    done: words.restored,
    refresh: ['reports'],
    onDone: onClose,
  })
  const rows = pages.data?.pages.flatMap((page) => page.rows)
  return (
    <Drawer open onClose={onClose} title={say(all.deed.versions)} size={420}>
      <p className="muted">{say(words.lead)}</p>
      {pages.error !== null && <ProblemNotice error={pages.error} again={() => void pages.refetch()} />}
      {rows === undefined && !pages.error && <Waiting />}
      <ul className="list-cards">
        {rows?.map((row) => (
          <li key={row.version}>
            <div className="row spread">
              <strong>{say(words.line, { version: row.version })}</strong>
              {row.version === dashboard.version ? (
                <Tag>{say(words.current)}</Tag>
              ) : (
                dashboard.mayEdit && (
                  <Button
                    size="small"
                    loading={restore.busy}
                    onClick={() => restore.run(row.version)}
                    aria-label={`${say(words.restore)} ${row.version}`}
                  >
                    {say(words.restore)}
                  </Button>
                )
              )}
            </div>
            <p className="muted small">
              {row.savedBy} · <When at={row.savedAt} exact /> · {say(words.tiles, { count: row.tileCount })}
              {row.restoredFrom !== null && ` · ${say(words.from, { version: row.restoredFrom })}`}
            </p>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say(floorWords.list.more)}
        </Button>
      )}
    </Drawer>
  )
}
