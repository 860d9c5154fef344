import { logGamma } from '../special/log-gamma.ts'
import { STIRLING_FROM, stirlingSeries } from '../special/stirling-series.ts'

/**
 * log(Gamma(x + n) / Gamma(x)): logarithm of x (x + 1) ... (x + n - 1).
 *
 * When to use: likelihoods of beta-binomial and negative binomial kind, where x may be enormous and the two logarithms nearly equal.
 * Formula in words: from 10 upwards Stirling's formula with the difference of logarithms taken as one; below, a product up to 10 first.
 * Source: Abramowitz and Stegun (1964), 6.1.22 and 6.1.40. Arguments: x > 0, n >= 0. Errors: RangeError otherwise. Cost: O(1).
 */
export function logRisingFactorial(x: number, n: number): number {
  if (!(x > 0)) throw new RangeError(`x must be above 0, got ${x}`)
  if (!(n >= 0)) throw new RangeError(`n must be at least 0, got ${n}`)
  if (n === 0) return 0
  if (x < STIRLING_FROM) return logGamma(x + n) - logGamma(x)
  const far = x + n
  return (x - 0.5) * Math.log1p(n / x) + n * Math.log(far) - n + stirlingSeries(far) - stirlingSeries(x)
}
