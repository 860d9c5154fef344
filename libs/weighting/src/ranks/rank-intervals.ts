export interface RankInterval {
  /** 1 + the number of units surely better. */
  best: number
  /** n - the number of units surely worse. */
  worst: number
}

/**
 * Rank intervals from score intervals: the positions a unit could hold.
 *
 * When to use: beside every published rank, so that nobody reads a difference into noise.
 * Formula in words: best rank = 1 + the number of units whose lower bound exceeds this unit's upper bound; worst rank = n minus the number
 * of units whose upper bound lies below this unit's lower bound. Two sorted lists and binary search.
 * Sources: the caution of Goldstein and Healy (1995), J R Statist Soc A 158:175-177, and Marshall and Spiegelhalter (1998), BMJ
 * 316:1701-1704, that ranks of similar units are very uncertain.
 * Convention: probability-free. It reads the given bounds as sure; with 95 % score intervals the result is wider than a 95 % interval for
 * one difference of two units (Goldstein and Healy use 1.39 instead of 1.96 standard errors for that), and no simultaneous statement about
 * all ranks. Touching bounds count as not separated.
 * Units: bounds in points, `best` says whether high or low scores rank first; ranks whole, 1..n.
 * Edge cases: no units give no ranks. Errors: RangeError for a lower bound above its upper bound or NaN. Cost: O(n log n).
 */
export function rankIntervals(
  scores: readonly { lower: number; upper: number }[],
  best: 'highest' | 'lowest' = 'highest',
): RankInterval[] {
  scores.forEach(({ lower, upper }, i) => {
    if (!(lower <= upper))
      throw new RangeError(`scores[${i}].lower must not exceed its upper bound (${lower}, ${upper})`)
  })
  const lowers = Float64Array.from(scores, (score) => score.lower).sort()
  const uppers = Float64Array.from(scores, (score) => score.upper).sort()
  return scores.map(({ lower, upper }) => {
    const surelyHigher = scores.length - countAtMost(lowers, upper)
    const surelyLower = countBelow(uppers, lower)
    return best === 'highest'
      ? { best: 1 + surelyHigher, worst: scores.length - surelyLower }
      : { best: 1 + surelyLower, worst: scores.length - surelyHigher }
  })
}

function countAtMost(sorted: Float64Array, limit: number): number {
  return countWhile(sorted, (value) => value <= limit)
}

function countBelow(sorted: Float64Array, limit: number): number {
  return countWhile(sorted, (value) => value < limit)
}

/** Number of leading values for which `holds` is true, by bisection. */
function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
