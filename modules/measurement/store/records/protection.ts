/** How small groups are protected, and which indicators say that they rest on people's answers. */
import { desc, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { IndicatorDraft } from '../../contract/indicators.ts'
import type { ProtectionDraft } from '../../contract/protection.ts'
import { indicator } from '../../tables.ts'
import { protectionSetting } from '../../tables/protection.ts'

export type ProtectionRow = Omit<typeof protectionSetting.$inferSelect, 'organisationId'>

export async function findProtection(context: Context): Promise<ProtectionRow | null> {
  const [row] = await context.records.select().from(protectionSetting)
  return row ?? null
}

export async function saveProtectionRow(context: Context, draft: ProtectionDraft): Promise<void> {
  const row = { ...draft, changedAt: context.now, changedBy: context.who.name }
  await context.records
    .insert(protectionSetting)
    .values({ organisationId: context.organisation, ...row })
    .onConflictDoUpdate({ target: protectionSetting.organisationId, set: row })
}

/** Newest versions that may be answers of people by themselves, also retired ones: what was answered stays an answer. */
export async function draftsOfAnswers(context: Context): Promise<IndicatorDraft[]> {
  const newest = newestDrafts(context)
  const rows = await context.records
    .select({ draft: newest.draft })
    .from(newest)
    .where(
      sql`${newest.draft}->>'answers' = 'people' or ${newest.draft}->'definition'->>'kind' = 'survey' or ${newest.draft}->>'category' = 'satisfaction'`,
    )
  return rows.map((row) => row.draft)
}

export async function everyDraft(context: Context): Promise<IndicatorDraft[]> {
  const newest = newestDrafts(context)
  return (await context.records.select({ draft: newest.draft }).from(newest)).map((row) => row.draft)
}

const newestDrafts = (context: Context) =>
  context.records
    .selectDistinctOn([indicator.id], { id: indicator.id, draft: indicator.draft })
    .from(indicator)
    .orderBy(indicator.id, desc(indicator.version))
    .as('newest')
