import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { type Measured, requireMeasured } from '../estimates/estimate.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { adjustPValues } from './adjust-p-values.ts'

export interface MatchedInterval {
  lower: number
  upper: number
  /** Confidence of this one interval on its own. */
  confidence: number
}

function around(measured: Measured, alpha: number): MatchedInterval {
  const margin = studentTQuantile(alpha / 2, measured.degreesOfFreedom, 'upper') * measured.standardError
  return { lower: measured.estimate - margin, upper: measured.estimate + margin, confidence: 1 - alpha }
}

/**
 * Intervals that hold all at once with the stated confidence.
 *
 * When to use: beside 'bonferroni' and the stepwise methods, whose own simultaneous intervals are no shorter for two-sided claims.
 * Formula in words: 'bonferroni' shares alpha equally; 'sidak' takes 1 - (1 - alpha)^(1/m), for independent or jointly normal estimates.
 * Sources: Dunn (1961), JASA 56:52-64; Sidak (1967), JASA 62:626-633. Units: those of the estimates.
 * Edge cases: none given, none returned. Errors: RangeError for confidence, negative errors, degrees of freedom. Cost: O(m).
 */
export function simultaneousIntervals(
  estimates: readonly Measured[],
  options: { confidence?: number; method?: 'bonferroni' | 'sidak' } = {},
): MatchedInterval[] {
  const { confidence = USUAL_CONFIDENCE, method = 'bonferroni' } = options
  requireConfidence(confidence)
  estimates.forEach((measured, i) => requireMeasured(measured, `estimates[${i}]`))
  const m = estimates.length
  const alpha = method === 'bonferroni' ? (1 - confidence) / m : -Math.expm1(Math.log(confidence) / m)
  return estimates.map((measured) => around(measured, alpha))
}

/**
 * Intervals for what the Benjamini-Hochberg procedure selected: the expected share of selected intervals that miss is at most 1 - confidence.
 *
 * When to use: beside 'benjamini-hochberg', for the claims it lets through; a selected interval never holds 0.
 * Formula in words: with R of m selected at rate q, each selected one gets the ordinary interval of confidence 1 - R q / m.
 * Source: Benjamini and Yekutieli (2005), JASA 100:71-81 (false coverage rate). Returns null for what was not selected: no such interval is
 * defined for it. Arguments: `falseDiscoveryRate` default 0.05. Errors: as `simultaneousIntervals`. Cost: O(m log m).
 */
export function selectedIntervals(
  estimates: readonly Measured[],
  options: { falseDiscoveryRate?: number } = {},
): (MatchedInterval | null)[] {
  const { falseDiscoveryRate: q = 0.05 } = options
  requireConfidence(1 - q)
  estimates.forEach((measured, i) => requireMeasured(measured, `estimates[${i}]`))
  const adjusted = adjustPValues(estimates.map(twoSidedP), 'benjamini-hochberg')
  const selected = adjusted.filter((p) => p <= q).length
  return estimates.map((measured, i) =>
    adjusted[i]! <= q ? around(measured, (selected * q) / estimates.length) : null,
  )
}

function twoSidedP(measured: Measured): number {
  const { estimate, standardError, degreesOfFreedom } = measured
  if (estimate === 0) return 1
  return Math.min(1, 2 * studentTTail(Math.abs(estimate) / standardError, degreesOfFreedom, 'upper'))
}

/**
 * An interval that says the same as an adjusted p-value: it leaves out 0 exactly when the adjusted p is below 1 - confidence.
 *
 * When to use: on a screen that shows adjusted p-values of any method, so that picture and verdict agree.
 * Formula in words: the ordinary margin times the ratio of the plain statistic to the statistic that the adjusted p stands for.
 * Source: our own construction (a rescaled t interval); it is consistent with the verdict, not a simultaneous confidence statement.
 * Edge cases: an adjusted p of 1 or an estimate of 0 gives the whole line; a p of 0 leaves the ordinary interval.
 * Errors: RangeError for adjustedP outside [0, 1], confidence, errors. Cost: O(1).
 */
export function verdictInterval(
  measured: Measured,
  adjustedP: number,
  options: { confidence?: number } = {},
): { lower: number; upper: number } {
  const { confidence = USUAL_CONFIDENCE } = options
  requireConfidence(confidence)
  requireMeasured(measured, 'measured')
  if (!(adjustedP >= 0 && adjustedP <= 1)) throw new RangeError(`adjustedP must lie in [0, 1], got ${adjustedP}`)
  const { estimate, standardError, degreesOfFreedom } = measured
  if (adjustedP === 1 || estimate === 0) return { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }
  const critical = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper')
  const implied = studentTQuantile(adjustedP / 2, degreesOfFreedom, 'upper')
  const margin = Number.isFinite(implied) ? (critical * Math.abs(estimate)) / implied : critical * standardError
  return { lower: estimate - margin, upper: estimate + margin }
}
