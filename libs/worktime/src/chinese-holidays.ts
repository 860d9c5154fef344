/**
 * Public holidays of China with make-up workdays (调休), as overrides of a calendar. Source: the yearly notices of the General Office of the
 * State Council (国务院办公厅关于部分节假日安排的通知), 2023 to 2025 for the years 2024 to 2026; numbers beside the data. A notice appears in the
 * autumn before its year, so later years are unknown: they are not guessed.
 */
import type { Interval, Override } from './calendar.ts'
import { type HolidayName, holidayYears } from './chinese-holiday-days.ts'
import { dayNumber, dayText } from './days.ts'

const NAMES: Readonly<Record<HolidayName, { readonly zh: string; readonly en: string }>> = {
  'new-year': { zh: '元旦', en: "New Year's Day" },
  'spring-festival': { zh: '春节', en: 'Spring Festival' },
  qingming: { zh: '清明节', en: 'Qingming Festival' },
  'labour-day': { zh: '劳动节', en: 'Labour Day' },
  'dragon-boat': { zh: '端午节', en: 'Dragon Boat Festival' },
  'mid-autumn': { zh: '中秋节', en: 'Mid-Autumn Festival' },
  'national-day': { zh: '国庆节', en: 'National Day' },
}

/** The years whose holidays are known, in order. */
export const coveredYears: readonly number[] = holidayYears.map((one) => one.year)

/** Number of the notice a year rests on; undefined for a year that is not covered. */
export const noticeOf = (year: number): string | undefined => holidayYears.find((one) => one.year === year)?.notice

/** The hours of a make-up workday: those of the first day from Monday on that is open at all; none when no day is. O(7). */
export const usualHours = (weekdays: readonly (readonly Interval[])[]): readonly Interval[] =>
  weekdays.find((intervals) => intervals.length > 0) ?? []

/**
 * Overrides for the covered ones of the years, by day: holidays closed, make-up workdays with the hours of an ordinary working day of the
 * pattern given. Years that are not covered add nothing. O(days).
 */
export function chineseHolidays(years: readonly number[], weekdays: readonly (readonly Interval[])[]): Override[] {
  const hours = usualHours(weekdays)
  const overrides: Override[] = []
  for (const { year, holidays, makeUpWorkdays } of holidayYears) {
    if (!years.includes(year)) continue
    for (const { from, to, name } of holidays) {
      for (let number = dayNumber(from); number <= dayNumber(to); number += 1)
        overrides.push({ day: dayText(number), kind: 'holiday', intervals: [], name: NAMES[name] })
    }
    for (const { day, name } of makeUpWorkdays) {
      const { zh, en } = NAMES[name]
      const named = { zh: `${zh}调休上班`, en: `Make-up workday, ${en}` }
      overrides.push({ day, kind: 'make-up-workday', intervals: hours, name: named })
    }
  }
  return overrides.toSorted((one, other) => one.day.localeCompare(other.day))
}
