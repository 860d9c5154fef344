import { binomialTail } from '../distributions/binomial-tail.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import type { Cannot } from './estimate.ts'

export interface QuantileEstimate {
  kind: 'interval'
  estimate: number
  lower: number
  upper: number
  /** Chance that the interval holds the quantile of a continuous distribution; at least the confidence asked for. */
  coverage: number
  /** Width of the interval over twice z. */
  standardError: number
  count: number
  confidence: number
}

export type QuantileResult = QuantileEstimate | Cannot<'too-few' | 'not-finite'>

/** The quantile of a sorted sample by linear interpolation: Hyndman and Fan (1996), type 7. O(1). */
export function sortedQuantile(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(sorted.length - 1, below + 1)]!
  return low + (position - below) * (high - low)
}

/** A sorted copy as doubles. Source: none needed before Hyndman and Fan (1996) apply. O(n log n). */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/** Refuses a probability outside (0, 1): a programmer's mistake. */
export function requireProbability(probability: number, name = 'probability'): void {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`${name} must lie in (0, 1), got ${probability}`)
}

/**
 * Interval of a quantile from order statistics.
 *
 * When to use: median or 90th percentile of waiting times, whatever their distribution.
 * Formula in words: the number of values below the true quantile is binomial; the limits are the order statistics that leave at most half of
 * 1 - confidence outside on each side. The standard error divides the width by twice z (Woodruff), for use in differences.
 * Sources: Thompson (1936), Annals of Mathematical Statistics 7:122-128; Woodruff (1952), JASA 47:635-646; Hyndman and Fan (1996), type 7,
 * for the estimate. Units: those of the values. Assumes independent values; see `clusteredQuantile` otherwise.
 * Edge cases: too few values for both order statistics to exist 'too-few', the detail naming the smallest count; values not finite
 * 'not-finite'. Errors: RangeError for probability or confidence outside (0, 1). Cost: O(n log n), or O(log n) for a sorted Float64Array
 * with `sorted: true`.
 */
export function quantileInterval(input: {
  values: ArrayLike<number>
  probability: number
  confidence?: number
  sorted?: boolean
}): QuantileResult {
  const { values, probability, confidence = USUAL_CONFIDENCE, sorted = false } = input
  requireProbability(probability)
  requireConfidence(confidence)
  const ordered = sorted ? values : sortedCopy(values)
  const count = ordered.length
  if (count > 0 && !(Number.isFinite(ordered[0]!) && Number.isFinite(ordered[count - 1]!)))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  const tail = (1 - confidence) / 2
  const low = largestRank(count, probability, tail)
  const fromAbove = largestRank(count, 1 - probability, tail)
  if (low < 1 || fromAbove < 1) {
    const rare = Math.max(probability, 1 - probability)
    const needed = Math.ceil(Math.log(tail) / Math.log(rare))
    return { kind: 'cannot', because: 'too-few', detail: `${count} values, at least ${needed} are needed` }
  }
  const high = count + 1 - fromAbove
  const lower = ordered[low - 1]!
  const upper = ordered[high - 1]!
  const missed = binomialTail(low - 1, count, probability, 'lower') + binomialTail(high, count, probability, 'upper')
  return {
    kind: 'interval',
    estimate: sortedQuantile(ordered, probability),
    lower,
    upper,
    coverage: 1 - missed,
    standardError: (upper - lower) / (2 * normalQuantile(tail, 'upper')),
    count,
    confidence,
  }
}

/** The largest rank r with P(X <= r - 1) <= tail for X binomial; 0 when there is none. */
function largestRank(count: number, probability: number, tail: number): number {
  let [low, high] = [0, count + 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (binomialTail(middle - 1, count, probability, 'lower') <= tail) low = middle
    else high = middle
  }
  return low
}
