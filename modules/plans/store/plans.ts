/** Every query of `plans`. */
import { and, asc, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { PlanDraft, PlanState } from '../contract.ts'
import { plan, step, task } from '../tables.ts'

export type PlanRow = typeof plan.$inferSelect
export type TaskRow = typeof task.$inferSelect
export type StepRow = typeof step.$inferSelect

export async function findPlan(context: Context, id: string): Promise<PlanRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(plan).where(eq(plan.id, id))
  return row ?? null
}

/** The same, held until the transaction ends, so that two people's steps follow one after the other. */
export async function lockPlan(context: Context, id: string): Promise<PlanRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(plan).where(eq(plan.id, id)).for('update')
  return row ?? null
}

export async function listPlanRows(
  context: Context,
  filter: {
    states?: readonly PlanState[] | undefined
    notCreatedBy?: string | undefined
    entity?: number | undefined
    before?: { at: Temporal.Instant; id: string } | undefined
    limit: number
  },
): Promise<PlanRow[]> {
  const { states, notCreatedBy, entity, before } = filter
  return context.records
    .select()
    .from(plan)
    .where(
      and(
        states ? inArray(plan.state, [...states]) : undefined,
        notCreatedBy ? ne(plan.createdBy, notCreatedBy) : undefined,
        entity === undefined ? undefined : eq(plan.entity, entity),
        before
          ? or(lt(plan.createdAt, before.at), and(eq(plan.createdAt, before.at), lt(plan.id, before.id)))
          : undefined,
      ),
    )
    .orderBy(desc(plan.createdAt), desc(plan.id))
    .limit(filter.limit)
}

export async function tasksOf(context: Context, planIds: readonly string[]): Promise<TaskRow[]> {
  if (planIds.length === 0) return []
  return context.records
    .select()
    .from(task)
    .where(inArray(task.planId, [...planIds]))
    .orderBy(asc(task.planId), asc(task.position))
}

export async function stepsOf(context: Context, planIds: readonly string[]): Promise<StepRow[]> {
  if (planIds.length === 0) return []
  return context.records
    .select()
    .from(step)
    .where(inArray(step.planId, [...planIds]))
    .orderBy(asc(step.at), asc(step.id))
}

/** Tasks of one person in running plans, by next deadline; done ones last. */
export async function tasksOfPerson(
  context: Context,
  personId: string,
  limit: number,
): Promise<{ planTitle: string; task: TaskRow }[]> {
  const rows = await context.records
    .select({ title: sql<string>`${plan.content}->>'title'`, task })
    .from(task)
    .innerJoin(plan, eq(plan.id, task.planId))
    .where(and(eq(task.ownerId, personId), eq(plan.state, 'running')))
    .orderBy(sql`${task.state} = 'done'`, asc(task.dueOn), asc(task.id))
    .limit(limit)
  return rows.map((row) => ({ planTitle: row.title, task: row.task }))
}

export async function insertPlan(
  context: Context,
  row: Omit<typeof plan.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records.insert(plan).values({ ...row, organisationId: context.organisation })
}

export async function updatePlan(
  context: Context,
  id: string,
  change: Partial<typeof plan.$inferInsert>,
): Promise<void> {
  await context.records.update(plan).set(change).where(eq(plan.id, id))
}

export async function insertStep(
  context: Context,
  row: Omit<typeof step.$inferInsert, 'organisationId' | 'id' | 'at' | 'byId' | 'byName'>,
): Promise<void> {
  await context.records.insert(step).values({
    ...row,
    organisationId: context.organisation,
    id: context.newId(),
    at: context.now,
    byId: context.who.id,
    byName: context.who.name,
  })
}

/** Replaces the tasks of a plan; a task that keeps its id keeps its state and remark. */
export async function replaceTasks(context: Context, planId: string, tasks: PlanDraft['tasks']): Promise<void> {
  const before = new Map((await tasksOf(context, [planId])).map((row) => [row.id, row]))
  await context.records.delete(task).where(eq(task.planId, planId))
  if (tasks.length === 0) return
  await context.records.insert(task).values(
    tasks.map((draft, position) => {
      const known = draft.id === undefined ? undefined : before.get(draft.id)
      return {
        organisationId: context.organisation,
        planId,
        id: known?.id ?? context.newId(),
        position,
        title: draft.title,
        ownerId: draft.ownerId,
        startsOn: draft.startsOn === null ? null : Temporal.PlainDate.from(draft.startsOn),
        dueOn: Temporal.PlainDate.from(draft.dueOn),
        state: known?.state ?? ('open' as const),
        remark: known?.remark ?? '',
      }
    }),
  )
}

export async function setTask(
  context: Context,
  planId: string,
  taskId: string,
  change: Pick<TaskRow, 'state' | 'remark'>,
): Promise<boolean> {
  if (!isUuid(taskId)) return false
  const rows = await context.records
    .update(task)
    .set(change)
    .where(and(eq(task.planId, planId), eq(task.id, taskId)))
    .returning({ id: task.id })
  return rows.length > 0
}

/** The plan as it was written: what an approval keeps. */
export function toDraft(row: PlanRow, tasks: readonly TaskRow[]): PlanDraft {
  return {
    ...row.content,
    tasks: tasks.map((each) => ({
      id: each.id,
      title: each.title,
      ownerId: each.ownerId,
      startsOn: each.startsOn?.toString() ?? null,
      dueOn: each.dueOn.toString(),
    })),
  }
}
