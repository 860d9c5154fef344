/** Each step of a plan's way: load, decide, save, announce. */
import { markPlanned, resolveByPlan } from '#alerts/actions/follow-up'
import { currentIndicator } from '#measurement/actions/indicators'
import { lookUpPeople, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { commonRefusals } from '#platform/contract'
import { found, refuse } from '#platform/refusal'
import {
  type Plan,
  planApproved,
  planClosed,
  type PlanDraft,
  type PlanOutcome,
  type PlanState,
  planRefusals,
} from '../contract.ts'
import { contradictions, decideStep, missingParts, type StepName } from '../rules.ts'
import {
  insertPlan,
  insertStep,
  lockPlan,
  type PlanRow,
  replaceTasks,
  setTask,
  tasksOf,
  toDraft,
  updatePlan,
} from '../store/plans.ts'
import { readPlan } from './read-plans.ts'

/** Who of the plan's people exists, and do its numbers and dates agree? Refuses otherwise. */
async function check(context: Context, draft: PlanDraft): Promise<{ entity: number }> {
  const owners = [
    ...new Set([...draft.measures.map((measure) => measure.ownerId), ...draft.tasks.map((task) => task.ownerId)]),
  ]
  const known = await lookUpPeople(context, owners)
  const stranger = owners.find((id) => !known.has(id))
  if (stranger !== undefined) refuse(planRefusals, 'PERSON_UNKNOWN', { id: stranger })
  await requireEntity(context, draft.goal.entity)
  for (const key of draft.verification.comparison ?? []) await requireEntity(context, key)
  const entity = await requireEntity(context, draft.entity)
  const indicator = await currentIndicator(context, draft.goal.indicator)
  const issues = contradictions(draft, indicator.direction)
  if (issues.length > 0) refuse(commonRefusals, 'INVALID', { issues })
  return { entity: entity.number }
}

const contentOf = ({ tasks: _tasks, ...content }: PlanDraft) => content

export async function draftPlan(context: Context, draft: PlanDraft): Promise<Plan> {
  const { entity } = await check(context, draft)
  const id = context.newId()
  await insertPlan(context, {
    id,
    revision: 1,
    state: 'draft',
    content: contentOf(draft),
    entity,
    alertId: draft.alertId,
    createdBy: context.who.id,
    createdAt: context.now,
  })
  await replaceTasks(context, id, draft.tasks)
  await record(context, id, 1, 'drafted', '')
  if (draft.alertId !== null) await markPlanned(context, draft.alertId, id)
  return readPlan(context, { id })
}

export async function editPlan(
  context: Context,
  input: { id: string; revision: number; draft: PlanDraft },
): Promise<Plan> {
  const row = found(await lockPlan(context, input.id), 'plan', input.id)
  decide(context, row, 'edit')
  if (row.revision !== input.revision) refuse(planRefusals, 'REVISION_STALE', { revision: row.revision })
  const { entity } = await check(context, input.draft)
  // Where a plan came from stays, whatever an edit says.
  await updatePlan(context, row.id, {
    content: { ...contentOf(input.draft), alertId: row.alertId },
    entity,
    revision: row.revision + 1,
  })
  await replaceTasks(context, row.id, input.draft.tasks)
  await record(context, row.id, row.revision + 1, 'edited', '')
  return readPlan(context, { id: row.id })
}

function decide(context: Context, row: PlanRow, step: StepName) {
  const decision = decideStep(
    { state: row.state, approvedBefore: row.approvedRevision !== null, createdBy: row.createdBy },
    step,
    context.who.id,
  )
  if (!decision.possible)
    return refuse(planRefusals, 'STEP_NOT_POSSIBLE', { state: row.state, step, because: decision.because })
  return decision
}

/** The role in which somebody acts, told in the plan's history. */
const actingRole = (context: Context, step: StepName): string => {
  const wanted =
    step === 'pass' || step === 'return'
      ? ['improvement-office', 'steering-group']
      : step === 'approve' || step === 'reject'
        ? ['steering-group']
        : []
  return wanted.find((role) => context.who.roles.includes(role)) ?? context.who.roles[0] ?? context.who.kind
}

async function record(
  context: Context,
  planId: string,
  revision: number,
  what: Plan['steps'][number]['what'],
  remark: string,
  step: StepName = 'edit',
) {
  await insertStep(context, { planId, revision, what, remark, role: actingRole(context, step) })
}

/** A step that changes nothing but the state; a change that falls back also restores what was approved. */
async function take(
  context: Context,
  id: string,
  step: StepName,
  what: Plan['steps'][number]['what'],
  remark: string,
  onlyFrom?: PlanState,
): Promise<Plan> {
  const row = found(await lockPlan(context, id), 'plan', id)
  if (onlyFrom && row.state !== onlyFrom)
    refuse(planRefusals, 'STEP_NOT_POSSIBLE', { state: row.state, step, because: 'state' })
  const { to, restoresApproved } = decide(context, row, step)
  if (step === 'submit') await demandComplete(context, row)
  if (restoresApproved && row.approved !== null) {
    await updatePlan(context, id, { state: to, content: contentOf(row.approved), revision: row.approvedRevision! })
    await replaceTasks(context, id, row.approved.tasks)
  } else if (step === 'approve') {
    const approved = toDraft(row, await tasksOf(context, [id]))
    await updatePlan(context, id, { state: to, approved, approvedRevision: row.revision })
    await context.announce(planApproved, { id, revision: row.revision })
  } else {
    await updatePlan(context, id, { state: to })
  }
  await record(context, id, row.revision, what, remark, step)
  return readPlan(context, { id })
}

async function demandComplete(context: Context, row: PlanRow): Promise<void> {
  const draft = toDraft(row, await tasksOf(context, [row.id]))
  const indicator = await currentIndicator(context, draft.goal.indicator)
  const issues = [...missingParts(draft), ...contradictions(draft, indicator.direction)]
  if (issues.length > 0) refuse(planRefusals, 'PLAN_INCOMPLETE', { issues })
}

interface Remarked {
  readonly id: string
  readonly remark: string
}
export const submitPlan = (context: Context, input: Remarked) =>
  take(context, input.id, 'submit', 'submitted', input.remark)
/** The office returns what is in review, the steering group what is in approval: neither does the other's part. */
export const reviewPlan = (context: Context, input: Remarked & { decision: 'pass' | 'return' }) =>
  input.decision === 'pass'
    ? take(context, input.id, 'pass', 'reviewed', input.remark)
    : take(context, input.id, 'return', 'returned', input.remark, 'in-review')
export const approvePlan = (context: Context, input: Remarked & { decision: 'approve' | 'return' | 'reject' }) =>
  input.decision === 'approve'
    ? take(context, input.id, 'approve', 'approved', input.remark)
    : input.decision === 'return'
      ? take(context, input.id, 'return', 'returned', input.remark, 'in-approval')
      : take(context, input.id, 'reject', 'rejected', input.remark)
export const requestChange = (context: Context, input: Remarked) =>
  take(context, input.id, 'request-change', 'change-requested', input.remark)
export const withdrawPlan = (context: Context, input: Remarked) =>
  take(context, input.id, 'withdraw', 'withdrawn', input.remark)

export async function progressTask(
  context: Context,
  input: { id: string; task: string; state: 'open' | 'doing' | 'done'; remark: string },
): Promise<Plan> {
  const row = found(await lockPlan(context, input.id), 'plan', input.id)
  decide(context, row, 'progress')
  if (!(await setTask(context, input.id, input.task, { state: input.state, remark: input.remark })))
    found(null, 'task', input.task)
  return readPlan(context, { id: input.id })
}

/** For `verification` alone: the verdict closes the plan, and an effective one resolves its alert. */
export async function closeByVerdict(
  context: Context,
  id: string,
  outcome: PlanOutcome,
  remark: string,
): Promise<void> {
  const row = found(await lockPlan(context, id), 'plan', id)
  const { to } = decide(context, row, 'close')
  await updatePlan(context, id, { state: to, outcome })
  await record(context, id, row.revision, 'closed', remark, 'close')
  if (row.alertId !== null && outcome === 'effective') await resolveByPlan(context, row.alertId, id)
  await context.announce(planClosed, { id, outcome })
}

/** For `verification` alone: the effect did not last, so the plan is open for change again. */
export async function reopenByRelapse(context: Context, id: string, remark: string): Promise<boolean> {
  const row = found(await lockPlan(context, id), 'plan', id)
  if (row.state !== 'closed') return false
  const { to } = decide(context, row, 'reopen')
  await updatePlan(context, id, { state: to, outcome: null })
  await record(context, id, row.revision, 'reopened', remark, 'reopen')
  return true
}
