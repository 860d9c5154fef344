/** Shapes of calendars and of the organisation's own periods. */
import { z } from 'zod'
import { bilingual, instantText, plainDate } from '#platform/contract'

const DAY_MINUTES = 1440
/** Most intervals one day may have, and most days that may differ from the weekly pattern. */
export const INTERVALS_LIMIT = 12
export const OVERRIDES_LIMIT = 2000

export const calendarId = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens')

/** Minutes of the local clock since 00:00; open at `openMinute`, closed again at `closeMinute`; 1440 is 24:00. */
const interval = z.object({
  openMinute: z.number().int().min(0).max(DAY_MINUTES),
  closeMinute: z.number().int().min(0).max(DAY_MINUTES),
})
const intervals = z.array(interval).max(INTERVALS_LIMIT)

export const calendarOverride = z.object({
  day: plainDate,
  kind: z.enum(['holiday', 'make-up-workday', 'special']),
  /** They replace those of the weekday; none means closed. */
  intervals,
  name: bilingual,
})
export type CalendarOverride = z.infer<typeof calendarOverride>

export const calendarContent = z.object({
  /** Monday to Sunday. Hours past midnight belong to the next day. */
  weekdays: z.array(intervals).length(7),
  overrides: z.array(calendarOverride).max(OVERRIDES_LIMIT),
})
export type CalendarContent = z.infer<typeof calendarContent>

export const calendarVersion = z.object({
  version: z.number().int(),
  /** The first day it holds for; the earliest version also holds for all days before. */
  effectiveFrom: plainDate,
  recordedAt: instantText,
  recordedBy: z.string(),
  content: calendarContent,
})
export type CalendarVersion = z.infer<typeof calendarVersion>

export const calendar = z.object({
  id: calendarId,
  name: bilingual,
  timeZone: z.string(),
  /** Oldest first; none is ever changed. */
  versions: z.array(calendarVersion),
})
export type OpeningCalendar = z.infer<typeof calendar>

export const calendarLine = z.object({
  id: calendarId,
  name: bilingual,
  timeZone: z.string(),
  versionCount: z.number().int(),
  /** The first day of the newest version. */
  effectiveFrom: plainDate,
  /** The years whose public holidays the newest version follows. */
  holidayYears: z.array(z.number().int()),
})
export type CalendarLine = z.infer<typeof calendarLine>

export const calendarDraft = z.object({
  id: calendarId,
  name: bilingual,
  effectiveFrom: plainDate,
  /** The number of the newest version the draft was made from; 0 for a new calendar. */
  basedOn: z.number().int().min(0),
  content: calendarContent,
})
export type CalendarDraft = z.infer<typeof calendarDraft>

const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as 1 | 2 | 3 | 4 | 5 | 6 | 7)))
const month = z.number().int().min(1).max(12)

export const periodSettings = z.object({
  /** 1 is Monday. */
  weekStart: weekday.default(1),
  /** A fiscal year is named for the calendar year in which it begins. */
  fiscalYearStartMonth: month.default(1),
  /** The retail year of 52 or 53 weeks ends on the last such weekday of a month, or on the one nearest to its end. */
  retailYear: z
    .object({ pattern: z.enum(['4-4-5', '4-5-4', '5-4-4']), weekday, month, rule: z.enum(['last', 'nearest']) })
    .default({ pattern: '4-4-5', weekday: 7, month: 12, rule: 'nearest' }),
})
export type PeriodSettings = z.infer<typeof periodSettings>

/** Public holidays of China in one year, with the Saturdays and Sundays that are worked instead. */
export const chineseHolidayYear = z.object({
  year: z.number().int(),
  /** The notice of the General Office of the State Council it rests on. */
  notice: z.string(),
  days: z.array(calendarOverride.omit({ intervals: true })),
})
export type ChineseHolidayYear = z.infer<typeof chineseHolidayYear>
