import { normalTail } from '../distributions/normal-tail.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { integrate } from '../noncentral/gauss-legendre.ts'
import { noncentralTTail } from '../noncentral/noncentral-t-tail.ts'
import { stirlingError } from '../special/stirling-error.ts'
import { HALF_LOG_TWO_PI } from '../special/stirling-series.ts'
import { type Design, requirePositive } from './design.ts'

const NODES = 160

/**
 * Power of two one-sided tests of an estimate with known true standard error.
 *
 * When to use: behind `equivalenceDesign`, and for any estimate whose error can be foretold (on the log scale for ratios).
 * Formula in words: given the estimated error, the chance that the estimate lies within both critical lines; averaged over the estimated
 * error (chi), which is exact.
 * Sources: Schuirmann (1987); Phillips (1990), J Pharmacokinetics and Biopharmaceutics 18:137-144; Owen (1965).
 * Arguments: alpha of each one-sided test, default 0.05. Edge cases: endless degrees of freedom are normal. Errors: RangeError for
 * lowerMargin not below upperMargin, standardError. Cost: 320 normal tails.
 */
export function powerOfEquivalence(input: {
  effect: number
  lowerMargin: number
  upperMargin: number
  standardError: number
  degreesOfFreedom: number
  alpha?: number
}): number {
  const { effect, lowerMargin, upperMargin, standardError, degreesOfFreedom: df, alpha = 0.05 } = input
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha must lie in (0, 0.5), got ${alpha}`)
  if (!(lowerMargin < upperMargin)) throw new RangeError('lowerMargin must lie below upperMargin')
  requirePositive(standardError, 'standardError')
  const critical = studentTQuantile(alpha, df, 'upper')
  const [low, high] = [(lowerMargin - effect) / standardError, (upperMargin - effect) / standardError]
  const within = (s: number) => {
    const [a, b] = [low + critical * s, high - critical * s]
    if (!(a < b)) return 0
    // The difference of two tails on the side where both are small.
    return a > 0 ? normalTail(a, 'upper') - normalTail(b, 'upper') : normalTail(b, 'lower') - normalTail(a, 'lower')
  }
  if (df === Number.POSITIVE_INFINITY) return within(1)
  const half = df / 2
  const constant = Math.LN2 + 0.5 * Math.log(half) - HALF_LOG_TWO_PI - stirlingError(half)
  const density = (s: number) => Math.exp(constant - half * (s * s - 1 - 2 * Math.log(s)) - Math.log(s))
  const reach = 9 / Math.sqrt(2 * df)
  const top = Math.min(
    (upperMargin - lowerMargin) / standardError / (2 * critical),
    1 + Math.max(reach, 1.5 * reach ** 2),
  )
  const bottom = Math.max(0, 1 - reach)
  return top <= bottom ? 0 : integrate((s) => density(s) * within(s), bottom, top, NODES)
}

/**
 * Equivalence of two means: count is cases of the first side, effect the margin (the same on both sides).
 *
 * When to use: to show that a cheaper way is no different. Read the three directions with the margin in the place of the effect: the
 * smallest margin that can be shown is `detectableEffect`.
 * Source: as `powerOfEquivalence`. Arguments: `trueEffect` default 0 must lie within the margin; alpha of each one-sided test, default 0.05;
 * `allocation` second count over first. Errors: RangeError for deviation, allocation. Cost: 320 normal tails a power.
 */
export function equivalenceDesign(input: {
  standardDeviation: number
  trueEffect?: number
  allocation?: number
  alpha?: number
}): Design {
  const { standardDeviation, trueEffect = 0, allocation = 1, alpha = 0.05 } = input
  requirePositive(standardDeviation, 'standardDeviation')
  requirePositive(allocation, 'allocation')
  return {
    leastCount: Math.max(2, 2 / allocation),
    effects: { low: 0, high: Number.POSITIVE_INFINITY },
    power: (count, margin) =>
      powerOfEquivalence({
        effect: trueEffect,
        lowerMargin: -margin,
        upperMargin: margin,
        standardError: standardDeviation * Math.sqrt((1 + 1 / allocation) / count),
        degreesOfFreedom: count * (1 + allocation) - 2,
        alpha,
      }),
  }
}

/**
 * Non-inferiority of two means (or, with `standardDeviation` root(p (1 - p)) and `reference` 'normal', shares): count is cases of the first
 * side, effect the margin of harm tolerated.
 *
 * Formula in words: noncentral t upper tail with noncentrality (true benefit + margin) / error.
 * Sources: Blackwelder (1982), Controlled Clinical Trials 3:345-353; Julious (2004), Statistics in Medicine 23:1921-1986, section 4.
 * Arguments: `trueBenefit` default 0, positive in the good direction; one-sided alpha, default 0.025. Errors: as above.
 * Cost: one noncentral tail a power.
 */
export function nonInferiorityDesign(input: {
  standardDeviation: number
  deviationOfSecond?: number
  trueBenefit?: number
  allocation?: number
  alpha?: number
  reference?: 't' | 'normal'
}): Design {
  const { standardDeviation, trueBenefit = 0, allocation = 1, alpha = 0.025, reference = 't' } = input
  const { deviationOfSecond = standardDeviation } = input
  requirePositive(standardDeviation, 'standardDeviation')
  requirePositive(deviationOfSecond, 'deviationOfSecond')
  requirePositive(allocation, 'allocation')
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha must lie in (0, 0.5), got ${alpha}`)
  return {
    leastCount: Math.max(2, 2 / allocation),
    effects: { low: 0, high: Number.POSITIVE_INFINITY },
    power: (count, margin) => {
      const error = Math.sqrt((standardDeviation ** 2 + deviationOfSecond ** 2 / allocation) / count)
      const df = reference === 't' ? count * (1 + allocation) - 2 : Number.POSITIVE_INFINITY
      return noncentralTTail(studentTQuantile(alpha, df, 'upper'), df, (trueBenefit + margin) / error, 'upper')
    },
  }
}
