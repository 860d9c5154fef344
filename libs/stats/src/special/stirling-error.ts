import { logGamma } from './log-gamma.ts'
import { HALF_LOG_TWO_PI, STIRLING_FROM, stirlingSeries } from './stirling-series.ts'

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
