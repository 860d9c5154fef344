/** Percentile caps become limits once, when a version is saved: measured over the year before, kept with the version. */
import { readProfile } from '#organisation/actions/look-up'
import { readPeriodSettings } from '#organisation/actions/calendars'
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import type { IndicatorDefinition } from '../contract/definition.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { cutOf } from '../reading/cut.ts'
import { sumsOfFacts } from '../reading/sums.ts'
import type { DefinitionIssue } from '../rules/drafts/issues.ts'

const REFERENCE_DAYS = 365
/** Percentiles of fewer values are accidents. */
const REFERENCE_VALUES_NEEDED = 100

/** Refuses with DEFINITION_INVALID where there is too little to measure percentiles on. */
export async function resolveCap(context: Context, draft: IndicatorDraft): Promise<IndicatorDraft> {
  const { cap } = draft
  if (cap.kind !== 'percentile') return draft
  const low = cap.low === 0 ? Number.NEGATIVE_INFINITY : await percentile(context, draft, cap.low)
  const high = cap.high === 1 ? Number.POSITIVE_INFINITY : await percentile(context, draft, cap.high)
  const bounded = { low: Math.max(low, -Number.MAX_VALUE), high: Math.min(high, Number.MAX_VALUE) }
  return { ...draft, cap: { ...cap, resolved: bounded } }
}

async function percentile(context: Context, draft: IndicatorDraft, quantile: number): Promise<number> {
  const { timeZone } = await readProfile(context)
  const today = dayOf(context.now, timeZone)
  const from = Temporal.PlainDate.from(today).subtract({ days: REFERENCE_DAYS }).toString()
  const settings = { timeZone, periods: await readPeriodSettings(context) }
  const days = cutOf('day', from, today, settings)
  const cut = { ...days, periods: [{ start: from, from: days.periods[0]!.from, until: days.periods.at(-1)!.until }] }
  const definition = quantileOf(draft.definition, quantile)
  const indicator = { ...draft, definition, cap: { kind: 'none' as const }, rollUp: 'ratio-of-sums' as const }
  const [row] = await sumsOfFacts(context, { indicator, subjects: { kind: 'organisation' }, cut })
  if (!row || row.sums.n < REFERENCE_VALUES_NEEDED || row.sums.value === null) {
    const found = row?.sums.n ?? 0
    const message = `The year before holds ${found} values; percentiles need ${REFERENCE_VALUES_NEEDED}. Name the limits instead.`
    const values = { found, needed: REFERENCE_VALUES_NEEDED }
    const issue: DefinitionIssue = { field: 'cap', rule: 'cap-too-few', message, values }
    return refuse(measurementRefusals, 'DEFINITION_INVALID', { issues: [issue] })
  }
  return row.sums.value
}

/** The quantile of the same single value. */
function quantileOf(definition: IndicatorDefinition, quantile: number): IndicatorDefinition {
  switch (definition.kind) {
    case 'mean':
    case 'quantile':
      return { ...definition, kind: 'quantile', quantile }
    case 'duration':
      return { ...definition, statistic: { of: 'quantile', quantile } }
    case 'level': {
      const { eventType, where, value } = definition
      return { kind: 'quantile', eventType, where, numerator: [{ of: value, coefficient: 1, where: [] }], quantile }
    }
    default:
      throw new Error(`percentiles of ${definition.kind} are refused by the rules`)
  }
}
