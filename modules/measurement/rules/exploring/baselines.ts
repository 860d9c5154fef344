/** What a value is compared with, computed from points. */
import type { SeriesGrain } from '../../contract/grain.ts'
import { type HistoryBaseline, PEERS_NEEDED, type PeersBaseline } from '../../contract/exploring/baselines.ts'

/** Periods of a season, how many seasons are looked back on, and the periods just before that stand in for them. */
interface Lookback {
  readonly season: number | null
  readonly seasons: number
  readonly before: number
}

const YEARS = 3
/** Days compare with the same weekday, hours with the same hour of the week. */
const LOOKBACKS: Readonly<Record<SeriesGrain, Lookback>> = {
  minute: { season: null, seasons: 0, before: 60 },
  hour: { season: 168, seasons: 4, before: 24 },
  day: { season: 364, seasons: YEARS, before: 28 },
  week: { season: 52, seasons: YEARS, before: 12 },
  month: { season: 12, seasons: YEARS, before: 12 },
  quarter: { season: 4, seasons: YEARS, before: 4 },
  'half-year': { season: 2, seasons: YEARS, before: 4 },
  year: { season: null, seasons: 0, before: 3 },
  'fiscal-quarter': { season: 4, seasons: YEARS, before: 4 },
  'fiscal-year': { season: null, seasons: 0, before: 3 },
  'retail-month': { season: 12, seasons: YEARS, before: 12 },
  'retail-quarter': { season: 4, seasons: YEARS, before: 4 },
  'retail-year': { season: null, seasons: 0, before: 3 },
}

/** Fewer values than this say nothing about the usual. */
const SEASONS_NEEDED = 2
const BEFORE_NEEDED = 3

/** Periods before the first asked one that must be read. */
export function periodsBack(grain: SeriesGrain): number {
  const { season, seasons, before } = LOOKBACKS[grain]
  return Math.max(before, (season ?? 0) * seasons)
}

/** `values` by place: those before `first` are history, a baseline is given for the others. Null where nothing can be said. */
export function historyOf(
  grain: SeriesGrain,
  values: readonly (number | null)[],
  starts: readonly string[],
  first: number,
): HistoryBaseline[] {
  const { season, seasons, before } = LOOKBACKS[grain]
  const baselines: HistoryBaseline[] = []
  const at = (places: readonly number[]) => places.flatMap((place) => values[place] ?? [])
  for (let place = first; place < values.length; place += 1) {
    const earlier = season === null ? [] : at(Array.from({ length: seasons }, (_, back) => place - season * (back + 1)))
    const justBefore = at(Array.from({ length: before }, (_, back) => place - back - 1))
    const basis = earlier.length >= SEASONS_NEEDED ? 'season' : 'before'
    const used = basis === 'season' ? earlier : justBefore
    if (used.length < (basis === 'season' ? SEASONS_NEEDED : BEFORE_NEEDED)) continue
    baselines.push({ periodStart: starts[place]!, basis, ...meanAndSpread(used), n: used.length })
  }
  return baselines
}

function meanAndSpread(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) }
}

/** Median and quartiles of the peers' values of one period; null with fewer than five. */
export function peersOf(periodStart: string, values: readonly number[]): PeersBaseline | null {
  if (values.length < PEERS_NEEDED) return null
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => quantileOf(sorted, share)
  return { periodStart, median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75), n: sorted.length }
}

/** Linear between neighbours (Hyndman and Fan, 1996, type 7). */
function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  const [below, above] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!]
  return below + (place - low) * (above - below)
}
