import { regularisedGamma } from '../special/regularised-gamma.ts'
import { certainTail, type Tail, type TailForm } from '../special/tail.ts'

/**
 * Tail of the Poisson distribution, inclusive on both sides: P(X <= count) ('lower') or P(X >= count) ('upper').
 *
 * When to use: is this count of complaints, incidents or calls unusual for the expected number?
 * Formula in words: P(X >= k) is the lower incomplete gamma function with shape k at the mean; P(X <= k) the upper with shape k + 1.
 * Source: Abramowitz and Stegun (1964), 26.4.21.
 * Units: count whole, >= 0; mean >= 0 and finite, in events.
 * Convention: BOTH tails include the count itself, so lower + upper = 1 + P(X = count). (R's upper tail excludes it.)
 * Edge cases: mean 0 puts all probability on 0. Errors: RangeError for a count that is not whole or a negative mean.
 * Cost: O(sqrt(count)) at worst.
 */
export function poissonTail(count: number, mean: number, tail: Tail, form: TailForm = 'probability'): number {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be a whole number from 0, got ${count}`)
  if (!(mean >= 0) || mean === Number.POSITIVE_INFINITY)
    throw new RangeError(`mean must be finite and at least 0, got ${mean}`)
  if (tail === 'lower') return mean === 0 ? certainTail(1, form) : regularisedGamma(count + 1, mean, 'upper', form)
  if (count === 0) return certainTail(1, form)
  return regularisedGamma(count, mean, 'lower', form)
}
