/** One value: how much, of how many, how it changed and whether that is more than chance, whether the target is met, and its way so far. */
import { useQuery } from '@tanstack/react-query'
import type { Grain } from '#platform/contract'
import type { Series } from '#measurement/contract'
import { periodName } from '#platform/web/calendar.ts'
import { Sparkline } from '#platform/web/charts/sparkline.tsx'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatCases, formatChange, formatPlain, formatValue, units } from '#platform/web/numbers.ts'
import { EntityName } from '#platform/web/parts/entity-name.tsx'
import { targetMet } from '#platform/web/parts/figure.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import type { Sentence } from '#platform/web/words.ts'
import type { Tile, TileShow } from '#reports/contract'
import { changeOf, newestOf } from '../../rules/change.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { type ShownScope, useTileScope } from './surroundings.ts'
import { type Room, TileFrame } from './tile-frame.tsx'

const words = all.tile

/** One series of an indicator at the tile's scope; tiles of the same one share the answer. */
export function useTileSeries(indicator: string, scope: ShownScope) {
  const { entity, grain, from, to } = scope
  return useQuery({
    ...measurement.readSeries.queryOptions({
      input: { id: indicator, grain, from, to, ...(entity === undefined ? {} : { entity }) },
    }),
    placeholderData: (before) => (before?.indicator.id === indicator ? before : undefined),
  })
}

export const behind = (indicator: string, { entity, grain }: ShownScope) =>
  `/measure/${indicator}?grain=${grain}${entity === undefined ? '' : `&entity=${encodeURIComponent(entity)}`}`

type Show = Extract<TileShow, { kind: 'figure' }>

export function FigureTile({ tile, show, title }: { tile: Tile; show: Show; title: string }) {
  const scope = useTileScope(tile)
  const query = useTileSeries(show.indicator, scope)
  return (
    <TileFrame title={title} to={behind(show.indicator, scope)} queries={[query]}>
      {(room) =>
        query.data && <FigureBody series={query.data} room={room} own={tile.scope.from === 'own'} grain={scope.grain} />
      }
    </TileFrame>
  )
}

/** Below this height there is room for the value and one line. */
const LOW_PIXELS = 94
const SPARK_PIXELS = 24
/** Where the tile is low, the way so far stands beside the value. */
const BESIDE_SHARE = 0.4

function FigureBody({ series, room, own, grain }: { series: Series; room: Room; own: boolean; grain: Grain }) {
  const say = useSay()
  const { language } = useLanguage()
  const points = series.groups[0]?.points ?? []
  const point = newestOf(points)
  const { unit, direction, target } = series.indicator
  if (!point || point.value === null) return <p className="muted">{say(words.noData)}</p>
  const met = point.tooFew ? null : targetMet(point.value, target, direction)
  const sign = (units as Record<string, Sentence>)[unit]?.[language] ?? ''
  const tall = room.height >= LOW_PIXELS + SPARK_PIXELS
  return (
    <div className={`tile-figure ${point.tooFew ? 'few' : ''}`}>
      <p className="tile-value number">
        {formatPlain(point.value, unit, language)}
        <span className="tile-unit">{sign}</span>
      </p>
      <p className="tile-rests">
        {point.tooFew && <span>{say(floorWords.figure.tooFew)}</span>}
        {met !== null && <StatusMark status={met ? 'green' : 'orange'} word={say(met ? words.met : words.missed)} />}
        {target === null ? (
          <span>&nbsp;</span>
        ) : (
          <span className="muted">
            {say(floorWords.figure.target, { target: formatValue(target, unit, language) })}
          </span>
        )}
      </p>
      <ChangeLine series={series} />
      <p className="tile-rests muted number">
        {own && series.entity && <EntityName entityKey={series.entity.key} />}
        <span>{periodName(point.periodStart, grain, language)}</span>
        <span>n={formatCases(point.n, language)}</span>
      </p>
      <div className={tall ? 'tile-spark' : 'tile-spark beside'} aria-hidden="true">
        <Sparkline
          values={points.map((one) => one.value)}
          width={tall ? room.width : Math.round(room.width * BESIDE_SHARE)}
          height={SPARK_PIXELS}
        />
      </div>
    </div>
  )
}

function ChangeLine({ series }: { series: Series }) {
  const say = useSay()
  const { language } = useLanguage()
  const change = changeOf(series.groups[0]?.points ?? [])
  if (!change) return <p className="tile-change muted">&nbsp;</p>
  const told = say(words.toBefore, { change: formatChange(change.by, series.indicator.unit, language) })
  const significance =
    change.significant === null ? '' : ` · ${say(change.significant ? words.significant : words.insignificant)}`
  return (
    <p className="tile-change muted">
      {told}
      {significance}
    </p>
  )
}
