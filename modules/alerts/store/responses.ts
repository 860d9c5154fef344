/** Queries over response plans and the responses that were started. */
import { and, desc, eq, inArray, isNull, max } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { ResponsePlanDraft } from '../contract.ts'
import { response, responsePlan } from '../tables/responses.ts'

export type ResponseRow = Omit<typeof response.$inferSelect, 'organisationId'>
export interface PlanVersion {
  readonly id: string
  readonly version: number
  readonly draft: ResponsePlanDraft
}

/** The newest version of each plan the organisation wrote or changed. */
export async function planVersions(context: Context): Promise<PlanVersion[]> {
  return context.records
    .selectDistinctOn([responsePlan.id], {
      id: responsePlan.id,
      version: responsePlan.version,
      draft: responsePlan.draft,
    })
    .from(responsePlan)
    .orderBy(responsePlan.id, desc(responsePlan.version))
}

export async function insertPlan(context: Context, draft: ResponsePlanDraft, version: number): Promise<void> {
  await context.records.insert(responsePlan).values({
    organisationId: context.organisation,
    id: draft.id,
    version,
    draft,
    createdAt: context.now,
    createdBy: context.who.name,
  })
}

/** When each plan was last started, in earnest and as a drill. */
export async function lastStarts(
  context: Context,
): Promise<{ planId: string; drill: boolean; at: Temporal.Instant | null }[]> {
  return context.records
    .select({ planId: response.planId, drill: response.drill, at: max(response.startedAt) })
    .from(response)
    .groupBy(response.planId, response.drill)
}

export async function responsesOf(context: Context, alertId: string): Promise<ResponseRow[]> {
  if (!isUuid(alertId)) return []
  return context.records
    .select()
    .from(response)
    .where(eq(response.alertId, alertId))
    .orderBy(desc(response.startedAt), desc(response.id))
}

/** The newest of each alert first. */
export async function responsesOfMany(context: Context, alertIds: readonly string[]): Promise<ResponseRow[]> {
  if (alertIds.length === 0) return []
  return context.records
    .select()
    .from(response)
    .where(inArray(response.alertId, [...alertIds]))
    .orderBy(desc(response.startedAt), desc(response.id))
}

export async function responsesByIds(context: Context, ids: readonly string[]): Promise<ResponseRow[]> {
  if (ids.length === 0) return []
  return context.records
    .select()
    .from(response)
    .where(inArray(response.id, [...ids]))
}

export async function runningResponse(context: Context, alertId: string): Promise<ResponseRow | null> {
  const [row] = await context.records
    .select()
    .from(response)
    .where(and(eq(response.alertId, alertId), isNull(response.endedAt)))
  return row ?? null
}

export async function lockResponse(context: Context, id: string): Promise<ResponseRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(response).where(eq(response.id, id)).for('update')
  return row ?? null
}

export async function insertResponse(context: Context, row: ResponseRow): Promise<void> {
  await context.records.insert(response).values({ ...row, organisationId: context.organisation })
}

export async function updateResponse(context: Context, id: string, change: Partial<ResponseRow>): Promise<void> {
  await context.records.update(response).set(change).where(eq(response.id, id))
}
