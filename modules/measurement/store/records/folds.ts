/** Which facts are folded how far, and which days and months must be folded again. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Fact } from '../../rules/plan/fact.ts'
import { foldFact, foldMark } from '../../tables.ts'

export interface FoldedFactRow {
  readonly id: number
  readonly eventType: string
  readonly fact: Fact
  /** Days from here on are folded; null: none yet. */
  readonly filledFrom: string | null
  readonly filled: boolean
}
export interface Mark {
  readonly eventType: string
  readonly grain: 'day' | 'month'
  readonly start: string
  readonly rise: number
}

export async function foldFacts(context: Context): Promise<FoldedFactRow[]> {
  const { id, eventType, fact, filledFrom, filled } = foldFact
  return context.records
    .select({ id, eventType, fact, filledFrom, filled })
    .from(foldFact)
    .orderBy(asc(eventType), asc(id))
}

/** How far these facts are folded; those that are not kept are missing. Without what they are: this is asked with every question. */
export async function foldProgress(
  context: Context,
  ids: readonly number[],
): Promise<Map<number, Omit<FoldedFactRow, 'fact'>>> {
  const { id, eventType, filledFrom, filled } = foldFact
  const rows = await context.records
    .select({ id, eventType, filledFrom, filled })
    .from(foldFact)
    .where(inArray(id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}

export async function insertFoldFacts(
  context: Context,
  rows: readonly Pick<FoldedFactRow, 'id' | 'eventType' | 'fact'>[],
): Promise<void> {
  if (rows.length === 0) return
  await context.records
    .insert(foldFact)
    .values(rows.map((row) => ({ ...row, organisationId: context.organisation, askedAt: context.now })))
    .onConflictDoNothing()
}

export async function deleteFoldFacts(context: Context, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await context.records.delete(foldFact).where(inArray(foldFact.id, [...ids]))
}

export async function setFilled(
  context: Context,
  ids: readonly number[],
  filledFrom: string | null,
  filled: boolean,
): Promise<void> {
  await context.records
    .update(foldFact)
    .set({ filledFrom, filled })
    .where(inArray(foldFact.id, [...ids]))
}

/** Marks of these types; all without types. */
export async function foldMarks(context: Context, eventTypes?: readonly string[]): Promise<Mark[]> {
  const { eventType, grain, start, rise } = foldMark
  return context.records
    .select({ eventType, grain, start, rise })
    .from(foldMark)
    .where(eventTypes === undefined ? undefined : inArray(eventType, [...eventTypes]))
    .orderBy(asc(eventType), asc(grain), asc(start))
}

/** Sets or raises marks. In one order for all, so that two batches never wait for each other. */
export async function raiseMarks(context: Context, marks: readonly Omit<Mark, 'rise'>[]): Promise<void> {
  if (marks.length === 0) return
  const rows = marks.map((mark) => ({ ...mark, organisationId: context.organisation }))
  const text = ({ eventType, grain, start }: Omit<Mark, 'rise'>) => `${eventType} ${grain} ${start}`
  const ordered = rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
  for (let first = 0; first < ordered.length; first += ROWS_PER_STATEMENT) {
    await context.records
      .insert(foldMark)
      .values(ordered.slice(first, first + ROWS_PER_STATEMENT))
      .onConflictDoUpdate({
        target: [foldMark.organisationId, foldMark.eventType, foldMark.grain, foldMark.start],
        set: { rise: sql`${foldMark.rise} + 1` },
      })
  }
}
const ROWS_PER_STATEMENT = 5_000

/** Takes down the marks that did not rise since they were read. */
export async function clearMarks(context: Context, marks: readonly Mark[]): Promise<void> {
  for (const { eventType, grain, start, rise } of marks) {
    await context.records
      .delete(foldMark)
      .where(
        and(
          eq(foldMark.eventType, eventType),
          eq(foldMark.grain, grain),
          eq(foldMark.start, start),
          eq(foldMark.rise, rise),
        ),
      )
  }
}

/** One process folds an organisation at a time; false: another one does. Held until the transaction ends. */
export async function lockFolding(context: Context): Promise<boolean> {
  const answer = await context.records.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${context.organisation} folding`}, 0)) as locked`,
  )
  return answer.rows[0]?.locked === true
}

/** A number that rises with every fold, whatever the clock does. */
export async function foldVersion(context: Context): Promise<number> {
  const answer = await context.records.execute<{ version: string }>(sql`select pg_current_xact_id()::text as version`)
  return Number(answer.rows[0]!.version)
}
