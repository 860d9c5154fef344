import { logGamma } from './log-gamma.ts'

export const HALF_LOG_TWO_PI = 0.9189385332046727

/** From here on eight terms of the Stirling series reach double precision. */
export const STIRLING_FROM = 10

// B(2j) / (2j (2j - 1)), Abramowitz and Stegun (1964), 6.1.40.
const TERMS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]

/** The sum of the Stirling series alone, for x >= STIRLING_FROM. O(1). */
export function stirlingSeries(x: number): number {
  const inverseSquare = 1 / x / x
  let sum = 0
  for (let j = TERMS.length - 1; j >= 0; j--) sum = TERMS[j]! + sum * inverseSquare
  return sum / x
}

/**
 * Error of Stirling's formula: log Gamma(x + 1) - (x + 1/2) log x + x - log(2 pi) / 2.
 *
 * When to use: densities and prefactors of gamma and beta kind, so that large logarithms never meet.
 * Formula in words: the Stirling series from 10 upwards, the definition below.
 * Source: Loader (2000), "Fast and accurate computation of binomial probabilities", section 2.
 * Errors: RangeError unless x > 0. Cost: O(1).
 */
export function stirlingError(x: number): number {
  if (x >= STIRLING_FROM) return stirlingSeries(x)
  if (!(x > 0)) throw new RangeError(`x must be above 0, got ${x}`)
  const logGammaOfNext = x < 0.5 ? logGamma(x) + Math.log(x) : logGamma(x + 1)
  return logGammaOfNext - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI
}
