/**
 * Weeks, fiscal and retail periods, each named by its first day, YYYY-MM-DD. Fiscal years are twelve calendar months from a chosen one on,
 * named for the calendar year in which they begin. Sources: ISO 8601-1:2019 for weeks; `retail-year.ts` for retail periods.
 */
import { dayNumber, dayText, monthStart, type Weekday, weekdayOf } from '../days.ts'
import { retailMonthStarts, retailYearOf, type RetailYearSettings, retailYearStart } from './retail-year.ts'

export const periodGrains = [
  'week',
  'fiscal-quarter',
  'fiscal-year',
  'retail-month',
  'retail-quarter',
  'retail-year',
] as const
export type PeriodGrain = (typeof periodGrains)[number]

export interface PeriodSettings {
  /** The weekday the grain `week` begins on. Retail weeks follow the retail year instead. */
  readonly weekStart: Weekday
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number
  readonly retailYear: RetailYearSettings
}

const WEEK = 7
const MONTHS_OF_YEAR = 12
const MONTHS_OF_QUARTER = 3
const MONTHS_OF: Readonly<Partial<Record<PeriodGrain, number>>> = {
  'fiscal-quarter': MONTHS_OF_QUARTER,
  'fiscal-year': MONTHS_OF_YEAR,
  'retail-month': 1,
  'retail-quarter': MONTHS_OF_QUARTER,
  'retail-year': MONTHS_OF_YEAR,
}

const isRetail = (grain: PeriodGrain) => grain.startsWith('retail')

/** Year and month (counted from 0 within the fiscal or retail year) a day number lies in. */
function placeOf(number: number, grain: PeriodGrain, settings: PeriodSettings): { year: number; month: number } {
  if (isRetail(grain)) {
    const year = retailYearOf(number, settings.retailYear)
    const month = retailMonthStarts(year, settings.retailYear).findLastIndex((start) => start <= number)
    return { year, month }
  }
  const [year, month] = dayText(number).split('-').map(Number) as [number, number]
  const months = year * MONTHS_OF_YEAR + (month - settings.fiscalYearStartMonth)
  return { year: Math.floor(months / MONTHS_OF_YEAR), month: months % MONTHS_OF_YEAR }
}

/** Day number of the first day of a month that lies `month` months after the start of a year; any whole number. */
function startAt(year: number, month: number, grain: PeriodGrain, settings: PeriodSettings): number {
  const wholeYear = year + Math.floor(month / MONTHS_OF_YEAR)
  const within = month - Math.floor(month / MONTHS_OF_YEAR) * MONTHS_OF_YEAR
  if (!isRetail(grain)) return monthStart(wholeYear, settings.fiscalYearStartMonth + within)
  if (within === 0) return retailYearStart(wholeYear, settings.retailYear)
  return retailMonthStarts(wholeYear, settings.retailYear)[within]!
}

/** First day of the period a day lies in. O(1). Throws a RangeError for a text that is no day. */
export function periodStart(day: string, grain: PeriodGrain, settings: PeriodSettings): string {
  const number = dayNumber(day)
  if (grain === 'week') return dayText(number - ((weekdayOf(number) - settings.weekStart + WEEK) % WEEK))
  const { year, month } = placeOf(number, grain, settings)
  return dayText(startAt(year, month - (month % MONTHS_OF[grain]!), grain, settings))
}

/** The period so many periods later (earlier when negative), from any day of a period. O(1). */
export function addPeriods(day: string, grain: PeriodGrain, count: number, settings: PeriodSettings): string {
  if (grain === 'week') return dayText(dayNumber(periodStart(day, grain, settings)) + WEEK * count)
  const { year, month } = placeOf(dayNumber(day), grain, settings)
  const months = MONTHS_OF[grain]!
  return dayText(startAt(year, month - (month % months) + months * count, grain, settings))
}

/** Last day of the period a day lies in: it still belongs to it. O(1). */
export function periodEnd(day: string, grain: PeriodGrain, settings: PeriodSettings): string {
  return dayText(dayNumber(addPeriods(day, grain, 1, settings)) - 1)
}

/** The name of a fiscal or retail period: the year, and which quarter (1 to 4) or month (1 to 12) of it; a year is number 1. O(1). */
export function periodNumber(
  day: string,
  grain: Exclude<PeriodGrain, 'week'>,
  settings: PeriodSettings,
): { readonly year: number; readonly number: number } {
  const { year, month } = placeOf(dayNumber(day), grain, settings)
  return { year, number: Math.floor(month / MONTHS_OF[grain]!) + 1 }
}

/** First day of a fiscal or retail year by its name. O(1). */
export function yearStart(year: number, grain: 'fiscal-year' | 'retail-year', settings: PeriodSettings): string {
  return dayText(startAt(year, 0, grain, settings))
}
