/** Raises alerts with their duties: the same for rules, drills and relapses. */
import { holdersOf } from '#organisation/actions/duties'
import type { Context } from '#platform/context'
import type { Colour, DutyPolicy } from '../contract.ts'
import { defaultPolicy, holderFor, nextDue, type RoleHolder, stillOwed } from '../rules/duties.ts'
import type { AlertRow, DutyRow } from '../store/alerts.ts'
import { findPolicy } from '../store/rules.ts'
import { type DutyClock, dutyClock } from './duty-clock.ts'

/** What raising needs, read once for a whole run. */
export interface Obligations {
  readonly policy: DutyPolicy
  readonly clock: DutyClock
  readonly holders: readonly RoleHolder[]
}

export async function obligations(context: Context): Promise<Obligations> {
  const policy = (await findPolicy(context)) ?? defaultPolicy
  const colours = [policy.yellow, policy.orange, policy.red]
  const roles = colours.flatMap(({ duties, escalateTo }) => [...duties.map((duty) => duty.role), ...escalateTo])
  return { policy, clock: await dutyClock(context, policy), holders: await holdersOf(context, roles) }
}

/** Duties of a colour at a unit, from now on. `path`: numbers from the root down to the unit. `known`: names already owed or done. */
export function dutiesFor(
  context: Context,
  { policy, clock, holders }: Obligations,
  alert: { readonly id: string; readonly colour: Colour; readonly path: readonly number[] },
  known: ReadonlySet<string> = new Set(),
): DutyRow[] {
  const { duties, escalateEveryHours } = policy[alert.colour]
  return duties
    .filter((rule) => !known.has(rule.id))
    .map((rule) => {
      const dueAt = clock(rule.within, context.now)
      return {
        id: context.newId(),
        alertId: alert.id,
        kind: rule.kind,
        name: rule.id,
        title: rule.title,
        role: rule.role,
        ownerId: holderFor(holders, rule.role, alert.path)?.id ?? null,
        dueAt,
        everyHours: rule.everyHours,
        escalations: 0,
        escalateAt: escalateEveryHours === null ? null : dueAt.add({ seconds: Math.round(escalateEveryHours * 3600) }),
        doneAt: null,
        doneBy: null,
        remark: null,
      }
    })
}

/** The columns of an alert that follow from its duties. */
export const owing = (duties: readonly DutyRow[], raisedAt: Temporal.Instant): Pick<AlertRow, 'dueAt' | 'owed'> => ({
  dueAt: nextDue(duties, raisedAt),
  owed: stillOwed(duties),
})
