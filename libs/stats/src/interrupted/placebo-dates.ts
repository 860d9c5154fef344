import { interruptedSeries } from './interrupted-series.ts'
import type { InterruptedSeriesInput, InterruptedSeriesResult } from './series-contract.ts'

export interface PlaceboDate {
  time: number
  estimate: number
  /** Estimate over its standard error. */
  statistic: number
}

export type PlaceboDatesResult =
  | {
      kind: 'placebos'
      observed: PlaceboDate
      placebos: PlaceboDate[]
      /** (1 + placebos at least as far from 0) / (1 + placebos). */
      pValue: number
      /** Share of placebo intervals at the stated confidence that leave 0 out: near 1 - confidence if the errors are right. */
      falseAlarmShare: number
    }
  | { kind: 'cannot'; because: 'too-few-dates'; detail: string }
  | Extract<InterruptedSeriesResult, { kind: 'cannot' }>

/**
 * Placebo dates: the same model with the intervention pretended at every earlier time at which nothing happened.
 *
 * When to use: to see whether the series makes such "effects" on its own; beside, not in place of, the p-value of `interruptedSeries`.
 * Formula in words: on the points before the intervention alone, each pretended date with enough points on both sides gives an average
 * effect over its standard error; the true one is ranked among them. After a pretended date at most as many points as after the true one.
 * Sources: Abadie, Diamond and Hainmueller (2015), AJPS 59:495-510 (placebos in time); Fisher (1935) (rank as p-value).
 * Arguments: as `interruptedSeries`; `minimumDates` least number of pretended dates, default 5.
 * Assumes that dates before are exchangeable with the true one; neighbouring dates share their points, so the p-value is a guide only.
 * Edge cases: fewer dates 'too-few-dates'; the rest as `interruptedSeries`. Cost: one fit a date.
 */
export function placeboDates(input: InterruptedSeriesInput, minimumDates = 5): PlaceboDatesResult {
  const actual = interruptedSeries(input)
  if (actual.kind === 'cannot') return actual
  const { points, interventionTime } = input
  const before = points.filter((point) => point.time < interventionTime)
  const longest = points.length - before.length
  let alarms = 0
  const placebos = before.flatMap(({ time }, i): PlaceboDate[] => {
    const pretended = interruptedSeries({ ...input, points: before.slice(0, i + longest), interventionTime: time })
    if (pretended.kind === 'cannot') return []
    const { estimate, standardError, lower, upper } = pretended.averageEffect
    if (lower > 0 || upper < 0) alarms += 1
    return [{ time, estimate, statistic: estimate / standardError }]
  })
  if (placebos.length < minimumDates)
    return {
      kind: 'cannot',
      because: 'too-few-dates',
      detail: `${placebos.length} earlier dates have enough points on both sides`,
    }
  const { estimate, standardError } = actual.averageEffect
  const observed = { time: interventionTime, estimate, statistic: estimate / standardError }
  const asFar = placebos.filter(({ statistic }) => Math.abs(statistic) >= Math.abs(observed.statistic)).length
  const pValue = (1 + asFar) / (1 + placebos.length)
  return { kind: 'placebos', observed, placebos, pValue, falseAlarmShare: alarms / placebos.length }
}
