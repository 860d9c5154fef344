/** Decisions about calendars that the server and the editor share. Plain dates only, so that they run in every browser. */
import { type CalendarDay, calendarDays } from '#worktime/calendar'
import { usualHours } from '#worktime/chinese-holidays'
import { dayNumber, dayText, monthStart, weekdayOf } from '#worktime/days'
import { type Effective, versionFor } from '#worktime/versions'
import type { CalendarContent, CalendarOverride, ChineseHolidayYear } from '../contract.ts'

export { usualHours }

const WEEK = 7
const NO_HOURS: CalendarContent = { weekdays: [], overrides: [] }

/**
 * Puts public holidays into a calendar: holidays are closed, make-up workdays have the hours of an ordinary working day. Days somebody
 * entered by hand (`special`) stay as they are, and so do days of other years; earlier imports of the same days are replaced.
 */
export function withHolidays(content: CalendarContent, days: ChineseHolidayYear['days']): CalendarContent {
  const special = new Set(content.overrides.filter((one) => one.kind === 'special').map((one) => one.day))
  const added: CalendarOverride[] = days
    .filter((one) => !special.has(one.day))
    .map((one) => ({
      ...one,
      intervals: one.kind === 'make-up-workday' ? usualHours(content.weekdays).map((hours) => ({ ...hours })) : [],
    }))
  const replaced = new Set(added.map((one) => one.day))
  const kept = content.overrides.filter((one) => !replaced.has(one.day))
  return { ...content, overrides: [...kept, ...added].toSorted((one, other) => one.day.localeCompare(other.day)) }
}

/** The years whose holidays a calendar follows, in order. */
export const holidayYearsOf = (content: CalendarContent): number[] =>
  [
    ...new Set(content.overrides.filter((one) => one.kind === 'holiday').map((one) => Number(one.day.slice(0, 4)))),
  ].sort((one, other) => one - other)

export interface HolidayGap {
  readonly year: number
  /** True where the holidays are known and only have to be imported. */
  readonly known: boolean
}

/** This and the next year, where a calendar that follows holidays has none. A calendar without any holiday follows none and misses none. */
export function holidayGaps(
  followed: readonly number[],
  knownYears: readonly number[],
  thisYear: number,
): HolidayGap[] {
  if (followed.length === 0) return []
  return [thisYear, thisYear + 1]
    .filter((year) => !followed.includes(year))
    .map((year) => ({ year, known: knownYears.includes(year) }))
}

export type DatedContent = Effective & { readonly content: CalendarContent }

/** The days of whole weeks around a month, from the first day of the week on, each as its version has it. */
export function monthDays(versions: readonly DatedContent[], month: string, weekStart: number): CalendarDay[] {
  const first = dayNumber(`${month}-01`)
  const [year, number] = month.split('-').map(Number) as [number, number]
  const last = monthStart(year, number + 1) - 1
  const before = (weekdayOf(first) - weekStart + WEEK) % WEEK
  const after = (weekStart + WEEK - 1 - weekdayOf(last) + WEEK) % WEEK
  return Array.from({ length: last + after - (first - before) + 1 }, (_, index) => {
    const day = dayText(first - before + index)
    return calendarDays(versionFor(versions, day)?.content ?? NO_HOURS, day, day)[0]!
  })
}

export type VersionState = 'now' | 'later' | 'over' | 'corrected'

/** What each version is today: in force, to come, followed by a later one, or corrected by one of the same day; by its number. */
export function versionStates(versions: readonly Effective[], today: string): Map<number, VersionState> {
  const holding = versionFor(versions, today)
  return new Map(
    versions.map((one) => {
      const corrected = versions.some(
        (other) => other.effectiveFrom === one.effectiveFrom && other.version > one.version,
      )
      const state = corrected ? 'corrected' : one === holding ? 'now' : one.effectiveFrom > today ? 'later' : 'over'
      return [one.version, state]
    }),
  )
}
