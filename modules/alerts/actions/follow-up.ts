/** What `plans` asks of an alert: to know it, to stand by while a plan works on it, and to end with the plan's proof. */
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { type Alert, alertChanged, alertRefusals } from '../contract.ts'
import { lockAlert, updateAlert } from '../store/alerts.ts'
import { closeRow, readAlert, told } from './desk.ts'

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
    history: [...row.history, told(context, 'planned')],
  })
  await context.announce(alertChanged, { id: row.id, state: 'planned', colour: row.colour })
}

/** The plan proved effective: the alert is resolved. One that a person closed meanwhile stays as it is. */
export async function resolveByPlan(context: Context, alertId: string, planId: string): Promise<void> {
  const row = await lockAlert(context, alertId)
  if (row === null || row.state === 'closed' || row.planId !== planId) return
  await closeRow(context, row, 'plan-effective', null)
}
