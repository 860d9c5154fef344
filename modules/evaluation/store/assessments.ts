/** Queries over what people judged. */
import { and, eq, gte, lte } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { assessment } from '../tables/assessing.ts'

export type AssessmentRow = typeof assessment.$inferSelect

/** Of one item, in the periods from the first to the last. */
export async function assessmentsOf(
  context: Context,
  of: { scheme: string; item?: string; grain: Grain; from: string; to: string },
): Promise<AssessmentRow[]> {
  return context.records
    .select()
    .from(assessment)
    .where(
      and(
        eq(assessment.scheme, of.scheme),
        of.item === undefined ? undefined : eq(assessment.item, of.item),
        eq(assessment.grain, of.grain),
        gte(assessment.periodStart, Temporal.PlainDate.from(of.from)),
        lte(assessment.periodStart, Temporal.PlainDate.from(of.to)),
      ),
    )
}
