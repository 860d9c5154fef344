import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import {
  type Cannot,
  describeEstimate,
  type Estimate,
  type IntervalEstimate,
  type Measured,
  requireMeasured,
} from './estimate.ts'
import { deltaVariance, fiellerLimits } from './fieller.ts'

/** Degrees of freedom of a sum of independent variances: Satterthwaite (1946), Biometrics Bulletin 2:110-114. O(n). */
export function satterthwaite(parts: readonly { variance: number; degreesOfFreedom: number }[]): number {
  let sum = 0
  for (const part of parts) sum += part.variance
  let rest = 0
  for (const part of parts) rest += (part.variance / sum) ** 2 / part.degreesOfFreedom
  return rest === 0 ? Number.POSITIVE_INFINITY : 1 / rest
}

/**
 * Difference of two independent measured figures, second - first.
 *
 * When to use: any metric that comes with an error: means, ratios, quantiles, adjusted means.
 * Formula in words: the errors are added as squares; degrees of freedom by Satterthwaite. With two means this is Welch's test.
 * Sources: Welch (1947), Biometrika 34:28-35; Satterthwaite (1946). Units: those of the figure.
 * Edge cases: no error on either side 'constant'; figures not finite 'not-finite'.
 * Errors: RangeError for a negative error, degreesOfFreedom not above 0, confidence outside (0, 1). Cost: O(1).
 */
export function differenceOfEstimates(input: {
  first: Measured
  second: Measured
  confidence?: number
}): Estimate | Cannot<'constant' | 'not-finite'> {
  const { first, second, confidence } = input
  requireMeasured(first, 'first')
  requireMeasured(second, 'second')
  const parts = [first, second].map((side) => ({
    variance: side.standardError ** 2,
    degreesOfFreedom: side.degreesOfFreedom,
  }))
  const standardError = Math.hypot(first.standardError, second.standardError)
  return describeEstimate(
    {
      estimate: second.estimate - first.estimate,
      standardError,
      degreesOfFreedom: standardError > 0 ? satterthwaite(parts) : 1,
    },
    { confidence },
  )
}

/**
 * Relative change of two independent measured figures, second / first - 1.
 *
 * When to use: "waiting time fell by 12 %", with an honest interval.
 * Formula in words: 'delta' the linearised variance v2 / m1 squared + v1 m2 squared / m1^4; 'fieller' Fieller's limits, with the p-value of
 * the difference, whose null hypothesis is the same; 'log' limits on the logarithm of the ratio, for figures above 0.
 * Sources: Fieller (1954), J R Statist Soc B 16:175-185; Franz (2007), arXiv 0710.2024 (a comparison); Satterthwaite (1946).
 * Units: a share, 0.1 means + 10 %. Convention: 'fieller' by default, since 'delta' is too narrow on one side when the first figure is
 * imprecise. Degrees of freedom by Satterthwaite at the estimate.
 * Edge cases: a first figure of 0, or one that cannot be told from 0 (Fieller) 'denominator-near-zero'; figures not above 0 with 'log'
 * 'not-positive'; no error on either side 'constant'. Errors: RangeError as `differenceOfEstimates`. Cost: O(1).
 */
export function relativeChange(input: {
  first: Measured
  second: Measured
  method?: 'fieller' | 'delta' | 'log'
  confidence?: number
}): IntervalEstimate | Cannot<'constant' | 'not-finite' | 'denominator-near-zero' | 'not-positive'> {
  const { first, second, method = 'fieller', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  const difference = differenceOfEstimates({ first, second, confidence })
  if (difference.kind === 'cannot') return difference
  if (first.estimate === 0) return { kind: 'cannot', because: 'denominator-near-zero', detail: 'the first figure is 0' }
  const ratio = second.estimate / first.estimate
  const parts = {
    numerator: second.estimate,
    denominator: first.estimate,
    varianceOfNumerator: second.standardError ** 2,
    varianceOfDenominator: first.standardError ** 2,
    covariance: 0,
  }
  const degreesOfFreedom = satterthwaite([
    { variance: second.standardError ** 2, degreesOfFreedom: second.degreesOfFreedom },
    { variance: (ratio * first.standardError) ** 2, degreesOfFreedom: first.degreesOfFreedom },
  ])
  const reach = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper')
  const error = Math.sqrt(deltaVariance(parts))
  if (error === 0) return { kind: 'cannot', because: 'constant', detail: 'the ratio has no measured error' }
  if (method === 'log') return logChange({ ratio, error, reach, degreesOfFreedom, confidence })
  if (method === 'delta') {
    const pValue = Math.min(1, 2 * studentTTail(Math.abs(ratio - 1) / error, degreesOfFreedom, 'upper'))
    const [lower, upper] = [ratio - 1 - reach * error, ratio - 1 + reach * error]
    return { kind: 'estimate', estimate: ratio - 1, lower, upper, pValue, confidence }
  }
  const limits = fiellerLimits(parts, reach)
  if (limits.kind === 'cannot') return limits
  const { pValue } = difference
  return { kind: 'estimate', estimate: ratio - 1, lower: limits.lower - 1, upper: limits.upper - 1, pValue, confidence }
}

function logChange(state: {
  ratio: number
  error: number
  reach: number
  degreesOfFreedom: number
  confidence: number
}): IntervalEstimate | Cannot<'not-positive'> {
  const { ratio, reach, degreesOfFreedom, confidence } = state
  if (!(ratio > 0))
    return { kind: 'cannot', because: 'not-positive', detail: 'the figures must have one sign for logs' }
  const error = state.error / ratio
  const log = Math.log(ratio)
  return {
    kind: 'estimate',
    estimate: ratio - 1,
    lower: Math.expm1(log - reach * error),
    upper: Math.expm1(log + reach * error),
    pValue: Math.min(1, 2 * studentTTail(Math.abs(log) / error, degreesOfFreedom, 'upper')),
    confidence,
  }
}
