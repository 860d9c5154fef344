import { regularisedBeta } from '../special/regularised-beta.ts'
import { certainTail, type Tail, type TailForm } from '../special/tail.ts'

/**
 * Tail of the binomial distribution, inclusive on both sides: P(X <= successes) ('lower') or P(X >= successes) ('upper').
 *
 * When to use: is this number of satisfied answers unusual among so many, given the expected share?
 * Formula in words: P(X >= k) is the lower incomplete beta function with parameters k and n - k + 1 at the probability.
 * Source: Abramowitz and Stegun (1964), 26.5.24.
 * Units: counts whole, 0 <= successes <= trials; probability in [0, 1].
 * Convention: BOTH tails include the count itself, so lower + upper = 1 + P(X = successes). (R's upper tail excludes it.)
 * Edge cases: probability 0 or 1 and trials 0 are exact. Errors: RangeError otherwise. Cost: O(sqrt(trials)) at worst.
 */
export function binomialTail(
  successes: number,
  trials: number,
  probability: number,
  tail: Tail,
  form: TailForm = 'probability',
): number {
  if (!Number.isInteger(trials) || trials < 0)
    throw new RangeError(`trials must be a whole number from 0, got ${trials}`)
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(`successes must be a whole number from 0 to trials (${trials}), got ${successes}`)
  }
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`probability must lie in [0, 1], got ${probability}`)
  if (tail === 'upper') {
    if (successes === 0) return certainTail(1, form)
    return regularisedBeta(successes, trials - successes + 1, probability, 'lower', form)
  }
  if (successes === trials) return certainTail(1, form)
  return regularisedBeta(successes + 1, trials - successes, probability, 'upper', form)
}
