import { type Backtest, backtest, type LabelledIncident } from './backtest.ts'

/** What a rule said of a unit at a time: the higher, the more alarming. */
export interface ScoredMoment {
  unit: string
  at: number
  score: number
}

export type ThresholdResult =
  | { kind: 'threshold'; threshold: number; backtest: Backtest; tried: number }
  | { kind: 'cannot'; because: 'no-data' | 'none-quiet-enough'; detail: string }

/**
 * The lowest threshold whose false alarms stay tolerable.
 *
 * When to use: to set an alert rule from history: "at most two false alarms per unit and year".
 * Formula in words: alarms are the moments with a score at or above the threshold; among the thresholds tried, the lowest one at which, and
 * at every higher one tried, the false alarm rate is tolerable. 'estimate' holds the rate itself to that, 'upper' its upper confidence
 * limit, which leaves room for bad luck.
 * Source: Neyman and Pearson (1933), Phil Trans R Soc A 231:289-337: bound the false alarms, then find as many as possible; limits Garwood
 * (1936). Chosen on these data, it is too hopeful for them: judge it on later ones.
 * Arguments: `thresholds` to try, any order; the rest as `backtest`. Moments with a score that is not finite never alarm.
 * Edge cases: no moments or thresholds 'no-data'; none tolerable 'none-quiet-enough'. Errors: RangeError for tolerable not above 0.
 * Cost: one backtest a threshold.
 */
export function searchThreshold(input: {
  moments: readonly ScoredMoment[]
  thresholds: readonly number[]
  incidents: readonly LabelledIncident[]
  mostLead: number
  quiet: number
  unitMonths: number
  tolerableFalseAlarmsPerUnitMonth: number
  judge: 'estimate' | 'upper'
  confidence?: number
}): ThresholdResult {
  const { moments, thresholds, tolerableFalseAlarmsPerUnitMonth: tolerable, judge } = input
  if (!(tolerable > 0)) throw new RangeError(`tolerableFalseAlarmsPerUnitMonth must be above 0, got ${tolerable}`)
  if (moments.length === 0 || thresholds.length === 0)
    return { kind: 'cannot', because: 'no-data', detail: 'there are no moments or no thresholds to try' }
  let chosen: { threshold: number; backtest: Backtest } | null = null
  let tried = 0
  for (const threshold of thresholds.toSorted((a, b) => b - a)) {
    const result = backtest({
      ...input,
      alarms: moments.filter(({ score }) => Number.isFinite(score) && score >= threshold),
    })
    tried += 1
    const rate = result.falseAlarmRate
    if (rate.kind === 'cannot' || rate[judge] > tolerable) break
    chosen = { threshold, backtest: result }
  }
  if (chosen) return { kind: 'threshold', ...chosen, tried }
  return {
    kind: 'cannot',
    because: 'none-quiet-enough',
    detail: `no threshold keeps false alarms at ${tolerable} a unit-month`,
  }
}
