/** Queries over subscriptions and messages. */
import { and, asc, count, desc, eq, inArray, lt, lte, max, or } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { readTimePlace, toPage, writeCursor } from '../paging.ts'
import type { Attempt } from './send-webhook.ts'
import { webhookDelivery, webhookSubscription } from './tables.ts'

export type SubscriptionRow = typeof webhookSubscription.$inferSelect
export type DeliveryRow = typeof webhookDelivery.$inferSelect
export interface SubscriptionState extends SubscriptionRow {
  readonly waiting: number
  readonly failed: number
  readonly lastDeliveredAt: Temporal.Instant | null
}

/** How long an attempt may take before its process counts as dead and another takes the message up. */
const CLAIM_SECONDS = 120

export async function findSubscription(context: Context, owner: string, id: string): Promise<SubscriptionRow | null> {
  const [row] = await context.records
    .select()
    .from(webhookSubscription)
    .where(and(eq(webhookSubscription.owner, owner), eq(webhookSubscription.id, id)))
  return row ?? null
}

export async function insertSubscription(
  context: Context,
  row: Pick<SubscriptionRow, 'id' | 'owner' | 'title' | 'url' | 'events' | 'sealed' | 'enabled'>,
): Promise<void> {
  await context.records.insert(webhookSubscription).values({
    ...row,
    organisationId: context.organisation,
    createdAt: context.now,
    createdBy: context.who.name,
  })
}

export async function setSubscription(
  context: Context,
  id: string,
  change: Partial<Pick<SubscriptionRow, 'title' | 'url' | 'events' | 'sealed' | 'enabled' | 'pausedBecause'>>,
): Promise<void> {
  await context.records.update(webhookSubscription).set(change).where(eq(webhookSubscription.id, id))
}

export async function deleteSubscription(context: Context, id: string): Promise<void> {
  await context.records.delete(webhookDelivery).where(eq(webhookDelivery.subscription, id))
  await context.records.delete(webhookSubscription).where(eq(webhookSubscription.id, id))
}

/** First to last. */
export async function subscriptionStates(context: Context, owner: string): Promise<SubscriptionState[]> {
  const rows = await context.records
    .select()
    .from(webhookSubscription)
    .where(eq(webhookSubscription.owner, owner))
    .orderBy(asc(webhookSubscription.createdAt), asc(webhookSubscription.id))
  const counted = await context.records
    .select({
      subscription: webhookDelivery.subscription,
      state: webhookDelivery.state,
      messages: count(),
      last: max(webhookDelivery.lastAttemptAt),
    })
    .from(webhookDelivery)
    .groupBy(webhookDelivery.subscription, webhookDelivery.state)
  const of = (subscription: string, state: DeliveryRow['state']) =>
    counted.find((each) => each.subscription === subscription && each.state === state)
  return rows.map((row) => ({
    ...row,
    waiting: of(row.id, 'waiting')?.messages ?? 0,
    failed: of(row.id, 'failed')?.messages ?? 0,
    lastDeliveredAt: of(row.id, 'delivered')?.last ?? null,
  }))
}

/** False where the subscription was sent the same before. */
export async function insertDelivery(
  context: Context,
  message: Pick<DeliveryRow, 'id' | 'subscription' | 'event' | 'source' | 'body'>,
): Promise<boolean> {
  const written = await context.records
    .insert(webhookDelivery)
    .values({
      ...message,
      organisationId: context.organisation,
      state: 'waiting',
      attempts: 0,
      createdAt: context.now,
      nextAttemptAt: context.now,
    })
    .onConflictDoNothing()
    .returning({ id: webhookDelivery.id })
  return written.length > 0
}

/** Takes an owner's messages whose time has come, oldest first, so that no other process does while they are sent. */
export async function claimDue(
  context: Context,
  owner: string,
  limit: number,
): Promise<{ delivery: DeliveryRow; subscription: SubscriptionRow }[]> {
  const own = await context.records.select().from(webhookSubscription).where(eq(webhookSubscription.owner, owner))
  const byId = new Map(own.map((row) => [row.id, row]))
  const listening = own.filter(({ enabled }) => enabled).map(({ id }) => id)
  const due = await context.records
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.state, 'waiting'),
        lte(webhookDelivery.nextAttemptAt, context.now),
        inArray(webhookDelivery.subscription, [...byId.keys()]),
        // A test is sent to a paused address too.
        or(inArray(webhookDelivery.subscription, listening), eq(webhookDelivery.event, TEST_EVENT)),
      ),
    )
    .orderBy(asc(webhookDelivery.nextAttemptAt), asc(webhookDelivery.id))
    .limit(limit)
    .for('update', { skipLocked: true })
  if (due.length === 0) return []
  await context.records
    .update(webhookDelivery)
    .set({ nextAttemptAt: context.now.add({ seconds: CLAIM_SECONDS }) })
    .where(
      inArray(
        webhookDelivery.id,
        due.map((delivery) => delivery.id),
      ),
    )
  return due.flatMap((delivery) => {
    const subscription = byId.get(delivery.subscription)
    return subscription ? [{ delivery, subscription }] : []
  })
}

/** What a person sends to see whether an address listens. */
export const TEST_EVENT = 'test'

export async function recordAttempt(
  context: Context,
  delivery: DeliveryRow,
  attempt: Attempt & { readonly attempts: number; readonly again: Temporal.Instant | null },
): Promise<void> {
  const { problem, status, attempts, again } = attempt
  await context.records
    .update(webhookDelivery)
    .set({
      attempts,
      lastAttemptAt: context.now,
      lastStatus: status,
      lastProblem: problem,
      state: problem === null ? 'delivered' : again === null ? 'failed' : 'waiting',
      nextAttemptAt: problem === null ? null : again,
    })
    .where(eq(webhookDelivery.id, delivery.id))
  if (problem === 'gone')
    await context.records
      .update(webhookSubscription)
      .set({ enabled: false, pausedBecause: 'gone' })
      .where(eq(webhookSubscription.id, delivery.subscription))
}

export async function deliveryPage(
  context: Context,
  subscription: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ rows: DeliveryRow[]; nextCursor: string | null }> {
  const before = readTimePlace(cursor)
  const { createdAt, id } = webhookDelivery
  const rows = await context.records
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.subscription, subscription),
        before ? or(lt(createdAt, before.at), and(eq(createdAt, before.at), lt(id, before.id))) : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(limit + 1)
  const { shown, nextCursor } = toPage(rows, limit, (row) => writeCursor(row.createdAt.toString(), row.id))
  return { rows: shown, nextCursor }
}

/** What became of messages, by id. */
export async function deliveriesByIds(context: Context, ids: readonly string[]): Promise<DeliveryRow[]> {
  if (ids.length === 0) return []
  return context.records
    .select()
    .from(webhookDelivery)
    .where(inArray(webhookDelivery.id, [...ids]))
}

/** One attempt more, now. Null where the owner has no such message; one that arrived stays as it is. */
export async function tryAgain(context: Context, owner: string, delivery: string): Promise<DeliveryRow | null> {
  const [known] = await deliveriesByIds(context, [delivery])
  if (!known || (await findSubscription(context, owner, known.subscription)) === null) return null
  await context.records
    .update(webhookDelivery)
    .set({ state: 'waiting', nextAttemptAt: context.now })
    .where(and(eq(webhookDelivery.id, delivery), inArray(webhookDelivery.state, ['waiting', 'failed'])))
  const [row] = await context.records.select().from(webhookDelivery).where(eq(webhookDelivery.id, delivery))
  return row ?? null
}

export async function forgetDelivered(context: Context, owner: string, before: Temporal.Instant): Promise<void> {
  const own = context.records
    .select({ id: webhookSubscription.id })
    .from(webhookSubscription)
    .where(eq(webhookSubscription.owner, owner))
  await context.records
    .delete(webhookDelivery)
    .where(
      and(
        inArray(webhookDelivery.subscription, own),
        inArray(webhookDelivery.state, ['delivered', 'failed']),
        lt(webhookDelivery.lastAttemptAt, before),
      ),
    )
}
