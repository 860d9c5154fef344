export interface GainItem {
  id: string
  /** Share of the item in the composite, as `compositeScore` returns it. */
  effectiveWeight: number
  points: number
  /** Points per unit of the figure at its present value (as the transforms return); null where there is none (steps, percentiles). */
  slope: number | null
  /** Most points the item can have. */
  highestPoints: number
}

export interface MarginalGain {
  id: string
  /** What one more point of the item adds to the composite. */
  gainPerPoint: number
  /** What one more unit of the figure adds (to first order); null without slope. */
  gainPerUnit: number | null
  /** What the composite could win through this item alone. */
  mostGain: number
  /** Points the item must reach for the composite to reach the target by this item alone; null where it cannot. */
  pointsForTarget: number | null
}

/**
 * What more of each item would bring, and what it takes to reach the next grade by one item alone.
 *
 * When to use: a unit asks where effort pays; beside the cost of the effort, which this does not know.
 * Formula in words: a composite that is a weighted sum gains effective weight per point, and effective weight times slope per unit of the
 * figure; a target is reached at present points + (target - score) / effective weight.
 * Source: derivative of the additive value function, Keeney and Raiffa (1976), Decisions with Multiple Objectives, chapter 3.
 * Arguments: `score` present composite; `target` the score wanted, for example the next cut point, or null. Turn points into a value with
 * `valueForPoints` (piecewise-linear scales).
 * Edge cases: a score at or above the target needs the present points; an item of weight 0 can bring nothing.
 * Errors: RangeError for double ids, effectiveWeight outside [0, 1], figures not finite, points above highestPoints. Cost: O(items).
 */
export function marginalGains(score: number, items: readonly GainItem[], target: number | null = null): MarginalGain[] {
  if (!Number.isFinite(score)) throw new RangeError(`score must be finite, got ${score}`)
  if (target !== null && !Number.isFinite(target)) throw new RangeError(`target must be finite or null, got ${target}`)
  if (new Set(items.map((item) => item.id)).size !== items.length) throw new RangeError('items must have different ids')
  return items.map(({ id, effectiveWeight, points, slope, highestPoints }) => {
    if (!(effectiveWeight >= 0 && effectiveWeight <= 1))
      throw new RangeError(`effectiveWeight of ${id} must lie in [0, 1], got ${effectiveWeight}`)
    if (!Number.isFinite(points) || !Number.isFinite(highestPoints) || points > highestPoints)
      throw new RangeError(`points of ${id} must be finite and at most highestPoints`)
    if (slope !== null && !Number.isFinite(slope)) throw new RangeError(`slope of ${id} must be finite or null`)
    const missing = target === null ? null : Math.max(0, target - score)
    const wanted = missing === null ? null : missing === 0 ? points : points + missing / effectiveWeight
    return {
      id,
      gainPerPoint: effectiveWeight,
      gainPerUnit: slope === null ? null : effectiveWeight * slope,
      mostGain: effectiveWeight * (highestPoints - points),
      pointsForTarget: wanted !== null && wanted <= highestPoints + 1e-9 ? Math.min(wanted, highestPoints) : null,
    }
  })
}
