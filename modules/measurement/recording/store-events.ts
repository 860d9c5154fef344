/** Events into the measurements, and their batch into the book before anybody is answered. */
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import { measurementRefusals } from '../contract.ts'
import { type BatchSource, insertBatch } from '../store/records/batches.ts'
import { insertEvents, Overloaded, type Receipt } from '../store/insert-events.ts'
import type { StoredEvent } from '../store/intake/stored-event.ts'
import { markDays, rememberMarks } from '../folding/marks.ts'
import { type Told, tellSoon } from './tell-events.ts'

export interface StoredBatch extends Receipt {
  readonly batch: string
}

/**
 * All events carry the organisation and the batch that is given. Throws `Overloaded` when the stores are busy. `received` is
 * in epoch milliseconds; `tell` sends news of it.
 */
export async function storeEvents(
  context: Context,
  batch: string,
  events: readonly StoredEvent[],
  from: { source: BatchSource; importId: string | null; origin: string | null; received: number; tell: boolean },
): Promise<StoredBatch> {
  const receipt = await insertEvents(context.measurements, events, from.received)
  const changed = receipt.stored + receipt.corrected > 0 ? [...events, ...receipt.left] : []
  try {
    await context.separately(async (inside) => {
      const { source, importId, origin } = from
      const { stored, corrected, hash } = receipt
      await insertBatch(inside, { id: batch, source, importId, origin, sent: events.length, stored, corrected, hash })
      await markDays(inside, changed)
      if (from.tell && changed.length > 0) await tellSoon(inside, spansOf(changed))
    })
  } catch (error) {
    // They are stored but nobody was told: their sender will try again and find them known.
    rememberMarks(context, changed)
    throw error
  }
  return { ...receipt, batch }
}

/** Programs are told apart by the key they send with. */
export const originOf = ({ who }: Context): string | null => (who.kind === 'key' ? keyOrigin(who.id) : null)
export const keyOrigin = (keyId: string): string => `key:${keyId}`

/** One line for each type. Duplicates among them are counted too: nobody reads more out of the number than "some". */
function spansOf(events: readonly { readonly eventType: string; readonly occurredAt: number }[]): Told[] {
  const spans = new Map<string, { eventTypes: string[]; from: number; to: number; stored: number }>()
  for (const { eventType, occurredAt } of events) {
    const span = spans.get(eventType)
    if (!span) {
      spans.set(eventType, { eventTypes: [eventType], from: occurredAt, to: occurredAt, stored: 1 })
      continue
    }
    span.from = Math.min(span.from, occurredAt)
    span.to = Math.max(span.to, occurredAt)
    span.stored += 1
  }
  return [...spans.values()]
}

/** For routes: "busy" as the declared refusal. */
export async function refusingOverload<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Overloaded) return refuse(measurementRefusals, 'OVERLOADED')
    throw error
  }
}
