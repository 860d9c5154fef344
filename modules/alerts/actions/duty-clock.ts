/** Deadlines of duties: on the wall clock, or in opening hours by the organisation's calendar. */
import { calendarDays } from '#organisation/actions/calendars'
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { chineseHolidays, coveredYears } from '#worktime/chinese-holidays'
import { openDeadline } from '#worktime/deadline'
import { instantAt, openSpans, type Span } from '#worktime/instants'
import type { DutyPolicy, DutyRule } from '../contract.ts'

/** Days of opening hours that are looked ahead; a duty beyond them is due on the clock. */
const AHEAD_DAYS = 400
/** Until a calendar is chosen: weekdays from 09:00 to 18:00, with the holidays and make-up days of China. */
const USUAL_HOURS = [{ openMinute: 540, closeMinute: 1080 }]
const USUAL_WEEK = [USUAL_HOURS, USUAL_HOURS, USUAL_HOURS, USUAL_HOURS, USUAL_HOURS, [], []]

export type DutyClock = (within: DutyRule['within'], from: Temporal.Instant) => Temporal.Instant

const onTheClock = (hours: number, from: Temporal.Instant) => from.add({ seconds: Math.round(hours * 3600) })

/** Opening hours are read only where a duty counts in them. */
export async function dutyClock(context: Context, policy: DutyPolicy): Promise<DutyClock> {
  const working = [policy.yellow, policy.orange, policy.red].some(({ duties }) =>
    duties.some(({ within }) => within.clock === 'working'),
  )
  const spans = working ? await spansAhead(context, policy.calendarId) : []
  return ({ hours, clock }, from) =>
    (clock === 'working' ? openDeadline(spans, from, hours * 60) : null) ?? onTheClock(hours, from)
}

async function spansAhead(context: Context, calendarId: string | null): Promise<Span[]> {
  const { timeZone } = await readProfile(context)
  return workingSpans(context, calendarId, { first: dayOf(context.now, timeZone), days: AHEAD_DAYS })
}

/** Opening hours of some days from a first one on, by a calendar or the usual week. */
export async function workingSpans(
  context: Context,
  calendarId: string | null,
  range: { readonly first: string; readonly days: number },
): Promise<Span[]> {
  const { timeZone } = await readProfile(context)
  const first = Temporal.PlainDate.from(range.first)
  const days = Array.from({ length: range.days }, (_unused, index) => first.add({ days: index }).toString())
  if (calendarId === null) {
    const overrides = chineseHolidays(coveredYears, USUAL_WEEK)
    return days.flatMap((day) => openSpans({ timeZone, weekdays: USUAL_WEEK, overrides }, day))
  }
  const read = await calendarDays(context, calendarId, days[0]!, days.at(-1)!)
  return read.days.flatMap(({ day, intervals }) =>
    intervals.map(({ openMinute, closeMinute }) => ({
      from: instantAt(day, openMinute, read.timeZone),
      to: instantAt(day, closeMinute, read.timeZone),
    })),
  )
}
