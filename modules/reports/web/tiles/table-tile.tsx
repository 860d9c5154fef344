/** Indicators across, units down: each value with a mark where the unit differs from the others by more than chance. */
import { useQueries } from '@tanstack/react-query'
import type { Comparison } from '#measurement/contract'
import { periodName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import type { Sentence } from '#platform/web/words.ts'
import type { Tile, TileShow } from '#reports/contract'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { rowsThatFit } from './chart-tiles.tsx'
import { lastFullPeriod, useSurroundings, useTileScope } from './surroundings.ts'
import { type Room, TileFrame } from './tile-frame.tsx'

const words = all.tile
const UNITS_LIMIT = 200
const ROW_PIXELS = 31
const HEAD_PIXELS = 40

type Row = Comparison['rows'][number]

export function TableTile({
  tile,
  show,
  title,
}: {
  tile: Tile
  show: Extract<TileShow, { kind: 'table' }>
  title: string
}) {
  const { language } = useLanguage()
  const scope = useTileScope(tile)
  const periodStart = lastFullPeriod(scope)
  const queries = useQueries({
    queries: show.indicators.map((id) =>
      measurement.compareEntities.queryOptions({
        input: {
          id,
          kind: show.entityKind,
          grain: scope.grain,
          periodStart,
          limit: UNITS_LIMIT,
          ...(scope.entity === undefined ? {} : { below: scope.entity }),
        },
      }),
    ),
  })
  const data = queries.flatMap((query) => query.data ?? [])
  return (
    <TileFrame
      title={title}
      beside={periodName(periodStart, scope.grain, language)}
      to={`/measure?grain=${scope.grain}`}
      queries={queries}
    >
      {(room) => <Matrix columns={data} room={room} />}
    </TileFrame>
  )
}

function Matrix({ columns, room }: { columns: readonly Comparison[]; room: Room }) {
  const say = useSay()
  const { place } = useSurroundings()
  const indicators = useIndicators()
  const byUnit = new Map<string, { name: string; cells: Map<string, Row> }>()
  for (const column of columns) {
    for (const row of column.rows) {
      const unit = byUnit.get(row.entity.key) ?? { name: row.entity.name, cells: new Map<string, Row>() }
      unit.cells.set(column.indicator.id, row)
      byUnit.set(row.entity.key, unit)
    }
  }
  const units = [...byUnit].sort((a, b) => a[1].name.localeCompare(b[1].name, 'zh-CN'))
  if (units.length === 0) return <p className="muted">{say(words.noData)}</p>
  const inside = { width: room.width, height: room.height - HEAD_PIXELS }
  const shown = rowsThatFit(units.length, inside, ROW_PIXELS, place === 'wall')
  return (
    <>
      <table className="plain-table tile-table">
        <thead>
          <tr>
            <th scope="col">{say(words.unit)}</th>
            {columns.map(({ indicator }) => (
              <th key={indicator.id} scope="col" className="right">
                {say((indicators?.find((one) => one.id === indicator.id) ?? indicator).title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.slice(0, shown).map(([key, unit]) => (
            <tr key={key}>
              <th scope="row">
                {place === 'desk' ? <Go to={`/measure?entity=${encodeURIComponent(key)}`}>{unit.name}</Go> : unit.name}
              </th>
              {columns.map(({ indicator }) => (
                <td key={indicator.id} className="right">
                  <Cell row={unit.cells.get(indicator.id)} unit={indicator.unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown < units.length && <p className="muted small">{say(words.moreUnits, { count: units.length - shown })}</p>}
    </>
  )
}

/** The mark of a unit that differs by more than chance; none for the ordinary. */
function markOf(row: Row): { status: Status; told: Sentence } | null {
  if (row.funnel === null || row.funnel === 'inside') return null
  if (row.better === null) return { status: 'blue', told: words.different }
  if (row.better) return { status: 'green', told: words.unordinaryGood }
  return { status: row.funnel.endsWith('99.8') ? 'red' : 'orange', told: words.unordinaryBad }
}

function Cell({ row, unit }: { row: Row | undefined; unit: string }) {
  const say = useSay()
  const { language } = useLanguage()
  if (!row || row.point.value === null) return <span className="muted">—</span>
  const mark = markOf(row)
  return (
    <span className={`tile-cell number ${row.point.tooFew ? 'few' : ''}`}>
      {mark && !row.point.tooFew && <StatusMark status={mark.status} word={say(mark.told)} bare />}
      {row.point.tooFew && <span className="only-read">{say(floorWords.figure.tooFew)}</span>}
      {formatValue(row.point.value, unit, language)}
    </span>
  )
}
