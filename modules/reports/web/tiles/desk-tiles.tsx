/** What waits for people: live alerts, and how far the plans are. */
import { useQuery } from '@tanstack/react-query'
import type { Alert, Colour } from '#alerts/contract'
import type { Plan } from '#plans/contract'
import { useSay } from '#platform/web/language.tsx'
import { StatusMark, StatusShape } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Tile, TileShow } from '#reports/contract'
import { words as all } from '../../words.ts'
import { alerts, plans } from '../api.ts'
import { rowsThatFit } from './chart-tiles.tsx'
import { useSurroundings, useTileScope } from './surroundings.ts'
import { type Room, TileFrame } from './tile-frame.tsx'

const words = all.tile
const COLOURS: readonly Colour[] = ['red', 'orange', 'yellow']
const LISTED = 50
const COUNTED_LIMIT = 200
/** On a wall an alert has two lines: where, and what. */
const WALL_ALERT_PIXELS = 44
const COUNTS_PIXELS = 48

export function AlertsTile({
  tile,
  show,
  title,
}: {
  tile: Tile
  show: Extract<TileShow, { kind: 'alerts' }>
  title: string
}) {
  const say = useSay()
  const { entity } = useTileScope(tile)
  const may = useMay('alerts.read')
  const counts = useQuery({ ...alerts.alertCounts.queryOptions(), enabled: may && entity === undefined })
  const colours = show.colours.length === 0 ? COLOURS : COLOURS.filter((one) => show.colours.includes(one))
  const list = useQuery({
    ...alerts.listAlerts.queryOptions({
      input: {
        state: 'live',
        limit: entity === undefined ? LISTED : COUNTED_LIMIT,
        ...(entity === undefined ? {} : { entity }),
        ...(colours.length === 1 ? { colour: colours[0] } : {}),
      },
    }),
    enabled: may,
    placeholderData: (before) => before,
  })
  const rows = (list.data?.rows ?? []).filter((row) => colours.includes(row.colour))
  const countOf = (colour: Colour) =>
    counts.data && entity === undefined ? counts.data[colour] : rows.filter((row) => row.colour === colour).length
  return (
    <TileFrame
      title={title}
      beside={entity === undefined ? undefined : say(words.onlyUnit)}
      to="/alerts"
      may="alerts.read"
      queries={entity === undefined ? [counts, list] : [list]}
    >
      {(room) => (
        <div className="tile-alerts">
          <ul className="tile-counts">
            {colours.map((colour) => (
              <li key={colour}>
                <strong className="number">{countOf(colour)}</strong>
                <StatusMark status={colour} />
              </li>
            ))}
          </ul>
          <AlertLines rows={rows} room={room} />
        </div>
      )}
    </TileFrame>
  )
}

function AlertLines({ rows, room }: { rows: readonly Alert[]; room: Room }) {
  const say = useSay()
  const { place } = useSurroundings()
  if (rows.length === 0) return <p className="muted">{say(words.noAlerts)}</p>
  const inside = { width: room.width, height: room.height - COUNTS_PIXELS }
  const shown = rowsThatFit(rows.length, inside, WALL_ALERT_PIXELS, place === 'wall')
  return (
    <ul className="tile-lines">
      {rows.slice(0, shown).map((row) => {
        const what = say(row.rule.title)
        return (
          <li key={row.id}>
            <StatusShape status={row.colour} size={11} />
            {place === 'wall' ? (
              <span className="tile-line-text two-lines">
                {row.entity.name}
                <span className="muted small">{what}</span>
              </span>
            ) : (
              <span className="tile-line-text">
                <Go to={`/alerts/${row.id}`}>
                  {row.entity.name} · {what}
                </Go>
              </span>
            )}
            {row.overdue && <span className="tile-overdue small">{say(words.overdueMark)}</span>}
            {place !== 'wall' && (
              <span className="muted small number">
                <When at={row.raisedAt} />
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const STATES: readonly Plan['state'][] = ['draft', 'in-review', 'in-approval', 'running', 'change-requested', 'closed']

export function PlansTile({ tile, title }: { tile: Tile; title: string }) {
  const say = useSay()
  const { entity } = useTileScope(tile)
  const may = useMay('plans.read')
  const list = useQuery({
    ...plans.listPlans.queryOptions({ input: { limit: COUNTED_LIMIT, ...(entity === undefined ? {} : { entity }) } }),
    enabled: may,
    placeholderData: (before) => before,
  })
  const beside = [
    ...(entity === undefined ? [] : [say(words.onlyUnit)]),
    ...(list.data?.nextCursor ? [say(words.atLeast, { count: COUNTED_LIMIT })] : []),
  ]
  return (
    <TileFrame
      title={title}
      beside={beside.length === 0 ? undefined : beside.join(' · ')}
      to="/plans"
      may="plans.read"
      queries={[list]}
    >
      {() => <PlanCounts rows={list.data?.rows ?? []} />}
    </TileFrame>
  )
}

function PlanCounts({ rows }: { rows: readonly Plan[] }) {
  const say = useSay()
  if (rows.length === 0) return <p className="muted">{say(words.noPlans)}</p>
  const most = Math.max(1, ...STATES.map((state) => rows.filter((row) => row.state === state).length))
  const verdicts = [
    { outcome: 'effective', status: 'green', told: words.effective },
    { outcome: 'no-relevant-difference', status: 'orange', told: words.noDifference },
    { outcome: 'harmful', status: 'red', told: words.harmful },
    { outcome: 'undecided', status: 'grey', told: words.undecided },
  ] as const
  return (
    <div className="tile-plans">
      <ul className="tile-states">
        {STATES.map((state) => {
          const count = rows.filter((row) => row.state === state).length
          return (
            <li key={state}>
              <span>{say(words.planState[state])}</span>
              <i aria-hidden="true" style={{ '--share': `${(100 * count) / most}%` } as React.CSSProperties} />
              <strong className="number">{count}</strong>
            </li>
          )
        })}
      </ul>
      <p className="muted small">{say(words.verdicts)}</p>
      <ul className="tile-counts">
        {verdicts.map(({ outcome, status, told }) => (
          <li key={outcome}>
            <strong className="number">{rows.filter((row) => row.outcome === outcome).length}</strong>
            <StatusMark status={status} word={say(told)} />
          </li>
        ))}
      </ul>
    </div>
  )
}
