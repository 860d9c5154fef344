/**
 * The retail year of 52 or 53 whole weeks, in quarters of 4-4-5, 4-5-4 or 5-4-4 weeks.
 *
 * It ends always on the same weekday: the last one in a month, or the one nearest to the end of that month. Source of both rules:
 * 26 CFR 1.441-2(a)(1) (United States tax regulations, 2002), "52-53-week taxable year". The 53rd week is added to the last month of the year,
 * and a year is named for the calendar year in which it (nominally) begins. Source: National Retail Federation, 4-5-4 calendar, whose weeks
 * end on Saturday and whose year ends on the Saturday nearest to 31 January: 53 weeks in 2006, 2012, 2017 and 2023.
 * A year that ends on the Sunday nearest to 31 December is the week-numbering year of ISO 8601-1:2019.
 */
import { monthStart, type Weekday, weekdayOf } from '../days.ts'

export type RetailPattern = '4-4-5' | '4-5-4' | '5-4-4'

export interface RetailYearSettings {
  readonly pattern: RetailPattern
  /** The weekday the year (and each of its weeks) ends on. */
  readonly weekday: Weekday
  /** The month, 1 to 12, at whose end the year ends. */
  readonly month: number
  readonly rule: 'last' | 'nearest'
}

const WEEK = 7
const NEAREST = 3
const WEEKS_OF: Readonly<Record<RetailPattern, readonly number[]>> = {
  '4-4-5': [4, 4, 5],
  '4-5-4': [4, 5, 4],
  '5-4-4': [5, 4, 4],
}
const DECEMBER = 12

/** Day number of the last day of the retail year that begins in the calendar year `year`. O(1). */
function lastDayOfYear(year: number, { weekday, month, rule }: RetailYearSettings): number {
  const endOfMonth = monthStart(month === DECEMBER ? year : year + 1, month + 1) - 1
  const latest = rule === 'last' ? endOfMonth : endOfMonth + NEAREST
  return latest - ((weekdayOf(latest) - weekday + WEEK) % WEEK)
}

/** Day number of the first day of a retail year, by the name of the year. O(1). */
export function retailYearStart(year: number, settings: RetailYearSettings): number {
  return lastDayOfYear(year - 1, settings) + 1
}

/** The name of the retail year a day number lies in. O(1). */
export function retailYearOf(number: number, settings: RetailYearSettings): number {
  let year = new Date(number * 86_400_000).getUTCFullYear() + 1
  while (retailYearStart(year, settings) > number) year -= 1
  return year
}

/** 52 or 53. O(1). */
export function weeksOfRetailYear(year: number, settings: RetailYearSettings): number {
  return (retailYearStart(year + 1, settings) - retailYearStart(year, settings)) / WEEK
}

const MONTHS_OF_YEAR = 12

/** Day numbers of the first days of the twelve months of a retail year; the last one takes the 53rd week. O(1). */
export function retailMonthStarts(year: number, settings: RetailYearSettings): number[] {
  const weeks = WEEKS_OF[settings.pattern]
  const starts = [retailYearStart(year, settings)]
  for (let month = 1; month < MONTHS_OF_YEAR; month += 1)
    starts.push(starts[month - 1]! + WEEK * weeks[(month - 1) % weeks.length]!)
  return starts
}
