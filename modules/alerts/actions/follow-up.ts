/** What `plans` asks of an alert: to know it, to stand by while a plan works on it, and to end with the plan's proof. */
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { type Alert, alertChanged, alertRefusals } from '../contract.ts'
import { dutiesOf, lockAlert, updateAlert, updateDuty } from '../store/alerts.ts'
import { settle } from './desk/act.ts'
import { readAlert } from './desk/read.ts'
import { closeRow, told } from './desk/telling.ts'

/** The duty that a plan fulfils. */
const PLAN_DUTY = 'rectification-plan'

/** The alert a plan is drafted from. */
export const alertForPlan = (context: Context, id: string): Promise<Alert> => readAlert(context, { id })

/** A plan was drafted for the alert; from now on only the plan's verdict, or a person, closes it. */
export async function markPlanned(context: Context, alertId: string, planId: string): Promise<void> {
  const row = found(await lockAlert(context, alertId), 'alert', alertId)
  if (row.state === 'closed') refuse(alertRefusals, 'ALERT_CLOSED')
  await updateAlert(context, row.id, {
    state: 'planned',
    planId,
    ownerId: row.ownerId ?? context.who.id,
    answeredAt: row.answeredAt ?? context.now,
    history: [...row.history, told(context, 'planned')],
  })
  const duties = (await dutiesOf(context, [row.id])).get(row.id) ?? []
  for (const duty of duties.filter(
    (each) => each.doneAt === null && (each.name === PLAN_DUTY || each.kind === 'answer'),
  ))
    await updateDuty(context, duty.id, { doneAt: context.now, doneBy: context.who.name })
  await settle(context, row.id)
  await context.announce(alertChanged, { id: row.id, state: 'planned', colour: row.colour })
}

/** The plan proved effective: the alert is resolved. One that a person closed meanwhile stays as it is. */
export async function resolveByPlan(context: Context, alertId: string, planId: string): Promise<void> {
  const row = await lockAlert(context, alertId)
  if (row === null || row.state === 'closed' || row.planId !== planId) return
  await closeRow(context, row, 'plan-effective', null)
}
