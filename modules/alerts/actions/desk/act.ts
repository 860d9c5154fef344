/** Acting on alerts: taking charge, handing over, doing duties, closing, opening again. */
import { lookUpPeople } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { type Alert, alertAnswered, alertChanged, alertRefusals, type ClosingReason } from '../../contract.ts'
import { nextDue, stillOwed } from '../../rules/duties.ts'
import {
  type AlertRow,
  dutiesOf,
  type DutyRow,
  findDuty,
  insertDuties,
  lockAlert,
  updateAlert,
  updateDuty,
} from '../../store/alerts.ts'
import { noteFalseAlarm } from '../trying/incidents.ts'
import { readAlert } from './read.ts'
import { closeRow, told } from './telling.ts'

async function lockLive(context: Context, id: string): Promise<AlertRow> {
  const row = found(await lockAlert(context, id), 'alert', id)
  if (row.state === 'closed') refuse(alertRefusals, 'ALERT_CLOSED')
  return row
}

/** The caller takes charge; the duty to answer is done with it. */
export async function acknowledgeAlert(context: Context, input: { id: string; remark: string }): Promise<Alert> {
  const row = await lockLive(context, input.id)
  const state = row.state === 'open' ? 'acknowledged' : row.state
  await updateAlert(context, row.id, {
    state,
    ownerId: context.who.id,
    answeredAt: row.answeredAt ?? context.now,
    history: [...row.history, told(context, 'acknowledged', input.remark || null)],
  })
  const duties = (await dutiesOf(context, [row.id])).get(row.id) ?? []
  for (const duty of duties.filter((each) => each.kind === 'answer' && each.doneAt === null))
    await updateDuty(context, duty.id, { doneAt: context.now, doneBy: context.who.name, remark: input.remark || null })
  await settle(context, row.id)
  if (row.answeredAt === null) await context.announce(alertAnswered, { id: row.id })
  await context.announce(alertChanged, { id: row.id, state, colour: row.colour })
  return readAlert(context, input)
}

export async function assignAlert(
  context: Context,
  input: { id: string; person: string; remark: string },
): Promise<Alert> {
  const row = await lockLive(context, input.id)
  const person = found((await lookUpPeople(context, [input.person])).get(input.person), 'person', input.person)
  const history = [...row.history, told(context, 'assigned', [person.name, input.remark].filter(Boolean).join('：'))]
  await updateAlert(context, row.id, { ownerId: person.id, history })
  await context.announce(alertChanged, { id: row.id, state: row.state, colour: row.colour })
  return readAlert(context, input)
}

export async function finishDuty(
  context: Context,
  input: { id: string; duty: string; remark: string },
): Promise<Alert> {
  const row = await lockLive(context, input.id)
  const duty = found(await findDuty(context, row.id, input.duty), 'duty', input.duty)
  if (duty.doneAt !== null) refuse(alertRefusals, 'DUTY_DONE')
  await updateDuty(context, duty.id, { doneAt: context.now, doneBy: context.who.name, remark: input.remark })
  if (duty.everyHours !== null) await insertDuties(context, [againAfter(context, duty)])
  await updateAlert(context, row.id, { history: [...row.history, told(context, 'duty-done', input.remark)] })
  await settle(context, row.id)
  return readAlert(context, input)
}

/** A report that comes again is due so many hours after it was due, but never in the past. */
function againAfter(context: Context, duty: DutyRow): DutyRow {
  const stepMilliseconds = duty.everyHours! * 3_600_000
  const behind = Math.max(0, context.now.epochMilliseconds - duty.dueAt.epochMilliseconds)
  const steps = Math.floor(behind / stepMilliseconds) + 1
  const dueAt = duty.dueAt.add({ milliseconds: steps * stepMilliseconds })
  const wait = duty.escalateAt === null ? null : duty.escalateAt.epochMilliseconds - duty.dueAt.epochMilliseconds
  return {
    ...duty,
    id: context.newId(),
    dueAt,
    escalations: 0,
    escalateAt: wait === null ? null : dueAt.add({ milliseconds: Math.max(0, wait) }),
    doneAt: null,
    doneBy: null,
    remark: null,
  }
}

/** Brings the alert's own columns in line with its duties; one whose signal is gone and whose duties are done is closed. */
export async function settle(context: Context, id: string): Promise<void> {
  const row = found(await lockAlert(context, id), 'alert', id)
  const duties = (await dutiesOf(context, [id])).get(id) ?? []
  const owed = stillOwed(duties)
  const next = { dueAt: nextDue(duties, row.raisedAt), owed }
  await updateAlert(context, id, next)
  if (owed === 0 && row.signal === 'normal' && row.state !== 'planned' && row.state !== 'closed')
    await closeRow(context, { ...row, ...next }, 'back-to-normal', null)
}

export async function closeAlert(
  context: Context,
  input: { id: string; because: ClosingReason; remark: string },
): Promise<Alert> {
  if (input.remark === '') refuse(alertRefusals, 'REMARK_NEEDED')
  const row = await lockLive(context, input.id)
  await closeRow(context, row, input.because, input.remark)
  if (input.because === 'false-alarm') await noteFalseAlarm(context, row, input.remark)
  return readAlert(context, input)
}

/** Its duties stay as they are: what was done was done. */
export async function reopenAlert(context: Context, input: { id: string; remark: string }): Promise<Alert> {
  const row = found(await lockAlert(context, input.id), 'alert', input.id)
  if (row.state !== 'closed') return readAlert(context, input)
  await updateAlert(context, row.id, {
    state: row.answeredAt === null ? 'open' : 'acknowledged',
    closedAt: null,
    closedBecause: null,
    ownerId: row.ownerId ?? context.who.id,
    history: [...row.history, told(context, 'reopened', input.remark)],
  })
  await context.announce(alertChanged, { id: row.id, state: 'acknowledged', colour: row.colour })
  return readAlert(context, input)
}
