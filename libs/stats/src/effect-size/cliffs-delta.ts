import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { sortedCopy } from '../estimates/quantile-interval.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { allFinite } from '../tests/ranks.ts'

export interface CliffsDelta {
  kind: 'estimate'
  /** Chance that a value of the second side is higher minus the chance that it is lower, -1 to 1. */
  delta: number
  standardError: number
  lower: number
  upper: number
  confidence: number
}

/**
 * Cliff's delta: how often values of the second side exceed those of the first, less the reverse.
 *
 * When to use: effect size for ordinal answers and skewed times; (delta + 1) / 2 is the chance that the second is higher, ties half.
 * Formula in words: the mean of the signs of all differences; its consistent variance from row and column means of that table of signs; the
 * interval allows for the shrinking variance near -1 and 1. No table is made: counts come from the sorted samples.
 * Sources: Cliff (1993), Psychological Bulletin 114:494-509; Feng and Cliff (2004), J Modern Applied Statistical Methods 3:322-332 (the
 * asymmetric interval, t with m + n - 2 degrees of freedom, and its end at delta = 1).
 * Edge cases: a side below two values 'too-few'; values not finite 'not-finite'. Errors: RangeError for confidence. Cost: O(n log n).
 */
export function cliffsDelta(input: {
  first: ArrayLike<number>
  second: ArrayLike<number>
  confidence?: number
}): CliffsDelta | Cannot<'too-few' | 'not-finite'> {
  const { confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  const [first, second] = [sortedCopy(input.first), sortedCopy(input.second)]
  const [m, n] = [first.length, second.length]
  if (m < 2 || n < 2) return { kind: 'cannot', because: 'too-few', detail: 'each side needs at least two values' }
  if (!allFinite(first) || !allFinite(second))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  const rows = signs(second, first)
  const columns = signs(first, second)
  const delta = rows.sum / (m * n)
  // Sums of squared deviations of the row means, the column means and the single signs about delta.
  const ofRows = rows.squares / (m * m) - n * delta * delta
  const ofColumns = columns.squares / (n * n) - m * delta * delta
  const ofCells = rows.untied - m * n * delta * delta
  const plain = (m * m * ofRows + n * n * ofColumns - ofCells) / (m * n * (m - 1) * (n - 1))
  const variance = Math.max(plain, (1 - delta * delta) / (m * n - 1))
  const reach = studentTQuantile((1 - confidence) / 2, m + n - 2, 'upper')
  return {
    kind: 'estimate',
    delta,
    standardError: Math.sqrt(variance),
    ...limits(delta, variance, reach, m, n),
    confidence,
  }
}

/** For each value of `of`: how many of `against` lie below less how many lie above; summed and squared. */
function signs(of: Float64Array, against: Float64Array): { sum: number; squares: number; untied: number } {
  let [below, notAbove, sum, squares, untied] = [0, 0, 0, 0, 0]
  for (const value of of) {
    while (below < against.length && against[below]! < value) below++
    while (notAbove < against.length && against[notAbove]! <= value) notAbove++
    const above = against.length - notAbove
    sum += below - above
    squares += (below - above) ** 2
    untied += below + above
  }
  return { sum, squares, untied }
}

function limits(
  delta: number,
  variance: number,
  reach: number,
  m: number,
  n: number,
): { lower: number; upper: number } {
  if (Math.abs(delta) === 1) {
    const least = Math.min(m, n)
    const end = (least - reach * reach) / (least + reach * reach)
    return delta === 1 ? { lower: end, upper: 1 } : { lower: -1, upper: -end }
  }
  const square = reach * reach * variance
  const root = reach * Math.sqrt(variance) * Math.sqrt((1 - delta * delta) ** 2 + square)
  const middle = delta - delta ** 3
  const scale = 1 - delta * delta + square
  return { lower: (middle - root) / scale, upper: (middle + root) / scale }
}
