/**
 * What a calendar of opening hours is, and what it says about a day: the weekly pattern, replaced on single days by overrides.
 * Source of the distinction between holidays and make-up workdays (调休上班): State Council of China, 《全国年节及纪念日放假办法》 (2024 revision),
 * and its yearly notices; weekdays as ISO 8601-1:2019.
 */
import { dayNumber, dayText, weekdayOf } from './days.ts'

/** Open from `openMinute` (included) to `closeMinute` (excluded), minutes of the local clock since 00:00; 1440 is 24:00. */
export interface Interval {
  readonly openMinute: number
  readonly closeMinute: number
}

export type OverrideKind = 'holiday' | 'make-up-workday' | 'special'

/** One day that differs from its weekday: its intervals replace those of the pattern; none means closed. */
export interface Override {
  readonly day: string
  readonly kind: OverrideKind
  readonly intervals: readonly Interval[]
  readonly name: { readonly zh: string; readonly en: string }
}

/** Seven lists of intervals from Monday to Sunday. Hours past midnight belong to the next day: 22:00-24:00 and 00:00-06:00. */
export interface WeeklyHours {
  readonly weekdays: readonly (readonly Interval[])[]
  readonly overrides: readonly Override[]
}

export interface Calendar extends WeeklyHours {
  /** IANA name, e.g. Asia/Shanghai. */
  readonly timeZone: string
}

export interface CalendarDay {
  readonly day: string
  readonly intervals: readonly Interval[]
  /** `pattern`: as every such weekday; otherwise the kind of the override. */
  readonly kind: OverrideKind | 'pattern'
  readonly name: { readonly zh: string; readonly en: string } | null
}

export const MINUTES_OF_DAY = 1440

const byOpening = (intervals: readonly Interval[]) => intervals.toSorted((a, b) => a.openMinute - b.openMinute)

function toDay(calendar: WeeklyHours, number: number, override: Override | undefined): CalendarDay {
  const intervals = override?.intervals ?? calendar.weekdays[weekdayOf(number) - 1] ?? []
  return {
    day: dayText(number),
    intervals: byOpening(intervals),
    kind: override?.kind ?? 'pattern',
    name: override?.name ?? null,
  }
}

/** The intervals of one day in order, in minutes of the local clock. O(overrides). Throws a RangeError for a text that is no day. */
export function dayIntervals(calendar: WeeklyHours, day: string): readonly Interval[] {
  const override = calendar.overrides.find((one) => one.day === day)
  return toDay(calendar, dayNumber(day), override).intervals
}

/**
 * One entry for each day from `fromDay` to `lastDay`, both included; empty when `lastDay` lies earlier. O(days + overrides).
 * Throws a RangeError for a text that is no day.
 */
export function calendarDays(calendar: WeeklyHours, fromDay: string, lastDay: string): CalendarDay[] {
  const overrides = new Map(calendar.overrides.map((one) => [one.day, one]))
  const [first, last] = [dayNumber(fromDay), dayNumber(lastDay)]
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    toDay(calendar, first + index, overrides.get(dayText(first + index))),
  )
}

/** Open minutes of a list of intervals by the clock on the wall. O(intervals). */
export const openMinutes = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { openMinute, closeMinute }) => sum + closeMinute - openMinute, 0)
