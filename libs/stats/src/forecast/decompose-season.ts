import { localLine } from './local-line.ts'

export type DecompositionResult =
  | { kind: 'decomposition'; trend: number[]; season: number[]; remainder: number[]; robustWeights: number[] }
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite'; detail: string }

export interface DecompositionInput {
  values: readonly number[]
  period: number
  /** Seasons whose figures of one position are smoothed together, odd from 7; 'periodic': the season never changes. */
  seasonWindow: number | 'periodic'
  /** 0 smooths them by local means (the default of R), 1 by local lines (the paper); without meaning for 'periodic'. */
  seasonDegree: 0 | 1
  /** Periods the trend is smoothed over, odd; 'usual': next odd number from 1.5 period / (1 - 1.5 / seasonWindow). */
  trendWindow: number | 'usual'
  /** Rounds that weigh outlying values down; 0 for none, 15 as usual for a robust decomposition. */
  robustRounds: number
}

/**
 * Seasonal decomposition by local regression (STL): value = trend + season + remainder.
 *
 * When to use: to see a trend behind a season, and to forecast what is left with `decompositionForecast`; with robust rounds when single
 * values are broken.
 * Formula in words: in turn, the series less trend is smoothed position by position of the season (by local means or lines),
 * made free of trend by moving averages and a local line; the series less season is smoothed to the new trend; twice, or once in each robust
 * round. Robust weight: bisquare of the remainder over six times its median.
 * Source: Cleveland, Cleveland, McRae and Terpenning (1990), Journal of Official Statistics 6:3-73. R: stl with all jumps 1;
 * its robust weights differ, because they rest on a partial sort that misses the median (statsmodels and the paper take the median).
 * Units: those of the values. Edge cases: fewer than two seasons 'too-few'; all equal 'constant'; not finite 'not-finite'; gaps must be
 * filled beforehand. Errors: RangeError for a period not whole from 2, windows not odd whole numbers, rounds not whole from 0.
 * Convention: no jumps (every point is fitted, none interpolated). Cost: O(n window) a round.
 */
export function decomposeSeason(input: DecompositionInput): DecompositionResult {
  const { values, period, robustRounds } = input
  requireDecomposition(input)
  if (!values.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  if (values.length < 2 * period + 1)
    return { kind: 'cannot', because: 'too-few', detail: `${values.length} values, ${2 * period + 1} are needed` }
  if (values.every((value) => value === values[0]))
    return { kind: 'cannot', because: 'constant', detail: 'all values are equal' }
  const windows = windowsOf(input)
  const rounds = robustRounds > 0 ? 1 : 2
  let weights: number[] | null = null
  let trend = values.map(() => 0)
  let season = values.map(() => 0)
  for (let outer = 0; outer <= robustRounds; outer++) {
    for (let inner = 0; inner < rounds; inner++) ({ trend, season } = pass(values, trend, period, windows, weights))
    if (outer < robustRounds) weights = robustWeights(values.map((value, t) => value - trend[t]! - season[t]!))
  }
  if (input.seasonWindow === 'periodic') season = positionMeans(season, period)
  const remainder = values.map((value, t) => value - trend[t]! - season[t]!)
  return { kind: 'decomposition', trend, season, remainder, robustWeights: weights ?? values.map(() => 1) }
}

interface Windows {
  season: number
  seasonDegree: 0 | 1
  trend: number
  low: number
}

const nextOdd = (x: number): number => {
  const whole = Math.round(x)
  return whole % 2 === 0 ? whole + 1 : whole
}

function windowsOf({ values, period, seasonWindow, seasonDegree, trendWindow }: DecompositionInput): Windows {
  const season = seasonWindow === 'periodic' ? 10 * values.length + 1 : seasonWindow
  const usual = nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / season)))
  const trend = trendWindow === 'usual' ? usual : trendWindow
  return { season, seasonDegree: seasonWindow === 'periodic' ? 0 : seasonDegree, trend, low: nextOdd(period) }
}

function pass(
  values: readonly number[],
  trend: readonly number[],
  period: number,
  windows: Windows,
  weights: readonly number[] | null,
) {
  const count = values.length
  const rest = values.map((value, t) => value - trend[t]!)
  // One season longer on either side than the series.
  const cycles = Array.from({ length: count + 2 * period }, () => 0)
  for (let position = 0; position < period; position++) {
    const places: number[] = []
    for (let t = position; t < count; t += period) places.push(t)
    const own = places.map((t) => rest[t]!)
    const ownWeights = weights ? places.map((t) => weights[t]!) : null
    for (let i = -1; i <= places.length; i++)
      cycles[position + (i + 1) * period] = localLine(own, i, windows.season, windows.seasonDegree, ownWeights)
  }
  const averaged = movingAverage(movingAverage(movingAverage(cycles, period), period), 3)
  const low = averaged.map((_, t) => localLine(averaged, t, windows.low, 1, null))
  const season = low.map((value, t) => cycles[t + period]! - value)
  const adjusted = values.map((value, t) => value - season[t]!)
  return { season, trend: adjusted.map((_, t) => localLine(adjusted, t, windows.trend, 1, weights)) }
}

function movingAverage(values: readonly number[], length: number): number[] {
  let sum = values.slice(0, length).reduce((total, value) => total + value, 0)
  const averages = [sum / length]
  for (let t = length; t < values.length; t++) {
    sum += values[t]! - values[t - length]!
    averages.push(sum / length)
  }
  return averages
}

function robustWeights(remainder: readonly number[]): number[] {
  const sizes = remainder.map(Math.abs)
  const sorted = sizes.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const reach = 3 * (sorted[middle]! + sorted[sorted.length - middle - 1]!)
  return sizes.map((size) => (size <= 0.001 * reach ? 1 : size <= 0.999 * reach ? (1 - (size / reach) ** 2) ** 2 : 0))
}

function positionMeans(season: readonly number[], period: number): number[] {
  const means = Array.from({ length: period }, (_, position) => {
    const own = season.filter((_value, t) => t % period === position)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
  return season.map((_, t) => means[t % period]!)
}

function requireDecomposition({ period, seasonWindow, trendWindow, robustRounds }: DecompositionInput): void {
  if (!Number.isInteger(period) || period < 2)
    throw new RangeError(`period must be a whole number from 2, got ${period}`)
  for (const [name, window, least] of [
    ['seasonWindow', seasonWindow, 7],
    ['trendWindow', trendWindow, 3],
  ] as const) {
    if (typeof window === 'number' && (!Number.isInteger(window) || window < least || window % 2 === 0))
      throw new RangeError(`${name} must be an odd whole number from ${least}, got ${window}`)
  }
  if (!Number.isInteger(robustRounds) || robustRounds < 0)
    throw new RangeError(`robustRounds must be a whole number from 0, got ${robustRounds}`)
}
