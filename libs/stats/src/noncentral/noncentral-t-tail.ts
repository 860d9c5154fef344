import { normalTail } from '../distributions/normal-tail.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import type { Tail, TailForm } from '../special/tail.ts'
import { bracketedRoot } from './bracketed-root.ts'
import { logScaleMixture } from './scale-mixture.ts'

/**
 * Tail of the noncentral t distribution: P(T <= t) ('lower') or P(T >= t) ('upper') for T = (Z + noncentrality) / s.
 *
 * When to use: power of t tests, intervals of standardised differences.
 * Formula in words: the normal tail of t s - noncentrality, averaged over s = root(chi-square / degrees of freedom); each tail is integrated
 * on its own, so neither is a difference from 1.
 * Source: Owen (1965), Biometrika 52:437-446; see `logScaleMixture`.
 * Units: none; degreesOfFreedom > 0, need not be whole, Infinity gives the normal tail.
 * Edge cases: +-Infinity are exact; noncentrality 0 gives Student's t. Errors: RangeError for NaN or degreesOfFreedom <= 0.
 * Cost: some 300 normal tails.
 */
export function noncentralTTail(
  t: number,
  degreesOfFreedom: number,
  noncentrality: number,
  tail: Tail,
  form: TailForm = 'probability',
): number {
  if (Number.isNaN(t)) throw new RangeError('t must be a number, got NaN')
  if (!Number.isFinite(noncentrality)) throw new RangeError(`noncentrality must be finite, got ${noncentrality}`)
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degreesOfFreedom must be above 0, got ${degreesOfFreedom}`)
  if (noncentrality === 0) return studentTTail(t, degreesOfFreedom, tail, form)
  if (degreesOfFreedom === Number.POSITIVE_INFINITY || !Number.isFinite(t)) {
    return normalTail(t - noncentrality, tail, form)
  }
  if (t === 0) return normalTail(-noncentrality, tail, form)
  const log = logScaleMixture((s) => normalTail(t * s - noncentrality, tail, 'log'), degreesOfFreedom)
  return form === 'log' ? Math.min(0, log) : Math.min(1, Math.exp(log))
}

/**
 * The noncentrality at which a t statistic stands at a given tail probability: the pivot of intervals of standardised differences.
 *
 * When to use: intervals of Cohen's d: the limits are the noncentralities with P(T >= t) = alpha / 2 and P(T <= t) = alpha / 2.
 * Source: Steiger and Fouladi (1997), in Harlow et al., What if there were no significance tests?, pages 221-257.
 * Units: none; probability in (0, 1). Errors: RangeError otherwise. Cost: some ten tails.
 */
export function noncentralityOf(t: number, degreesOfFreedom: number, probability: number, tail: Tail): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`probability must lie in (0, 1), got ${probability}`)
  if (!Number.isFinite(t)) throw new RangeError(`t must be finite, got ${t}`)
  const sign = tail === 'upper' ? 1 : -1
  const excess = (delta: number) =>
    noncentralTTail(t, degreesOfFreedom, delta, tail, 'log') - Math.log(probability) || Number.MIN_VALUE
  let reach = 4 + Math.abs(t)
  while (sign * excess(t + reach) < 0 || sign * excess(t - reach) > 0) reach *= 2
  return bracketedRoot(excess, t - reach, t + reach, 1e-12)
}
