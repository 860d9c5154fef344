/** Queries over silences, maintenance windows and inhibitions. */
import { and, asc, desc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { InhibitionDraft } from '../contract.ts'
import { inhibition, quiet } from '../tables/quiet.ts'

export type QuietRow = Omit<typeof quiet.$inferSelect, 'organisationId'>

/** Those that may still apply at an instant, and those over since `since`; the newest first. */
export async function quietRows(context: Context, since: Temporal.Instant): Promise<QuietRow[]> {
  return context.records
    .select()
    .from(quiet)
    .where(or(gt(quiet.until, since), isNotNull(quiet.repeatsEveryDays)))
    .orderBy(desc(quiet.from), asc(quiet.id))
    .limit(500)
}

export async function insertQuiet(context: Context, row: QuietRow): Promise<void> {
  await context.records.insert(quiet).values({ ...row, organisationId: context.organisation })
}

export async function liftQuietRow(context: Context, id: string): Promise<QuietRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records
    .update(quiet)
    .set({ liftedAt: context.now })
    .where(and(eq(quiet.id, id), isNull(quiet.liftedAt)))
    .returning()
  return row ?? null
}

export async function inhibitionRows(context: Context): Promise<InhibitionDraft[]> {
  const rows = await context.records.select().from(inhibition).orderBy(asc(inhibition.id))
  return rows.map(({ draft }) => draft)
}

export async function replaceInhibitions(context: Context, drafts: readonly InhibitionDraft[]): Promise<void> {
  await context.records.delete(inhibition)
  if (drafts.length === 0) return
  await context.records
    .insert(inhibition)
    .values(drafts.map((draft) => ({ organisationId: context.organisation, id: draft.id, draft })))
}
