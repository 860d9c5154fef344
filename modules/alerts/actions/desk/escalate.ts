/** Duties nobody does climb the line, step by step. */
import { lookUpEntityNumbers, lookUpPeople } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { alertChanged, dutyEscalated } from '../../contract.ts'
import { escalationFor } from '../../rules/duties.ts'
import { dutiesToEscalate, findAlert, updateAlert, updateDuty } from '../../store/alerts.ts'
import { obligations } from '../raise.ts'
import { told } from './telling.ts'

/** Duties one run escalates; the next one goes on. */
const ESCALATIONS_AT_ONCE = 500

export async function escalateDuties(context: Context): Promise<void> {
  const due = await dutiesToEscalate(context, ESCALATIONS_AT_ONCE)
  if (due.length === 0) return
  const around = await obligations(context)
  for (const duty of due) {
    const alert = await findAlert(context, duty.alertId)
    if (alert === null || alert.state === 'closed') {
      await updateDuty(context, duty.id, { escalateAt: null })
      continue
    }
    const path = (await lookUpEntityNumbers(context, [alert.entity])).get(alert.entity)?.path ?? []
    const next = escalationFor(around.policy, alert.colour, around.holders, duty, path)
    const { escalateEveryHours } = around.policy[alert.colour]
    const escalateAt =
      next === null || escalateEveryHours === null
        ? null
        : context.now.add({ seconds: Math.round(escalateEveryHours * 3600) })
    await updateDuty(context, duty.id, { escalations: duty.escalations + 1, escalateAt })
    if (next === null) continue
    const name = (await lookUpPeople(context, [next.id])).get(next.id)?.name ?? next.name
    await updateAlert(context, alert.id, { history: [...alert.history, told(context, 'escalated', name)] })
    await context.announce(dutyEscalated, {
      alert: alert.id,
      duty: duty.id,
      person: next.id,
      step: duty.escalations + 1,
    })
    await context.announce(alertChanged, { id: alert.id, state: alert.state, colour: alert.colour })
  }
}
