/** From sums to values: the point of a period with its interval, and several points taken together. */
import { meanInterval } from '#stats/intervals/mean-interval'
import { poissonRateInterval } from '#stats/intervals/poisson-rate-interval'
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import type { IndicatorDraft, Point } from '../contract.ts'

/** What the measurements sum up for one period, before units. */
export interface Sums {
  readonly numerator: number
  readonly denominator: number
  readonly n: number
  /** Sum of the squared values; only the mean needs it. */
  readonly sumOfSquares: number
  /** What only the store can say, e.g. a quantile; else numerator over denominator or the numerator itself. */
  readonly value: number | null
}

type Judged = Pick<IndicatorDraft, 'definition' | 'unit' | 'minimumN'>

/** Shares and rates are shown in their unit; every other kind is recorded in it already. */
export function scaleOf({ definition, unit }: Pick<IndicatorDraft, 'definition' | 'unit'>): number {
  if (definition.kind !== 'proportion' && definition.kind !== 'ratio') return 1
  return unit === 'percent' ? 100 : unit === 'per-thousand' ? 1000 : 1
}

interface Spread {
  readonly low: number | null
  readonly high: number | null
  readonly standardError: number | null
}
const unknownSpread: Spread = { low: null, high: null, standardError: null }

export function toPoint(indicator: Judged, periodStart: string, sums: Sums, complete: boolean): Point {
  const scale = scaleOf(indicator)
  const { numerator, denominator, n } = sums
  const value = sums.value === null || !Number.isFinite(sums.value) ? null : sums.value * scale
  const spread = value === null ? unknownSpread : scaled(spreadOf(indicator, sums), scale)
  return { periodStart, numerator, denominator, n, value, ...spread, tooFew: n < indicator.minimumN, complete }
}

/** A period without any event: a gap in the line, not a zero. */
export const emptyPoint = (indicator: Judged, periodStart: string, complete: boolean): Point => ({
  periodStart,
  numerator: 0,
  denominator: 0,
  n: 0,
  value: null,
  ...unknownSpread,
  tooFew: indicator.minimumN > 0,
  complete,
})

const scaled = ({ low, high, standardError }: Spread, scale: number): Spread => ({
  low: low === null ? null : low * scale,
  high: high === null ? null : high * scale,
  standardError: standardError === null ? null : standardError * scale,
})

function spreadOf({ definition }: Judged, sums: Sums): Spread {
  const { numerator, denominator, n } = sums
  if (definition.kind === 'proportion') return proportionSpread(numerator, denominator)
  if (definition.kind === 'mean') return meanSpread(n, numerator / n, sums.sumOfSquares)
  // Only a plain count of events is a Poisson count; with other coefficients it is a weighted one.
  const plain = definition.kind === 'count' && definition.numerator.every((term) => term.coefficient === 1)
  if (plain && Number.isInteger(numerator) && numerator >= 0) return countSpread(numerator, 1)
  return unknownSpread
}

function proportionSpread(numerator: number, denominator: number): Spread {
  if (!(denominator > 0 && numerator >= 0 && numerator <= denominator)) return unknownSpread
  const share = numerator / denominator
  const interval = wilsonInterval({ successes: numerator, trials: denominator })
  const standardError = Math.sqrt((share * (1 - share)) / denominator)
  return interval.kind === 'cannot' ? unknownSpread : { low: interval.lower, high: interval.upper, standardError }
}

function meanSpread(n: number, mean: number, sumOfSquares: number): Spread {
  const standardDeviation = deviationOf(n, mean, sumOfSquares)
  if (standardDeviation === null) return unknownSpread
  const interval = meanInterval({ count: n, mean, standardDeviation })
  if (interval.kind === 'cannot') return unknownSpread
  return { low: interval.lower, high: interval.upper, standardError: standardDeviation / Math.sqrt(n) }
}

/** The sample's standard deviation from sums; rounding may bring the difference a little below 0. */
function deviationOf(n: number, mean: number, sumOfSquares: number): number | null {
  if (!Number.isInteger(n) || n < 2) return null
  return Math.sqrt(Math.max(0, sumOfSquares - n * mean * mean) / (n - 1))
}

function countSpread(events: number, periods: number): Spread {
  const interval = poissonRateInterval({ events, exposure: periods })
  if (interval.kind === 'cannot') return unknownSpread
  return { low: interval.lower, high: interval.upper, standardError: Math.sqrt(events) / periods }
}

export interface Pooled {
  readonly value: number
  readonly standardError: number | null
}

/**
 * Several points as one, always a ratio of sums and never a mean of ratios. Counts and sums are pooled to their mean over the
 * points, so that the result compares with a single point. Null where nothing can be pooled: no values, or quantiles.
 */
export function poolPoints(indicator: Judged, points: readonly Point[]): Pooled | null {
  const measured = points.filter((point) => point.value !== null)
  if (measured.length === 0) return null
  const scale = scaleOf(indicator)
  const total = (pick: (point: Point) => number) => measured.reduce((sum, point) => sum + pick(point), 0)
  const numerator = total((point) => point.numerator)
  const denominator = total((point) => point.denominator)
  const { kind } = indicator.definition
  if (kind === 'quantile') return null
  if (kind === 'count' || kind === 'sum') {
    const value = numerator / measured.length
    const errors = measured.every((point) => point.standardError !== null)
    const variance = total((point) => (point.standardError ?? 0) ** 2)
    return { value, standardError: errors ? Math.sqrt(variance) / measured.length : null }
  }
  if (kind === 'mean') return poolMeans(measured)
  if (denominator === 0) return null
  const { standardError } = kind === 'proportion' ? proportionSpread(numerator, denominator) : unknownSpread
  return { value: (numerator / denominator) * scale, standardError: standardError && standardError * scale }
}

/** Means pool over all their cases; a point's squares follow from its standard error: (n - 1) n se^2 + n mean^2. */
function poolMeans(points: readonly Point[]): Pooled | null {
  let n = 0
  let sum = 0
  for (const point of points) {
    n += point.n
    sum += point.n * point.value!
  }
  if (n === 0) return null
  const mean = sum / n
  // Around the pooled mean, so that large values with a small spread do not cancel.
  let squares = 0
  for (const point of points) {
    squares += (point.n - 1) * point.n * (point.standardError ?? 0) ** 2 + point.n * (point.value! - mean) ** 2
  }
  return { value: mean, standardError: n < 2 ? null : Math.sqrt(squares / (n - 1) / n) }
}
