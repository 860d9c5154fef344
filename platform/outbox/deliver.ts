/** Hands one piece of news to one listener: delivered at least once, in effect exactly once. */
import { eq } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { must } from '../refusal.ts'
import type { Delivery } from './announce.ts'
import type { Listeners } from './listeners.ts'
import { delivery, outboxEvent } from './tables.ts'

/**
 * Runs inside the listener's transaction. The delivery row comes first: a second try waits on its key until the first
 * has committed and then finds it taken, or finds it free when the first was rolled back together with its effect.
 */
export async function deliver(context: Context, listeners: Listeners, job: Delivery): Promise<void> {
  const listener = listeners.named(job.event, job.listener)
  must(listener, `a listener named ${job.listener} hears ${job.event}; no module of this version lists it`)
  const taken = await context.records
    .insert(delivery)
    .values({
      eventId: job.eventId,
      listener: job.listener,
      organisationId: context.organisation,
      deliveredAt: context.now,
    })
    .onConflictDoNothing()
    .returning({ eventId: delivery.eventId })
  if (taken.length === 0) return
  const [event] = await context.records.select().from(outboxEvent).where(eq(outboxEvent.id, job.eventId))
  must(event, `event ${job.eventId} stands in the outbox of its organisation`)
  const payload = await listener.event.schema.parseAsync(event.payload)
  await listener.action(context, payload as never)
}
