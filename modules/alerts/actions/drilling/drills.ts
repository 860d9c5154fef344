/** Drills: an alert that is none, with the duties, the checklist and the clock of a real one. */
import { lookUpEntityNumbers, lookUpPeople, readProfile, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf, periodStartOf } from '#platform/periods'
import { found, refuse } from '#platform/refusal'
import { alertRaised, alertRefusals, type Colour, type Drill } from '../../contract.ts'
import { rankOf } from '../../rules/levels.ts'
import {
  type AlertRow,
  dutiesOf,
  findAlert,
  insertAlerts,
  insertDuties,
  lockAlert,
  updateDuty,
} from '../../store/alerts.ts'
import { drillRows, type DrillRow, drillsToBegin, insertDrills, lockDrill, updateDrill } from '../../store/drills.ts'
import { lockResponse, updateResponse } from '../../store/responses.ts'
import { settle } from '../desk/act.ts'
import { closeRow, told } from '../desk/telling.ts'
import { dutiesFor, obligations, owing } from '../raise.ts'
import { readResponsePlan } from '../responding/plans.ts'
import { begin } from '../responding/respond.ts'
import { presentDrills } from './present.ts'
import { drawQuarter } from './programme.ts'

/** Alerts of drills name no rule; this is what stands in its place. */
export const DRILL_RULE = 'drill'
/** A server that was down holds no drill in the night for it. */
const LATEST_HOURS = 4
const HOURS_PER_DAY = 24

/** Every few minutes: draws a quarter that was not drawn, begins what is due. */
export async function runDrills(context: Context): Promise<void> {
  await drawQuarter(context)
  for (const row of await drillsToBegin(context)) {
    const late = Temporal.Instant.compare(context.now, row.startsAt.add({ hours: LATEST_HOURS })) > 0
    if (late) await updateDrill(context, row.id, { state: 'called-off' })
    else await updateDrill(context, row.id, await hold(context, row))
  }
}

export async function startDrill(context: Context, input: { plan: string; entity: string | null }): Promise<Drill> {
  const plan = await readResponsePlan(context, input.plan)
  const today = dayOf(context.now, (await readProfile(context)).timeZone)
  const row: DrillRow = {
    id: context.newId(),
    quarter: Temporal.PlainDate.from(periodStartOf(today, 'quarter')),
    startsAt: context.now,
    planId: plan.id,
    entity: input.entity === null ? 0 : (await requireEntity(context, input.entity)).number,
    colour: 'orange',
    state: 'running',
    alertId: null,
    responseId: null,
    seed: null,
    findings: [],
  }
  const begun = { ...row, ...(await hold(context, row)) }
  await insertDrills(context, [begun])
  return (await presentDrills(context, [begun]))[0]!
}

/** Raises the alert and starts the checklist. */
async function hold(
  context: Context,
  row: Pick<DrillRow, 'planId' | 'entity' | 'colour'>,
): Promise<Pick<DrillRow, 'state' | 'alertId' | 'responseId'>> {
  const place = (await lookUpEntityNumbers(context, [row.entity])).get(row.entity)
  const plan = await readResponsePlan(context, row.planId)
  const alert = await raiseDrill(context, { ...row, title: plan.title }, place?.path ?? [])
  const { id } = await begin(context, alert, plan)
  await context.announce(alertRaised, {
    id: alert.id,
    colour: row.colour,
    entity: place?.key ?? '',
    rule: DRILL_RULE,
  })
  return { state: 'running', alertId: alert.id, responseId: id }
}

async function raiseDrill(
  context: Context,
  { title, entity, colour }: { title: AlertRow['duty']; entity: number; colour: Colour },
  path: readonly number[],
): Promise<AlertRow> {
  const around = await obligations(context)
  const id = context.newId()
  const duties = dutiesFor(context, around, { id, colour, path })
  const alert: AlertRow = {
    id,
    ruleId: DRILL_RULE,
    ruleVersion: 0,
    indicator: null,
    entity,
    members: [],
    colour,
    rank: rankOf(colour),
    state: 'open',
    // Nothing is the matter: once its duties are done it closes.
    signal: 'normal',
    readings: [],
    revised: false,
    muted: null,
    drill: true,
    duty: title,
    raisedAt: context.now,
    ...owing(duties, context.now),
    ownerId: null,
    answeredAt: null,
    planId: null,
    closedAt: null,
    closedBecause: null,
    history: [told(context, 'raised')],
  }
  await insertAlerts(context, [alert])
  await insertDuties(context, duties)
  return alert
}

export async function listDrills(
  context: Context,
  input: { from?: string | undefined; to?: string | undefined },
): Promise<Drill[]> {
  const { from, to } = input
  return presentDrills(context, await drillRows(context, { ...(from ? { from } : {}), ...(to ? { to } : {}) }))
}

async function lockOpen(context: Context, id: string): Promise<DrillRow> {
  const row = found(await lockDrill(context, id), 'drill', id)
  if (row.state !== 'drawn' && row.state !== 'running') refuse(alertRefusals, 'DRILL_OVER')
  return row
}

export async function callOffDrill(context: Context, { id }: { id: string }): Promise<Drill> {
  const row = await lockOpen(context, id)
  await updateDrill(context, id, { state: 'called-off' })
  const alert = row.alertId === null ? null : await lockAlert(context, row.alertId)
  if (alert !== null && alert.state !== 'closed') await closeRow(context, alert, 'by-hand', 'called-off')
  const response = row.responseId === null ? null : await lockResponse(context, row.responseId)
  if (response !== null && response.endedAt === null)
    await updateResponse(context, response.id, { endedAt: context.now })
  return (await presentDrills(context, [{ ...row, state: 'called-off' }]))[0]!
}

/** A finding is a duty of the drill's alert: it has an owner, a day, and is told up the line when nobody does it. */
export async function addFinding(
  context: Context,
  input: { id: string; text: string; owner: string | null; dueDays: number },
): Promise<Drill> {
  const row = found(await lockDrill(context, input.id), 'drill', input.id)
  if (row.alertId === null) refuse(alertRefusals, 'DRILL_NOT_BEGUN')
  if (input.owner !== null) found((await lookUpPeople(context, [input.owner])).get(input.owner), 'person', input.owner)
  const dueAt = context.now.add({ hours: input.dueDays * HOURS_PER_DAY })
  const id = context.newId()
  await insertDuties(context, [
    {
      id,
      alertId: row.alertId,
      kind: 'finding',
      name: `finding-${id}`,
      title: { zh: input.text, en: input.text },
      role: 'improvement-office',
      ownerId: input.owner,
      dueAt,
      everyHours: null,
      escalations: 0,
      escalateAt: dueAt,
      doneAt: null,
      doneBy: null,
      remark: null,
    },
  ])
  const findings = [...row.findings, id]
  await updateDrill(context, row.id, { findings })
  const alert = await findAlert(context, row.alertId)
  if (alert !== null && alert.state !== 'closed') await settle(context, alert.id)
  return (await presentDrills(context, [{ ...row, findings }]))[0]!
}

export async function finishFinding(
  context: Context,
  input: { id: string; finding: string; remark: string },
): Promise<Drill> {
  const row = found(await lockDrill(context, input.id), 'drill', input.id)
  const duties = row.alertId === null ? [] : ((await dutiesOf(context, [row.alertId])).get(row.alertId) ?? [])
  const duty = found(
    duties.find((each) => each.id === input.finding && row.findings.includes(each.id)),
    'finding',
    input.finding,
  )
  if (duty.doneAt !== null) refuse(alertRefusals, 'DUTY_DONE')
  await updateDuty(context, duty.id, { doneAt: context.now, doneBy: context.who.name, remark: input.remark })
  const alert = await findAlert(context, row.alertId!)
  if (alert !== null && alert.state !== 'closed') await settle(context, alert.id)
  return (await presentDrills(context, [row]))[0]!
}
