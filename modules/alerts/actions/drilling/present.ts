/** Drills as they are told: of those drawn but not begun, nobody learns the day but those who plan them. */
import { lookUpEntityNumbers, lookUpPeople, readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Drill } from '../../contract.ts'
import { type AlertRow, alertsByIds, dutiesOf, type DutyRow } from '../../store/alerts.ts'
import { drillRows, type DrillRow } from '../../store/drills.ts'
import { responsesByIds, type ResponseRow } from '../../store/responses.ts'
import { listResponsePlans } from '../responding/plans.ts'

const MINUTE_MILLISECONDS = 60_000

export async function presentDrills(context: Context, rows: readonly DrillRow[]): Promise<Drill[]> {
  if (rows.length === 0) return []
  const alertIds = rows.flatMap((row) => row.alertId ?? [])
  const responseIds = rows.flatMap((row) => row.responseId ?? [])
  const alerts = new Map((await alertsByIds(context, alertIds)).map((row) => [row.id, row]))
  const responses = new Map((await responsesByIds(context, responseIds)).map((row) => [row.id, row]))
  const duties = await dutiesOf(context, alertIds)
  const owners = [...duties.values()].flat().flatMap((duty) => duty.ownerId ?? [])
  const people = await lookUpPeople(context, [...new Set(owners)])
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  const plans = new Map((await listResponsePlans(context)).map((plan) => [plan.id, plan]))
  const whole = (await readProfile(context)).name
  // The seed of a quarter tells of its other drills: it is told once all of them are over.
  const quarters = await openQuarters(context, rows)
  const planner = context.who.permissions.has('rules.edit')
  return rows.map((row): Drill => {
    const open = row.state !== 'drawn' || planner
    const alert = row.alertId === null ? undefined : alerts.get(row.alertId)
    const response = row.responseId === null ? undefined : responses.get(row.responseId)
    const place = places.get(row.entity)
    const title = response?.plan.title ?? plans.get(row.planId)?.title ?? { zh: row.planId, en: row.planId }
    return {
      id: row.id,
      quarter: row.quarter.toString(),
      startsAt: open ? row.startsAt.toString() : null,
      plan: open ? { id: row.planId, title } : null,
      entity: open ? { key: place?.key ?? '', name: place?.name ?? whole } : null,
      state: row.state,
      alertId: row.alertId,
      responseId: row.responseId,
      ...timesOf(alert, response),
      findings: (row.alertId === null ? [] : (duties.get(row.alertId) ?? []))
        .filter((duty) => row.findings.includes(duty.id))
        .map((duty) => findingOf(duty, people)),
      seed: quarters.has(row.quarter.toString()) ? null : row.seed,
    }
  })
}

async function openQuarters(context: Context, rows: readonly DrillRow[]): Promise<Set<string>> {
  const days = rows.map((row) => row.quarter.toString()).toSorted()
  const all = await drillRows(context, { from: days[0]!, to: days.at(-1)! })
  return new Set(
    all.filter(({ state }) => state === 'drawn' || state === 'running').map(({ quarter }) => quarter.toString()),
  )
}

const findingOf = (
  duty: DutyRow,
  people: ReadonlyMap<string, { id: string; name: string }>,
): Drill['findings'][number] => {
  const owner = duty.ownerId === null ? undefined : people.get(duty.ownerId)
  return {
    id: duty.id,
    text: duty.title.zh,
    owner: owner ? { id: owner.id, name: owner.name } : null,
    dueAt: duty.dueAt.toString(),
    doneAt: duty.doneAt?.toString() ?? null,
  }
}

const minutesBetween = (from: Temporal.Instant, to: Temporal.Instant | null | undefined): number | null =>
  to ? (to.epochMilliseconds - from.epochMilliseconds) / MINUTE_MILLISECONDS : null

function timesOf(
  alert: AlertRow | undefined,
  response: ResponseRow | undefined,
): Pick<Drill, 'answeredMinutes' | 'finishedMinutes' | 'stepsInTime'> {
  if (alert === undefined || response === undefined)
    return { answeredMinutes: null, finishedMinutes: null, stepsInTime: null }
  const inTime = response.plan.steps.filter((step) => {
    const done = response.progress[step.id]
    const dueAt = response.startedAt.add({ minutes: step.withinMinutes })
    return done?.skippedBecause === null && Temporal.Instant.compare(Temporal.Instant.from(done.at), dueAt) <= 0
  })
  return {
    answeredMinutes: minutesBetween(alert.raisedAt, alert.answeredAt),
    finishedMinutes: minutesBetween(response.startedAt, response.endedAt),
    stepsInTime: { done: inTime.length, of: response.plan.steps.length },
  }
}
