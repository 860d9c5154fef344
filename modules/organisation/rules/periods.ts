/** What the settings of periods mean on a day, so that people see it before they save. */
import { dayNumber } from '#worktime/days'
import {
  addPeriods,
  type PeriodGrain,
  periodEnd,
  periodNumber,
  type PeriodSettings,
  periodStart,
} from '#worktime/periods/periods'

const WEEK = 7

export interface PreviewPeriod {
  readonly number: number
  readonly from: string
  readonly to: string
  readonly weeks: number
}
export interface PreviewYear extends PreviewPeriod {
  readonly year: number
  readonly parts: readonly PreviewPeriod[]
}
export interface PeriodPreview {
  readonly week: { readonly from: string; readonly to: string }
  readonly fiscal: PreviewYear
  readonly retail: PreviewYear
}

function periodAt(day: string, grain: Exclude<PeriodGrain, 'week'>, settings: PeriodSettings): PreviewPeriod {
  const [from, to] = [periodStart(day, grain, settings), periodEnd(day, grain, settings)]
  const days = dayNumber(to) - dayNumber(from) + 1
  return { number: periodNumber(day, grain, settings).number, from, to, weeks: days / WEEK }
}

function yearAt(
  day: string,
  grain: 'fiscal-year' | 'retail-year',
  parts: { grain: 'fiscal-quarter' | 'retail-month'; count: number },
  settings: PeriodSettings,
): PreviewYear {
  const whole = periodAt(day, grain, settings)
  return {
    ...whole,
    year: periodNumber(day, grain, settings).year,
    parts: Array.from({ length: parts.count }, (_, index) =>
      periodAt(addPeriods(whole.from, parts.grain, index, settings), parts.grain, settings),
    ),
  }
}

/** The week, the fiscal year with its quarters and the retail year with its months that hold a day. */
export const periodPreview = (settings: PeriodSettings, day: string): PeriodPreview => ({
  week: { from: periodStart(day, 'week', settings), to: periodEnd(day, 'week', settings) },
  fiscal: yearAt(day, 'fiscal-year', { grain: 'fiscal-quarter', count: 4 }, settings),
  retail: yearAt(day, 'retail-year', { grain: 'retail-month', count: 12 }, settings),
})
