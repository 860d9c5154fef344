import type { Cannot } from './estimate.ts'

export interface RatioParts {
  numerator: number
  denominator: number
  varianceOfNumerator: number
  varianceOfDenominator: number
  covariance: number
}

/**
 * Fieller's limits of a ratio of two normal estimates.
 *
 * When to use: ratios and relative changes whose denominator is not measured with near-certainty.
 * Formula in words: all ratios r for which numerator - r denominator lies within `reach` of its own standard errors of 0: the roots of a
 * quadratic, whose discriminant is formed without cancellation.
 * Source: Fieller (1954), J R Statist Soc B 16:175-185. Arguments: `reach` is the quantile, for example 1.96; units of the ratio.
 * Edge cases: when the denominator itself lies within `reach` standard errors of 0 the set of ratios is not an interval:
 * 'denominator-near-zero'. Errors: RangeError for negative variances. Cost: O(1).
 */
export function fiellerLimits(
  parts: RatioParts,
  reach: number,
): { kind: 'limits'; lower: number; upper: number } | Cannot<'denominator-near-zero'> {
  const { numerator: a, denominator: b, varianceOfNumerator: va, varianceOfDenominator: vb, covariance: c } = parts
  if (!(va >= 0) || !(vb >= 0)) throw new RangeError('varianceOfNumerator and varianceOfDenominator must be at least 0')
  const square = reach * reach
  const lead = b * b - square * vb
  if (!(lead > 0)) {
    return {
      kind: 'cannot',
      because: 'denominator-near-zero',
      detail: 'the denominator cannot be told from 0, so the ratio has no bounded interval',
    }
  }
  const discriminant = square * (a * a * vb - 2 * a * b * c + b * b * va) - square * square * (va * vb - c * c)
  const middle = a * b - square * c
  const root = Math.sqrt(Math.max(0, discriminant))
  return { kind: 'limits', lower: (middle - root) / lead, upper: (middle + root) / lead }
}

/** Variance of a ratio by the delta method: Seber (1982), The Estimation of Animal Abundance, page 7. O(1). */
export function deltaVariance(parts: RatioParts): number {
  const { denominator } = parts
  const ratio = parts.numerator / denominator
  const spread = parts.varianceOfNumerator - 2 * ratio * parts.covariance + ratio * ratio * parts.varianceOfDenominator
  return Math.max(0, spread) / (denominator * denominator)
}
