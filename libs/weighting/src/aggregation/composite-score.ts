/** What happens to an item without a figure. */
export type MissingRule = { kind: 'redistribute'; largestShare: number } | { kind: 'ineligible' }

export interface CompositeItem {
  /** Stable name of the item, unique within the list. */
  id: string
  /** Relative weight, >= 0; weights need not add up to 1. */
  weight: number
  /** Points of the item; null when there is no figure. */
  points: number | null
}

export interface ItemContribution {
  id: string
  /** Share of the item in the composite as agreed (weights scaled to 1). */
  nominalWeight: number
  /** Share after redistribution; 0 for a missing item. */
  effectiveWeight: number
  /** effectiveWeight * points, in points; these add up to the score. */
  contribution: number
}

export type CompositeResult =
  | { kind: 'score'; score: number; missingShare: number; items: ItemContribution[] }
  | {
      kind: 'ineligible'
      because: 'missing-item' | 'too-much-missing' | 'nothing-known'
      missingShare: number
      missing: string[]
    }

const ROUNDING = 1e-12

/**
 * Weighted composite of item points, with a stated rule for missing items.
 *
 * When to use: the overall score of a unit from its indicators.
 * Formula in words: the sum of effective weight times points; the weight of missing items is shared among the others in proportion to
 * their weights ('redistribute'), up to `largestShare` of the total weight, beyond which the unit is ineligible; or any missing item makes
 * it ineligible.
 * Source: linear aggregation, OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6; the rule for missing items is the
 * practice of hospital star ratings, with the share capped.
 * Units: points in, points out; shares in [0, 1].
 * Edge cases: a missing item of weight 0 is no obstacle; all missing gives 'nothing-known'.
 * Errors: RangeError for no items, double ids, weights negative or all 0, points not finite, largestShare outside [0, 1).
 * Convention: redistribution is proportional, so it equals assuming that a missing item scores the average of the known ones.
 * Cost: O(items).
 */
export function compositeScore(items: readonly CompositeItem[], missing: MissingRule): CompositeResult {
  requireItems(items)
  if (missing.kind === 'redistribute' && !(missing.largestShare >= 0 && missing.largestShare < 1)) {
    throw new RangeError(`largestShare must lie in [0, 1), got ${missing.largestShare}`)
  }
  const total = items.reduce((sum, item) => sum + item.weight, 0)
  const absent = items.filter((item) => item.points === null && item.weight > 0)
  const known = items.reduce((sum, item) => sum + (item.points === null ? 0 : item.weight), 0)
  const missingShare = absent.reduce((sum, item) => sum + item.weight, 0) / total
  const names = absent.map((item) => item.id)
  if (known === 0) return { kind: 'ineligible', because: 'nothing-known', missingShare, missing: names }
  if (absent.length > 0 && missing.kind === 'ineligible') {
    return { kind: 'ineligible', because: 'missing-item', missingShare, missing: names }
  }
  if (missing.kind === 'redistribute' && missingShare > missing.largestShare + ROUNDING) {
    return { kind: 'ineligible', because: 'too-much-missing', missingShare, missing: names }
  }
  const contributions = items.map((item): ItemContribution => {
    const effectiveWeight = item.points === null ? 0 : item.weight / known
    return {
      id: item.id,
      nominalWeight: item.weight / total,
      effectiveWeight,
      contribution: effectiveWeight * (item.points ?? 0),
    }
  })
  const score = contributions.reduce((sum, item) => sum + item.contribution, 0)
  return { kind: 'score', score, missingShare, items: contributions }
}

function requireItems(items: readonly CompositeItem[]): void {
  if (items.length === 0) throw new RangeError('items must hold at least one item')
  if (new Set(items.map((item) => item.id)).size !== items.length) throw new RangeError('items must have different ids')
  for (const item of items) {
    if (!(item.weight >= 0) || item.weight === Number.POSITIVE_INFINITY) {
      throw new RangeError(`weight of ${item.id} must be finite and at least 0, got ${item.weight}`)
    }
    if (item.points !== null && !Number.isFinite(item.points))
      throw new RangeError(`points of ${item.id} must be finite`)
  }
  if (items.every((item) => item.weight === 0)) throw new RangeError('weights must not all be 0')
}
