/** The control chart of one indicator; units side by side as bars or as a funnel. */
import { useQuery } from '@tanstack/react-query'
import type { Comparison, Indicator } from '#measurement/contract'
import { periodName } from '#platform/web/calendar.ts'
import { FunnelChart } from '#platform/web/charts/funnel-chart.tsx'
import { RankedBars } from '#platform/web/charts/ranked-bars.tsx'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useGo } from '#platform/web/router.tsx'
import type { Tile, TileShow } from '#reports/contract'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { behind, useTileSeries } from './figure-tile.tsx'
import { lastFullPeriod, type ShownScope, useSurroundings, useTileScope } from './surroundings.ts'
import { type Room, TileFrame } from './tile-frame.tsx'

const words = all.tile
const UNITS_LIMIT = 200

export function SeriesTile({
  tile,
  show,
  title,
}: {
  tile: Tile
  show: Extract<TileShow, { kind: 'series' }>
  title: string
}) {
  const say = useSay()
  const scope = useTileScope(tile)
  const query = useTileSeries(show.indicator, scope)
  return (
    <TileFrame
      title={title}
      beside={query.data?.entity?.name ?? (query.data ? say(words.whole) : undefined)}
      to={behind(show.indicator, scope)}
      queries={[query]}
    >
      {(room) =>
        query.data && (
          <SeriesChart
            title={title}
            points={query.data.groups[0]?.points ?? []}
            unit={query.data.indicator.unit}
            grain={scope.grain}
            target={query.data.indicator.target}
            chart={query.data.chart}
            heightPixels={room.height}
          />
        )
      }
    </TileFrame>
  )
}

/** All units of a kind in the newest full period of the scope. */
export function useTileComparison(indicator: string, kind: string, scope: ShownScope) {
  const periodStart = lastFullPeriod(scope)
  return useQuery({
    ...measurement.compareEntities.queryOptions({
      input: {
        id: indicator,
        kind,
        grain: scope.grain,
        periodStart,
        limit: UNITS_LIMIT,
        ...(scope.entity === undefined ? {} : { below: scope.entity }),
      },
    }),
    placeholderData: (before) => (before?.indicator.id === indicator ? before : undefined),
  })
}

export function ComparisonTile({
  tile,
  show,
  title,
}: {
  tile: Tile
  show: Extract<TileShow, { kind: 'comparison' }>
  title: string
}) {
  const { language } = useLanguage()
  const scope = useTileScope(tile)
  const query = useTileComparison(show.indicator, show.entityKind, scope)
  return (
    <TileFrame
      title={title}
      beside={query.data && periodName(query.data.periodStart, scope.grain, language)}
      to={behind(show.indicator, scope)}
      queries={[query]}
    >
      {(room) =>
        query.data &&
        (show.look === 'funnel' && query.data.limits.length > 0 ? (
          <Funnel data={query.data} title={title} room={room} />
        ) : (
          <Bars data={query.data} title={title} room={room} />
        ))
      }
    </TileFrame>
  )
}

function Funnel({ data, title, room }: { data: Comparison; title: string; room: Room }) {
  const go = useGo()
  const { place } = useSurroundings()
  return (
    <FunnelChart
      title={title}
      unit={data.indicator.unit}
      centre={data.centre}
      limits={data.limits}
      points={data.rows.map(({ entity, point, funnel, better }) => ({ ...point, ...entity, funnel, better }))}
      heightPixels={room.height}
      onPick={(point) => {
        if (place === 'desk') go(`/measure/${data.indicator.id}?entity=${encodeURIComponent(point.key)}`)
      }}
    />
  )
}

/** Best first in the direction of the indicator; without a direction largest first. */
function inOrder(indicator: Indicator, rows: Comparison['rows']): Comparison['rows'] {
  const sign = indicator.direction === 'lower-is-better' ? 1 : -1
  const known = rows.filter((row) => row.point.value !== null)
  return known.sort((a, b) => sign * (a.point.value! - b.point.value!))
}

export const BAR_PIXELS = 31

/** As many rows as have room; on a desk the rest is reached by scrolling. */
export function rowsThatFit(count: number, room: Room, rowPixels: number, wall: boolean): number {
  if (!wall) return count
  const fit = Math.max(1, Math.floor(room.height / rowPixels))
  return count <= fit ? count : Math.max(1, Math.floor((room.height - rowPixels * 0.8) / rowPixels))
}

function Bars({ data, title, room }: { data: Comparison; title: string; room: Room }) {
  const say = useSay()
  const { place } = useSurroundings()
  const rows = inOrder(data.indicator, [...data.rows])
  const shown = rowsThatFit(rows.length, room, BAR_PIXELS, place === 'wall')
  if (rows.length === 0) return <p className="muted">{say(words.noData)}</p>
  return (
    <>
      <RankedBars
        title={title}
        unit={data.indicator.unit}
        reference={data.centre}
        rows={rows.slice(0, shown).map(({ entity, point }) => ({
          key: entity.key,
          name: entity.name,
          value: point.value,
          low: point.low,
          high: point.high,
          n: point.n,
          tooFew: point.tooFew,
          ...(place === 'desk' ? { to: `/measure/${data.indicator.id}?entity=${encodeURIComponent(entity.key)}` } : {}),
        }))}
      />
      {shown < rows.length && <p className="muted small">{say(words.moreUnits, { count: rows.length - shown })}</p>}
    </>
  )
}
