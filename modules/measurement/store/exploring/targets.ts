/** Queries over targets. */
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import { target } from '../../tables/exploring.ts'

export type TargetRow = typeof target.$inferSelect

/** Those not withdrawn, the newest day first. */
export async function targetRows(context: Context, indicator: string): Promise<TargetRow[]> {
  return context.records
    .select()
    .from(target)
    .where(and(eq(target.indicator, indicator), isNull(target.withdrawnAt)))
    .orderBy(desc(target.effectiveFrom), desc(target.recordedAt), desc(target.id))
}

export async function insertTarget(
  context: Context,
  row: Pick<
    TargetRow,
    'indicator' | 'segment' | 'entity' | 'value' | 'bandLow' | 'bandHigh' | 'effectiveFrom' | 'source'
  >,
): Promise<TargetRow> {
  const [saved] = await context.records
    .insert(target)
    .values({
      ...row,
      organisationId: context.organisation,
      id: context.newId(),
      recordedAt: context.now,
      recordedBy: context.who.name,
    })
    .returning()
  return saved!
}

/** Its indicator; null where there is none to withdraw. */
export async function markWithdrawn(context: Context, id: string): Promise<string | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records
    .update(target)
    .set({ withdrawnAt: context.now, withdrawnBy: context.who.name })
    .where(and(eq(target.id, id), isNull(target.withdrawnAt)))
    .returning({ indicator: target.indicator })
  return row?.indicator ?? null
}
