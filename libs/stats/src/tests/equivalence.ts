import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { type Cannot, type Measured, requireMeasured } from '../estimates/estimate.ts'

export interface EquivalenceResult {
  kind: 'test'
  estimate: number
  /** The larger of the two one-sided p-values. */
  pValue: number
  /** p against "at or below the lower margin" and against "at or above the upper margin". */
  pLower: number
  pUpper: number
  /** The interval of confidence 1 - 2 alpha; equivalence is shown when it lies within the margins. */
  lower: number
  upper: number
  equivalent: boolean
}

export interface NonInferiorityResult {
  kind: 'test'
  estimate: number
  pValue: number
  /** One-sided confidence bound on the side of harm, at 1 - alpha. */
  bound: number
  nonInferior: boolean
  /** p of the ordinary one-sided test of a benefit, for reading once non-inferiority is shown (Morikawa and Yoshida 1995). */
  pSuperior: number
  superior: boolean
}

/** Refuses an alpha outside (0, 0.5): a programmer's mistake. */
export function requireAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha must lie in (0, 0.5), got ${alpha}`)
}

function refuse(measured: Measured): Cannot<'constant' | 'not-finite'> | null {
  if (!Number.isFinite(measured.estimate) || !Number.isFinite(measured.standardError))
    return { kind: 'cannot', because: 'not-finite', detail: 'the estimate or its error is not a finite number' }
  if (measured.standardError === 0)
    return { kind: 'cannot', because: 'constant', detail: 'the estimate has no measured error' }
  return null
}

/**
 * Two one-sided tests: is the effect shown to lie within margins?
 *
 * When to use: to show that a cheaper procedure is no different, or that nothing of consequence changed; "not significant" does not show it.
 * Formula in words: t statistics from both margins; both must be significant at alpha, which is when the 1 - 2 alpha interval lies inside.
 * Source: Schuirmann (1987), J Pharmacokinetics and Biopharmaceutics 15:657-680. Arguments: any figure with error and degrees of freedom
 * (means: `differenceOfEstimates`); margins set beforehand; alpha default 0.05. Units: those of the figure.
 * Edge cases: no error 'constant', not finite 'not-finite'. Errors: RangeError unless lowerMargin < upperMargin, alpha. Cost: O(1).
 */
export function equivalence(input: {
  measured: Measured
  lowerMargin: number
  upperMargin: number
  alpha?: number
}): EquivalenceResult | Cannot<'constant' | 'not-finite'> {
  const { measured, lowerMargin, upperMargin, alpha = 0.05 } = input
  requireAlpha(alpha)
  requireMeasured(measured, 'measured')
  if (!(lowerMargin < upperMargin)) throw new RangeError('lowerMargin must lie below upperMargin')
  const refusal = refuse(measured)
  if (refusal) return refusal
  const { estimate, standardError, degreesOfFreedom } = measured
  const pLower = studentTTail((estimate - lowerMargin) / standardError, degreesOfFreedom, 'upper')
  const pUpper = studentTTail((estimate - upperMargin) / standardError, degreesOfFreedom, 'lower')
  const margin = studentTQuantile(alpha, degreesOfFreedom, 'upper') * standardError
  const pValue = Math.max(pLower, pUpper)
  return {
    kind: 'test',
    estimate,
    pValue,
    pLower,
    pUpper,
    lower: estimate - margin,
    upper: estimate + margin,
    equivalent: pValue <= alpha,
  }
}

/**
 * Non-inferiority: is the effect shown to be no worse than a margin?
 *
 * When to use: guardrails ("costs may not rise by more than 2 %"), replacements expected to be as good.
 * Formula in words: the one-sided t statistic from the margin on the side of harm.
 * Source: Blackwelder (1982), Controlled Clinical Trials 3:345-353; Morikawa and Yoshida (1995), J Biopharmaceutical Statistics 5:297-306
 * (superiority read afterwards costs nothing). Arguments: `better` says which direction is good; `margin` > 0 is the harm tolerated; alpha
 * one-sided, default 0.025. Units: those of the figure.
 * Edge cases: as `equivalence`. Errors: RangeError for a margin not above 0, alpha. Cost: O(1).
 */
export function nonInferiority(input: {
  measured: Measured
  margin: number
  better: 'higher' | 'lower'
  alpha?: number
}): NonInferiorityResult | Cannot<'constant' | 'not-finite'> {
  const { measured, margin, better, alpha = 0.025 } = input
  requireAlpha(alpha)
  requireMeasured(measured, 'measured')
  if (!(margin > 0) || margin === Number.POSITIVE_INFINITY)
    throw new RangeError(`margin must be above 0, got ${margin}`)
  const refusal = refuse(measured)
  if (refusal) return refusal
  const { estimate, standardError, degreesOfFreedom } = measured
  const sign = better === 'higher' ? 1 : -1
  const gain = sign * estimate
  const pValue = studentTTail((gain + margin) / standardError, degreesOfFreedom, 'upper')
  const pSuperior = studentTTail(gain / standardError, degreesOfFreedom, 'upper')
  const reach = studentTQuantile(alpha, degreesOfFreedom, 'upper') * standardError
  return {
    kind: 'test',
    estimate,
    pValue,
    bound: sign * (gain - reach),
    nonInferior: pValue <= alpha,
    pSuperior,
    superior: pSuperior <= alpha,
  }
}
