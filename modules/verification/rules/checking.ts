/** What a verdict rests on silently, said aloud. */
import type { Check, Specification } from '../contract.ts'
import type { Analysed } from './analysing.ts'
import type { Evidence, VerdictDesign } from './evidence.ts'

/** What is known of the time of the proof besides its figures. */
export interface Circumstances {
  /** Other changes that fell into the windows: other plans on the unit, notes, versions of the indicator. */
  readonly changes: readonly { readonly kind: 'other-plan' | 'note' | 'indicator-version'; readonly text: string }[]
  /** Tasks of the plan that were not done when the proof ended. */
  readonly openTasks: number
}

/** Below this an assumption is doubted. */
const DOUBT = 0.05
const AUTOCORRELATION_LIMIT = 0.3
const MISSING_SHARE_LIMIT = 0.1
/** The run-up that would have made somebody pick the unit. */
const RUN_UP_PERIODS = 3
const EXTREME_SHARE = 0.1

type Told = Omit<Check, 'code'>
const pass = (value: number | null = null, detail: string | null = null): Told => ({ state: 'pass', value, detail })
const warn = (value: number | null, detail: string | null = null): Told => ({ state: 'warn', value, detail })
const unknown: Told = { state: 'unknown', value: null, detail: null }

/** Share of earlier stretches of the same length that were at least as bad as the last one before the measure. */
export function runUpShare(design: VerdictDesign, evidence: Evidence): number | null {
  const { interventionOn, runUpPeriods, direction } = design
  const all = evidence.treated.filter(({ periodEnd, value }) => periodEnd < interventionOn && value !== null)
  const values = all.slice(0, all.length - runUpPeriods).map(({ value }) => value!)
  const stretches = values.length - RUN_UP_PERIODS + 1
  if (stretches < 10) return null
  const bad = direction === 'higher-is-better' ? -1 : 1
  const means = Array.from({ length: stretches }, (_, i) => {
    const stretch = values.slice(i, i + RUN_UP_PERIODS)
    return (bad * stretch.reduce((sum, value) => sum + value, 0)) / RUN_UP_PERIODS
  })
  const last = means.at(-1)!
  return means.filter((value) => value >= last).length / stretches
}

function runUp(design: VerdictDesign, evidence: Evidence): Told {
  const share = runUpShare(design, evidence)
  if (share === null) return unknown
  return share <= EXTREME_SHARE ? warn(share) : pass(share)
}

function correlated(diagnostics: NonNullable<Analysed['diagnostics']>): Told {
  const rho = diagnostics.autocorrelation ?? diagnostics.residualAutocorrelation
  return Math.abs(rho) > AUTOCORRELATION_LIMIT ? warn(rho) : pass(rho)
}

function missing(evidence: Evidence): Told {
  const { treated } = evidence
  const share = treated.filter(({ value }) => value === null).length / Math.max(1, treated.length)
  return share > MISSING_SHARE_LIMIT ? warn(share) : pass(share)
}

/** Share of pretended dates or units whose interval leaves 0 out. */
function placebos(specifications: readonly Specification[], what: Specification['what']): Told {
  const known = specifications.filter((one) => one.what === what && one.low !== null)
  if (known.length === 0) return unknown
  const alarms = known.filter((one) => one.low! > 0 || one.high! < 0).length / known.length
  // One in four is what chance gives to a handful of tests more often than not.
  return alarms > 0.25 ? warn(alarms) : pass(alarms)
}

function agreement(specifications: readonly Specification[]): Told {
  const [frozen, ...others] = specifications
  const known = others.filter((one) => one.kind === 'alternative' && one.value !== null)
  if (known.length === 0 || frozen?.value == null) return unknown
  const same = known.filter((one) => Math.sign(one.value!) === Math.sign(frozen.value!)).length / known.length
  return same < 0.8 ? warn(same) : pass(same)
}

export function checkAssumptions(
  design: VerdictDesign,
  evidence: Evidence,
  analysis: Analysed,
  specifications: readonly Specification[],
  circumstances: Circumstances,
): Check[] {
  const of = (kind: Circumstances['changes'][number]['kind']): Told => {
    const found = circumstances.changes.filter((change) => change.kind === kind)
    return found.length > 0 ? warn(found.length, found.map(({ text }) => text).join('; ')) : pass(0)
  }
  const { preTrend, leftOut } = analysis
  const compared = design.method !== 'interrupted-time-series'
  return [
    // Methods that take one figure from each unit have no errors in time.
    ...(analysis.diagnostics ? [{ code: 'autocorrelation' as const, ...correlated(analysis.diagnostics) }] : []),
    ...(preTrend === null
      ? []
      : [{ code: 'pre-trend' as const, ...(preTrend < DOUBT ? warn(preTrend) : pass(preTrend)) }]),
    { code: 'regression-to-the-mean', ...runUp(design, evidence) },
    { code: 'missing-periods', ...missing(evidence) },
    ...(leftOut.length > 0 ? [{ code: 'left-out-units' as const, ...warn(leftOut.length, leftOut.join(', ')) }] : []),
    { code: 'placebo-dates', ...placebos(specifications, 'placebo-date') },
    ...(compared ? [{ code: 'placebo-units' as const, ...placebos(specifications, 'placebo-unit') }] : []),
    { code: 'other-ways', ...agreement(specifications) },
    { code: 'indicator-version', ...of('indicator-version') },
    { code: 'other-plans', ...of('other-plan') },
    { code: 'notes', ...of('note') },
    {
      code: 'measure-applied',
      ...(circumstances.openTasks > 0 ? warn(circumstances.openTasks) : pass(0)),
    },
  ]
}
