/** Plans as people and other modules read them. */
import { lookUpEntityNumbers, lookUpPeople, requireEntity, readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { found } from '#platform/refusal'
import type { Plan, PlanDraft, PlanState } from '../contract.ts'
import { possibleSteps } from '../rules.ts'
import { findPlan, listPlanRows, type PlanRow, stepsOf, type TaskRow, tasksOf, tasksOfPerson } from '../store/plans.ts'

const toTask = (row: TaskRow, names: ReadonlyMap<string, { name: string }>, day: string): Plan['tasks'][number] => ({
  id: row.id,
  title: row.title,
  ownerId: row.ownerId,
  ownerName: names.get(row.ownerId)?.name ?? '',
  startsOn: row.startsOn?.toString() ?? null,
  dueOn: row.dueOn.toString(),
  state: row.state,
  overdue: row.state !== 'done' && row.dueOn.toString() < day,
  remark: row.remark,
})

export async function presentPlans(context: Context, rows: readonly PlanRow[]): Promise<Plan[]> {
  const ids = rows.map((row) => row.id)
  const tasks = await tasksOf(context, ids)
  const steps = await stepsOf(context, ids)
  const owners = rows.flatMap((row) => [row.createdBy, ...row.content.measures.map((measure) => measure.ownerId)])
  const names = await lookUpPeople(context, [...new Set([...owners, ...tasks.map((each) => each.ownerId)])])
  const entities = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  const day = await readToday(context)
  return rows.map((row) => ({
    ...row.content,
    id: row.id,
    revision: row.revision,
    state: row.state,
    outcome: row.outcome,
    entityName: entities.get(row.entity)?.name ?? row.content.entity,
    measures: row.content.measures.map((measure) => ({
      ...measure,
      ownerName: names.get(measure.ownerId)?.name ?? '',
    })),
    tasks: tasks.filter((each) => each.planId === row.id).map((each) => toTask(each, names, day)),
    createdBy: { id: row.createdBy, name: names.get(row.createdBy)?.name ?? '' },
    createdAt: row.createdAt.toString(),
    steps: steps
      .filter((each) => each.planId === row.id)
      .map((each) => ({
        at: each.at.toString(),
        by: each.byName,
        role: each.role,
        what: each.what as Plan['steps'][number]['what'],
        remark: each.remark,
      })),
    possible: possibleSteps(
      { state: row.state, approvedBefore: row.approvedRevision !== null, createdBy: row.createdBy },
      context.who.id,
      context.who.permissions,
    ),
  }))
}

/** The states a person's permissions let them act in, for "waiting for me". */
function statesWaitingFor(permissions: ReadonlySet<string>): PlanState[] {
  return [
    ...(permissions.has('plans.review') ? ['in-review' as const] : []),
    ...(permissions.has('plans.approve') ? ['in-approval' as const] : []),
  ]
}

export async function listPlans(
  context: Context,
  input: {
    state?: PlanState | undefined
    waitingForMe?: boolean | undefined
    entity?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const waiting = input.waitingForMe ? statesWaitingFor(context.who.permissions) : undefined
  const rows = await listPlanRows(context, {
    states: waiting ?? (input.state ? [input.state] : undefined),
    notCreatedBy: waiting ? context.who.id : undefined,
    entity: input.entity ? (await requireEntity(context, input.entity)).number : undefined,
    before: readTimePlace(input.cursor),
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.createdAt.toString(), row.id))
  return { rows: await presentPlans(context, shown), nextCursor }
}

export async function readPlan(context: Context, input: { id: string }): Promise<Plan> {
  const row = found(await findPlan(context, input.id), 'plan', input.id)
  return (await presentPlans(context, [row]))[0]!
}

/** For `verification`: what was approved, at which revision, and whether the plan runs. */
export async function readApproved(
  context: Context,
  id: string,
): Promise<{ id: string; revision: number; state: PlanState; approved: PlanDraft; entity: number } | null> {
  const row = await findPlan(context, id)
  if (row?.approved == null || row.approvedRevision === null) return null
  return { id: row.id, revision: row.approvedRevision, state: row.state, approved: row.approved, entity: row.entity }
}

const MY_TASKS_LIMIT = 200

export async function myTasks(context: Context) {
  const rows = await tasksOfPerson(context, context.who.id, MY_TASKS_LIMIT)
  const names = await lookUpPeople(context, [context.who.id])
  const day = await readToday(context)
  return rows.map((row) => ({ planId: row.task.planId, planTitle: row.planTitle, task: toTask(row.task, names, day) }))
}
