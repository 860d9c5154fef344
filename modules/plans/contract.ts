/** What others may say to `plans`: drafting, reviewing, approving, doing, changing and closing an improvement. */
import { z } from 'zod'
import { event, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'

export const planState = z.enum([
  'draft',
  'in-review',
  'in-approval',
  'running',
  'change-requested',
  'closed',
  'withdrawn',
  'rejected',
])
export type PlanState = z.infer<typeof planState>
/** What a plan closes with: the verdict of its proof, or a named waiver of one. */
export const planOutcome = z.enum(['effective', 'no-relevant-difference', 'harmful', 'undecided', 'waived'])
export type PlanOutcome = z.infer<typeof planOutcome>

/** How a plan is proved. All but the first look at comparison units that did not get the measure. */
export const proofMethod = z.enum([
  'interrupted-time-series',
  'comparative-series',
  'difference-in-differences',
  'synthetic-control',
  'structural',
])
export type ProofMethod = z.infer<typeof proofMethod>

/** Specific, measurable, reachable, relevant, timed: all five are fields. */
export const goal = z.object({
  indicator: indicatorId,
  entity: entityKey,
  /** Where it stands, in the indicator's unit. */
  fromValue: z.number(),
  toValue: z.number(),
  byDate: plainDate,
})
export const measure = z.object({
  what: z.string().trim().min(1).max(500),
  ownerId: z.string(),
  costYuan: z.number().int().min(0).max(1e12).default(0),
  benefit: z.string().trim().max(500).default(''),
})
export const taskDraft = z.object({
  id: z.string().max(50).optional(),
  title: z.string().trim().min(1).max(300),
  ownerId: z.string(),
  startsOn: plainDate.nullable().default(null),
  dueOn: plainDate,
})

export const planDraft = z.object({
  title: z.string().trim().min(1).max(200),
  kind: z.enum(['rectification', 'project', 'annual', 'quick-fix']).default('project'),
  entity: entityKey,
  alertId: z.string().nullable().default(null),
  /** Where things stand and why: what the data, the alert and the diagnosis say. */
  currentState: z.string().trim().max(10_000).default(''),
  goal,
  measures: z.array(measure).max(50).default([]),
  tasks: z.array(taskDraft).max(500).default([]),
  /** The day the measure takes effect: the cut of the interrupted series. */
  interventionOn: plainDate,
  verification: z.object({
    grain: z.enum(['day', 'week', 'month']).default('month'),
    baselineFrom: plainDate,
    endsOn: plainDate,
    /** The smallest change worth having, in the indicator's unit, always positive. */
    smallestEffect: z.number().positive(),
    /** Length of a season in periods (7 for days, 12 for months), 0 for none. */
    seasonPeriods: z.number().int().min(0).max(366).default(0),
    /** Absent: an interrupted series. */
    method: proofMethod.optional(),
    /** Units without the measure the effect is told apart by. */
    comparison: z.array(entityKey).max(60).optional(),
    /** Differences within this are no relevant difference; absent: the smallest effect worth having. */
    equivalenceMargin: z.number().positive().optional(),
    /** Last periods of the baseline left out, because the unit was picked by them (regression to the mean). */
    runUpPeriods: z.number().int().min(0).max(60).optional(),
    /** Periods an effective measure is watched for after the proof. */
    watchPeriods: z.number().int().min(0).max(120).optional(),
  }),
})
export type PlanDraft = z.infer<typeof planDraft>

export const task = taskDraft.extend({
  id: z.string(),
  ownerName: z.string(),
  state: z.enum(['open', 'doing', 'done']),
  overdue: z.boolean(),
  remark: z.string(),
})
/** One step of the way: who, when, what, with which words. */
export const step = z.object({
  at: instantText,
  by: z.string(),
  role: z.string(),
  what: z.enum([
    'drafted',
    'edited',
    'submitted',
    'reviewed',
    'returned',
    'approved',
    'rejected',
    'change-requested',
    'withdrawn',
    'closed',
    'reopened',
  ]),
  remark: z.string(),
})
export const plan = planDraft.extend({
  id: z.string(),
  /** Grows with every change of content; an approval is for one revision. */
  revision: z.number().int(),
  state: planState,
  outcome: planOutcome.nullable(),
  entityName: z.string(),
  measures: z.array(measure.extend({ ownerName: z.string() })),
  tasks: z.array(task),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  createdAt: instantText,
  steps: z.array(step),
  /** What the caller may do next, as the rules decide. */
  possible: z.array(z.enum(['edit', 'submit', 'review', 'approve', 'request-change', 'withdraw', 'progress'])),
})
export type Plan = z.infer<typeof plan>

export const planRefusals = {
  STEP_NOT_POSSIBLE: {
    status: 409,
    message: 'The plan is in a state, or you are in a role, in which this step is not possible.',
    data: z.object({ state: planState, step: z.string(), because: z.enum(['state', 'own-plan', 'incomplete']) }),
  },
  PLAN_INCOMPLETE: {
    status: 422,
    message: 'The plan lacks something before it can go on.',
    data: z.object({ issues: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })) }),
  },
  REVISION_STALE: {
    status: 409,
    message: 'Somebody changed the plan meanwhile. Load it again and repeat your change.',
    data: z.object({ revision: z.number() }),
  },
  ALERT_WITHOUT_INDICATOR: {
    status: 422,
    message: 'This alert is about events, not about an indicator: choose the indicator of the goal yourself.',
  },
  PERSON_UNKNOWN: {
    status: 422,
    message: 'An owner is not a person of this organisation.',
    data: z.object({ id: z.string() }),
  },
} as const

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(planRefusals).route({ path, method, summary, tags: ['plans'] })
const remark = z.string().trim().max(2000).default('')

export const plansContract = {
  listPlans: tag('/plans', 'GET', 'Plans, newest first')
    .meta({ may: 'plans.read' })
    .input(
      pageQuery.extend({
        state: planState.optional(),
        waitingForMe: z.stringbool().optional(),
        entity: entityKey.optional(),
      }),
    )
    .output(page(plan)),
  readPlan: tag('/plans/{id}', 'GET', 'One plan with its way so far')
    .meta({ may: 'plans.read' })
    .input(z.object({ id: z.string() }))
    .output(plan),
  suggestPlan: tag(
    '/plan-suggestions',
    'POST',
    'A draft filled from an alert: current state, goal and windows from the data',
  )
    .meta({ may: 'plans.draft' })
    .input(z.object({ alertId: z.string() }))
    .output(planDraft),
  draftPlan: tag('/plans', 'POST', 'Start a draft').meta({ may: 'plans.draft' }).input(planDraft).output(plan),
  editPlan: tag('/plans/{id}', 'PUT', 'Change a draft, or a running plan whose change was requested')
    .meta({ may: 'plans.draft' })
    .input(z.object({ id: z.string(), revision: z.number().int(), draft: planDraft }))
    .output(plan),
  submitPlan: tag('/plans/{id}/submission', 'POST', 'Hand the draft to the improvement office')
    .meta({ may: 'plans.draft' })
    .input(z.object({ id: z.string(), remark }))
    .output(plan),
  reviewPlan: tag('/plans/{id}/review', 'POST', 'The office passes it on to the steering group or returns it')
    .meta({ may: 'plans.review' })
    .input(z.object({ id: z.string(), decision: z.enum(['pass', 'return']), remark }))
    .output(plan),
  approvePlan: tag(
    '/plans/{id}/approval',
    'POST',
    'The steering group approves, returns or rejects; approval freezes the design of the proof',
  )
    .meta({ may: 'plans.approve' })
    .input(z.object({ id: z.string(), decision: z.enum(['approve', 'return', 'reject']), remark }))
    .output(plan),
  requestChange: tag('/plans/{id}/change', 'POST', 'Open a running plan for change; it goes round again')
    .meta({ may: 'plans.draft' })
    .input(z.object({ id: z.string(), remark }))
    .output(plan),
  withdrawPlan: tag('/plans/{id}/withdrawal', 'POST', 'Give a plan up before it runs')
    .meta({ may: 'plans.draft' })
    .input(z.object({ id: z.string(), remark }))
    .output(plan),
  progressTask: tag('/plans/{id}/tasks/{task}', 'PUT', 'Say how far a task is')
    .meta({ may: 'tasks.progress' })
    .input(z.object({ id: z.string(), task: z.string(), state: z.enum(['open', 'doing', 'done']), remark }))
    .output(plan),
  myTasks: tag('/my-tasks', 'GET', 'Tasks of the caller in running plans, by next deadline')
    .meta({ may: 'tasks.progress' })
    .output(z.array(z.object({ planId: z.string(), planTitle: z.string(), task }))),
}

/** Approved at this revision: the design of the proof is frozen from now on. */
export const planApproved = event('plans.approved', z.object({ id: z.string(), revision: z.number().int() }))
export const planClosed = event('plans.closed', z.object({ id: z.string(), outcome: planOutcome }))
