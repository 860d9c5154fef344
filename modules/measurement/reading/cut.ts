/** Cuts time into the periods of a question: calendar periods of the organisation's zone, its fiscal and retail years, hours and minutes. */
import { addPeriods as addFiscal, type PeriodSettings, periodStart as fiscalStart } from '#worktime/periods/periods'
import { grain as calendarGrain } from '#platform/contract'
import { addPeriods, periodInstant, periodStartOf } from '#platform/periods'
import { invalid } from '#platform/refusal'
import type { SeriesGrain } from '../contract/grain.ts'

/** Periods one question may ask for: eight years of days, a century of months, two days of minutes. */
export const PERIODS_LIMIT = 3_000

export interface Period {
  /** First day; for hours and minutes the instant it begins. */
  readonly start: string
  /** Epoch milliseconds, the second not included. */
  readonly from: number
  readonly until: number
}

export interface Cut {
  readonly grain: SeriesGrain
  readonly timeZone: string
  /** One after the other without gaps; at least one. */
  readonly periods: readonly Period[]
}

export interface CutSettings {
  readonly timeZone: string
  readonly periods: PeriodSettings
}

const MINUTE_MILLISECONDS = 60_000
const CLOCK_MILLISECONDS: Partial<Record<SeriesGrain, number>> = {
  minute: MINUTE_MILLISECONDS,
  hour: 60 * MINUTE_MILLISECONDS,
}

type CalendarGrain = Exclude<SeriesGrain, 'minute' | 'hour'>

/** Start of the period a day lies in, and the one `count` periods on. ISO weeks unless the organisation begins its weeks otherwise. */
export function stepsOf(grain: CalendarGrain, settings: PeriodSettings) {
  const known = calendarGrain.safeParse(grain)
  if (known.success && (grain !== 'week' || settings.weekStart === 1)) {
    return {
      startOf: (day: string) => periodStartOf(day, known.data),
      add: (start: string, count: number) => addPeriods(start, known.data, count),
    }
  }
  const own = grain as Parameters<typeof fiscalStart>[1]
  return {
    startOf: (day: string) => fiscalStart(day, own, settings),
    add: (start: string, count: number) => addFiscal(start, own, count, settings),
  }
}

/**
 * The periods that touch a range. `from` and `to` are days, both included, or instants, the second not included; instants
 * only for hours and minutes. Refuses with INVALID what is upside down or too long.
 */
export function cutOf(grain: SeriesGrain, from: string, to: string, settings: CutSettings): Cut {
  const { timeZone } = settings
  if (from > to && !(isInstant(from) || isInstant(to))) invalid('to', 'order', 'The range ends before it begins.')
  const step = CLOCK_MILLISECONDS[grain]
  if (step !== undefined)
    return { grain, timeZone, periods: clockPeriods(step, momentOf(from, timeZone, 0), momentOf(to, timeZone, 1)) }
  if (isInstant(from) || isInstant(to)) invalid('from', 'day', 'Only hours and minutes are asked for by instants.')
  const { startOf, add } = stepsOf(grain as CalendarGrain, settings.periods)
  const periods: Period[] = []
  let start = startOf(from)
  let begin = periodInstant(start, timeZone).epochMilliseconds
  while (start <= to) {
    if (periods.length >= PERIODS_LIMIT) tooMany()
    const next = add(start, 1)
    const until = periodInstant(next, timeZone).epochMilliseconds
    // A zone that moves across the date line leaves a day out: Apia had no 30 December 2011.
    if (until > begin) periods.push({ start, from: begin, until })
    start = next
    begin = until
  }
  if (periods.length === 0) invalid('from', 'day', `${from} did not exist in ${timeZone}.`)
  return { grain, timeZone, periods }
}

const isInstant = (text: string) => text.includes('T')
const tooMany = () =>
  invalid(
    'to',
    'limit',
    `At most ${PERIODS_LIMIT} periods are shown at once. Ask for a shorter range or a longer period.`,
  )

/** A day stands for its beginning, the last one for its end. */
function momentOf(text: string, timeZone: string, daysOn: 0 | 1): number {
  if (isInstant(text)) return Temporal.Instant.from(text).epochMilliseconds
  const day = Temporal.PlainDate.from(text).add({ days: daysOn }).toString()
  return periodInstant(day, timeZone).epochMilliseconds
}

/** Minutes and hours of the clock run through, whatever the zone does. */
function clockPeriods(step: number, from: number, until: number): Period[] {
  const first = Math.floor(from / step) * step
  if (until <= first) invalid('to', 'order', 'The range ends before it begins.')
  if ((until - first) / step > PERIODS_LIMIT) tooMany()
  const periods: Period[] = []
  for (let begin = first; begin < until; begin += step) {
    const start = Temporal.Instant.fromEpochMilliseconds(begin).toString()
    periods.push({ start, from: begin, until: begin + step })
  }
  return periods
}

/** Some of a cut's periods, one after the other. */
export const partOf = (cut: Cut, first: number, end: number): Cut => ({
  ...cut,
  periods: cut.periods.slice(first, end),
})

export const endOf = (cut: Cut): number => cut.periods.at(-1)!.until
