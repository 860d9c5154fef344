import { regularisedBeta } from '../special/regularised-beta.ts'
import { certainTail, type Tail, type TailForm } from '../special/tail.ts'

/**
 * Tail of the F distribution: P(F <= f) ('lower') or P(F >= f) ('upper').
 *
 * When to use: ratios of variances, joint tests of several coefficients.
 * Formula in words: the incomplete beta function at d1 f / (d1 f + d2) with parameters d1/2 and d2/2, complement formed separately.
 * Source: Abramowitz and Stegun (1964), 26.6.2.
 * Units: f dimensionless; degrees of freedom positive and finite, need not be whole.
 * Edge cases: f = 0 and Infinity are exact. Errors: RangeError for f < 0, NaN or degrees of freedom <= 0.
 * Cost: O(sqrt(largest degrees of freedom)) at worst.
 */
export function fTail(
  f: number,
  numerator: number,
  denominator: number,
  tail: Tail,
  form: TailForm = 'probability',
): number {
  if (!(f >= 0)) throw new RangeError(`f must be at least 0, got ${f}`)
  if (!(numerator > 0)) throw new RangeError(`numerator must be above 0, got ${numerator}`)
  if (!(denominator > 0)) throw new RangeError(`denominator must be above 0, got ${denominator}`)
  if (f === Number.POSITIVE_INFINITY) return certainTail(tail === 'upper' ? 0 : 1, form)
  const ratio = (numerator / denominator) * f
  const inner = ratio === Number.POSITIVE_INFINITY ? 1 : ratio / (1 + ratio)
  return regularisedBeta(numerator / 2, denominator / 2, inner, tail, form, 1 / (1 + ratio))
}
