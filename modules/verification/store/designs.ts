/** Every query of `verification`. */
import { and, asc, desc, eq, inArray, isNotNull, lt, or } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { Design, Proof, Verdict, Waiver, Watch } from '../contract.ts'
import { type ComparisonSeries, design } from '../tables.ts'

export type DesignRow = typeof design.$inferSelect

/** The design of a plan's newest approved revision. */
export async function newestDesign(context: Context, planId: string): Promise<DesignRow | null> {
  if (!isUuid(planId)) return null
  const [row] = await context.records
    .select()
    .from(design)
    .where(eq(design.planId, planId))
    .orderBy(desc(design.planRevision))
    .limit(1)
  return row ?? null
}

/** All designs of a plan, newest first. */
export async function designsOfPlan(context: Context, planId: string): Promise<DesignRow[]> {
  if (!isUuid(planId)) return []
  return context.records.select().from(design).where(eq(design.planId, planId)).orderBy(desc(design.planRevision))
}

export async function saveWaiver(context: Context, id: string, waiver: Waiver): Promise<void> {
  await context.records.update(design).set({ state: 'waived', waiver }).where(eq(design.id, id))
}

/** Held until the transaction ends: a proof is concluded once. */
export async function lockDesign(context: Context, id: string): Promise<DesignRow | null> {
  const [row] = await context.records.select().from(design).where(eq(design.id, id)).for('update')
  return row ?? null
}

export async function insertDesign(
  context: Context,
  row: Omit<typeof design.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records
    .insert(design)
    .values({ ...row, organisationId: context.organisation })
    .onConflictDoNothing()
}

/** Earlier designs of the plan that still waited give way to the new one; they stay readable. */
export async function supersedeWaiting(context: Context, planId: string): Promise<void> {
  await context.records
    .update(design)
    .set({ state: 'superseded' })
    .where(and(eq(design.planId, planId), eq(design.state, 'waiting')))
}

export async function saveVerdict(
  context: Context,
  id: string,
  kept: {
    verdict: Verdict
    points: Proof['points']
    comparison: ComparisonSeries[]
    watchUntil: Temporal.PlainDate | null
    watch: Watch | null
  },
): Promise<void> {
  await context.records
    .update(design)
    .set({ state: 'concluded', ...kept })
    .where(eq(design.id, id))
}

/** Designs whose end date is past. */
export async function dueDesigns(context: Context, today: string, limit: number): Promise<DesignRow[]> {
  return context.records
    .select()
    .from(design)
    .where(and(eq(design.state, 'waiting'), lt(design.endsOn, Temporal.PlainDate.from(today))))
    .orderBy(asc(design.endsOn), asc(design.id))
    .limit(limit)
}

export async function listDesignRows(
  context: Context,
  filter: {
    state?: Design['state'] | undefined
    before?: { at: Temporal.Instant; id: string } | undefined
    limit: number
  },
): Promise<DesignRow[]> {
  const { before } = filter
  return context.records
    .select()
    .from(design)
    .where(
      and(
        filter.state ? eq(design.state, filter.state) : undefined,
        before
          ? or(lt(design.frozenAt, before.at), and(eq(design.frozenAt, before.at), lt(design.id, before.id)))
          : undefined,
      ),
    )
    .orderBy(desc(design.frozenAt), desc(design.id))
    .limit(filter.limit)
}

/** Effective designs whose effect is still watched. */
export async function watchedDesigns(context: Context, limit: number): Promise<DesignRow[]> {
  return context.records
    .select()
    .from(design)
    .where(isNotNull(design.watchUntil))
    .orderBy(asc(design.watchUntil), asc(design.id))
    .limit(limit)
}

/** A watch that is over is not looked at again. */
export async function saveWatch(context: Context, id: string, watch: Watch): Promise<void> {
  const over = watch.state === 'watching' ? {} : { watchUntil: null }
  await context.records
    .update(design)
    .set({ watch, ...over })
    .where(eq(design.id, id))
}

/** Designs that came to an end, newest first. */
export async function endedDesigns(context: Context, limit: number): Promise<DesignRow[]> {
  return context.records
    .select()
    .from(design)
    .where(inArray(design.state, ['concluded', 'waived']))
    .orderBy(desc(design.frozenAt), desc(design.id))
    .limit(limit)
}
