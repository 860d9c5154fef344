/** Queries over data sources, the files of watched folders and the messages of webhooks. */
import { and, asc, desc, eq, gt, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import { batch, hookMessage, source, sourceRun, watchedFile } from '../../tables.ts'

export type SourceRow = typeof source.$inferSelect
export type WatchedFileRow = typeof watchedFile.$inferSelect

export const sourceRows = async (context: Context): Promise<SourceRow[]> =>
  context.records.select().from(source).orderBy(asc(source.title), asc(source.id))

export async function findSource(context: Context, id: string, lock = false): Promise<SourceRow | null> {
  if (!isUuid(id)) return null
  const query = context.records.select().from(source).where(eq(source.id, id))
  const [row] = await (lock ? query.for('update') : query)
  return row ?? null
}
export async function insertSource(
  context: Context,
  row: Omit<typeof source.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records.insert(source).values({ ...row, organisationId: context.organisation })
}
export async function updateSource(
  context: Context,
  id: string,
  change: Partial<typeof source.$inferInsert>,
): Promise<void> {
  await context.records.update(source).set(change).where(eq(source.id, id))
}
export async function removeSource(context: Context, id: string): Promise<void> {
  await context.records.delete(watchedFile).where(eq(watchedFile.sourceId, id))
  await context.records.delete(hookMessage).where(eq(hookMessage.sourceId, id))
  await context.records.delete(sourceRun).where(eq(sourceRun.sourceId, id))
  await context.records.delete(source).where(eq(source.id, id))
}

export async function dueSources(context: Context): Promise<string[]> {
  const rows = await context.records
    .select({ id: source.id })
    .from(source)
    .where(and(eq(source.enabled, true), isNotNull(source.nextAt), lte(source.nextAt, context.now)))
    .orderBy(asc(source.nextAt))
  return rows.map((row) => row.id)
}

/** The newest time each origin brought something: a source's id, or a key. */
export async function lastArrivals(context: Context, since: Temporal.Instant): Promise<Map<string, Temporal.Instant>> {
  const rows = await context.records
    .select({ origin: batch.origin, at: sql<string>`max(${batch.acknowledgedAt})` })
    .from(batch)
    .where(
      and(isNotNull(batch.origin), gt(batch.acknowledgedAt, since), gt(sql`${batch.stored} + ${batch.corrected}`, 0)),
    )
    .groupBy(batch.origin)
  return new Map(rows.map((row) => [row.origin!, instantOf(row.at)]))
}

const instantOf = (text: string) => Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))

export interface Volume {
  readonly origin: string | null
  readonly hoursAgo: number
  readonly stored: number
}

/** What was stored in each of the last `hours` hours, by origin; files people uploaded have none. */
export async function volumes(context: Context, hours: number): Promise<Volume[]> {
  const now = context.now.toString()
  const ago = sql<number>`floor(extract(epoch from (${now}::timestamptz - ${batch.acknowledgedAt})) / 3600)::int`
  const grouped = sql`coalesce(${batch.origin}, case when ${batch.source} = 'file' then 'upload' end)`
  return context.records
    .select({ origin: sql<string | null>`${grouped}`, hoursAgo: ago, stored: sql<number>`sum(${batch.stored})::int` })
    .from(batch)
    .where(gt(batch.acknowledgedAt, context.now.subtract({ hours })))
    .groupBy(sql`1`, sql`2`)
}

export async function watchedFiles(context: Context, sourceId: string): Promise<Map<string, WatchedFileRow>> {
  const rows = await context.records.select().from(watchedFile).where(eq(watchedFile.sourceId, sourceId))
  return new Map(rows.map((row) => [row.name, row]))
}
export async function keepWatched(
  context: Context,
  row: Omit<typeof watchedFile.$inferInsert, 'organisationId' | 'seenAt'>,
): Promise<void> {
  const { organisation: organisationId, now: seenAt } = context
  const { sizeBytes, changedMilliseconds, taken } = row
  await context.records
    .insert(watchedFile)
    .values({ ...row, organisationId, seenAt })
    .onConflictDoUpdate({
      target: [watchedFile.organisationId, watchedFile.sourceId, watchedFile.name],
      set: { sizeBytes, changedMilliseconds, taken, seenAt },
    })
}
/** Whether an import of this content was begun, whatever its file was called. */
export async function isTaken(context: Context, sourceId: string, content: string): Promise<boolean> {
  const [row] = await context.records
    .select({ id: sourceRun.id })
    .from(sourceRun)
    .where(and(eq(sourceRun.sourceId, sourceId), eq(sourceRun.file, content), isNotNull(sourceRun.importId)))
    .limit(1)
  return row !== undefined
}

export async function findMessage(context: Context, sourceId: string, messageId: string) {
  const [row] = await context.records
    .select({ answer: hookMessage.answer })
    .from(hookMessage)
    .where(and(eq(hookMessage.sourceId, sourceId), eq(hookMessage.messageId, messageId)))
  return row?.answer ?? null
}
/** False where the message was answered before: by another request at the same time. */
export async function insertMessage(
  context: Context,
  sourceId: string,
  messageId: string,
  answer: Readonly<Record<string, number>>,
): Promise<boolean> {
  const { organisation: organisationId, now: answeredAt } = context
  const rows = await context.records
    .insert(hookMessage)
    .values({ organisationId, sourceId, messageId, answeredAt, answer })
    .onConflictDoNothing()
    .returning({ id: hookMessage.messageId })
  return rows.length > 0
}
export async function forgetMessages(context: Context, before: Temporal.Instant): Promise<void> {
  await context.records.delete(hookMessage).where(lt(hookMessage.answeredAt, before))
}

/** Titles by id, for those that are there. */
export async function sourcesByFreshness(context: Context, freshness: SourceRow['freshness']): Promise<SourceRow[]> {
  return context.records
    .select()
    .from(source)
    .where(inArray(source.freshness, [freshness]))
    .orderBy(desc(source.lastArrivalAt))
}
