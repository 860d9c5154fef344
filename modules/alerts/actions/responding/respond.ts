/** A response plan at work on an alert: a checklist with a clock. */
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { alertChanged, alertRefusals, type Response, type ResponsePlan } from '../../contract.ts'
import { type AlertRow, lockAlert, updateAlert } from '../../store/alerts.ts'
import { drillOfResponse, updateDrill } from '../../store/drills.ts'
import {
  insertResponse,
  lockResponse,
  type ResponseRow,
  responsesOf,
  runningResponse,
  updateResponse,
} from '../../store/responses.ts'
import { told } from '../desk/telling.ts'
import { readResponsePlan } from './plans.ts'

export function presentResponse(row: ResponseRow, now: Temporal.Instant): Response {
  const { plan, progress, startedAt } = row
  return {
    id: row.id,
    alertId: row.alertId,
    plan: { id: row.planId, version: row.planVersion, title: plan.title, until: plan.until },
    drill: row.drill,
    startedAt: startedAt.toString(),
    startedBy: row.startedBy,
    endedAt: row.endedAt?.toString() ?? null,
    steps: plan.steps.map((step) => {
      const dueAt = startedAt.add({ minutes: step.withinMinutes })
      const done = progress[step.id]
      const until = done ? Temporal.Instant.from(done.at) : (row.endedAt ?? now)
      return {
        ...step,
        dueAt: dueAt.toString(),
        doneAt: done && done.skippedBecause === null ? done.at : null,
        doneBy: done?.by ?? null,
        skippedBecause: done?.skippedBecause ?? null,
        remark: done?.remark ?? null,
        overdue: Temporal.Instant.compare(until, dueAt) > 0,
      }
    }),
  }
}

/** Who starts it takes no charge by that: the alert keeps its owner. */
export async function startResponse(context: Context, input: { id: string; plan: string }): Promise<Response> {
  const alert = found(await lockAlert(context, input.id), 'alert', input.id)
  if (alert.state === 'closed') refuse(alertRefusals, 'ALERT_CLOSED')
  return presentResponse(await begin(context, alert, await readResponsePlan(context, input.plan)), context.now)
}

export async function begin(context: Context, alert: AlertRow, chosen: ResponsePlan): Promise<ResponseRow> {
  const { version, origin: _origin, lastUsedAt: _used, lastDrilledAt: _drilled, ...plan } = chosen
  if (await runningResponse(context, alert.id)) refuse(alertRefusals, 'RESPONSE_RUNNING')
  const row: ResponseRow = {
    id: context.newId(),
    alertId: alert.id,
    planId: plan.id,
    planVersion: version,
    plan,
    drill: alert.drill,
    startedAt: context.now,
    startedBy: context.who.name,
    endedAt: null,
    progress: {},
  }
  await insertResponse(context, row)
  await updateAlert(context, alert.id, { history: [...alert.history, told(context, 'response-started', plan.id)] })
  await context.announce(alertChanged, { id: alert.id, state: alert.state, colour: alert.colour })
  return row
}

export async function listResponses(context: Context, { id }: { id: string }): Promise<Response[]> {
  return (await responsesOf(context, id)).map((row) => presentResponse(row, context.now))
}

async function lockRunning(context: Context, id: string): Promise<ResponseRow> {
  const row = found(await lockResponse(context, id), 'response', id)
  if (row.endedAt !== null) refuse(alertRefusals, 'RESPONSE_ENDED')
  return row
}

/** Ticked off or skipped; saying it again with something else puts it right. */
export async function stepResponse(
  context: Context,
  input: { id: string; step: string; done: boolean; remark: string },
): Promise<Response> {
  const row = await lockRunning(context, input.id)
  found(
    row.plan.steps.find((step) => step.id === input.step),
    'step',
    input.step,
  )
  if (!input.done && input.remark === '') refuse(alertRefusals, 'REMARK_NEEDED')
  const progress = {
    ...row.progress,
    [input.step]: {
      at: context.now.toString(),
      by: context.who.name,
      skippedBecause: input.done ? null : input.remark,
      remark: input.done ? input.remark || null : null,
    },
  }
  await updateResponse(context, row.id, { progress })
  return presentResponse({ ...row, progress }, context.now)
}

export async function endResponse(context: Context, { id }: { id: string }): Promise<Response> {
  const row = await lockRunning(context, id)
  const open = row.plan.steps.filter((step) => row.progress[step.id] === undefined)
  if (open.length > 0) refuse(alertRefusals, 'STEPS_OPEN', { steps: open.map((step) => step.id) })
  await updateResponse(context, id, { endedAt: context.now })
  const drill = row.drill ? await drillOfResponse(context, id) : null
  if (drill?.state === 'running') await updateDrill(context, drill.id, { state: 'finished' })
  return presentResponse({ ...row, endedAt: context.now }, context.now)
}
