import { studentTTail } from '../distributions/student-t-tail.ts'
import type { Cannot, Measured } from '../estimates/estimate.ts'
import { type Adjustment, adjustPValues } from '../multiplicity/adjust-p-values.ts'
import { nonInferiority } from '../tests/equivalence.ts'

export type Metric =
  | { name: string; role: 'success'; better: 'higher' | 'lower'; effect: Measured }
  | { name: string; role: 'guardrail'; better: 'higher' | 'lower'; effect: Measured; margin: number }

export interface MetricVerdict {
  name: string
  role: 'success' | 'guardrail'
  /**
   * 'better': shown to help; 'safe': shown to be no worse than the margin; 'worse': shown to harm; 'open': nothing shown. "Open" is not
   * "no effect".
   */
  verdict: 'better' | 'safe' | 'worse' | 'open'
  /** p of what the role asks for: benefit for success, within the margin for guardrails. */
  pValue: number
  /** The same after adjustment over success metrics; equal to `pValue` for guardrails. */
  adjustedP: number
  /** p of harm, adjusted over all metrics (Holm). */
  harmP: number
}

export interface Decision {
  kind: 'decision'
  decision: 'adopt' | 'reject' | 'undecided'
  because: 'benefit-shown-and-safe' | 'harm-shown' | 'no-benefit-shown' | 'safety-not-shown'
  metrics: MetricVerdict[]
}

/**
 * Decision on several metrics with guardrails.
 *
 * When to use: a plan may be adopted when something improved and nothing was broken; both must be shown, not merely not disproved.
 * Table: any metric shown to be harmed (Holm over all metrics) -> reject. Else all guardrails within their margins AND at least one success
 * metric better (adjusted over success metrics) -> adopt. Else undecided: 'safety-not-shown' when a guardrail is open, else
 * 'no-benefit-shown'.
 * Formula in words: one-sided t tests. Guardrails need no adjustment, since all must pass (intersection-union); success metrics do, since one
 * suffices. For power 1 - beta of the whole with G guardrails plan each metric with 1 - beta / (G + 1): `powerPerMetric`.
 * Sources: Berger (1982), Technometrics 24:295-300 (intersection-union); Schultzberg, Ankargren and Fraenberg (2024), arXiv 2402.11609
 * (decision rules with guardrails). Arguments: `effect` second - first with its error; `margin` > 0 in the effect's unit; alpha one-sided,
 * default 0.025; `adjustment` default 'holm'.
 * Edge cases: a metric without error 'constant', not finite 'not-finite', the detail naming it; no success metric 'too-few'.
 * Errors: RangeError for margins, alpha. Cost: O(metrics).
 */
export function decideWithGuardrails(input: {
  metrics: readonly Metric[]
  alpha?: number
  adjustment?: Adjustment
}): Decision | Cannot<'constant' | 'not-finite' | 'too-few'> {
  const { metrics, alpha = 0.025, adjustment = 'holm' } = input
  if (!metrics.some((metric) => metric.role === 'success'))
    return { kind: 'cannot', because: 'too-few', detail: 'at least one success metric is needed' }
  const tails: { p: number; harm: number }[] = []
  for (const metric of metrics) {
    const margin = metric.role === 'guardrail' ? metric.margin : 1
    const test = nonInferiority({ measured: metric.effect, margin, better: metric.better, alpha })
    if (test.kind === 'cannot') return { ...test, detail: `${metric.name}: ${test.detail}` }
    const { estimate, standardError, degreesOfFreedom } = metric.effect
    const loss = (metric.better === 'higher' ? -estimate : estimate) / standardError
    const harm = studentTTail(loss, degreesOfFreedom, 'upper')
    tails.push({ p: metric.role === 'success' ? test.pSuperior : test.pValue, harm })
  }
  const successes = metrics.flatMap((metric, i) => (metric.role === 'success' ? [tails[i]!.p] : []))
  const adjusted = adjustPValues(successes, adjustment)
  const harms = adjustPValues(
    tails.map((tail) => tail.harm),
    'holm',
  )
  let seen = 0
  const verdicts = metrics.map((metric, i): MetricVerdict => {
    const adjustedP = metric.role === 'success' ? adjusted[seen++]! : tails[i]!.p
    const shown = metric.role === 'success' ? 'better' : 'safe'
    const verdict = harms[i]! <= alpha ? 'worse' : adjustedP <= alpha ? shown : 'open'
    return { name: metric.name, role: metric.role, verdict, pValue: tails[i]!.p, adjustedP, harmP: harms[i]! }
  })
  return { kind: 'decision', ...read(verdicts), metrics: verdicts }
}

function read(verdicts: readonly MetricVerdict[]): Pick<Decision, 'decision' | 'because'> {
  if (verdicts.some((metric) => metric.verdict === 'worse')) return { decision: 'reject', because: 'harm-shown' }
  if (verdicts.some((metric) => metric.role === 'guardrail' && metric.verdict === 'open'))
    return { decision: 'undecided', because: 'safety-not-shown' }
  if (verdicts.some((metric) => metric.verdict === 'better'))
    return { decision: 'adopt', because: 'benefit-shown-and-safe' }
  return { decision: 'undecided', because: 'no-benefit-shown' }
}

/**
 * Power to plan for each metric so that the whole decision has the wanted power.
 *
 * Source: Schultzberg, Ankargren and Fraenberg (2024), arXiv 2402.11609, section 4 (Bonferroni over the success metric and the guardrails).
 * Errors: RangeError for power outside (0, 1) or guardrails not whole. O(1).
 */
export function powerPerMetric(power: number, guardrails: number): number {
  if (!(power > 0 && power < 1)) throw new RangeError(`power must lie in (0, 1), got ${power}`)
  if (!Number.isInteger(guardrails) || guardrails < 0) throw new RangeError('guardrails must be a whole number from 0')
  return 1 - (1 - power) / (guardrails + 1)
}
