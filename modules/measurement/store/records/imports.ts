/** Queries over mappings, imports and the rows they refused. */
import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { RowIssue } from '#organisation/contract'
import type { MappingDefinition } from '../../contract.ts'
import { fileImport, importIssue, mapping } from '../../tables.ts'

export type ImportRow = typeof fileImport.$inferSelect

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const OPEN = ['waiting', 'running'] as const

export async function mappingRows(context: Context): Promise<{ name: string; definition: MappingDefinition }[]> {
  return context.records
    .select({ name: mapping.name, definition: mapping.definition })
    .from(mapping)
    .orderBy(asc(mapping.name))
}
export async function findMapping(context: Context, name: string): Promise<MappingDefinition | null> {
  const [row] = await context.records.select().from(mapping).where(eq(mapping.name, name))
  return row?.definition ?? null
}
export async function upsertMapping(context: Context, name: string, definition: MappingDefinition): Promise<void> {
  const saved = { definition, savedAt: context.now, savedBy: context.who.name }
  await context.records
    .insert(mapping)
    .values({ organisationId: context.organisation, name, ...saved })
    .onConflictDoUpdate({ target: [mapping.organisationId, mapping.name], set: saved })
}

export async function insertImport(
  context: Context,
  row: Omit<typeof fileImport.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records.insert(fileImport).values({ ...row, organisationId: context.organisation })
}

export async function findImport(context: Context, id: string, lock = false): Promise<ImportRow | null> {
  if (!UUID.test(id)) return null
  const query = context.records.select().from(fileImport).where(eq(fileImport.id, id))
  const [row] = await (lock ? query.for('update') : query)
  return row ?? null
}

export async function importPage(
  context: Context,
  before: { at: string; id: string } | undefined,
  limit: number,
): Promise<ImportRow[]> {
  return context.records
    .select()
    .from(fileImport)
    .where(
      before
        ? sql`(${fileImport.askedAt}, ${fileImport.id}) < (${before.at}::timestamptz, ${before.id}::uuid)`
        : undefined,
    )
    .orderBy(desc(fileImport.askedAt), desc(fileImport.id))
    .limit(limit)
}

/** Takes an open import nobody else is working on; null when there is nothing to take. */
export async function claimImport(
  context: Context,
  id: string,
  claim: string,
  claimedUntil: Temporal.Instant,
): Promise<ImportRow | null> {
  const [row] = await context.records
    .update(fileImport)
    .set({
      claim,
      claimedUntil,
      state: 'running',
      startedAt: sql`coalesce(${fileImport.startedAt}, ${context.now.toString()}::timestamptz)`,
    })
    .where(and(eq(fileImport.id, id), inArray(fileImport.state, [...OPEN]), free(context)))
    .returning()
  return row ?? null
}

const free = (context: Context) => or(isNull(fileImport.claimedUntil), lt(fileImport.claimedUntil, context.now))

/** Open imports nobody works on: asked for just now, or left behind by a process that died. */
export async function freeImports(context: Context, limit: number): Promise<string[]> {
  const rows = await context.records
    .select({ id: fileImport.id })
    .from(fileImport)
    .where(and(inArray(fileImport.state, [...OPEN]), free(context)))
    .orderBy(asc(fileImport.askedAt))
    .limit(limit)
  return rows.map((row) => row.id)
}

/** Writes what the holder of the claim knows; false when it lost the claim or the import was stopped. */
export async function advanceImport(
  context: Context,
  id: string,
  claim: string,
  change: Partial<typeof fileImport.$inferInsert>,
): Promise<boolean> {
  const rows = await context.records
    .update(fileImport)
    .set(change)
    .where(and(eq(fileImport.id, id), eq(fileImport.claim, claim), eq(fileImport.state, 'running')))
    .returning({ id: fileImport.id })
  return rows.length > 0
}

export async function setImport(
  context: Context,
  id: string,
  change: Partial<typeof fileImport.$inferInsert>,
): Promise<void> {
  await context.records.update(fileImport).set(change).where(eq(fileImport.id, id))
}

const ISSUES_PER_STATEMENT = 5_000

/** Numbered from `first`; a number that is there already stays, for a row may be read twice after an interruption. */
export async function insertIssues(
  context: Context,
  importId: string,
  first: number,
  issues: readonly RowIssue[],
): Promise<void> {
  for (let start = 0; start < issues.length; start += ISSUES_PER_STATEMENT) {
    const rows = issues.slice(start, start + ISSUES_PER_STATEMENT).map((issue, index) => ({
      organisationId: context.organisation,
      importId,
      number: first + start + index,
      row: issue.row,
      field: issue.field,
      rule: issue.rule,
      message: issue.message,
    }))
    await context.records.insert(importIssue).values(rows).onConflictDoNothing()
  }
}

export async function issueRows(
  context: Context,
  importId: string,
  after: number,
  limit: number,
): Promise<(RowIssue & { number: number })[]> {
  return context.records
    .select({
      number: importIssue.number,
      row: importIssue.row,
      field: importIssue.field,
      rule: importIssue.rule,
      message: importIssue.message,
    })
    .from(importIssue)
    .where(and(eq(importIssue.importId, importId), gt(importIssue.number, after)))
    .orderBy(asc(importIssue.number))
    .limit(limit)
}
