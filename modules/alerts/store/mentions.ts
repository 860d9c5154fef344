/** Queries over texts that were read and what was found in them. */
import { and, eq, gte, lt } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { mention, watchedText } from '../tables/mentions.ts'

export type MentionRow = Omit<typeof mention.$inferSelect, 'organisationId'>

/** Those not read before; they now count as read. */
export async function claimTexts(
  context: Context,
  texts: readonly { id: string; at: Temporal.Instant }[],
): Promise<Set<string>> {
  if (texts.length === 0) return new Set()
  const rows = await context.records
    .insert(watchedText)
    .values(texts.map(({ id, at }) => ({ organisationId: context.organisation, id, at })))
    .onConflictDoNothing()
    .returning({ id: watchedText.id })
  return new Set(rows.map((row) => row.id))
}

export async function insertMentions(context: Context, rows: readonly MentionRow[]): Promise<void> {
  if (rows.length === 0) return
  await context.records
    .insert(mention)
    .values(rows.map((row) => ({ ...row, organisationId: context.organisation })))
    .onConflictDoNothing()
}

/** Mentions one evaluation looks at. */
const MENTIONS_LIMIT = 100_000

export async function mentionsSince(context: Context, ruleId: string, since: Temporal.Instant): Promise<MentionRow[]> {
  return context.records
    .select()
    .from(mention)
    .where(and(eq(mention.ruleId, ruleId), gte(mention.at, since)))
    .orderBy(mention.at)
    .limit(MENTIONS_LIMIT)
}

/** Excerpts are other people's words: they are kept no longer than they are looked at. */
export async function forgetMentions(context: Context, before: Temporal.Instant): Promise<void> {
  await context.records.delete(mention).where(lt(mention.at, before))
  await context.records.delete(watchedText).where(lt(watchedText.at, before))
}
