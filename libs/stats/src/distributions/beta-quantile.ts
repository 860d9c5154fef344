import { logBetaKernel, regularisedBeta } from '../special/regularised-beta.ts'
import type { Tail } from '../special/tail.ts'
import { solveLogTail } from './solve-log-tail.ts'

/**
 * Quantile of the beta distribution: the x with P(X <= x) = probability ('lower') or P(X >= x) = probability ('upper').
 *
 * When to use: exact (Clopper-Pearson) limits of a proportion and, through them, of a ratio of rates.
 * Formula in words: Newton's method in log(x / (1 - x)) on the logarithm of whichever tail is at most one half.
 * Source: Abramowitz and Stegun (1964), 26.5, inverted. Shapes a, b > 0.
 * Edge cases: 0 and 1 give the ends of [0, 1]. Errors: RangeError for arguments outside their range.
 * Cost: some ten tail evaluations.
 */
export function betaQuantile(probability: number, a: number, b: number, tail: Tail = 'lower'): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`probability must lie in [0, 1], got ${probability}`)
  if (!(a > 0)) throw new RangeError(`a must be above 0, got ${a}`)
  if (!(b > 0)) throw new RangeError(`b must be above 0, got ${b}`)
  const lowerProbability = tail === 'lower' ? probability : 1 - probability
  if (probability === 0 || probability === 1) return lowerProbability === 0 ? 0 : 1
  const side: Tail = probability <= 0.5 ? tail : tail === 'lower' ? 'upper' : 'lower'
  const target = Math.log(probability <= 0.5 ? probability : 1 - probability)
  const logTail = (u: number) => {
    const x = 1 / (1 + Math.exp(-u))
    const y = 1 / (1 + Math.exp(u))
    const log = regularisedBeta(a, b, x, side, 'log', y)
    const slope = Math.exp(logBetaKernel(a, b, x, y) - log)
    return { log, slope: side === 'lower' ? slope : -slope }
  }
  return 1 / (1 + Math.exp(-solveLogTail(logTail, target, Math.log(a / b))))
}
