/**
 * Calendar days as text and as numbers. Day numbers count from 1970-01-01 (number 0) in the proleptic Gregorian calendar, so that adding
 * days and finding weekdays is integer arithmetic. Source: ISO 8601-1:2019 for the notation and for weekdays 1 (Monday) to 7 (Sunday).
 */

/** 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const DAY_MILLISECONDS = 86_400_000
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/
const DAYS_OF_WEEK = 7
/** 1970-01-01 was a Thursday: number 0 with this offset gives 4. */
const THURSDAY_OFFSET = 3

/** Whether a text is a day of the calendar, YYYY-MM-DD; 2025-02-29 is none. O(1). */
export function isDay(text: string): boolean {
  if (!DAY_TEXT.test(text)) return false
  const milliseconds = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(milliseconds) && dayText(milliseconds / DAY_MILLISECONDS) === text
}

/** The number of a day. Throws a RangeError for a text that is no day. O(1). */
export function dayNumber(day: string): number {
  if (!isDay(day)) throw new RangeError(`day: ${day} is not a calendar day YYYY-MM-DD`)
  return Date.parse(`${day}T00:00:00Z`) / DAY_MILLISECONDS
}

/** The day of a number, for years 0000 to 9999. O(1). */
export function dayText(number: number): string {
  return new Date(number * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/** The weekday of a day number. O(1). */
export function weekdayOf(number: number): Weekday {
  return (((((number + THURSDAY_OFFSET) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK) + 1) as Weekday
}

/** The number of the first day of a month; months run past the year in both directions (13 is January of the next). O(1). */
export function monthStart(year: number, month: number): number {
  const first = new Date(0)
  first.setUTCFullYear(year, month - 1, 1)
  return first.getTime() / DAY_MILLISECONDS
}
