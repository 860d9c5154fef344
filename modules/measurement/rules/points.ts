/** From sums to values: the point of a period with its interval, and several points taken together. */
import { meanInterval } from '#stats/intervals/mean-interval'
import { poissonRateInterval } from '#stats/intervals/poisson-rate-interval'
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import type { IndicatorDraft } from '../contract/indicators.ts'
import type { Measured, PointNote } from '../contract/point.ts'
import type { Sums } from './plan/plan.ts'
import { scaleOf, shapeOf } from './plan/shape.ts'

type Judged = Pick<IndicatorDraft, 'definition' | 'unit' | 'minimumN'> &
  Partial<Pick<IndicatorDraft, 'belowMinimum' | 'rollUp'>>

const Z_95 = normalQuantile(0.975)

interface Spread {
  readonly low: number | null
  readonly high: number | null
  readonly standardError: number | null
}
const unknownSpread: Spread = { low: null, high: null, standardError: null }

export function toPoint(indicator: Judged, periodStart: string, sums: Sums, complete: boolean): Measured {
  const scale = scaleOf(indicator)
  const { numerator, denominator, n } = sums
  const value = sums.value === null || !Number.isFinite(sums.value) ? null : sums.value * scale
  const spread = value === null ? unknownSpread : scaled(spreadOf(indicator, sums), scale)
  const tooFew = n < indicator.minimumN
  const hidden = tooFew && indicator.belowMinimum === 'hide' && value !== null
  const notes: PointNote[] = [
    ...(hidden ? (['hidden'] as const) : []),
    ...(sums.carried ? (['carried'] as const) : []),
    ...(sums.excluded === null ? (['exclusion-void'] as const) : sums.excluded > 0 ? (['excluded'] as const) : []),
  ]
  const shown = hidden ? { value: null, ...unknownSpread } : { value, ...spread }
  return { periodStart, numerator, denominator, n, ...shown, tooFew, complete, ...(notes.length > 0 ? { notes } : {}) }
}

/**
 * A value that rests on few cases, drawn towards that of the whole: (n v + m c) / (n + m), with m the minimum n and c the
 * whole's value. Its error is that of the part that is its own.
 */
export function shrunk(indicator: Judged, point: Measured, centre: number | null): Measured {
  const m = indicator.minimumN
  if (indicator.belowMinimum !== 'shrink' || !point.tooFew || point.value === null || centre === null) return point
  const own = point.n / (point.n + m)
  const value = own * point.value + (1 - own) * centre
  const spread = point.standardError === null ? unknownSpread : normalSpread(value, own * point.standardError)
  return { ...point, value, ...spread, notes: [...(point.notes ?? []), 'shrunk'] }
}

/** A period without any event: a gap in the line, not a zero. */
export const emptyPoint = (indicator: Judged, periodStart: string, complete: boolean): Measured => ({
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

function spreadOf(indicator: Judged, sums: Sums): Spread {
  const { numerator, denominator, n } = sums
  if (sums.standardError !== undefined) return normalSpread(sums.value!, sums.standardError)
  const shape = shapeOf(indicator.definition)
  if (indicator.rollUp === 'mean-of-units' && shape !== 'other' && denominator !== n) return unknownSpread
  if (shape === 'proportion') return proportionSpread(numerator, denominator)
  // A net promoter score is the mean of +1, 0 and -1.
  if (shape === 'mean' || shape === 'net-promoter') return meanSpread(n, numerator / n, sums.sumOfSquares)
  // Only a plain count of events is a Poisson count; with other coefficients it is a weighted one.
  if (shape === 'count' && Number.isInteger(numerator) && numerator >= 0) return countSpread(numerator, 1)
  return unknownSpread
}

function normalSpread(value: number, standardError: number): Spread {
  return { low: value - Z_95 * standardError, high: value + Z_95 * standardError, standardError }
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
export function poolPoints(indicator: Judged, points: readonly Measured[]): Pooled | null {
  const measured = points.filter((point) => point.value !== null)
  if (measured.length === 0) return null
  const total = (pick: (point: Measured) => number) => measured.reduce((sum, point) => sum + pick(point), 0)
  const { definition, rollUp } = indicator
  const shape = shapeOf(definition)
  if (shape === 'other' || rollUp === 'mean-of-units') return null
  if (shape === 'count' || shape === 'weighted') {
    // Windows and levels of neighbouring periods rest on the same events: their errors do not average out.
    const own = definition.kind === 'count' || definition.kind === 'sum'
    const errors = own && measured.every((point) => point.standardError !== null)
    const variance = total((point) => (point.standardError ?? 0) ** 2)
    const standardError = errors ? Math.sqrt(variance) / measured.length : null
    return { value: total((point) => point.value!) / measured.length, standardError }
  }
  if (shape === 'mean' || shape === 'net-promoter') return poolMeans(measured)
  const scale = scaleOf(indicator)
  const numerator = total((point) => point.numerator)
  const denominator = total((point) => point.denominator)
  if (denominator === 0) return null
  const { standardError } = shape === 'proportion' ? proportionSpread(numerator, denominator) : unknownSpread
  return { value: (numerator / denominator) * scale, standardError: standardError && standardError * scale }
}

/** Means pool over all their cases; a point's squares follow from its standard error: (n - 1) n se^2 + n mean^2. */
function poolMeans(points: readonly Measured[]): Pooled | null {
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
