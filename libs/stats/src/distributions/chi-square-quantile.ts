import { logPoissonKernel, regularisedGamma } from '../special/regularised-gamma.ts'
import type { Tail } from '../special/tail.ts'
import { solveLogTail } from './solve-log-tail.ts'

/**
 * Quantile of the chi-square distribution: the x with P(X <= x) = probability ('lower') or P(X >= x) = probability ('upper').
 *
 * When to use: exact intervals of Poisson counts, tests of over-dispersion.
 * Formula in words: Newton's method in log x on the logarithm of whichever tail is at most one half.
 * Source: Abramowitz and Stegun (1964), 26.4.19, inverted. Units: degreesOfFreedom positive and finite.
 * Edge cases: 0 and 1 give the ends of [0, Infinity). Errors: RangeError for arguments outside their range.
 * Cost: some ten tail evaluations.
 */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number, tail: Tail = 'lower'): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`probability must lie in [0, 1], got ${probability}`)
  if (!(degreesOfFreedom > 0) || degreesOfFreedom === Number.POSITIVE_INFINITY) {
    throw new RangeError(`degreesOfFreedom must be positive and finite, got ${degreesOfFreedom}`)
  }
  const lowerProbability = tail === 'lower' ? probability : 1 - probability
  if (probability === 0 || probability === 1) return lowerProbability === 0 ? 0 : Number.POSITIVE_INFINITY
  const a = degreesOfFreedom / 2
  const side: Tail = probability <= 0.5 ? tail : tail === 'lower' ? 'upper' : 'lower'
  const target = Math.log(probability <= 0.5 ? probability : 1 - probability)
  const logTail = (u: number) => {
    const x = Math.exp(u)
    const log = regularisedGamma(a, x, side, 'log')
    const slope = Math.exp(logPoissonKernel(a, x) + Math.log(a) - log)
    return { log, slope: side === 'lower' ? slope : -slope }
  }
  return 2 * Math.exp(solveLogTail(logTail, target, Math.log(a)))
}
