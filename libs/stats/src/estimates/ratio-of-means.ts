import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import type { Cannot, Measured } from './estimate.ts'
import { deltaVariance, fiellerLimits, type RatioParts } from './fieller.ts'
import { momentsOfPairs, type PairSums } from './pair-sums.ts'

export interface RatioEstimate extends Measured {
  kind: 'estimate'
  lower: number
  upper: number
  confidence: number
}

export type RatioResult =
  | RatioEstimate
  | Cannot<'too-few' | 'not-finite' | 'inconsistent' | 'constant' | 'denominator-near-zero'>

/**
 * Ratio of two sums over the same units, sum of y over sum of x: a ratio metric.
 *
 * When to use: complaints per visit where the unit is a branch or a customer; a mean over answers that come in clusters (x: answers of the
 * cluster, y: their sum), in which case the units are the clusters.
 * Formula in words: the ratio of means; 'delta' its linearised variance (var y - 2 R cov + R squared var x) / (n mean x squared) with
 * n - 1 degrees of freedom; 'fieller' the same variance for `standardError` but Fieller's limits.
 * Sources: Cochran (1977), Sampling Techniques, equation 6.13; Deng, Knoblich and Lu (2018), KDD, section 2 (clusters); Fieller (1954).
 * Units: y per x. Assumes independent units; few clusters of unequal size want `clusteredRatio`.
 * Edge cases: as `momentsOfPairs`; a mean of x of 0 (delta), or one that cannot be told from 0 (Fieller), 'denominator-near-zero'; a ratio
 * equal in all units 'constant'. Errors: RangeError for confidence, count. Cost: O(1).
 */
export function ratioOfMeans(input: {
  sums: PairSums
  method?: 'delta' | 'fieller'
  confidence?: number
}): RatioResult {
  const { sums, method = 'delta', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  const moments = momentsOfPairs(sums)
  if (moments.kind === 'cannot') return moments
  const { count, meanX, meanY } = moments
  if (meanX === 0) return { kind: 'cannot', because: 'denominator-near-zero', detail: 'the mean of x is 0' }
  const parts: RatioParts = {
    numerator: meanY,
    denominator: meanX,
    varianceOfNumerator: moments.varianceY / count,
    varianceOfDenominator: moments.varianceX / count,
    covariance: moments.covariance / count,
  }
  const standardError = Math.sqrt(deltaVariance(parts))
  if (!(standardError > 1e-12 * Math.abs(meanY / meanX)))
    return { kind: 'cannot', because: 'constant', detail: 'the ratio is the same in all units' }
  const degreesOfFreedom = count - 1
  const estimate = meanY / meanX
  const reach = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper')
  const rest = { kind: 'estimate', estimate, standardError, degreesOfFreedom, confidence } as const
  if (method === 'delta')
    return { ...rest, lower: estimate - reach * standardError, upper: estimate + reach * standardError }
  const limits = fiellerLimits(parts, reach)
  return limits.kind === 'cannot' ? limits : { ...rest, lower: limits.lower, upper: limits.upper }
}
