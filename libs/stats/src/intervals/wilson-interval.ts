import { normalQuantile } from '../distributions/normal-quantile.ts'
import { type IntervalResult, requireConfidence, USUAL_CONFIDENCE } from './interval.ts'

/**
 * Wilson score interval of a proportion.
 *
 * When to use: shares of satisfied answers, of cases within the time limit, at any n; keeps its coverage for small n and extreme shares.
 * Formula in words: the two shares at which the score test (share - assumed) / root(assumed (1 - assumed) / n) reaches +-z; the smaller
 * root is taken from the product of the roots, so that it does not cancel.
 * Source: Wilson (1927), JASA 22:209-212; recommended by Brown, Cai and DasGupta (2001), Statistical Science 16:101-133.
 * Units: successes and trials are counts (fractions are allowed for weighted counts); results are shares in [0, 1].
 * Assumes independent cases with one common chance; weights shrink the effective n, which the caller must account for.
 * Edge cases: no trials gives { kind: 'cannot', because: 'no-data' }; 0 successes give lower 0 exactly, all successes upper 1 exactly.
 * Errors: RangeError for negative counts, successes above trials, confidence outside (0, 1).
 * Convention: no continuity correction (R: prop.test(correct = FALSE)). Cost: O(1).
 */
export function wilsonInterval(input: { successes: number; trials: number; confidence?: number }): IntervalResult {
  const { successes, trials, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  if (!(trials >= 0) || trials === Number.POSITIVE_INFINITY) {
    throw new RangeError(`trials must be finite and at least 0, got ${trials}`)
  }
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`successes must lie between 0 and trials (${trials}), got ${successes}`)
  }
  if (trials === 0) return { kind: 'cannot', because: 'no-data', detail: 'there are no cases' }
  const z = normalQuantile((1 - confidence) / 2, 'upper')
  const upper = upperRoot(successes, trials, z)
  const lower = 1 - upperRoot(trials - successes, trials, z)
  const share = successes / trials
  const product = (share * share) / (1 + (z * z) / trials)
  return {
    kind: 'interval',
    estimate: share,
    lower: successes === 0 ? 0 : Math.min(share, lower < 0.5 ? product / upper : lower),
    upper: successes === trials ? 1 : Math.max(share, upper),
    confidence,
  }
}

function upperRoot(successes: number, trials: number, z: number): number {
  const share = successes / trials
  const half = (z * z) / (2 * trials)
  const spread = z * Math.sqrt((share * ((trials - successes) / trials)) / trials + (half * half) / (z * z))
  return (share + half + spread) / (1 + 2 * half)
}
