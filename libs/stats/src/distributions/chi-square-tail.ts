import { regularisedGamma } from '../special/regularised-gamma.ts'
import type { Tail, TailForm } from '../special/tail.ts'

/**
 * Tail of the chi-square distribution: P(X <= x) ('lower') or P(X >= x) ('upper').
 *
 * When to use: tests of heterogeneity and goodness of fit, intervals of variances and of Poisson counts.
 * Formula in words: the incomplete gamma function with shape degreesOfFreedom / 2 at x / 2.
 * Source: Abramowitz and Stegun (1964), 26.4.19.
 * Units: x dimensionless; degreesOfFreedom positive and finite, need not be whole.
 * Edge cases: 0 and Infinity are exact. Errors: RangeError for x < 0, NaN or degreesOfFreedom <= 0.
 * Cost: O(sqrt(degreesOfFreedom)) at worst.
 */
export function chiSquareTail(x: number, degreesOfFreedom: number, tail: Tail, form: TailForm = 'probability'): number {
  if (!(x >= 0)) throw new RangeError(`x must be at least 0, got ${x}`)
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degreesOfFreedom must be above 0, got ${degreesOfFreedom}`)
  return regularisedGamma(degreesOfFreedom / 2, x / 2, tail, form)
}
