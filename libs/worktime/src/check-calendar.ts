/** What makes a calendar impossible. Source: the definition of `Interval` in `calendar.ts`; days as ISO 8601-1:2019. */
import { type Interval, MINUTES_OF_DAY, type WeeklyHours } from './calendar.ts'
import { isDay } from './days.ts'

export type CalendarRule =
  | 'seven-weekdays'
  | 'minute-of-day'
  | 'open-before-close'
  | 'overlap'
  | 'not-a-day'
  | 'duplicate-day'
  | 'no-working-time'

export interface CalendarIssue {
  /** Where: `weekdays.0.1` is Monday's second interval, `overrides.3` the fourth override, `weekdays` the pattern as a whole. */
  readonly field: string
  readonly rule: CalendarRule
}

const WEEKDAYS = 7

function checkIntervals(field: string, intervals: readonly Interval[]): CalendarIssue[] {
  const issues: CalendarIssue[] = []
  const sound: { index: number; interval: Interval }[] = []
  for (const [index, interval] of intervals.entries()) {
    const minutes = [interval.openMinute, interval.closeMinute]
    const inDay = minutes.every((minute) => Number.isInteger(minute) && minute >= 0 && minute <= MINUTES_OF_DAY)
    if (!inDay) issues.push({ field: `${field}.${index}`, rule: 'minute-of-day' })
    else if (interval.openMinute >= interval.closeMinute)
      issues.push({ field: `${field}.${index}`, rule: 'open-before-close' })
    else sound.push({ index, interval })
  }
  const inOrder = sound.toSorted((a, b) => a.interval.openMinute - b.interval.openMinute)
  for (const [place, { index, interval }] of inOrder.entries()) {
    const before = inOrder[place - 1]
    if (before && before.interval.closeMinute > interval.openMinute)
      issues.push({ field: `${field}.${index}`, rule: 'overlap' })
  }
  return issues
}

/**
 * Everything wrong with a calendar; an empty list when it is sound. Intervals may touch (12:00-13:00 and 13:00-14:00) but not overlap.
 * `no-working-time` is reported when neither a weekday nor an override is ever open. O(intervals log intervals).
 */
export function checkCalendar(calendar: WeeklyHours): CalendarIssue[] {
  const issues: CalendarIssue[] = []
  if (calendar.weekdays.length !== WEEKDAYS) issues.push({ field: 'weekdays', rule: 'seven-weekdays' })
  for (const [index, intervals] of calendar.weekdays.entries())
    issues.push(...checkIntervals(`weekdays.${index}`, intervals))
  const seen = new Set<string>()
  for (const [index, override] of calendar.overrides.entries()) {
    if (!isDay(override.day)) issues.push({ field: `overrides.${index}`, rule: 'not-a-day' })
    if (seen.has(override.day)) issues.push({ field: `overrides.${index}`, rule: 'duplicate-day' })
    seen.add(override.day)
    issues.push(...checkIntervals(`overrides.${index}.intervals`, override.intervals))
  }
  const everOpen = [...calendar.weekdays, ...calendar.overrides.map((one) => one.intervals)].some(
    (intervals) => intervals.length > 0,
  )
  if (!everOpen) issues.push({ field: 'weekdays', rule: 'no-working-time' })
  return issues
}
