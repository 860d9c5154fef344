/** Queries over what people judged. */
import { and, count, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { assessment } from '../tables/assessing.ts'

export type AssessmentRow = typeof assessment.$inferSelect

/** Of one item, in the periods from the first to the last. */
export async function assessmentsOf(
  context: Context,
  of: { scheme: string; item?: string; grain: Grain; from: string; to: string; person?: string },
): Promise<AssessmentRow[]> {
  return context.records
    .select()
    .from(assessment)
    .where(
      and(
        eq(assessment.scheme, of.scheme),
        of.item === undefined ? undefined : eq(assessment.item, of.item),
        of.person === undefined ? undefined : eq(assessment.personId, of.person),
        eq(assessment.grain, of.grain),
        gte(assessment.periodStart, Temporal.PlainDate.from(of.from)),
        lte(assessment.periodStart, Temporal.PlainDate.from(of.to)),
      ),
    )
}

/** One judgement; a later one of the same person takes its place, in whatever capacity the earlier one was given. */
export async function putAssessment(
  context: Context,
  row: Omit<AssessmentRow, 'organisationId' | 'periodStart' | 'at'> & { periodStart: string },
): Promise<void> {
  const value = {
    ...row,
    organisationId: context.organisation,
    periodStart: Temporal.PlainDate.from(row.periodStart),
    at: context.now,
  }
  await context.records
    .delete(assessment)
    .where(
      and(
        eq(assessment.scheme, row.scheme),
        eq(assessment.item, row.item),
        eq(assessment.grain, row.grain),
        eq(assessment.periodStart, value.periodStart),
        eq(assessment.entity, row.entity),
        eq(assessment.personId, row.personId),
      ),
    )
  await context.records
    .insert(assessment)
    .values(value)
    .onConflictDoUpdate({
      target: [
        assessment.organisationId,
        assessment.scheme,
        assessment.item,
        assessment.grain,
        assessment.periodStart,
        assessment.entity,
        assessment.rater,
        assessment.personId,
      ],
      set: { value: row.value, remark: row.remark, personName: row.personName, at: context.now },
    })
}

/** Periods with judgements of these items, newest first. */
export async function assessedPeriods(
  context: Context,
  of: { scheme: string; items: readonly string[]; grain: Grain; limit: number },
): Promise<{ item: string; periodStart: string; judgements: number }[]> {
  if (of.items.length === 0) return []
  const rows = await context.records
    .select({ item: assessment.item, periodStart: assessment.periodStart, judgements: count() })
    .from(assessment)
    .where(
      and(eq(assessment.scheme, of.scheme), inArray(assessment.item, [...of.items]), eq(assessment.grain, of.grain)),
    )
    .groupBy(assessment.item, assessment.periodStart)
    .orderBy(desc(assessment.periodStart), assessment.item)
    .limit(of.limit)
  return rows.map((row) => ({ ...row, periodStart: row.periodStart.toString() }))
}
