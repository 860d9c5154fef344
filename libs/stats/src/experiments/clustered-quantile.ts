import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import type { Cannot, Measured } from '../estimates/estimate.ts'
import { requireProbability, sortedCopy, sortedQuantile } from '../estimates/quantile-interval.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { clusteredRatio } from '../linear/clustered-ratio.ts'
import { allFinite } from '../tests/ranks.ts'

export interface ClusteredQuantile extends Measured {
  kind: 'measured'
  lower: number
  upper: number
  confidence: number
}

/**
 * Quantile of values that come in clusters, with its error.
 *
 * When to use: 90th percentile of waiting times where the unit that was randomised (day, agent, customer) has many values; differences by
 * `differenceOfEstimates`.
 * Formula in words: the share of values up to the quantile is a ratio over clusters, with its clustered error; the quantiles at that share
 * plus and minus the t quantile times the error are the limits (no density is estimated); their distance over twice the t quantile is the
 * standard error.
 * Sources: Deng, Knoblich and Lu (2018), KDD, section 4 (outer interval for clustered quantiles); Francisco and Fuller (1991), Annals of
 * Statistics 19:454-469; Woodruff (1952). The clustered error is CR2 with Satterthwaite degrees of freedom (`clusteredRatio`).
 * Arguments: `clusters` one list of values each. Units: those of the values. Estimate: Hyndman and Fan (1996), type 7.
 * Edge cases: fewer than two clusters with values, or limits beyond the values, 'too-few'; values not finite 'not-finite'; no spread about
 * the quantile 'constant'. Errors: RangeError for probability, confidence. Cost: O(n log n).
 */
export function clusteredQuantile(input: {
  clusters: readonly ArrayLike<number>[]
  probability: number
  confidence?: number
}): ClusteredQuantile | Cannot<'too-few' | 'not-finite' | 'constant'> {
  const { clusters, probability, confidence = USUAL_CONFIDENCE } = input
  requireProbability(probability)
  requireConfidence(confidence)
  const count = clusters.reduce((sum, cluster) => sum + cluster.length, 0)
  const all = new Float64Array(count)
  let at = 0
  for (const cluster of clusters) for (let i = 0; i < cluster.length; i++) all[at++] = cluster[i]!
  if (!allFinite(all)) return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  if (count === 0) return { kind: 'cannot', because: 'too-few', detail: 'there are no values' }
  const sorted = sortedCopy(all)
  const estimate = sortedQuantile(sorted, probability)
  const numerators = clusters.map((cluster) => {
    let below = 0
    for (let i = 0; i < cluster.length; i++) if (cluster[i]! <= estimate) below++
    return below
  })
  const share = clusteredRatio({ numerators, denominators: clusters.map((cluster) => cluster.length), confidence })
  if (share.kind === 'cannot') return share
  const reach = studentTQuantile((1 - confidence) / 2, share.degreesOfFreedom, 'upper')
  const [low, high] = [probability - reach * share.standardError, probability + reach * share.standardError]
  if (!(low > 0 && high < 1)) {
    return { kind: 'cannot', because: 'too-few', detail: 'the limits lie beyond the values: more clusters are needed' }
  }
  const [lower, upper] = [sortedQuantile(sorted, low), sortedQuantile(sorted, high)]
  if (lower === upper)
    return { kind: 'cannot', because: 'constant', detail: 'the values about the quantile are all equal' }
  return {
    kind: 'measured',
    estimate,
    standardError: (upper - lower) / (2 * reach),
    degreesOfFreedom: share.degreesOfFreedom,
    lower,
    upper,
    confidence,
  }
}
