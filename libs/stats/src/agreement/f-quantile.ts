import { betaQuantile } from '../distributions/beta-quantile.ts'
import type { Tail } from '../special/tail.ts'

/**
 * Quantile of the F distribution: the f with P(F <= f) = probability ('lower') or P(F >= f) = probability ('upper').
 *
 * When to use: intervals of ratios of variances, such as intraclass correlations.
 * Formula in words: with x the quantile of the beta distribution with halves of the degrees of freedom, f = d2 x / (d1 (1 - x)); 1 - x is
 * taken as the quantile of the mirrored beta, so that it keeps its digits.
 * Source: Abramowitz and Stegun (1964), 26.6.2. Units: degrees of freedom positive and finite, need not be whole.
 * Edge cases: 0 and 1 give the ends of [0, Infinity). Errors: RangeError for arguments outside their range.
 * Cost: two beta quantiles.
 */
export function fQuantile(probability: number, numerator: number, denominator: number, tail: Tail = 'lower'): number {
  if (!(numerator > 0 && numerator < Number.POSITIVE_INFINITY))
    throw new RangeError(`numerator must be positive and finite, got ${numerator}`)
  if (!(denominator > 0 && denominator < Number.POSITIVE_INFINITY))
    throw new RangeError(`denominator must be positive and finite, got ${denominator}`)
  const x = betaQuantile(probability, numerator / 2, denominator / 2, tail)
  const rest = betaQuantile(probability, denominator / 2, numerator / 2, tail === 'lower' ? 'upper' : 'lower')
  return (denominator * x) / (numerator * rest)
}
