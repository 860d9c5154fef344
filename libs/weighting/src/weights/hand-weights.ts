/**
 * Equal weights: 1 / items for each.
 *
 * When to use: where nobody can defend a difference; the usual start of a discussion.
 * Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (equal weighting).
 * Errors: RangeError unless `items` is a whole number from 1. Cost: O(items).
 */
export function equalWeights(items: number): number[] {
  if (!Number.isInteger(items) || items < 1) throw new RangeError(`items must be a whole number from 1, got ${items}`)
  return Array.from({ length: items }, () => 1 / items)
}

/**
 * Weights given by hand, scaled to add up to 1.
 *
 * When to use: points or per cents agreed in a meeting ("50, 30, 20").
 * Formula in words: each over their sum.
 * Source: direct rating, von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research, section 8.3.
 * Units: any on input, shares on output. Edge cases: an item of weight 0 keeps 0.
 * Errors: RangeError for no weights, one negative or not finite, all 0. Cost: O(items).
 */
export function normalisedWeights(weights: readonly number[]): number[] {
  if (weights.length === 0) throw new RangeError('weights must hold at least one value')
  for (const [j, weight] of weights.entries()) {
    if (!(weight >= 0) || weight === Number.POSITIVE_INFINITY)
      throw new RangeError(`weights[${j}] must be finite and at least 0, got ${weight}`)
  }
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0)
  if (largest === 0) throw new RangeError('weights must not all be 0')
  // Divided by the largest first, so that the sum of enormous weights does not overflow.
  const total = weights.reduce((sum, weight) => sum + weight / largest, 0)
  return weights.map((weight) => weight / largest / total)
}
