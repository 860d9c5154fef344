import { requireScores, type UncertainScore } from './rank-distribution.ts'

/**
 * Intervals made for comparing two units by eye: they fail to overlap just when the difference is significant.
 *
 * When to use: to draw many units on one chart, and as input of `rankIntervals`, whose separations then are pairwise tests.
 * Formula in words: estimate -+ factor * standard error. 'equal-errors': factor z / root 2, exact for units of equal error: 1.39 for z = 1.96.
 * 'mean-pair': factor z times the mean over pairs of root(s_i squared + s_j squared) / (s_i + s_j), which allows for unequal errors; it lies
 * between z / root 2 and z.
 * Source: Goldstein and Healy (1995), J R Statist Soc A 158:175-177. (Their average is over error probabilities of the pairs, ours over
 * factors, which needs no distribution; they agree for equal errors.)
 * Convention: for a pair chosen beforehand; with many pairs read together some will separate by chance (see `simultaneousRankSets`).
 * Arguments: `z` the two-sided normal quantile of one comparison, for example 1.959964.
 * Edge cases: pairs of two exact units are left out of the mean; one unit, or only exact ones, take z / root 2.
 * Errors: RangeError for z not above 0, figures not finite, negative errors. Cost: 'equal-errors' O(n), 'mean-pair' O(n squared).
 */
export function comparisonIntervals(
  scores: readonly UncertainScore[],
  z: number,
  convention: 'equal-errors' | 'mean-pair',
): { lower: number; upper: number }[] {
  if (!(z > 0 && z < Number.POSITIVE_INFINITY)) throw new RangeError(`z must be finite and above 0, got ${z}`)
  requireScores(scores)
  const factor = z * (convention === 'equal-errors' ? Math.SQRT1_2 : meanPairFactor(scores))
  return scores.map(({ estimate, standardError }) => ({
    lower: estimate - factor * standardError,
    upper: estimate + factor * standardError,
  }))
}

function meanPairFactor(scores: readonly UncertainScore[]): number {
  const errors = Float64Array.from(scores, (score) => score.standardError)
  let sum = 0
  let pairs = 0
  for (let i = 0; i < errors.length; i++) {
    for (let j = 0; j < i; j++) {
      const larger = Math.max(errors[i]!, errors[j]!)
      if (larger === 0) continue
      // By their ratio, since squares of tiny errors vanish.
      const ratio = Math.min(errors[i]!, errors[j]!) / larger
      sum += Math.sqrt(1 + ratio * ratio) / (1 + ratio)
      pairs++
    }
  }
  return pairs === 0 ? Math.SQRT1_2 : sum / pairs
}
