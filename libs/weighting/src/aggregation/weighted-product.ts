import { normalisedWeights } from '../weights/hand-weights.ts'

export type ZeroRule =
  /** A zero makes the whole composite zero (an item that cannot be made good elsewhere). */
  | { kind: 'annihilates' }
  /** A constant > 0 is added to every item before and taken off after: (product of (x + shift) ^ w) - shift. */
  | { kind: 'shift'; shift: number }
  /** A zero is a mistake. */
  | { kind: 'refuse' }

/**
 * Weighted product (geometric mean) of item points: weak items cost more than under the weighted sum.
 *
 * When to use: where a good item shall not fully make good a bad one (as in the Human Development Index since 2010).
 * Formula in words: the product of the points raised to their weights, weights scaled to 1.
 * Source: Bridgman (1922), Dimensional Analysis; Miller and Starr (1969), Executive Decisions and Operations Research; OECD/JRC (2008),
 * Handbook on Constructing Composite Indicators, step 6 (geometric aggregation).
 * Units: points >= 0 with a true zero; a change of all points of one item by a factor changes no order of units.
 * Convention: zeros need a named rule; an item of weight 0 never matters, not even at 0 points.
 * Edge cases: never above the weighted sum of the same points, equal to it only when all points are equal.
 * Errors: RangeError for lengths that differ, points negative or not finite, zero under 'refuse', weights, shift not above 0.
 * Cost: O(items).
 */
export function weightedProduct(points: readonly number[], weights: readonly number[], zeroRule: ZeroRule): number {
  if (weights.length !== points.length)
    throw new RangeError(`weights must have ${points.length} values, got ${weights.length}`)
  const shares = normalisedWeights(weights)
  const shift = zeroRule.kind === 'shift' ? zeroRule.shift : 0
  if (zeroRule.kind === 'shift' && !(shift > 0 && Number.isFinite(shift)))
    throw new RangeError(`shift must be finite and above 0, got ${shift}`)
  let log = 0
  for (const [j, value] of points.entries()) {
    if (!(value >= 0) || value === Number.POSITIVE_INFINITY)
      throw new RangeError(`points[${j}] must be finite and at least 0, got ${value}`)
    if (shares[j] === 0) continue
    if (value === 0 && zeroRule.kind === 'refuse') throw new RangeError(`points[${j}] must not be 0`)
    log += shares[j]! * Math.log(value + shift)
  }
  return Math.max(0, Math.exp(log) - shift)
}
