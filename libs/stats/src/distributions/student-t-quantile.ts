import { logBetaKernel, regularisedBeta } from '../special/regularised-beta.ts'
import type { Tail } from '../special/tail.ts'
import { normalQuantile } from './normal-quantile.ts'
import { solveLogTail } from './solve-log-tail.ts'
import { FAR_T, studentTTail } from './student-t-tail.ts'

/**
 * Quantile of Student's t distribution: the t with P(T <= t) = probability ('lower') or P(T >= t) = probability ('upper').
 *
 * When to use: limits of intervals for means and regression coefficients.
 * Formula in words: Newton's method in log t on the log of the outer tail, or, for probabilities between 0.25 and 0.75, on the log of the
 * probability between -t and t, so that small quantiles keep their digits.
 * Source: Abramowitz and Stegun (1964), 26.7.1, inverted. Units: degreesOfFreedom > 0; Infinity gives the normal quantile.
 * Edge cases: 0 and 1 give -+Infinity, one half gives 0. Errors: RangeError for arguments outside their range.
 * Cost: some ten tail evaluations.
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number, tail: Tail = 'lower'): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`probability must lie in [0, 1], got ${probability}`)
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degreesOfFreedom must be above 0, got ${degreesOfFreedom}`)
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return normalQuantile(probability, tail)
  if (probability === 0.5) return 0
  const sign = tail === 'lower' ? -1 : 1
  const outer = Math.min(probability, 1 - probability)
  const side = probability < 0.5 ? sign : -sign
  if (outer === 0) return side * Number.POSITIVE_INFINITY
  const central = outer > 0.25
  const target = central ? Math.log(1 - 2 * outer) : Math.log(2 * outer)
  const u = solveLogTail((point) => bothSides(point, degreesOfFreedom, central), target, 0)
  return side * Math.exp(u)
}

/** Log of P(|T| <= t) (central) or P(|T| >= t), t = exp(u), and its derivative by u. */
function bothSides(u: number, df: number, central: boolean): { log: number; slope: number } {
  const t = Math.exp(u)
  if (!central && t > FAR_T * Math.sqrt(df)) return { log: studentTTail(t, df, 'upper', 'log') + Math.LN2, slope: -df }
  const ratio = (t / df) * t
  const inner = 1 / (1 + ratio)
  const outer = ratio / (1 + ratio)
  const log = regularisedBeta(df / 2, 0.5, inner, central ? 'upper' : 'lower', 'log', outer)
  // d/du of I at inner: kernel times 2, since d inner / du = -2 inner outer.
  const slope = 2 * Math.exp(logBetaKernel(df / 2, 0.5, inner, outer) - log)
  return { log, slope: central ? slope : -slope }
}
