/**
 * Standard error of a weighted composite from the standard errors of its items (delta method).
 *
 * When to use: to give a composite score an interval, and ranks their uncertainty.
 * Formula in words: root of the sum over pairs of weight * error * weight * error * correlation; without correlations the root of the sum
 * of squares of weight times error.
 * Source: Rao (1973), Linear Statistical Inference, section 6a.2 (delta method; exact here, since the composite is linear).
 * Arguments: `effectiveWeights` as `compositeScore` returns them; `standardErrors` in points (a figure's error times
 * `piecewiseLinearSlope`); `correlations` k x k, optional, symmetric with ones on the diagonal.
 * Units: points. Assumes, without `correlations`, errors of items independent: items made from the same answers are not, and then this
 * is too small (positive correlation).
 * Edge cases: an item of weight 0 may carry any error. Errors: RangeError for lengths that differ, negative errors, correlations outside
 * [-1, 1] or not symmetric. Cost: O(k), with correlations O(k squared).
 */
export function compositeStandardError(
  effectiveWeights: readonly number[],
  standardErrors: readonly number[],
  correlations?: readonly (readonly number[])[],
): number {
  if (effectiveWeights.length !== standardErrors.length) {
    throw new RangeError(`standardErrors must have ${effectiveWeights.length} values, got ${standardErrors.length}`)
  }
  const parts = effectiveWeights.map((weight, i) => {
    if (weight === 0) return 0
    const error = standardErrors[i]!
    if (!(error >= 0) || !Number.isFinite(weight * error))
      throw new RangeError(`standardErrors[${i}] must be finite and at least 0`)
    return weight * error
  })
  if (!correlations) return Math.hypot(...parts)
  requireCorrelations(correlations, parts.length)
  let variance = 0
  for (let i = 0; i < parts.length; i++) {
    for (let j = 0; j < parts.length; j++) variance += parts[i]! * parts[j]! * correlations[i]![j]!
  }
  return Math.sqrt(Math.max(0, variance))
}

function requireCorrelations(correlations: readonly (readonly number[])[], k: number): void {
  const square = correlations.length === k && correlations.every((row) => row.length === k)
  if (!square) throw new RangeError(`correlations must be ${k} x ${k}`)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const value = correlations[i]![j]!
      const sound = value >= -1 && value <= 1 && value === correlations[j]![i]! && (i !== j || value === 1)
      if (!sound) throw new RangeError(`correlations[${i}][${j}] is not part of a correlation matrix: ${value}`)
    }
  }
}
