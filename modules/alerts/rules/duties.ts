/** Whose duty an alert is, and until when. */
import type { RoleName } from '#organisation/contract'
import type { Colour, DutyPolicy, DutyPolicyInput } from '../contract.ts'
import { dutyPolicy } from '../contract.ts'

const answer = {
  id: 'answer',
  kind: 'answer' as const,
  title: { zh: '两小时内响应', en: 'Answer within two hours' },
  role: 'department-head' as const,
  within: { hours: 2 },
}
const plan = (hours: number) => ({
  id: 'rectification-plan',
  title: { zh: '提交整改方案', en: 'Hand in a rectification plan' },
  role: 'department-head' as const,
  within: { hours },
})

/** Until an organisation sets its own (ALR-2): yellow a plan within 3 days, orange within 1 day, red a task force at once. */
const DEFAULTS: DutyPolicyInput = {
  yellow: {
    duty: { zh: '三日内提交整改方案', en: 'Hand in a rectification plan within 3 days' },
    duties: [plan(72)],
    escalateEveryHours: 24,
    escalateTo: ['department-head', 'improvement-office'],
  },
  orange: {
    duty: { zh: '一日内由部门负责人提交整改方案', en: 'Head of department hands in a rectification plan within 1 day' },
    duties: [answer, plan(24)],
    escalateEveryHours: 12,
    escalateTo: ['department-head', 'improvement-office', 'steering-group'],
  },
  red: {
    duty: { zh: '立即成立专项小组，两小时内首次报告', en: 'Form a task force at once; first report within 2 hours' },
    duties: [
      answer,
      {
        id: 'task-force',
        title: { zh: '成立专项小组', en: 'Form a task force' },
        role: 'improvement-office',
        within: { hours: 2 },
      },
      {
        id: 'resources',
        title: { zh: '调配所需资源', en: 'Free the resources that are needed' },
        role: 'steering-group',
        within: { hours: 4 },
      },
      {
        id: 'hourly-report',
        kind: 'report',
        title: { zh: '每小时报告进展', en: 'Report every hour' },
        role: 'department-head',
        within: { hours: 1 },
        everyHours: 1,
      },
      plan(24),
    ],
    escalateEveryHours: 2,
    escalateTo: ['improvement-office', 'steering-group'],
  },
}
export const defaultPolicy: DutyPolicy = dutyPolicy.parse(DEFAULTS)

export interface RoleHolder {
  readonly id: string
  readonly name: string
  readonly role: RoleName
  /** Number of the node; null is the whole organisation. */
  readonly entity: number | null
}

/**
 * Who has the role for the unit: whoever holds it for the unit itself or the nearest node above it, then for the whole organisation. `steps`
 * leaves out so many of the nearest nodes: the line is climbed. Of several at one node the first; null where nobody is left.
 */
export function holderFor(
  holders: readonly RoleHolder[],
  role: string,
  /** Numbers from the root down to the unit; empty for the whole organisation. */
  path: readonly number[],
  steps = 0,
): RoleHolder | null {
  const own = holders.filter((holder) => holder.role === role)
  const nearest = [...path.toReversed(), null].flatMap((node) => own.find((holder) => holder.entity === node) ?? [])
  return nearest[steps] ?? null
}

/** The step up the line that an overdue duty takes: first the next holder of its own role, then the roles of the policy in turn. */
export function escalationFor(
  policy: DutyPolicy,
  colour: Colour,
  holders: readonly RoleHolder[],
  duty: { readonly role: string; readonly escalations: number; readonly ownerId: string | null },
  path: readonly number[],
): RoleHolder | null {
  const { escalateTo } = policy[colour]
  const line = [
    ...[1, 2, 3, 4].map((steps) => holderFor(holders, duty.role, path, steps)),
    ...escalateTo.flatMap((role) => [0, 1, 2].map((steps) => holderFor(holders, role, path, steps))),
  ].flatMap((holder) => (holder !== null && holder.id !== duty.ownerId ? [holder] : []))
  const distinct = [...new Map(line.map((holder) => [holder.id, holder])).values()]
  return distinct[duty.escalations] ?? distinct.at(-1) ?? null
}

/** The next open deadline, else the last one there was. */
export function nextDue(
  duties: readonly { readonly dueAt: Temporal.Instant; readonly doneAt: Temporal.Instant | null }[],
  otherwise: Temporal.Instant,
): Temporal.Instant {
  const open = duties.filter((duty) => duty.doneAt === null)
  const dues = (open.length > 0 ? open : duties)
    .map((duty) => duty.dueAt)
    .toSorted((one, other) => Temporal.Instant.compare(one, other))
  return (open.length > 0 ? dues[0] : dues.at(-1)) ?? otherwise
}

/** Whether everything is done that lets an alert close: reports that come again end with it. */
export const stillOwed = (
  duties: readonly {
    readonly kind: string
    readonly everyHours: number | null
    readonly doneAt: Temporal.Instant | null
  }[],
): number =>
  duties.filter((duty) => duty.doneAt === null && !(duty.kind === 'report' && duty.everyHours !== null)).length
