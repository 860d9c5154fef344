import type { MeanSummary } from '../comparisons/welch-test.ts'
import { satterthwaite } from '../estimates/compare-estimates.ts'
import { type Cannot, describeEstimate, type Estimate, requireCount } from '../estimates/estimate.ts'

export interface Stratum {
  name?: string
  /** Share of the stratum in the population aimed at; left out everywhere the pooled counts are used. */
  share?: number
  first: MeanSummary
  second: MeanSummary
}

/**
 * Difference of means stratum by stratum, weighted to one population (post-stratification), second - first.
 *
 * When to use: arms differ by chance in their mix (channel, branch, weekday), or assignment was stratified.
 * Formula in words: the differences within strata, weighted by the share of the stratum; variances add with squared weights; degrees of
 * freedom by Satterthwaite. Works for any number of strata with two cases a side.
 * Sources: Holt and Smith (1979), J R Statist Soc A 142:33-46; Miratrix, Sekhon and Yu (2013), J R Statist Soc B 75:369-396 (in
 * experiments, conditional on the mix). Units: those of the mean.
 * Edge cases: a stratum with fewer than two cases on a side 'too-few', named in the detail: merge it beforehand by a stated rule; no
 * spread 'constant'; figures not finite 'not-finite'. Errors: RangeError for counts, deviations, shares not adding to 1 or given for some
 * strata only, confidence. Cost: O(strata).
 */
export function postStratified(input: {
  strata: readonly Stratum[]
  confidence?: number
}): Estimate | Cannot<'too-few' | 'constant' | 'not-finite'> {
  const { strata, confidence } = input
  const given = strata.filter((stratum) => stratum.share !== undefined).length
  if (given !== 0 && given !== strata.length) throw new RangeError('strata must give a share for all or for none')
  let [total, shares] = [0, 0]
  for (const [i, stratum] of strata.entries()) {
    for (const side of ['first', 'second'] as const) {
      requireCount(stratum[side].count, `strata[${i}].${side}.count`)
      if (stratum[side].standardDeviation < 0)
        throw new RangeError(`strata[${i}].${side}.standardDeviation must be at least 0`)
      total += stratum[side].count
    }
    if (stratum.share !== undefined && !(stratum.share >= 0))
      throw new RangeError(`strata[${i}].share must be at least 0`)
    shares += stratum.share ?? 0
  }
  if (given > 0 && Math.abs(shares - 1) > 1e-9)
    throw new RangeError(`strata must have shares that add up to 1, got ${shares}`)
  if (strata.length === 0) return { kind: 'cannot', because: 'too-few', detail: 'there are no strata' }
  const thin = strata.findIndex(({ first, second }) => first.count < 2 || second.count < 2)
  if (thin >= 0) {
    const name = strata[thin]!.name ?? thin
    return { kind: 'cannot', because: 'too-few', detail: `stratum ${name} has fewer than two cases on a side` }
  }
  let estimate = 0
  const pieces = strata.flatMap(({ share, first, second }) => {
    const weight = share ?? (first.count + second.count) / total
    estimate += weight * (second.mean - first.mean)
    return [first, second].map(({ count, standardDeviation }) => ({
      variance: (weight * standardDeviation) ** 2 / count,
      degreesOfFreedom: count - 1,
    }))
  })
  const variance = pieces.reduce((sum, piece) => sum + piece.variance, 0)
  return describeEstimate(
    {
      estimate,
      standardError: Math.sqrt(variance),
      degreesOfFreedom: variance > 0 ? satterthwaite(pieces) : 1,
    },
    { confidence },
  )
}
