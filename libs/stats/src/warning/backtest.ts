import { betaQuantile } from '../distributions/beta-quantile.ts'
import { type IntervalResult, requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { poissonRateInterval } from '../intervals/poisson-rate-interval.ts'

/** A labelled incident of one unit: when it began, and until when a warning would still have been one. Times in one unit, say days. */
export interface LabelledIncident {
  unit: string
  start: number
  end: number
}
export interface RaisedAlarm {
  unit: string
  at: number
}

export interface Backtest {
  kind: 'backtest'
  alarms: number
  trueAlarms: number
  falseAlarms: number
  incidents: number
  found: number
  /** Share of alarms that announced an incident. */
  precision: IntervalResult
  /** Share of incidents announced in time. */
  recall: IntervalResult
  /** Incident start minus first alarm for every incident found, ascending; positive is before the start. */
  leads: number[]
  medianLead: number | null
  /** False alarms per unit and month watched, exact limits. */
  falseAlarmRate: IntervalResult
}

/**
 * Precision, recall, lead time and false alarms of a warning rule on labelled history.
 *
 * When to use: before a rule goes live, and again each quarter, on data as they were known at the time.
 * Formula in words: an alarm is true when it falls into [start - mostLead, end] of an incident of its unit; an incident is found when an
 * alarm does; false alarms are counted in runs: one within `quiet` of the false alarm counted before it, at the same unit, is the same.
 * Sources: Clopper and Pearson (1934), Biometrika 26:404-413 (shares); Garwood (1936), Biometrika 28:437-442 (rates); windows as Lavin and
 * Ahmad (2015), Numenta Anomaly Benchmark, arXiv 1510.03336.
 * Arguments: `unitMonths` the months watched, summed over units, quiet ones included. Units: times as given, rates per unit-month.
 * Edge cases: no alarms or no incidents give 'no-data' for precision or recall. Alarms of units without incidents are false.
 * Errors: RangeError for an incident that ends before it starts, unitMonths not above 0, mostLead or quiet negative.
 * Cost: O((alarms + incidents) log).
 */
export function backtest(input: {
  alarms: readonly RaisedAlarm[]
  incidents: readonly LabelledIncident[]
  mostLead: number
  quiet: number
  unitMonths: number
  confidence?: number
}): Backtest {
  const { alarms, incidents, mostLead, quiet, unitMonths, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  if (!(mostLead >= 0)) throw new RangeError(`mostLead must be at least 0, got ${mostLead}`)
  if (!(quiet >= 0)) throw new RangeError(`quiet must be at least 0, got ${quiet}`)
  if (!(unitMonths > 0) || unitMonths === Number.POSITIVE_INFINITY)
    throw new RangeError(`unitMonths must be above 0, got ${unitMonths}`)
  incidents.forEach(({ start, end }, i) => {
    if (!(end >= start)) throw new RangeError(`incidents[${i}] must not end before it starts`)
  })
  const byUnit = Map.groupBy(incidents, ({ unit }) => unit)
  const first = new Map<LabelledIncident, number>()
  const lastFalse = new Map<string, number>()
  let trueAlarms = 0
  let falseAlarms = 0
  for (const { unit, at } of alarms.toSorted((a, b) => a.at - b.at)) {
    const met = (byUnit.get(unit) ?? []).filter(({ start, end }) => at >= start - mostLead && at <= end)
    for (const incident of met) if (!first.has(incident)) first.set(incident, at)
    if (met.length > 0) {
      trueAlarms += 1
      continue
    }
    const before = lastFalse.get(unit)
    if (before === undefined || at - before > quiet) {
      falseAlarms += 1
      lastFalse.set(unit, at)
    }
  }
  const leads = [...first].map(([{ start }, at]) => start - at).sort((a, b) => a - b)
  const middle = leads.length >> 1
  return {
    kind: 'backtest',
    alarms: trueAlarms + falseAlarms,
    trueAlarms,
    falseAlarms,
    incidents: incidents.length,
    found: first.size,
    precision: exactShare(trueAlarms, trueAlarms + falseAlarms, confidence),
    recall: exactShare(first.size, incidents.length, confidence),
    leads,
    medianLead:
      leads.length === 0 ? null : leads.length % 2 === 1 ? leads[middle]! : (leads[middle - 1]! + leads[middle]!) / 2,
    falseAlarmRate: poissonRateInterval({ events: falseAlarms, exposure: unitMonths, confidence }),
  }
}

function exactShare(successes: number, trials: number, confidence: number): IntervalResult {
  if (trials === 0) return { kind: 'cannot', because: 'no-data', detail: 'there are no cases' }
  const tail = (1 - confidence) / 2
  return {
    kind: 'interval',
    estimate: successes / trials,
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1, 'lower'),
    upper: successes === trials ? 1 : betaQuantile(tail, successes + 1, trials - successes, 'upper'),
    confidence,
  }
}
