import { logGamma } from '../special/log-gamma.ts'
import { regularisedBeta } from '../special/regularised-beta.ts'
import type { Tail, TailForm } from '../special/tail.ts'
import { normalTail } from './normal-tail.ts'

/** Beyond this t the first term of the tail's expansion is exact to double precision, and t squared may overflow. */
export const FAR_T = 1e140

/**
 * Tail of Student's t distribution: P(T <= t) ('lower') or P(T >= t) ('upper').
 *
 * When to use: p-values and intervals of means and regression coefficients with estimated variance.
 * Formula in words: half the incomplete beta function at v / (v + t squared) with parameters v/2 and 1/2; both v / (v + t squared) and
 * its complement are formed without cancellation.
 * Source: Abramowitz and Stegun (1964), 26.7.1; Student (1908).
 * Units: t dimensionless; degreesOfFreedom > 0, need not be whole; Infinity gives the normal distribution.
 * Edge cases: t = 0 gives one half; +-Infinity are exact. Errors: RangeError for NaN or degreesOfFreedom <= 0.
 * Cost: O(sqrt(degreesOfFreedom)) at worst.
 */
export function studentTTail(t: number, degreesOfFreedom: number, tail: Tail, form: TailForm = 'probability'): number {
  if (Number.isNaN(t)) throw new RangeError('t must be a number, got NaN')
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degreesOfFreedom must be above 0, got ${degreesOfFreedom}`)
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return normalTail(t, tail, form)
  const outward = tail === 'upper' ? t : -t
  if (outward < 0) {
    const other = studentTTail(-outward, degreesOfFreedom, 'upper')
    return form === 'log' ? Math.log1p(-other) : 1 - other
  }
  if (outward > FAR_T * Math.sqrt(degreesOfFreedom)) {
    const far = logFarTail(outward, degreesOfFreedom)
    return form === 'log' ? far : Math.exp(far)
  }
  const ratio = (outward / degreesOfFreedom) * outward
  const inner = 1 / (1 + ratio)
  const outer = ratio / (1 + ratio)
  if (form === 'log') return regularisedBeta(degreesOfFreedom / 2, 0.5, inner, 'lower', 'log', outer) - Math.LN2
  return 0.5 * regularisedBeta(degreesOfFreedom / 2, 0.5, inner, 'lower', 'probability', outer)
}

/** log of (v / t squared)^(v/2) / (v Beta(v/2, 1/2)). */
function logFarTail(t: number, df: number): number {
  const logBeta = logGamma(df / 2) + logGamma(0.5) - logGamma((df + 1) / 2)
  return df * (0.5 * Math.log(df) - Math.log(t)) - Math.log(df) - logBeta
}
