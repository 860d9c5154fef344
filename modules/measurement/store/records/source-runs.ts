/** Queries over the runs of data sources: counted by their import where they have one, by themselves otherwise. */
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { SourceRun } from '../../contract.ts'
import { fileImport, sourceRun } from '../../tables.ts'

type RunInsert = Omit<typeof sourceRun.$inferInsert, 'organisationId'>
export interface ShownRun extends Omit<SourceRun, 'startedAt' | 'endedAt'> {
  readonly startedAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
}

export async function insertRun(context: Context, row: RunInsert): Promise<void> {
  await context.records.insert(sourceRun).values({ ...row, organisationId: context.organisation })
}
export async function setRun(context: Context, id: string, change: Partial<RunInsert>): Promise<void> {
  await context.records.update(sourceRun).set(change).where(eq(sourceRun.id, id))
}

/** Attempts nobody works on any more: the process died in the middle. */
export async function giveUpRuns(context: Context, before: Temporal.Instant): Promise<void> {
  await context.records
    .update(sourceRun)
    .set({ state: 'failed', endedAt: context.now, problem: 'interrupted: The attempt was cut off. It is made again.' })
    .where(and(eq(sourceRun.state, 'running'), isNull(sourceRun.importId), lt(sourceRun.startedAt, before)))
}

const counted = (name: 'rows' | 'stored' | 'duplicates' | 'corrected' | 'refused' | 'ahead' | 'repeats') =>
  sql<number>`coalesce(${fileImport[name]}, ${sourceRun[name]})::int`

const shown = {
  id: sourceRun.id,
  importId: sourceRun.importId,
  file: sourceRun.file,
  fileName: sourceRun.fileName,
  startedAt: sourceRun.startedAt,
  endedAt: sourceRun.endedAt,
  importEndedAt: fileImport.endedAt,
  state: sql<SourceRun['state']>`coalesce(${fileImport.state}, ${sourceRun.state})`,
  problem: sql<string | null>`coalesce(${fileImport.problem}, ${sourceRun.problem})`,
  bytes: sourceRun.bytes,
  messages: sourceRun.messages,
  rows: counted('rows'),
  stored: counted('stored'),
  duplicates: counted('duplicates'),
  corrected: counted('corrected'),
  refused: counted('refused'),
  ahead: counted('ahead'),
  repeats: counted('repeats'),
}

export async function runPage(
  context: Context,
  sourceId: string,
  before: { at: string; id: string } | undefined,
  limit: number,
): Promise<ShownRun[]> {
  const rows = await context.records
    .select(shown)
    .from(sourceRun)
    .leftJoin(fileImport, eq(fileImport.id, sourceRun.importId))
    .where(
      and(
        eq(sourceRun.sourceId, sourceId),
        before
          ? sql`(${sourceRun.startedAt}, ${sourceRun.id}) < (${before.at}::timestamptz, ${before.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(sql`${sourceRun.startedAt} desc`, sql`${sourceRun.id} desc`)
    .limit(limit)
  return rows.map(({ importEndedAt, ...row }) => ({ ...row, endedAt: importEndedAt ?? row.endedAt }))
}

export async function findRun(context: Context, id: string) {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(sourceRun).where(eq(sourceRun.id, id))
  return row ?? null
}

/** The newest run of each source that says how it stands, and what its runs of some days refused. */
export async function runSummaries(context: Context, since: Temporal.Instant) {
  const newest = await context.records
    .selectDistinctOn([sourceRun.sourceId], {
      sourceId: sourceRun.sourceId,
      problem: shown.problem,
      state: shown.state,
    })
    .from(sourceRun)
    .leftJoin(fileImport, eq(fileImport.id, sourceRun.importId))
    .orderBy(sourceRun.sourceId, sql`${sourceRun.startedAt} desc`)
  const sums = await context.records
    .select({
      sourceId: sourceRun.sourceId,
      refused: sql<number>`sum(${shown.refused})::int`,
      repeats: sql<number>`sum(${shown.repeats})::int`,
      ahead: sql<number>`sum(${shown.ahead})::int`,
    })
    .from(sourceRun)
    .leftJoin(fileImport, eq(fileImport.id, sourceRun.importId))
    .where(gt(sourceRun.startedAt, since))
    .groupBy(sourceRun.sourceId)
  const problems = new Map(newest.map((row) => [row.sourceId, row.state === 'failed' ? row.problem : null]))
  const sumOf = new Map(sums.map((row) => [row.sourceId, row]))
  return { problems, sumOf }
}

export interface HourCounts {
  readonly bytes: number
  readonly rows: number
  readonly stored: number
  readonly duplicates: number
  readonly corrected: number
  readonly refused: number
  readonly ahead: number
  readonly repeats: number
  readonly issueCount: number
}

/** Adds a message to the run of its hour; gives the run's id and how many issues it holds now. */
export async function addToHour(
  context: Context,
  sourceId: string,
  hour: Temporal.Instant,
  counts: HourCounts,
): Promise<{ id: string; issueCount: number }> {
  const { organisation: organisationId, now } = context
  const add = (name: keyof HourCounts) => sql`${sourceRun[name]} + ${counts[name]}`
  const [row] = await context.records
    .insert(sourceRun)
    .values({
      ...counts,
      organisationId,
      id: context.newId(),
      sourceId,
      hour,
      startedAt: hour,
      endedAt: now,
      state: 'done',
      messages: 1,
    })
    .onConflictDoUpdate({
      target: [sourceRun.organisationId, sourceRun.sourceId, sourceRun.hour],
      set: {
        endedAt: now,
        messages: sql`${sourceRun.messages} + 1`,
        bytes: add('bytes'),
        rows: add('rows'),
        stored: add('stored'),
        duplicates: add('duplicates'),
        corrected: add('corrected'),
        refused: add('refused'),
        ahead: add('ahead'),
        repeats: add('repeats'),
        issueCount: add('issueCount'),
      },
    })
    .returning({ id: sourceRun.id, issueCount: sourceRun.issueCount })
  return row!
}
