import type { MeanSummary } from '../comparisons/welch-test.ts'
import { fTail } from '../distributions/f-tail.ts'
import { type Cannot, requireCount } from '../estimates/estimate.ts'

export interface VarianceAnalysis {
  kind: 'test'
  f: number
  numerator: number
  denominator: number
  pValue: number
  /** Sum of squares between and within groups, and the share between (R squared). */
  between: number
  within: number
  share: number
}

/**
 * One-way comparison of means from group summaries.
 *
 * When to use: is there any difference among several arms or branches, before looking at pairs.
 * Formula in words: 'equal-variances' mean square between over mean square within; 'welch' means weighted by n / variance, with Welch's
 * corrections of the statistic and of the second degrees of freedom. The grand mean is taken about the first mean, so that a large constant
 * does not cost digits.
 * Sources: Fisher (1925), Statistical Methods for Research Workers, chapter 7; Welch (1951), Biometrika 38:330-336. Certified values: NIST
 * StRD (Simon and Lesage 1989). Units: sums of squares in squared units of the mean.
 * Assumes independent cases; 'equal-variances' also equal spread. Convention: 'welch' by default.
 * Edge cases: fewer than two groups, or a group of one case with 'welch', no case beyond one per group 'too-few'; no spread (a group
 * without spread for 'welch') 'constant'; figures not finite 'not-finite'. Errors: RangeError for counts not whole, negative deviations.
 * Cost: O(groups).
 */
export function analysisOfVariance(input: {
  groups: readonly MeanSummary[]
  method?: 'welch' | 'equal-variances'
}): VarianceAnalysis | Cannot<'too-few' | 'constant' | 'not-finite'> {
  const { groups, method = 'welch' } = input
  groups.forEach((group, i) => {
    requireCount(group.count, `groups[${i}].count`)
    if (group.standardDeviation < 0) throw new RangeError(`groups[${i}].standardDeviation must be at least 0`)
  })
  const least = method === 'welch' ? 2 : 1
  const total = groups.reduce((sum, group) => sum + group.count, 0)
  if (groups.length < 2 || groups.some((group) => group.count < least) || total <= groups.length)
    return {
      kind: 'cannot',
      because: 'too-few',
      detail: `each of at least two groups needs ${least} case(s) and one more`,
    }
  if (
    !groups.every(
      (group) => Number.isFinite(group.mean) && (group.count === 1 || Number.isFinite(group.standardDeviation)),
    )
  )
    return { kind: 'cannot', because: 'not-finite', detail: 'a mean or deviation is not finite' }
  const origin = groups[0]!.mean
  const shift = groups.reduce((sum, group) => sum + (group.count / total) * (group.mean - origin), 0)
  let [between, within] = [0, 0]
  for (const group of groups) {
    between += group.count * (group.mean - origin - shift) ** 2
    if (group.count > 1) within += (group.count - 1) * group.standardDeviation ** 2
  }
  const squares = { between, within, share: between / (between + within) }
  if (method === 'welch') return welch(groups, squares)
  if (within === 0) return { kind: 'cannot', because: 'constant', detail: 'no group has any spread' }
  const numerator = groups.length - 1
  const denominator = total - groups.length
  const f = between / numerator / (within / denominator)
  return { kind: 'test', f, numerator, denominator, pValue: fTail(f, numerator, denominator, 'upper'), ...squares }
}

function welch(
  groups: readonly MeanSummary[],
  squares: { between: number; within: number; share: number },
): VarianceAnalysis | Cannot<'constant'> {
  if (groups.some((group) => group.standardDeviation === 0))
    return { kind: 'cannot', because: 'constant', detail: 'a group has no spread' }
  const k = groups.length
  const origin = groups[0]!.mean
  const weights = groups.map((group) => group.count / group.standardDeviation ** 2)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const shift = groups.reduce((sum, group, i) => sum + (weights[i]! / all) * (group.mean - origin), 0)
  const spread = groups.reduce((sum, group, i) => sum + weights[i]! * (group.mean - origin - shift) ** 2, 0)
  const lack = groups.reduce((sum, group, i) => sum + (1 - weights[i]! / all) ** 2 / (group.count - 1), 0)
  const numerator = k - 1
  const denominator = (k * k - 1) / (3 * lack)
  const f = spread / numerator / (1 + (2 * (k - 2) * lack) / (k * k - 1))
  return { kind: 'test', f, numerator, denominator, pValue: fTail(f, numerator, denominator, 'upper'), ...squares }
}
