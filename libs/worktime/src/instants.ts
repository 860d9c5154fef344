/**
 * From the clock on the wall to instants and back. Where the clock is put forward, a minute that does not exist means the same distance
 * after the gap (02:30 becomes 03:30); where it is put back, a minute that exists twice means the first. Source: RFC 5545 (2009), section
 * 3.3.5, which is the rule 'compatible' of ECMAScript Temporal; zones from the IANA database.
 */
import { type Calendar, dayIntervals, MINUTES_OF_DAY } from './calendar.ts'

const MINUTES_OF_HOUR = 60

/** Half-open stretch of time: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

const startOfDay = (date: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  date.toZonedDateTime(timeZone).toInstant()

/** The instant of a minute of a local day; 1440 is the start of the next day. O(1). Throws a RangeError for an unknown zone. */
export function instantAt(day: string, minute: number, timeZone: string): Temporal.Instant {
  const date = Temporal.PlainDate.from(day)
  if (minute === 0) return startOfDay(date, timeZone)
  if (minute === MINUTES_OF_DAY) return startOfDay(date.add({ days: 1 }), timeZone)
  const time = { hour: Math.floor(minute / MINUTES_OF_HOUR), minute: minute % MINUTES_OF_HOUR }
  return date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant()
}

/** Real minutes of a local day: 1440, or 1380 and 1500 where the clock changes, or 0 for a day a zone left out. O(1). */
export function dayMinutes(day: string, timeZone: string): number {
  return instantAt(day, MINUTES_OF_DAY, timeZone)
    .since(instantAt(day, 0, timeZone))
    .total('minutes')
}

/** The open spans of one day as instants, in order, never outside the day, never empty. O(overrides + intervals). */
export function openSpans(calendar: Calendar, day: string): Span[] {
  const { timeZone } = calendar
  const [start, end] = [instantAt(day, 0, timeZone), instantAt(day, MINUTES_OF_DAY, timeZone)]
  const within = (instant: Temporal.Instant): Temporal.Instant => {
    if (Temporal.Instant.compare(instant, start) < 0) return start
    return Temporal.Instant.compare(instant, end) > 0 ? end : instant
  }
  const spans: Span[] = []
  for (const { openMinute, closeMinute } of dayIntervals(calendar, day)) {
    const open = within(instantAt(day, openMinute, timeZone))
    // What a gap moved past the opening of the next interval belongs to the earlier one.
    const before = spans.at(-1)?.to
    const from = before && Temporal.Instant.compare(open, before) < 0 ? before : open
    const to = within(instantAt(day, closeMinute, timeZone))
    if (Temporal.Instant.compare(from, to) < 0) spans.push({ from, to })
  }
  return spans
}

/** Whether the calendar is open at an instant: opening counts, closing does not. O(overrides + intervals). */
export function isOpen(calendar: Calendar, instant: Temporal.Instant): boolean {
  const day = instant.toZonedDateTimeISO(calendar.timeZone).toPlainDate().toString()
  return openSpans(calendar, day).some(
    ({ from, to }) => Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0,
  )
}
