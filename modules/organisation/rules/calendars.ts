/** Decisions about calendars that the server and the editor share. Plain dates only, so that they run in every browser. */
import { usualHours } from '#worktime/chinese-holidays'
import type { CalendarContent, CalendarOverride, ChineseHolidayYear } from '../contract.ts'

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

/** Does a calendar follow the holidays of a year: is at least one of its days a holiday? */
export const coversYear = (content: CalendarContent, year: number): boolean =>
  content.overrides.some((one) => one.kind === 'holiday' && one.day.startsWith(`${year}-`))
