/** Which design a plan should choose: what the history says each would find, and what to beware of. */
import { detectableEffect, type Design as PowerDesign, powerOfEstimate, sampleSize } from '#stats/power/design'
import { interruptedSeriesDesign } from '#stats/power/interrupted'
import { twoMeansDesign } from '#stats/power/means'
import { shrinkMeans } from '#stats/shrinkage/shrink-means'
import type { Advice, Candidate } from '../contract.ts'
import { analyse, seasonOf } from './analysing.ts'
import { PLANNED_POWER } from './concluding.ts'
import { type Evidence, usedSeries, type VerdictDesign } from './evidence.ts'
import { METHODS } from './robustness.ts'

export type Varies = 'customers' | 'days' | 'windows' | 'outlets' | 'nothing'

export interface Question {
  readonly design: VerdictDesign
  readonly varies: Varies
  /** Periods planned after the measure. */
  readonly periodsAfter: number
  readonly grain: 'day' | 'week' | 'month'
}

/** Below these the verdict will likely be "undecided". */
const BASELINE_FEW = { day: 60, week: 40, month: 24 } as const
const COMPARISONS_FEW = 5
const STRETCH_PERIODS = 3
const YEAR_PERIODS = { day: 365, week: 52, month: 12 } as const
/** Randomised designs first, then those with comparison by how little they assume. */
const STRENGTH: Readonly<Record<Candidate['design'], number>> = {
  'randomised-customers': 0,
  'randomised-outlets': 1,
  switchback: 2,
  'synthetic-control': 3,
  'difference-in-differences': 4,
  'comparative-series': 5,
  structural: 6,
  'interrupted-time-series': 7,
}

/** What the history looks like when nothing happens: the analysis with the measure pretended so that the planned time follows it. */
function pretended(question: Question, method: VerdictDesign['method'], history: Evidence) {
  const { treated } = history
  const at = treated[Math.max(0, treated.length - question.periodsAfter)] ?? treated.at(-1)
  if (!at) return null
  const design = { ...question.design, method, interventionOn: at.periodStart, runUpPeriods: 0 }
  const analysis = analyse(design, history)
  return analysis.kind === 'estimate' ? analysis : null
}

/** Periods a candidate has before the measure: what is known and usable. */
const knownBefore = (question: Question, history: Evidence): number =>
  usedSeries({ ...question.design, interventionOn: '9999-12-31' }, history.treated).before

function read(plan: PowerDesign, count: number, effect: number) {
  const found = detectableEffect(plan, { count: Math.max(plan.leastCount, count), power: PLANNED_POWER })
  const size = sampleSize(plan, { effect, power: PLANNED_POWER })
  return {
    power: count >= plan.leastCount ? plan.power(count, effect) : 0,
    detectable: found.kind === 'cannot' ? null : found.effect,
    periodsNeeded: size.kind === 'cannot' ? null : size.count,
  }
}

function seriesCandidate(question: Question, method: VerdictDesign['method'], history: Evidence): Candidate {
  const { design, periodsAfter } = question
  const analysis = pretended({ ...question, periodsAfter: Math.round(0.4 * history.treated.length) }, method, history)
  if (!analysis?.diagnostics) return infeasible(method)
  const { residualStandardDeviation, autocorrelation, residualAutocorrelation } = analysis.diagnostics
  const season = seasonOf(design.seasonPeriods)
  const before = knownBefore(question, history)
  const plan = interruptedSeriesDesign({
    before,
    standardDeviation: residualStandardDeviation,
    correlation: Math.min(0.95, Math.max(0, autocorrelation ?? residualAutocorrelation)),
    target: 'average',
    alpha: design.errorRate,
    mostAfter: Math.max(periodsAfter, 3 * before),
    ...(season.kind === 'fourier' ? { season: { period: season.period, harmonics: season.harmonics } } : {}),
  })
  return { design: method, feasible: true, freezes: true, ...read(plan, periodsAfter, design.smallestEffect) }
}

/** The error a method had on the history, where nothing happened, stands for the one it will have. */
function panelCandidate(question: Question, method: VerdictDesign['method'], history: Evidence): Candidate {
  const analysis = pretended(question, method, history)
  if (!analysis) return infeasible(method)
  const { smallestEffect, errorRate } = question.design
  const units = Math.max(1, analysis.weights.length - 1)
  const degreesOfFreedom = method === 'structural' ? analysis.before : Math.max(units, history.comparison.length - 1)
  const options = { standardError: analysis.effect.standardError, degreesOfFreedom, alpha: errorRate }
  const plan: PowerDesign = { leastCount: 1, power: (_count, effect) => powerOfEstimate({ ...options, effect }) }
  const { power, detectable } = read(plan, question.periodsAfter, smallestEffect)
  return { design: method, feasible: true, freezes: true, power, detectable, periodsNeeded: null }
}

const infeasible = (design: Candidate['design']): Candidate => ({
  design,
  feasible: false,
  freezes: true,
  power: null,
  detectable: null,
  periodsNeeded: null,
})

/** Designs by lot, which the experiments of the product run; their power here is by the noise of the history. */
function byLot(question: Question, history: Evidence): Candidate[] {
  const { varies, periodsAfter, design } = question
  const analysis = pretended(
    { ...question, periodsAfter: Math.round(0.4 * history.treated.length) },
    'interrupted-time-series',
    history,
  )
  const deviation = analysis?.diagnostics?.residualStandardDeviation
  if (varies === 'nothing' || !deviation || !(deviation > 0)) return []
  const rho = Math.max(0, analysis?.diagnostics?.autocorrelation ?? 0)
  const name =
    varies === 'customers' ? 'randomised-customers' : varies === 'outlets' ? 'randomised-outlets' : 'switchback'
  // Customers: both arms see every period. Days and windows: half of the periods each. Outlets: half of the units each.
  const spread = name === 'switchback' ? deviation * Math.sqrt((1 + rho) / (1 - rho)) : deviation * Math.SQRT2
  const units = Math.floor((history.comparison.length + 1) / 2)
  if (name === 'randomised-outlets' && units < 2) return [{ ...infeasible(name), freezes: false }]
  const plan = twoMeansDesign({ standardDeviation: spread, alpha: design.errorRate })
  const share = name === 'switchback' ? 0.5 : name === 'randomised-outlets' ? units : 1
  const { power, detectable, periodsNeeded } = read(plan, Math.floor(share * periodsAfter), design.smallestEffect)
  const needed = periodsNeeded === null ? null : Math.ceil(periodsNeeded / share)
  return [{ design: name, feasible: true, freezes: false, power, detectable, periodsNeeded: needed }]
}

/**
 * What to expect by itself when nothing is done: the last stretch drawn towards the others by what chance leaves open (Morris 1983). Positive: it
 * will get better by so much. Null when the history is too short.
 */
export function expectedFallBack(question: Question, history: Evidence): Advice['fallBack'] {
  const { points } = usedSeries({ interventionOn: '9999-12-31', runUpPeriods: 0 }, history.treated)
  const values = points.map(({ value }) => value)
  const stretches = Math.floor(values.length / STRETCH_PERIODS)
  if (stretches < 6) return null
  const start = values.length - stretches * STRETCH_PERIODS
  const groups = Array.from({ length: stretches }, (_, i) => {
    const own = values.slice(start + i * STRETCH_PERIODS, start + (i + 1) * STRETCH_PERIODS)
    return { own, mean: own.reduce((sum, value) => sum + value, 0) / STRETCH_PERIODS }
  })
  const within =
    groups.reduce((sum, { own, mean }) => sum + own.reduce((all, value) => all + (value - mean) ** 2, 0), 0) /
    (stretches * (STRETCH_PERIODS - 1))
  if (!(within > 0)) return null
  const standardError = Math.sqrt(within / STRETCH_PERIODS)
  const shrunken = shrinkMeans({
    groups: groups.map(({ mean }) => ({ estimate: mean, standardError })),
    method: 'paule-mandel',
    correction: 'morris',
  })
  if (shrunken.kind === 'cannot') return null
  const bad = question.design.direction === 'higher-is-better' ? -1 : 1
  const last = groups.at(-1)!.mean
  const rank = groups.filter(({ mean }) => bad * mean >= bad * last).length
  return {
    lastValue: last,
    shrunkenBaseline: shrunken.groups.at(-1)!.estimate,
    byItself: bad * (last - shrunken.groups.at(-1)!.estimate),
    // Among the worst tenth, at least the worst of all.
    pickedAtWorst: rank <= Math.max(1, Math.floor(0.1 * stretches)),
  }
}

function warningsOf(question: Question, history: Evidence, best: Candidate | undefined): Advice['warnings'] {
  const { design, grain } = question
  const before = knownBefore(question, history)
  const fallBack = expectedFallBack(question, history)
  const compared = history.comparison.length
  return [
    ...(before < BASELINE_FEW[grain] ? [{ code: 'short-baseline' as const, value: before }] : []),
    ...(before < 2 * YEAR_PERIODS[grain] ? [{ code: 'season-unseen' as const, value: before }] : []),
    ...(grain === 'day' && design.seasonPeriods !== 7 ? [{ code: 'week-unmodelled' as const, value: 7 }] : []),
    ...(compared === 0 ? [{ code: 'no-comparison' as const, value: 0 }] : []),
    ...(compared > 0 && compared < COMPARISONS_FEW ? [{ code: 'few-comparisons' as const, value: compared }] : []),
    ...(best?.power != null && best.power < PLANNED_POWER ? [{ code: 'low-power' as const, value: best.power }] : []),
    ...(fallBack?.pickedAtWorst && fallBack.byItself > 0
      ? [{ code: 'regression-to-the-mean' as const, value: fallBack.byItself }]
      : []),
  ]
}

export function advise(question: Question, history: Evidence): Omit<Advice, 'comparison' | 'unit'> {
  const candidates = [
    ...byLot(question, history),
    ...METHODS.map((method) =>
      method === 'interrupted-time-series' || method === 'comparative-series'
        ? seriesCandidate(question, method, history)
        : panelCandidate(question, method, history),
    ),
  ]
  const enough = (one: Candidate) => one.feasible && (one.power ?? 0) >= PLANNED_POWER
  // Those with power enough by how little they assume; where none has, by their power.
  const rank = (one: Candidate) =>
    enough(one) ? STRENGTH[one.design] : one.feasible ? 100 + (1 - (one.power ?? 0)) : 200 + STRENGTH[one.design]
  const ordered = candidates.toSorted((a, b) => rank(a) - rank(b))
  const fallBack = expectedFallBack(question, history)
  return {
    candidates: ordered,
    warnings: warningsOf(question, history, ordered[0]),
    fallBack,
    runUpPeriods: fallBack?.pickedAtWorst ? STRETCH_PERIODS : 0,
    periodsBefore: knownBefore(question, history),
    periodsAfter: question.periodsAfter,
  }
}
