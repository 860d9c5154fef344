/** Opening hours and periods: what other modules ask of them (`calendarDays`, `readPeriodSettings`), and how people change them. */
import type { Context } from '#platform/context'
import { invalid, refuse } from '#platform/refusal'
import { calendarDays as daysOfCalendar } from '#worktime/calendar'
import { checkCalendar } from '#worktime/check-calendar'
import { chineseHolidays, coveredYears, noticeOf } from '#worktime/chinese-holidays'
import { dayNumber, dayText } from '#worktime/days'
import { versionFor } from '#worktime/versions'
import {
  calendarChanged,
  type CalendarContent,
  type CalendarDraft,
  type CalendarLine,
  type ChineseHolidayYear,
  type OpeningCalendar,
  organisationRefusals,
  periodSettings,
  type PeriodSettings,
  periodSettingsChanged,
} from '../contract.ts'
import { holidayYearsOf, withHolidays } from '../rules/calendars.ts'
import {
  calendarRows,
  calendarVersionRows,
  findCalendar,
  findPeriodSettings,
  insertCalendarVersion,
  keepCalendar,
  keepPeriodSettings,
} from '../store/calendars.ts'
import { lookUpPeople, readProfile } from './look-up.ts'

/** A century: whoever asks for more asks for nonsense. */
const CALENDAR_DAYS_LIMIT = 36_525

/**
 * The opening hours of every day from `fromDay` to `toDay`, both included, each by the version that holds for it, in minutes of the local
 * clock. Refuses with CALENDAR_UNKNOWN.
 */
export async function calendarDays(
  context: Context,
  calendarId: string,
  fromDay: string,
  toDay: string,
): Promise<{
  timeZone: string
  days: { day: string; intervals: { openMinute: number; closeMinute: number }[] }[]
}> {
  const calendar = await findCalendar(context, calendarId)
  if (calendar === null) return refuse(organisationRefusals, 'CALENDAR_UNKNOWN', { id: calendarId })
  const [first, last] = [dayNumber(fromDay), dayNumber(toDay)]
  if (last - first >= CALENDAR_DAYS_LIMIT) invalid('toDay', 'too_big', 'A calendar is read for a century at most.')
  const versions = (await calendarVersionRows(context, calendarId)).map((row) => ({
    ...row,
    effectiveFrom: row.effectiveFrom.toString(),
  }))
  const days = []
  for (let number = first; number <= last; ) {
    const holding = versionFor(versions, dayText(number))
    if (holding === undefined) return refuse(organisationRefusals, 'CALENDAR_UNKNOWN', { id: calendarId })
    // The next day on which another version may take over.
    const next = versions.map((one) => dayNumber(one.effectiveFrom)).filter((start) => start > number)
    const end = Math.min(last, ...next.map((start) => start - 1))
    for (const { day, intervals } of daysOfCalendar(holding.content, dayText(number), dayText(end)))
      days.push({ day, intervals: intervals.map(({ openMinute, closeMinute }) => ({ openMinute, closeMinute })) })
    number = end + 1
  }
  return { timeZone: calendar.timeZone, days }
}

/** How the organisation cuts weeks, fiscal and retail years; the usual settings until somebody changes them. */
export async function readPeriodSettings(context: Context): Promise<PeriodSettings> {
  return periodSettings.parse((await findPeriodSettings(context)) ?? {})
}

export async function savePeriodSettings(context: Context, settings: PeriodSettings): Promise<PeriodSettings> {
  await keepPeriodSettings(context, settings)
  await context.announce(periodSettingsChanged, settings)
  return settings
}

export async function listCalendars(context: Context): Promise<CalendarLine[]> {
  return (await calendarRows(context)).map(({ content, version, effectiveFrom, ...row }) => ({
    ...row,
    versionCount: version,
    effectiveFrom: effectiveFrom.toString(),
    holidayYears: holidayYearsOf(content),
  }))
}

export async function readCalendar(context: Context, input: { id: string }): Promise<OpeningCalendar> {
  const row = await findCalendar(context, input.id)
  if (row === null) return refuse(organisationRefusals, 'CALENDAR_UNKNOWN', { id: input.id })
  const versions = await calendarVersionRows(context, input.id)
  const people = await lookUpPeople(
    context,
    versions.map((one) => one.recordedBy),
  )
  return {
    id: row.id,
    name: row.name,
    timeZone: row.timeZone,
    versions: versions.map(({ version, effectiveFrom, recordedAt, recordedBy, content }) => ({
      version,
      effectiveFrom: effectiveFrom.toString(),
      recordedAt: recordedAt.toString(),
      recordedBy: people.get(recordedBy)?.name ?? recordedBy,
      content,
    })),
  }
}

const RULE_SENTENCES: Readonly<Record<string, string>> = {
  'seven-weekdays': 'A week has seven days, Monday to Sunday.',
  'minute-of-day': 'Minutes run from 0 to 1440.',
  'open-before-close': 'Opening comes before closing; hours past midnight belong to the next day.',
  overlap: 'Two intervals of one day overlap.',
  'not-a-day': 'This is not a day of the calendar.',
  'duplicate-day': 'This day is listed twice.',
}

function mustBeSound(content: CalendarContent): void {
  const issues = checkCalendar(content)
  const first = issues.find((issue) => issue.rule !== 'no-working-time')
  if (first) invalid(`content.${first.field}`, first.rule, RULE_SENTENCES[first.rule] ?? first.rule)
  if (issues.length > 0) refuse(organisationRefusals, 'CALENDAR_WITHOUT_WORKING_TIME')
}

/** A new version, from its day on for good. The newest version's day at the earliest: on that very day it corrects that version. */
export async function saveCalendar(context: Context, draft: CalendarDraft): Promise<OpeningCalendar> {
  mustBeSound(draft.content)
  const { timeZone } = await readProfile(context)
  await keepCalendar(context, draft, timeZone)
  const versions = await calendarVersionRows(context, draft.id)
  const newest = versions.at(-1)
  if (draft.basedOn === 0 && newest) refuse(organisationRefusals, 'CALENDAR_EXISTS', { id: draft.id })
  if (draft.basedOn !== (newest?.version ?? 0)) {
    if (!newest) refuse(organisationRefusals, 'CALENDAR_UNKNOWN', { id: draft.id })
    refuse(organisationRefusals, 'CALENDAR_CHANGED', { version: newest.version })
  }
  const latest = newest?.effectiveFrom.toString()
  if (latest !== undefined && draft.effectiveFrom < latest)
    refuse(organisationRefusals, 'CALENDAR_VERSION_LATER', { effectiveFrom: latest })
  await insertCalendarVersion(context, {
    calendarId: draft.id,
    version: (newest?.version ?? 0) + 1,
    effectiveFrom: Temporal.PlainDate.from(draft.effectiveFrom),
    content: draft.content,
  })
  await context.announce(calendarChanged, { id: draft.id, fromDay: draft.effectiveFrom })
  return readCalendar(context, { id: draft.id })
}

export const readChineseHolidays = (_context: Context): Promise<ChineseHolidayYear[]> =>
  Promise.resolve(
    coveredYears.map((year) => ({
      year,
      notice: noticeOf(year)!,
      days: chineseHolidays([year], []).map(({ day, kind, name }) => ({ day, kind, name: { ...name } })),
    })),
  )

const OFFICE_DAY = [{ openMinute: 9 * 60, closeMinute: 17 * 60 + 30 }]

/** The usual office hours with every known Chinese holiday; a starting point that people then change. */
export async function createOfficeHours(context: Context): Promise<OpeningCalendar> {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((weekday) => (weekday <= 5 ? OFFICE_DAY : []))
  return saveCalendar(context, {
    id: 'office-hours',
    name: { zh: '办公时间', en: 'Office hours' },
    effectiveFrom: `${coveredYears[0]}-01-01`,
    basedOn: 0,
    content: withHolidays(
      { weekdays, overrides: [] },
      (await readChineseHolidays(context)).flatMap((one) => one.days),
    ),
  })
}
