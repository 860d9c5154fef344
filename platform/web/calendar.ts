/** Plain days, periods and instants as people read them. The one place of the web app that asks the clock. */
import { useEffect, useState } from 'react'
import type { SeriesGrain } from '#measurement/contract'
import type { Grain } from '#platform/contract'
import type { Language } from './words.ts'

const DAY_MILLISECONDS = 86_400_000
let timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** From now on instants are told in the organisation's zone. */
export function setTimeZone(zone: string | undefined): void {
  if (zone) timeZone = zone
}

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB')

/** Today in the organisation's zone, YYYY-MM-DD. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(Date.now())
}

const parse = (day: string) => new Date(`${day.slice(0, 10)}T00:00:00Z`)
const print = (date: Date) => date.toISOString().slice(0, 10)

export function addDays(day: string, count: number): string {
  return print(new Date(parse(day).getTime() + count * DAY_MILLISECONDS))
}

export function addMonths(day: string, count: number): string {
  const date = parse(day)
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + count)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, last))
  return print(date)
}

const MONTHS: Readonly<Record<'month' | 'quarter' | 'half-year' | 'year', number>> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
}

export function addPeriods(day: string, grain: Grain, count: number): string {
  if (grain === 'day') return addDays(day, count)
  if (grain === 'week') return addDays(day, 7 * count)
  return addMonths(day, MONTHS[grain] * count)
}

/** First day of the period the day lies in; weeks begin on Monday. */
export function startOfPeriod(day: string, grain: Grain): string {
  const date = parse(day)
  if (grain === 'day') return print(date)
  if (grain === 'week') return addDays(day, -((date.getUTCDay() + 6) % 7))
  const months = MONTHS[grain]
  const month = Math.floor(date.getUTCMonth() / months) * months
  return print(new Date(Date.UTC(date.getUTCFullYear(), month, 1)))
}

export const daysBetween = (from: string, to: string) =>
  Math.round((parse(to).getTime() - parse(from).getTime()) / DAY_MILLISECONDS)

/** A day as people write it: 2026年3月8日, 8 Mar 2026. */
export function dayName(day: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(parse(day))
}

const OWN_YEARS: Partial<Record<SeriesGrain, { zh: string; en: string }>> = {
  'fiscal-quarter': { zh: '财季', en: 'fiscal quarter' },
  'fiscal-year': { zh: '财年', en: 'fiscal year' },
  'retail-month': { zh: '零售月', en: 'retail month' },
  'retail-quarter': { zh: '零售季', en: 'retail quarter' },
  'retail-year': { zh: '零售年', en: 'retail year' },
}

/** A period by its first day (of hours and minutes by its instant): 2026年3月, 2026年第1季度, 3月2日当周, 2026年4月1日起的财季. */
export function periodName(day: string, grain: SeriesGrain, language: Language): string {
  if (grain === 'hour' || grain === 'minute') return instantName(day, language)
  const own = OWN_YEARS[grain]
  if (own) return language === 'zh' ? `${dayName(day, 'zh')}起的${own.zh}` : `${own.en} from ${dayName(day, 'en')}`
  const date = parse(day)
  const year = date.getUTCFullYear()
  const quarter = Math.floor(date.getUTCMonth() / 3) + 1
  if (grain === 'year') return language === 'zh' ? `${year}年` : String(year)
  if (grain === 'quarter') return language === 'zh' ? `${year}年第${quarter}季度` : `Q${quarter} ${year}`
  if (grain === 'half-year')
    return language === 'zh' ? `${year}年${quarter < 3 ? '上' : '下'}半年` : `H${quarter < 3 ? 1 : 2} ${year}`
  if (grain === 'month') {
    const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(date)
    return language === 'zh' ? `${year}年${date.getUTCMonth() + 1}月` : `${month} ${year}`
  }
  if (grain === 'week') return language === 'zh' ? `${dayName(day, 'zh')}当周` : `week of ${dayName(day, 'en')}`
  return dayName(day, language)
}

/** Short label for an axis. */
export function periodTick(day: string, grain: SeriesGrain, language: Language): string {
  if (grain === 'minute') return timeName(new Date(day).getTime())
  if (grain === 'hour') {
    const at = new Date(day)
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone, month: 'numeric', day: 'numeric' }).formatToParts(at)
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
    return `${part('month')}/${part('day')} ${timeName(at.getTime())}`
  }
  if (grain in OWN_YEARS) return day
  const [year, month, date] = day.split('-') as [string, string, string]
  if (grain === 'year') return year
  if (grain === 'quarter') return `${year.slice(2)}Q${Math.floor((Number(month) - 1) / 3) + 1}`
  if (grain === 'half-year') return `${year.slice(2)}H${Number(month) < 7 ? 1 : 2}`
  if (grain === 'month') return language === 'zh' ? `${year.slice(2)}年${Number(month)}月` : `${month}/${year.slice(2)}`
  return `${Number(month)}/${Number(date)}`
}

/** The present instant as text: for what is taken out of the app and must say when. */
export const presentName = (language: Language): string => instantName(new Date(Date.now()).toISOString(), language)

export function instantName(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  )
}

/** Hours and minutes in the organisation's zone: 14:03. */
export function timeName(epochMilliseconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(epochMilliseconds)
}

/** Today with its weekday: 2026年3月8日星期日, Sunday, 8 March 2026. */
export function longDayName(epochMilliseconds: number, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { timeZone, dateStyle: 'full' }).format(epochMilliseconds)
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** Three hours ago, in two days. */
export function relativeName(instant: string, now: number, language: Language): string {
  const seconds = (new Date(instant).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto' })
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'second')
}

const TICK_MILLISECONDS = 30_000

/** The present instant, told again every half minute, or as often as asked. */
export function useNow(everyMilliseconds: number = TICK_MILLISECONDS): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds)
    return () => clearInterval(timer)
  }, [everyMilliseconds])
  return now
}
