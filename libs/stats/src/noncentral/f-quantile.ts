import { betaQuantile } from '../distributions/beta-quantile.ts'
import type { Tail } from '../special/tail.ts'

/**
 * Quantile of the F distribution: the f with P(F <= f) = probability ('lower') or P(F >= f) = probability ('upper').
 *
 * When to use: critical values of the analysis of variance and its power.
 * Formula in words: the beta quantile y on the side of 1, turned by f = d2 (1 - y) / (d1 y).
 * Source: Abramowitz and Stegun (1964), 26.6.2, inverted. Units: none.
 * Edge cases: 0 and 1 give the ends of [0, Infinity]. Errors: RangeError for arguments outside their range. Cost: one beta quantile.
 */
export function fQuantile(probability: number, numerator: number, denominator: number, tail: Tail = 'lower'): number {
  if (!(numerator > 0)) throw new RangeError(`numerator must be above 0, got ${numerator}`)
  if (!(denominator > 0)) throw new RangeError(`denominator must be above 0, got ${denominator}`)
  // The complement y = d2 / (d1 f + d2) follows a beta distribution with swapped parameters and reversed tails.
  const y = betaQuantile(probability, denominator / 2, numerator / 2, tail === 'upper' ? 'lower' : 'upper')
  return (denominator * (1 - y)) / (numerator * y)
}
