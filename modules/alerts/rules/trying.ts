/** What a trial on the past comes to: alarms against incidents, and the level that keeps false alarms within what is tolerated. */
import { addPeriods } from '#platform/periods'
import { backtest } from '#stats/warning/backtest'
import { searchThreshold } from '#stats/warning/threshold-search'
import type { BacktestResult, Colour, LevelSearch, RuleDraft } from '../contract.ts'
import type { Direction } from './levels.ts'

/** Days from a fixed day: the unit of time of trials. */
export const dayNumberOf = (day: string): number => Temporal.PlainDate.from('2000-01-01').until(day).days

export interface Label {
  readonly entity: number
  readonly from: string
  readonly until: string
  /** Nothing was the matter. */
  readonly nothing: boolean
}
export interface Alarm {
  readonly entity: number
  readonly periodStart: string
  readonly colour: Colour
  readonly value: number
  readonly level: number
}

/** False alarms of one unit within so many days are one. */
export const quietDays = (grain: RuleDraft['grain']): number =>
  ({ day: 7, week: 21, month: 62, quarter: 184, 'half-year': 366, year: 731 })[grain]

interface Watched {
  readonly grain: RuleDraft['grain']
  /** Days after a period's end at which its alarm is heard. */
  readonly afterDays: number
  readonly mostLeadDays: number
  readonly unitMonths: number
}

const alarmDay = ({ periodStart }: { periodStart: string }, { grain, afterDays }: Watched) =>
  dayNumberOf(addPeriods(periodStart, grain, 1)) + afterDays

const real = (labels: readonly Label[]) =>
  labels
    .filter((label) => !label.nothing)
    .map((label) => ({
      unit: String(label.entity),
      start: dayNumberOf(label.from),
      end: dayNumberOf(label.until),
    }))

/** Precision and recall only mean something where somebody labelled incidents. */
export function scoreAlarms(alarms: readonly Alarm[], labels: readonly Label[], watched: Watched) {
  const result = backtest({
    alarms: alarms.map((alarm) => ({ unit: String(alarm.entity), at: alarmDay(alarm, watched) })),
    incidents: real(labels),
    unitMonths: watched.unitMonths,
    mostLead: watched.mostLeadDays,
    quiet: quietDays(watched.grain),
  })
  const rate = result.falseAlarmRate
  const leads = result.leads
  return {
    incidents: result.incidents,
    precision: shareOf(result.precision, result.alarms),
    recall: shareOf(result.recall, result.incidents),
    falseAlarms:
      rate.kind === 'cannot'
        ? { rate: 0, low: 0, high: 0, count: 0 }
        : { rate: rate.estimate, low: rate.lower, high: rate.upper, count: result.falseAlarms },
    leadDays: leads.length === 0 ? null : { median: result.medianLead!, least: leads[0]!, most: leads.at(-1)! },
  } satisfies Partial<BacktestResult>
}

const shareOf = (interval: ReturnType<typeof backtest>['precision'], of: number) =>
  interval.kind === 'cannot' || of === 0
    ? null
    : { share: interval.estimate, low: interval.lower, high: interval.upper, of }

/** For each alarm whether an incident was near, and how many days ahead; null where nobody labelled anything about the unit. */
export function nearIncident(
  alarm: Alarm,
  labels: readonly Label[],
  watched: Watched,
): { incident: boolean | null; leadDays: number | null } {
  const own = labels.filter((label) => label.entity === alarm.entity)
  if (own.length === 0) return { incident: null, leadDays: null }
  const at = alarmDay(alarm, watched)
  const hit = own.find(
    (label) => !label.nothing && at >= dayNumberOf(label.from) - watched.mostLeadDays && at <= dayNumberOf(label.until),
  )
  return hit ? { incident: true, leadDays: dayNumberOf(hit.from) - at } : { incident: false, leadDays: null }
}

export interface Moment {
  readonly entity: number
  readonly periodStart: string
  /** What is compared with the level, the more the worse; -Infinity where chance explains it. */
  readonly score: number
}

const LEVELS_TRIED = 60
const [LOWEST_SHARE, HIGHEST_SHARE] = [0.5, 0.9999]

/** False alarms over levels from the middle of what was measured upwards, and the lowest level that is quiet enough and stays so above. */
export function searchLevels(
  moments: readonly Moment[],
  labels: readonly Label[],
  watched: Watched,
  { tolerated, sign }: { readonly tolerated: number; readonly sign: 1 | -1 },
): LevelSearch {
  const scores = Float64Array.from(moments.flatMap(({ score }) => (Number.isFinite(score) ? [score] : []))).sort()
  if (scores.length === 0) return { tolerated, possible: true, points: [], suggested: null, because: 'no-data' }
  const thresholds = [
    ...new Set(
      Array.from({ length: LEVELS_TRIED }, (_unused, step) => {
        const share = LOWEST_SHARE + ((HIGHEST_SHARE - LOWEST_SHARE) * step) / (LEVELS_TRIED - 1)
        return rounded(scores[Math.min(scores.length - 1, Math.floor(share * scores.length))]!)
      }),
    ),
  ]
  const common = {
    incidents: real(labels),
    unitMonths: watched.unitMonths,
    mostLead: watched.mostLeadDays,
    quiet: quietDays(watched.grain),
  }
  const scored = moments.map((moment) => ({
    unit: String(moment.entity),
    at: alarmDay(moment, watched),
    score: moment.score,
  }))
  const points = thresholds.map((level) => {
    const result = backtest({ ...common, alarms: scored.filter(({ score }) => score >= level) })
    const rate = result.falseAlarmRate
    return {
      level: sign * level,
      falseAlarmRate: rate.kind === 'cannot' ? 0 : rate.estimate,
      high: rate.kind === 'cannot' ? 0 : rate.upper,
      recall: result.recall.kind === 'cannot' ? null : result.recall.estimate,
    }
  })
  const found = searchThreshold({
    ...common,
    moments: scored,
    thresholds,
    tolerableFalseAlarmsPerUnitMonth: tolerated,
    judge: 'upper',
  })
  return {
    tolerated,
    possible: true,
    points,
    suggested: found.kind === 'cannot' ? null : sign * found.threshold,
    because: found.kind === 'cannot' ? found.because : null,
  }
}

/** Levels people would write: three digits, rounded up so that they stay quiet. */
function rounded(value: number): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2)
  return Number((Math.ceil(value / step) * step).toPrecision(6))
}

/** 1 where more of what is measured is worse, else -1: thresholds of indicators of which more is better. */
export const signOf = (condition: RuleDraft['condition'], direction: Direction): 1 | -1 =>
  condition.kind === 'threshold' && direction === 'higher-is-better' ? -1 : 1
