/** The same question asked otherwise: other windows and methods, dates and units at which nothing happened. */
import type { Specification } from '../contract.ts'
import { analyse, type Analysis, type Variation } from './analysing.ts'
import type { Evidence, Observation, Unit, VerdictDesign } from './evidence.ts'
import { judge } from './judging.ts'

/** Placebo units and controls left out one by one, at most so many of each. */
const UNITS_LIMIT = 20
/** Pretended dates lie at these parts of the baseline. */
const PLACEBO_PARTS = [0.4, 0.5, 0.6, 0.7] as const
const SHORTER_BASELINE_PART = 0.7
const FIRST_PART_AFTER = 0.6
const RUN_UP_LEFT_OUT = 3

export const METHODS = [
  'interrupted-time-series',
  'comparative-series',
  'difference-in-differences',
  'synthetic-control',
  'structural',
] as const

const isBefore = (design: VerdictDesign) => (observation: Observation) =>
  observation.periodStart < design.interventionOn

/** Keeps the periods from `from` on and before `to`, counted from the begin, in every series. */
function within(evidence: Evidence, from: number, to: number): Evidence {
  const cut = (observations: readonly Observation[]) => observations.slice(from, to)
  return {
    treated: cut(evidence.treated),
    comparison: evidence.comparison.map((unit) => ({ ...unit, observations: cut(unit.observations) })),
  }
}

interface Asked {
  readonly kind: Specification['kind']
  readonly what: Specification['what']
  readonly detail?: string
  readonly design: VerdictDesign
  readonly evidence: Evidence
  readonly variation?: Variation
}

function windows(design: VerdictDesign, evidence: Evidence): Asked[] {
  const total = evidence.treated.length
  const before = evidence.treated.filter(isBefore(design)).length
  const kind = 'alternative'
  const runUpPeriods = design.runUpPeriods + RUN_UP_LEFT_OUT
  return [
    {
      kind,
      what: 'shorter-baseline',
      design,
      evidence: within(evidence, Math.round(before * (1 - SHORTER_BASELINE_PART)), total),
    },
    {
      kind,
      what: 'first-part-after',
      design,
      evidence: within(evidence, 0, before + Math.round((total - before) * FIRST_PART_AFTER)),
    },
    { kind, what: 'without-run-up', design: { ...design, runUpPeriods }, evidence },
  ]
}

function models(design: VerdictDesign, evidence: Evidence): Asked[] {
  const kind = 'alternative'
  const series = design.method === 'interrupted-time-series' || design.method === 'comparative-series'
  const others = METHODS.filter(
    (method) => method !== design.method && (method === 'interrupted-time-series' || evidence.comparison.length > 0),
  )
  return [
    ...(series
      ? ([
          { kind, what: 'level-only', design, evidence, variation: { shape: 'level' } },
          { kind, what: 'newey-west', design, evidence, variation: { errors: 'newey-west' } },
        ] satisfies Asked[])
      : []),
    ...(design.seasonPeriods > 1
      ? [{ kind, what: 'without-season', design: { ...design, seasonPeriods: 0 }, evidence } as const]
      : []),
    ...others.map((method): Asked => ({ kind, what: method, design: { ...design, method }, evidence })),
  ]
}

function units(design: VerdictDesign, evidence: Evidence): Asked[] {
  if (design.method === 'interrupted-time-series') return []
  const { comparison } = evidence
  const without = (left: Unit) => comparison.filter((unit) => unit !== left)
  const shown = comparison.slice(0, UNITS_LIMIT)
  // Drawing a structural series takes too long to repeat for every unit: its placebos are those of the comparative series.
  const method = design.method === 'structural' ? 'comparative-series' : design.method
  if (comparison.length < 2) return []
  return shown.flatMap((unit): Asked[] => [
    {
      kind: 'alternative',
      what: 'without-unit',
      detail: unit.key,
      design: { ...design, method },
      evidence: { ...evidence, comparison: without(unit) },
    },
    {
      kind: 'placebo',
      what: 'placebo-unit',
      detail: unit.key,
      design: { ...design, method },
      evidence: { treated: unit.observations, comparison: without(unit) },
    },
  ])
}

function dates(design: VerdictDesign, evidence: Evidence): Asked[] {
  const before = evidence.treated.filter(({ periodEnd }) => periodEnd < design.interventionOn).length
  const baseline = within(evidence, 0, before - design.runUpPeriods)
  const method = design.method === 'structural' ? 'comparative-series' : design.method
  return PLACEBO_PARTS.flatMap((part): Asked[] => {
    const at = baseline.treated[Math.round(part * baseline.treated.length)]
    if (!at) return []
    return [
      {
        kind: 'placebo',
        what: 'placebo-date',
        detail: at.periodStart,
        design: { ...design, method, interventionOn: at.periodStart, runUpPeriods: 0 },
        evidence: baseline,
      },
    ]
  })
}

function told(
  design: VerdictDesign,
  asked: Pick<Asked, 'kind' | 'what' | 'detail'>,
  analysis: Analysis,
): Specification {
  const { kind, what, detail = null } = asked
  if (analysis.kind === 'cannot')
    return { kind, what, detail, value: null, low: null, high: null, p: null, outcome: null, because: analysis.because }
  const { estimate, lower, upper, pValue } = analysis.effect
  const { outcome } = judge(design, analysis.effect)
  return { kind, what, detail, value: estimate, low: lower, high: upper, p: pValue, outcome, because: null }
}

/** The frozen analysis first, then every other way that is feasible; what cannot be estimated is told with its reason. */
export function specificationCurve(design: VerdictDesign, evidence: Evidence, main: Analysis): Specification[] {
  const asked = [
    ...windows(design, evidence),
    ...models(design, evidence),
    ...units(design, evidence),
    ...dates(design, evidence),
  ]
  const first = told(design, { kind: 'frozen', what: design.method }, main)
  return [first, ...asked.map((one) => told(design, one, analyse(one.design, one.evidence, one.variation)))]
}
