import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { sortedCopy } from '../estimates/quantile-interval.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { pairwiseDifferences } from './pairwise-order.ts'
import { type Alternative, allFinite, doubledRanks, tailOfSums } from './ranks.ts'
import { subsetSumDistribution } from './shift-algorithm.ts'

export interface RankTest {
  kind: 'test'
  /** Mann-Whitney count: pairs in which the second side is higher, ties half; or the sum of ranks of positive differences. */
  statistic: number
  /** Hodges-Lehmann estimate: median of all differences (two samples) or of all pairwise averages (pairs). */
  shift: number
  lower: number
  upper: number
  /** Chance that the interval holds the shift in samples without ties; at least `confidence` unless the samples are tiny. */
  coverage: number
  pValue: number
  method: 'exact' | 'normal'
  confidence: number
}

/** 'automatic' is exact up to this many values in all. */
export const EXACT_RANK_SUM_LIMIT = 100
const MOST_EXACT = 400

/**
 * Wilcoxon's rank sum test (Mann-Whitney), with ties, and the Hodges-Lehmann shift.
 *
 * When to use: two small or skewed samples; does the second tend to be higher?
 * Formula in words: the sum of midranks of the second side; 'exact' against its distribution over all ways to choose the second side from
 * the pooled, possibly tied, values; 'normal' with the variance for ties and a continuity correction of one half. The interval are the
 * order statistics of all differences that the untied exact (or normal) distribution names; with ties it is conservative.
 * Sources: Wilcoxon (1945), Biometrics 1:80-83; Streitberg and Roehmel (1986); Hodges and Lehmann (1963); Lehmann (1975), sections 1.4, 2.6.
 * Units: `shift` those of the values. Assumes exchangeable values under no effect; unequal spread alone can also make it significant.
 * Convention: two-sided p counts all sums at least as far from their mean (as R coin), 'greater' means the second side is higher.
 * Edge cases: an empty side 'too-few'; all values equal 'constant'; values not finite 'not-finite'; 'exact' beyond 400 values 'too-many'.
 * Errors: RangeError for confidence. Cost: exact O(n^4) at worst with small constants, 100 values some 20 ms; normal O(n log n).
 */
export function rankSumTest(input: {
  first: ArrayLike<number>
  second: ArrayLike<number>
  alternative?: Alternative
  method?: 'exact' | 'normal' | 'automatic'
  confidence?: number
}): RankTest | Cannot<'too-few' | 'constant' | 'not-finite' | 'too-many'> {
  const { alternative = 'two-sided', method = 'automatic', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  const first = sortedCopy(input.first)
  const second = sortedCopy(input.second)
  const [m, n] = [first.length, second.length]
  const total = m + n
  if (m === 0 || n === 0) return { kind: 'cannot', because: 'too-few', detail: 'a side has no values' }
  if (!allFinite(first) || !allFinite(second))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  const exact = method === 'exact' || (method === 'automatic' && total <= EXACT_RANK_SUM_LIMIT)
  if (exact && total > MOST_EXACT)
    return { kind: 'cannot', because: 'too-many', detail: `exact tests are limited to ${MOST_EXACT} values` }
  const { ranks, tieSum } = doubledRanks([...first, ...second])
  if (tieSum === total ** 3 - total) return { kind: 'cannot', because: 'constant', detail: 'all values are equal' }
  let doubledSum = 0
  for (let i = m; i < total; i++) doubledSum += ranks[i]!
  const statistic = doubledSum / 2 - (n * (n + 1)) / 2
  const pValue = exact
    ? tailOfSums(subsetSumDistribution(ranks, n), doubledSum, 2 * n * (total + 1), alternative)
    : normalP(statistic, m, n, tieSum, alternative)
  const rank = exact ? exactRank(m, n, (1 - confidence) / 2) : normalRank(m, n, (1 - confidence) / 2)
  const differences = pairwiseDifferences(first, second)
  return {
    kind: 'test',
    statistic,
    shift: differences.median,
    lower: differences.fromBelow(rank.k),
    upper: differences.fromAbove(rank.k),
    coverage: rank.coverage,
    pValue,
    method: exact ? 'exact' : 'normal',
    confidence,
  }
}

function normalP(statistic: number, m: number, n: number, tieSum: number, alternative: Alternative): number {
  const total = m + n
  const deviation = Math.sqrt(((m * n) / 12) * (total + 1 - tieSum / (total * (total - 1))))
  const excess = statistic - (m * n) / 2
  return correctedNormalP(excess, 0.5, deviation, alternative)
}

/** Normal p of a difference from the mean with a continuity correction, never beyond the mean. O(1). Source: Lehmann (1975), 1.3. */
export function correctedNormalP(excess: number, step: number, deviation: number, alternative: Alternative): number {
  if (alternative === 'two-sided')
    return Math.min(1, 2 * normalTail(Math.max(0, Math.abs(excess) - step) / deviation, 'upper'))
  return alternative === 'greater'
    ? normalTail((excess - step) / deviation, 'upper')
    : normalTail((excess + step) / deviation, 'lower')
}

/** The largest k, at least 1, whose tail P(U <= k - 1) does not exceed `tail`, for samples without ties. */
function exactRank(m: number, n: number, tail: number): { k: number; coverage: number } {
  const size = Math.min(m, n)
  const chances = subsetSumDistribution(
    Array.from({ length: m + n }, (_, i) => i + 1),
    size,
  )
  return rankFromChances(chances.subarray((size * (size + 1)) / 2), tail)
}

/** From the chances of a statistic from 0: the rank of the order statistic that ends an interval. O(k). Lehmann (1975), 2.6. */
export function rankFromChances(chances: Float64Array, tail: number): { k: number; coverage: number } {
  let below = chances[0]!
  let k = 1
  while (k < chances.length && below + chances[k]! <= tail) {
    below += chances[k]!
    k++
  }
  return { k, coverage: 1 - 2 * below }
}

function normalRank(m: number, n: number, tail: number): { k: number; coverage: number } {
  const reach = normalQuantile(tail, 'upper') * Math.sqrt((m * n * (m + n + 1)) / 12)
  return { k: Math.max(1, Math.floor((m * n) / 2 - reach)), coverage: 1 - 2 * tail }
}
