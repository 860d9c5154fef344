/** Which days must be folded again, in days of UTC: cheap to tell for each event, and the zone's days follow from them. */
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { raiseMarks } from '../store/records/folds.ts'

const DAY_MILLISECONDS = 86_400_000

type Places = readonly { readonly eventType: string; readonly occurredAt: number }[]

const remembered = new WeakMap<object, Map<string, Places>>()

/** Places whose marks could not be written; the next folding writes them. */
export function rememberMarks({ measurements, organisation }: Context, places: Places): void {
  if (places.length === 0) return
  const all = remembered.get(measurements.opening) ?? new Map<string, Places>()
  remembered.set(measurements.opening, all)
  const days = new Map(
    [...(all.get(organisation) ?? []), ...places].map((place) => [
      `${place.eventType} ${Math.floor(place.occurredAt / DAY_MILLISECONDS)}`,
      place,
    ]),
  )
  all.set(organisation, [...days.values()])
}

export async function writeRemembered(context: Context): Promise<void> {
  const all = remembered.get(context.measurements.opening)
  const places = all?.get(context.organisation) ?? []
  if (places.length === 0) return
  await markDays(context, places)
  all?.delete(context.organisation)
}

/** In the transaction that acknowledges the events. */
export async function markDays(context: Context, events: Places): Promise<void> {
  const types = new Map<string, Set<number>>()
  for (const { eventType, occurredAt } of events) {
    let days = types.get(eventType)
    if (!days) {
      days = new Set()
      types.set(eventType, days)
    }
    days.add(Math.floor(occurredAt / DAY_MILLISECONDS))
  }
  await raiseMarks(
    context,
    [...types].flatMap(([eventType, days]) =>
      [...days].map((day) => ({ eventType, grain: 'day' as const, start: utcDay(day * DAY_MILLISECONDS) })),
    ),
  )
}

const utcDay = (milliseconds: number) => dayOf(Temporal.Instant.fromEpochMilliseconds(milliseconds), 'UTC')

/** The days of a zone that share hours with a day of UTC: one or two. */
export function localDays(day: string, timeZone: string): string[] {
  const start = Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds
  const of = (milliseconds: number) => dayOf(Temporal.Instant.fromEpochMilliseconds(milliseconds), timeZone)
  return [...new Set([of(start), of(start + DAY_MILLISECONDS - 1)])]
}
