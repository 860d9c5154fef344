/** The book of batches, and what was stored without having been announced. */
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { batch, fileImport, untoldEvents } from '../../tables.ts'

export type BatchRow = typeof batch.$inferSelect
export type BatchSource = BatchRow['source']

export async function insertBatch(
  context: Context,
  row: Pick<BatchRow, 'id' | 'source' | 'importId' | 'origin' | 'sent' | 'stored' | 'corrected' | 'hash'>,
): Promise<void> {
  const { organisation, now } = context
  await context.records
    .insert(batch)
    .values({ ...row, organisationId: organisation, acknowledgedAt: now, state: 'acknowledged' })
}

/** The newest batches that stored something. */
export async function acknowledgedBatches(context: Context, limit: number): Promise<BatchRow[]> {
  return context.records
    .select()
    .from(batch)
    .where(and(eq(batch.state, 'acknowledged'), gt(batch.stored, 0)))
    .orderBy(desc(batch.acknowledgedAt))
    .limit(limit)
}

export async function markMissing(context: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await context.records
    .update(batch)
    .set({ state: 'missing' })
    .where(inArray(batch.id, [...ids]))
}

export interface Untold {
  readonly eventType: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly stored: number
}

/** Adds to what waits; true when nothing waited for one of the types before. */
export async function addUntold(context: Context, untold: readonly Untold[]): Promise<boolean> {
  // One order for all, so that two batches never wait for each other.
  const rows = untold
    .toSorted((a, b) => (a.eventType < b.eventType ? -1 : 1))
    .map((each) => ({ ...each, organisationId: context.organisation }))
  const answer = await context.records
    .insert(untoldEvents)
    .values(rows)
    .onConflictDoUpdate({
      target: [untoldEvents.organisationId, untoldEvents.eventType],
      set: {
        from: sql`least(${untoldEvents.from}, excluded.from_at)`,
        to: sql`greatest(${untoldEvents.to}, excluded.to_at)`,
        stored: sql`${untoldEvents.stored} + excluded.stored`,
      },
    })
    .returning({ fresh: sql<boolean>`xmax = 0` })
  return answer.some((row) => row.fresh)
}

export async function takeUntold(context: Context): Promise<Untold[]> {
  return context.records.delete(untoldEvents).returning()
}

/** How the events of batches came in. */
export async function sourcesOfBatches(context: Context, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>()
  const rows = await context.records
    .select({
      id: batch.id,
      kind: batch.source,
      importId: batch.importId,
      fileName: fileImport.fileName,
      origin: batch.origin,
    })
    .from(batch)
    .leftJoin(fileImport, eq(fileImport.id, batch.importId))
    .where(inArray(batch.id, [...ids]))
  return new Map(rows.map(({ id, ...source }) => [id, source]))
}
