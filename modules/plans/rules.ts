/** Decisions of `plans`: which step leads where, who may take it, and what a plan must hold before it goes on. */
import type { PlanDraft, PlanState, ProofMethod } from './contract.ts'

export const stepNames = [
  'edit',
  'submit',
  'pass',
  'return',
  'approve',
  'reject',
  'request-change',
  'withdraw',
  'progress',
  'close',
  'reopen',
] as const
export type StepName = (typeof stepNames)[number]

/** What the state machine needs to know of a plan. */
export interface PlanStanding {
  readonly state: PlanState
  /** Approved once already: what is under way is a change of a running plan. */
  readonly approvedBefore: boolean
  readonly createdBy: string
}

export type StepDecision =
  | { readonly possible: true; readonly to: PlanState; readonly restoresApproved: boolean }
  | { readonly possible: false; readonly because: 'state' | 'own-plan' }

/** Steps that judge a plan: nobody takes them on a plan of their own. */
const judging: ReadonlySet<StepName> = new Set(['pass', 'return', 'approve', 'reject'])

const stay = (to: PlanState) => ({ to, restoresApproved: false })

/** The whole way of a plan; what is not listed is not possible. */
function next(standing: PlanStanding, step: StepName): { to: PlanState; restoresApproved: boolean } | null {
  const { state, approvedBefore } = standing
  const backToAuthor: PlanState = approvedBefore ? 'change-requested' : 'draft'
  const givenUp = (to: PlanState) => (approvedBefore ? { to: 'running' as const, restoresApproved: true } : stay(to))
  switch (`${state} ${step}`) {
    case 'draft edit':
    case 'change-requested edit':
      return stay(state)
    case 'draft submit':
    case 'change-requested submit':
      return stay('in-review')
    case 'in-review pass':
      return stay('in-approval')
    case 'in-review return':
    case 'in-approval return':
      return stay(backToAuthor)
    case 'in-approval approve':
      return stay('running')
    case 'in-approval reject':
      return givenUp('rejected')
    case 'running request-change':
      return stay('change-requested')
    case 'draft withdraw':
    case 'in-review withdraw':
    case 'in-approval withdraw':
    case 'change-requested withdraw':
      return givenUp('withdrawn')
    case 'running progress':
      return stay('running')
    case 'running close':
      return stay('closed')
    case 'closed reopen':
      return stay('change-requested')
    default:
      return null
  }
}

export function decideStep(standing: PlanStanding, step: StepName, personId: string): StepDecision {
  const way = next(standing, step)
  if (way === null) return { possible: false, because: 'state' }
  if (judging.has(step) && standing.createdBy === personId) return { possible: false, because: 'own-plan' }
  return { possible: true, ...way }
}

/** Fewer comparison units leave a method without an error of its own. */
export const COMPARISONS_NEEDED: Readonly<Record<ProofMethod, number>> = {
  'interrupted-time-series': 0,
  'comparative-series': 1,
  'difference-in-differences': 3,
  'synthetic-control': 5,
  structural: 1,
}

export interface PlanIssue {
  readonly field: string
  readonly rule: string
  readonly message: string
}

/** What is wrong with the dates and numbers of a plan at any time, also in a draft. */
export function contradictions(
  draft: PlanDraft,
  direction: 'higher-is-better' | 'lower-is-better' | 'neutral',
): PlanIssue[] {
  const { goal, verification, interventionOn } = draft
  const issues: PlanIssue[] = []
  const say = (field: string, rule: string, message: string) => issues.push({ field, rule, message })
  if (verification.baselineFrom >= interventionOn) {
    say('verification.baselineFrom', 'before-intervention', 'The baseline must begin before the measure takes effect.')
  }
  if (verification.endsOn <= interventionOn)
    say('verification.endsOn', 'after-intervention', 'The proof must end after the measure takes effect.')
  if (goal.byDate < interventionOn)
    say('goal.byDate', 'after-intervention', 'The goal cannot be due before the measure takes effect.')
  if (direction === 'higher-is-better' && goal.toValue <= goal.fromValue) {
    say('goal.toValue', 'improves', 'For this indicator higher is better: the goal must lie above where it stands.')
  }
  if (direction === 'lower-is-better' && goal.toValue >= goal.fromValue) {
    say('goal.toValue', 'improves', 'For this indicator lower is better: the goal must lie below where it stands.')
  }
  const { method = 'interrupted-time-series', comparison = [] } = verification
  if (method === 'interrupted-time-series' && comparison.length > 0)
    say(
      'verification.comparison',
      'unused',
      'An interrupted series looks at no comparison unit: choose a method that does.',
    )
  const few = COMPARISONS_NEEDED[method]
  if (comparison.length < few)
    say('verification.comparison', 'too-few', `This method needs at least ${few} comparison units.`)
  if (comparison.includes(goal.entity) || new Set(comparison).size < comparison.length)
    say('verification.comparison', 'distinct', 'Comparison units are others than the unit of the goal, each once.')
  if (direction === 'neutral')
    say('goal.indicator', 'has-direction', 'This indicator has no better or worse, so it cannot be a goal.')
  draft.tasks.forEach((task, index) => {
    if (task.startsOn !== null && task.startsOn > task.dueOn)
      say(`tasks.${index}.dueOn`, 'after-start', 'A task cannot be due before it starts.')
  })
  return issues
}

/** What is still missing before a plan may be handed in. */
export function missingParts(draft: PlanDraft): PlanIssue[] {
  const issues: PlanIssue[] = []
  if (draft.currentState.trim() === '')
    issues.push({ field: 'currentState', rule: 'required', message: 'Describe where things stand.' })
  if (draft.measures.length === 0)
    issues.push({ field: 'measures', rule: 'required', message: 'Name at least one measure.' })
  if (draft.tasks.length === 0)
    issues.push({ field: 'tasks', rule: 'required', message: 'Name at least one task with owner and date.' })
  return issues
}

/** Which buttons a person sees: steps that are possible in the state and allowed by their permissions. */
export function possibleSteps(standing: PlanStanding, personId: string, permissions: ReadonlySet<string>) {
  const can = (step: StepName, permission: string) =>
    permissions.has(permission) && decideStep(standing, step, personId).possible
  return [
    ...(can('edit', 'plans.draft') ? ['edit' as const] : []),
    ...(can('submit', 'plans.draft') ? ['submit' as const] : []),
    ...(can('pass', 'plans.review') ? ['review' as const] : []),
    ...(can('approve', 'plans.approve') ? ['approve' as const] : []),
    ...(can('request-change', 'plans.draft') ? ['request-change' as const] : []),
    ...(can('withdraw', 'plans.draft') ? ['withdraw' as const] : []),
    ...(can('progress', 'tasks.progress') ? ['progress' as const] : []),
  ]
}
