import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { sortedCopy } from '../estimates/quantile-interval.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { walshAverages } from './pairwise-order.ts'
import { correctedNormalP, rankFromChances, type RankTest } from './rank-sum-test.ts'
import { type Alternative, allFinite, doubledRanks, tailOfSums } from './ranks.ts'
import { signSumDistribution } from './shift-algorithm.ts'

/** 'automatic' is exact up to this many differences that are not 0. */
export const EXACT_SIGNED_RANK_LIMIT = 200
const MOST_EXACT = 1000

/**
 * Wilcoxon's signed rank test of paired differences, with ties and zeros, and the Hodges-Lehmann centre.
 *
 * When to use: the same units before and after, few or skewed.
 * Formula in words: absolute differences are ranked (midranks), the ranks of positive ones added; 'exact' against all ways to choose signs
 * for these very ranks; 'normal' with variance a quarter of the sum of squared ranks and a continuity correction of one half. The interval are
 * the order statistics of all pairwise averages that the untied distribution names.
 * Sources: Wilcoxon (1945); Pratt (1959), JASA 54:655-667; Streitberg and Roehmel (1986); Walsh (1949); Lehmann (1975), section 3.
 * Arguments: `zeros`: 'drop' leaves zero differences out (Wilcoxon, R wilcox.test), 'pratt' ranks them first and then leaves them out (the
 * default of R coin). Units: those of the differences.
 * Assumes differences symmetric about their centre. Convention: two-sided p counts all sums at least as far from their mean.
 * Edge cases: no difference other than 0 'too-few'; values not finite 'not-finite'; 'exact' beyond 1,000 'too-many'.
 * Errors: RangeError for confidence. Cost: exact O(n cubed), 200 differences some 10 ms; normal O(n log n).
 */
export function signedRankTest(input: {
  differences: ArrayLike<number>
  zeros?: 'drop' | 'pratt'
  alternative?: Alternative
  method?: 'exact' | 'normal' | 'automatic'
  confidence?: number
}): RankTest | Cannot<'too-few' | 'not-finite' | 'too-many'> {
  const { zeros = 'drop', alternative = 'two-sided', method = 'automatic', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  const all = sortedCopy(input.differences)
  if (!allFinite(all)) return { kind: 'cannot', because: 'not-finite', detail: 'a difference is not a finite number' }
  const differences = all.filter((value) => value !== 0)
  const count = differences.length
  if (count === 0) return { kind: 'cannot', because: 'too-few', detail: 'no difference other than 0' }
  const exact = method === 'exact' || (method === 'automatic' && count <= EXACT_SIGNED_RANK_LIMIT)
  if (exact && count > MOST_EXACT)
    return { kind: 'cannot', because: 'too-many', detail: `exact tests are limited to ${MOST_EXACT} differences` }
  const ranked = zeros === 'drop' ? differences : all
  const { ranks } = doubledRanks(ranked.map(Math.abs))
  const kept = ranks.filter((_, i) => ranked[i] !== 0)
  let [positive, total, squares] = [0, 0, 0]
  kept.forEach((rank, i) => {
    total += rank
    squares += rank * rank
    if (differences[i]! > 0) positive += rank
  })
  const pValue = exact
    ? tailOfSums(signSumDistribution(kept), positive, total, alternative)
    : correctedNormalP((positive - total / 2) / 2, 0.5, Math.sqrt(squares) / 4, alternative)
  const tail = (1 - confidence) / 2
  const rank = exact
    ? rankFromChances(signSumDistribution(Array.from({ length: all.length }, (_, i) => i + 1)), tail)
    : normalRank(all.length, tail)
  const averages = walshAverages(all)
  return {
    kind: 'test',
    statistic: positive / 2,
    shift: averages.median,
    lower: averages.fromBelow(rank.k),
    upper: averages.fromAbove(rank.k),
    coverage: rank.coverage,
    pValue,
    method: exact ? 'exact' : 'normal',
    confidence,
  }
}

function normalRank(n: number, tail: number): { k: number; coverage: number } {
  const reach = normalQuantile(tail, 'upper') * Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
  return { k: Math.max(1, Math.floor((n * (n + 1)) / 4 - reach)), coverage: 1 - 2 * tail }
}
