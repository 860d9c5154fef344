/** News of stored events: many small batches become one piece of news, large imports tell every few seconds. */
import type { Context } from '#platform/context'
import { z } from 'zod'
import { event } from '#platform/contract'
import { measurementRecorded } from '../contract.ts'
import { addUntold, takeUntold } from '../store/records/batches.ts'

/** Events wait to be announced: many small batches become one `measurementRecorded`. Heard by this module only. */
export const eventsWaiting = event('measurement.eventsWaiting', z.object({}))

/** What was stored of which types between which instants. */
export interface Told {
  readonly eventTypes: readonly string[]
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly stored: number
}

const instantOf = (milliseconds: number) => Temporal.Instant.fromEpochMilliseconds(milliseconds)

export async function announceRecorded(context: Context, told: Told): Promise<void> {
  await context.announce(measurementRecorded, {
    eventTypes: [...told.eventTypes],
    from: instantOf(told.from).toString(),
    to: instantOf(told.to).toString(),
    stored: told.stored,
  })
}

/** Lets the next delivery tell of these; while one is under way nothing more is sent. */
export async function tellSoon(context: Context, told: readonly Told[]): Promise<void> {
  const untold = told.flatMap(({ eventTypes, from, to, stored }) =>
    eventTypes.map((eventType) => ({ eventType, from: instantOf(from), to: instantOf(to), stored })),
  )
  if (untold.length === 0) return
  if (await addUntold(context, untold)) await context.announce(eventsWaiting, {})
}

/** The delivery: everything that waits by now, one piece of news for each type. */
export async function tellWaiting(context: Context): Promise<void> {
  for (const { eventType, from, to, stored } of await takeUntold(context)) {
    await announceRecorded(context, {
      eventTypes: [eventType],
      from: from.epochMilliseconds,
      to: to.epochMilliseconds,
      stored,
    })
  }
}
