/** Working time of the calendars a plan's conditions name, in the shape the compiler wants. */
import { dayNumber } from '#worktime/days'
import { calendarDays } from '#organisation/actions/calendars'
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { calendarsNamed } from '../rules/plan/calendars-named.ts'
import type { Fact } from '../rules/plan/fact.ts'
import type { Calendars, OpenHours } from '../store/compile/conditions.ts'

const DAY_MILLISECONDS = 86_400_000

/** Refuses with CALENDAR_UNKNOWN. `from` and `until` in epoch milliseconds. */
export async function openHoursOf(
  context: Context,
  facts: readonly Fact[],
  from: number,
  until: number,
): Promise<Calendars> {
  const calendars = new Map<string, OpenHours>()
  for (const id of calendarsNamed(facts)) {
    // A day more on both sides: calendars may lie in another zone than the question.
    const day = (milliseconds: number) => dayOf(Temporal.Instant.fromEpochMilliseconds(milliseconds), 'UTC')
    const { timeZone, days } = await calendarDays(
      context,
      id,
      day(from - DAY_MILLISECONDS),
      day(until + DAY_MILLISECONDS),
    )
    calendars.set(id, openHours(timeZone, days))
  }
  return calendars
}

type Days = Awaited<ReturnType<typeof calendarDays>>['days']

function openHours(timeZone: string, days: Days): OpenHours {
  const patterns = new Map<string, { number: number; intervals: Days[number]['intervals'] }>()
  const patternOfDay = days.map(({ intervals }) => {
    const key = JSON.stringify(intervals)
    const known = patterns.get(key) ?? { number: patterns.size + 1, intervals }
    patterns.set(key, known)
    return known.number
  })
  const lists = [...patterns.values()].map(({ intervals }) => intervals)
  const intervalsPerPattern = Math.max(1, ...lists.map((list) => list.length))
  const filled = lists.flatMap((list) =>
    Array.from({ length: intervalsPerPattern }, (_unused, index) => list[index] ?? { openMinute: 0, closeMinute: 0 }),
  )
  return {
    timeZone,
    firstDay: dayNumber(days[0]!.day),
    patternOfDay,
    intervalsPerPattern,
    opens: filled.map(({ openMinute }) => openMinute),
    closes: filled.map(({ closeMinute }) => closeMinute),
  }
}
