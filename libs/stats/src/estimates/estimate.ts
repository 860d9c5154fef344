import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'

/** A figure with the error it was measured with. `degreesOfFreedom` Infinity means a normal error. */
export interface Measured {
  estimate: number
  standardError: number
  degreesOfFreedom: number
}

/** An estimate with its interval and its two-sided p-value against no effect. */
export interface IntervalEstimate {
  kind: 'estimate'
  estimate: number
  lower: number
  upper: number
  pValue: number
  confidence: number
}

/** The same with a standard error, for everything whose error is symmetric. */
export interface Estimate extends IntervalEstimate, Measured {}

export interface Cannot<Because extends string = string> {
  kind: 'cannot'
  because: Because
  detail: string
}

/**
 * Interval and p-value of a measured figure by Student's t (the normal for endless degrees of freedom).
 *
 * When to use: the last step of every estimate whose error is symmetric.
 * Formula in words: estimate +- t quantile times standard error; p is twice the upper tail of |estimate - against| / standard error.
 * Source: Student (1908), Biometrika 6:1-25.
 * Arguments: `against` is the value of no effect, default 0. Units: those of the figure.
 * Edge cases: a standard error of 0 gives 'constant', figures not finite 'not-finite'.
 * Errors: RangeError for confidence outside (0, 1), degreesOfFreedom not above 0, a negative standard error. Cost: O(1).
 */
export function describeEstimate(
  measured: Measured,
  options: { confidence?: number | undefined; against?: number | undefined } = {},
): Estimate | Cannot<'constant' | 'not-finite'> {
  const { estimate, standardError, degreesOfFreedom } = measured
  const { confidence = USUAL_CONFIDENCE, against = 0 } = options
  requireConfidence(confidence)
  requireMeasured(measured, 'measured')
  if (!Number.isFinite(estimate) || !Number.isFinite(standardError))
    return { kind: 'cannot', because: 'not-finite', detail: 'the estimate or its error is not a finite number' }
  if (standardError === 0) return { kind: 'cannot', because: 'constant', detail: 'the estimate has no measured error' }
  const margin = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper') * standardError
  const distance = Math.abs(estimate - against) / standardError
  return {
    kind: 'estimate',
    estimate,
    standardError,
    lower: estimate - margin,
    upper: estimate + margin,
    pValue: Math.min(1, 2 * studentTTail(distance, degreesOfFreedom, 'upper')),
    degreesOfFreedom,
    confidence,
  }
}

/** Refuses a negative error or degrees of freedom that are none: a programmer's mistake. */
export function requireMeasured(measured: Measured, name: string): void {
  if (measured.standardError < 0) throw new RangeError(`${name}.standardError must be at least 0`)
  if (!(measured.degreesOfFreedom > 0)) throw new RangeError(`${name}.degreesOfFreedom must be above 0`)
}

/** Refuses a count that is not whole or negative: a programmer's mistake. */
export function requireCount(count: number, name: string): void {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`${name} must be a whole number from 0, got ${count}`)
}

/**
 * A mean as a measured figure, from count, mean and standard deviation.
 *
 * When to use: to hand a mean to `differenceOfEstimates`, `relativeChange` or `nonInferiority`.
 * Source: Student (1908). Units: those of the mean. Edge cases: fewer than two cases 'too-few'.
 * Errors: RangeError for a count not whole or a negative deviation. Cost: O(1).
 */
export function meanEstimate(summary: {
  count: number
  mean: number
  standardDeviation: number
}): (Measured & { kind: 'measured' }) | Cannot<'too-few'> {
  requireCount(summary.count, 'count')
  if (summary.standardDeviation < 0) throw new RangeError('standardDeviation must be at least 0')
  if (summary.count < 2) return { kind: 'cannot', because: 'too-few', detail: 'one value carries no spread' }
  return {
    kind: 'measured',
    estimate: summary.mean,
    standardError: summary.standardDeviation / Math.sqrt(summary.count),
    degreesOfFreedom: summary.count - 1,
  }
}
