/** Queries over subscriptions from outside and what was shared with them. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import { sharing, subscription } from '../tables/sharings.ts'

export type SubscriptionRow = Omit<typeof subscription.$inferSelect, 'organisationId'>
export type SharingRow = Omit<typeof sharing.$inferSelect, 'organisationId'>

export async function subscriptionRows(context: Context): Promise<SubscriptionRow[]> {
  return context.records.select().from(subscription).orderBy(subscription.id)
}

export async function findSubscription(context: Context, id: string): Promise<SubscriptionRow | null> {
  const [row] = await context.records.select().from(subscription).where(eq(subscription.id, id)).for('update')
  return row ?? null
}

export async function saveSubscriptionRow(context: Context, row: SubscriptionRow): Promise<void> {
  const { draft, below } = row
  await context.records
    .insert(subscription)
    .values({ ...row, organisationId: context.organisation })
    .onConflictDoUpdate({ target: [subscription.organisationId, subscription.id], set: { draft, below } })
}

export async function removeSubscriptionRow(context: Context, id: string): Promise<void> {
  await context.records.delete(subscription).where(eq(subscription.id, id))
}

/** How many messages each subscription was sent, and how many of them were acknowledged. */
export async function sharingCounts(
  context: Context,
): Promise<{ subscriptionId: string; sent: number; acknowledged: number }[]> {
  return context.records
    .select({
      subscriptionId: sharing.subscriptionId,
      sent: sql<number>`count(*)::int`,
      acknowledged: sql<number>`count(*) filter (where ${sharing.acknowledgedAt} is not null)::int`,
    })
    .from(sharing)
    .groupBy(sharing.subscriptionId)
}

export async function sharingsOfAlert(context: Context, alertId: string): Promise<SharingRow[]> {
  return context.records
    .select()
    .from(sharing)
    .where(eq(sharing.alertId, alertId))
    .orderBy(sharing.createdAt, sharing.id)
}

/** False where the same was shared before. */
export async function insertSharing(context: Context, row: SharingRow): Promise<boolean> {
  const kept = await context.records
    .insert(sharing)
    .values({ ...row, organisationId: context.organisation })
    .onConflictDoNothing()
    .returning({ id: sharing.id })
  return kept.length > 0
}

export async function sharingPage(
  context: Context,
  filter: {
    alert?: string | undefined
    subscription?: string | undefined
    after?: { at: string; id: string } | undefined
    limit: number
  },
): Promise<SharingRow[]> {
  const { alert, subscription: own, after, limit } = filter
  if (alert !== undefined && !isUuid(alert)) return []
  return context.records
    .select()
    .from(sharing)
    .where(
      and(
        alert === undefined ? undefined : eq(sharing.alertId, alert),
        own === undefined ? undefined : eq(sharing.subscriptionId, own),
        after ? sql`(${sharing.createdAt}, ${sharing.id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(sharing.createdAt), desc(sharing.id))
    .limit(limit)
}

export async function lockSharing(context: Context, id: string): Promise<SharingRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(sharing).where(eq(sharing.id, id)).for('update')
  return row ?? null
}

export async function acknowledgeRow(context: Context, id: string, by: string): Promise<void> {
  await context.records
    .update(sharing)
    .set({ acknowledgedAt: context.now, acknowledgedBy: by })
    .where(eq(sharing.id, id))
}
