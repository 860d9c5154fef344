import type { MeanSummary } from '../comparisons/welch-test.ts'
import { type Cannot, requireCount } from '../estimates/estimate.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { noncentralityOf } from '../noncentral/noncentral-t-tail.ts'
import { stirlingError } from '../special/stirling-error.ts'

export interface StandardisedDifference {
  kind: 'estimate'
  /** Cohen's d: difference in pooled standard deviations. */
  d: number
  /** Hedges' g: d times the exact factor that makes it unbiased. */
  g: number
  /** Limits of the true standardised difference. */
  lower: number
  upper: number
  confidence: number
}

/**
 * Difference of two means in pooled standard deviations (Cohen's d, Hedges' g), second - first.
 *
 * When to use: to compare changes of indicators with different units; never instead of the difference in its own unit.
 * Formula in words: the difference over the pooled deviation; g multiplies by Gamma(v/2) / (root(v/2) Gamma((v-1)/2)); the limits are the
 * noncentralities at which the observed t statistic stands at half of 1 - confidence in either tail, over root of the effective n.
 * Sources: Cohen (1988), Statistical Power Analysis, section 2.2; Hedges (1981), J Educational Statistics 6:107-128, equation 6e; Steiger and
 * Fouladi (1997). Assumes equal spread and near-normal values; for skewed ones prefer `cliffsDelta`.
 * Edge cases: a side below two cases 'too-few'; no spread 'constant'; not finite 'not-finite'.
 * Errors: RangeError for counts not whole, negative deviations, confidence. Cost: some 20 noncentral tails.
 */
export function standardisedDifference(input: {
  first: MeanSummary
  second: MeanSummary
  confidence?: number
}): StandardisedDifference | Cannot<'too-few' | 'constant' | 'not-finite'> {
  const { first, second, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  for (const [name, side] of [
    ['first', first],
    ['second', second],
  ] as const) {
    requireCount(side.count, `${name}.count`)
    if (side.standardDeviation < 0) throw new RangeError(`${name}.standardDeviation must be at least 0`)
  }
  if (first.count < 2 || second.count < 2)
    return { kind: 'cannot', because: 'too-few', detail: 'each side needs at least two cases' }
  const freedom = first.count + second.count - 2
  const pooled = Math.hypot(
    Math.sqrt((first.count - 1) / freedom) * first.standardDeviation,
    Math.sqrt((second.count - 1) / freedom) * second.standardDeviation,
  )
  const difference = second.mean - first.mean
  if (!Number.isFinite(pooled) || !Number.isFinite(difference))
    return { kind: 'cannot', because: 'not-finite', detail: 'a mean or deviation is not finite' }
  if (pooled === 0) return { kind: 'cannot', because: 'constant', detail: 'neither side has any spread' }
  const d = difference / pooled
  const root = 1 / Math.sqrt(1 / first.count + 1 / second.count)
  const tail = (1 - confidence) / 2
  return {
    kind: 'estimate',
    d,
    g: d * hedgesFactor(freedom),
    lower: noncentralityOf(d * root, freedom, tail, 'upper') / root,
    upper: noncentralityOf(d * root, freedom, tail, 'lower') / root,
    confidence,
  }
}

/**
 * The exact factor of Hedges' g, Gamma(v/2) / (root(v/2) Gamma((v-1)/2)).
 *
 * Source: Hedges (1981), equation 6e; written with Stirling errors so that large gamma functions never meet. Units: none.
 * Errors: RangeError for degreesOfFreedom not above 1. Cost: O(1).
 */
export function hedgesFactor(degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 1)) throw new RangeError(`degreesOfFreedom must be above 1, got ${degreesOfFreedom}`)
  const x = degreesOfFreedom / 2
  const y = x - 0.5
  // log Gamma(x) - log Gamma(y) - log(x) / 2 by Stirling: what is left of the large parts is (x - 1) log(x / y) - 1 / 2.
  const log = stirlingError(x) - stirlingError(y) - (x - 1) * Math.log1p(-0.5 / x) - 0.5
  return Math.exp(log)
}
