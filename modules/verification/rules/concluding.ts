/** The verdict with all that stands beside it: the frozen analysis, other ways to ask, assumptions, what it would take. */
import { interruptedSeriesDesign } from '#stats/power/interrupted'
import { sampleSize } from '#stats/power/design'
import type { Effect } from '#stats/interrupted/series-contract'
import type { Check, Specification, Verdict } from '../contract.ts'
import { analyse, type Analysed, type Analysis, seasonOf } from './analysing.ts'
import { checkAssumptions, type Circumstances } from './checking.ts'
import type { Evidence, VerdictDesign } from './evidence.ts'
import { judge } from './judging.ts'
import { specificationCurve } from './robustness.ts'

/** Two-sided risk of calling a measure effective that is not. */
export const ERROR_RATE = 0.05
export const PLANNED_POWER = 0.8
/** Nobody waits longer than this many times the periods the proof had. */
const LONGEST_WAIT_FACTOR = 10

export interface Conclusion extends Pick<Verdict, 'outcome' | 'because' | 'needed'> {
  readonly analysis: Analysis
  readonly specifications: readonly Specification[]
  readonly checks: readonly Check[]
}

export function conclude(design: VerdictDesign, evidence: Evidence, circumstances: Circumstances): Conclusion {
  const analysis = analyse(design, evidence)
  if (analysis.kind === 'cannot')
    return { outcome: 'undecided', because: analysis.because, needed: null, analysis, specifications: [], checks: [] }
  const judgement = judge(design, analysis.effect)
  const specifications = specificationCurve(design, evidence, analysis)
  return {
    ...judgement,
    needed: judgement.outcome === 'undecided' ? periodsNeeded(design, analysis) : null,
    analysis,
    specifications,
    checks: checkAssumptions(design, evidence, analysis, specifications, circumstances),
  }
}

/** How many periods after the measure would find the smallest effect with the planned power; null count: none would. */
export function periodsNeeded(design: VerdictDesign, analysis: Analysed): Verdict['needed'] {
  const { diagnostics, before, after } = analysis
  if (!diagnostics || !(diagnostics.residualStandardDeviation > 0)) return null
  const rho = diagnostics.autocorrelation ?? diagnostics.residualAutocorrelation
  const season = seasonOf(design.seasonPeriods)
  const plan = interruptedSeriesDesign({
    before,
    standardDeviation: diagnostics.residualStandardDeviation,
    correlation: Math.min(0.95, Math.max(0, rho)),
    target: 'average',
    alpha: design.errorRate,
    mostAfter: Math.max(after * LONGEST_WAIT_FACTOR, before),
    ...(season.kind === 'fourier' ? { season: { period: season.period, harmonics: season.harmonics } } : {}),
  })
  const size = sampleSize(plan, { effect: design.smallestEffect, power: PLANNED_POWER })
  return {
    power: PLANNED_POWER,
    powerNow: after >= plan.leastCount ? plan.power(after, design.smallestEffect) : 0,
    periodsAfter: size.kind === 'cannot' ? null : size.count,
  }
}

/** The effect as the verdict states it. */
export const toEstimate = (effect: Effect) => ({
  value: effect.estimate,
  standardError: effect.standardError,
  low: effect.lower,
  high: effect.upper,
  p: effect.pValue,
})
