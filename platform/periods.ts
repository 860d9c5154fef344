/** Calendar periods: days, ISO weeks (Monday), months, quarters, half-years and years, each named by its first day as YYYY-MM-DD. */
import type { Grain } from './contract.ts'

const MONTHS_OF: Partial<Record<Grain, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

/** First day of the period the day lies in. */
export function periodStartOf(day: string, grain: Grain): string {
  const date = Temporal.PlainDate.from(day)
  if (grain === 'day') return date.toString()
  if (grain === 'week') return date.subtract({ days: date.dayOfWeek - 1 }).toString()
  const months = MONTHS_OF[grain]!
  return date.with({ month: Math.floor((date.month - 1) / months) * months + 1, day: 1 }).toString()
}

/** The period so many periods later (earlier when negative). */
export function addPeriods(periodStart: string, grain: Grain, count: number): string {
  const date = Temporal.PlainDate.from(periodStart)
  if (grain === 'day') return date.add({ days: count }).toString()
  if (grain === 'week') return date.add({ days: 7 * count }).toString()
  return date.add({ months: MONTHS_OF[grain]! * count }).toString()
}

/** The instant at which the period begins in a time zone (IANA name); days of 23 or 25 hours are what they are. */
export function periodInstant(periodStart: string, timeZone: string): Temporal.Instant {
  return Temporal.PlainDate.from(periodStart).toZonedDateTime(timeZone).toInstant()
}

/** The newest period that is over at `now`. */
export function lastCompletePeriod(now: Temporal.Instant, timeZone: string, grain: Grain): string {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return addPeriods(periodStartOf(today, grain), grain, -1)
}

/** The calendar day of an instant in a time zone. */
export const dayOf = (instant: Temporal.Instant, timeZone: string): string =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
