/** The alert desk: reading, taking charge, closing by hand. */
import { z } from 'zod'
import { indicatorsById } from '#measurement/actions/indicators'
import { lookUpEntityNumbers, lookUpPeople, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { found, refuse } from '#platform/refusal'
import { type Alert, alertChanged, alertRefusals, type Colour } from '../contract.ts'
import { type AlertRow, countLive, deskRows, findAlert, lockAlert, ruleVersions, updateAlert } from '../store/alerts.ts'

export async function presentAlerts(context: Context, rows: readonly AlertRow[]): Promise<Alert[]> {
  const rules = await ruleVersions(context, [...new Set(rows.map((row) => row.ruleId))])
  const entities = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  const indicators = await indicatorsById(context, [...new Set(rows.map((row) => row.indicator))])
  const people = await lookUpPeople(context, [...new Set(rows.flatMap((row) => row.ownerId ?? []))])
  return rows.map((row) => {
    const rule = rules.get(`${row.ruleId} ${row.ruleVersion}`)!
    const indicator = indicators.get(row.indicator)!
    const entity = entities.get(row.entity)
    return {
      id: row.id,
      rule: {
        id: row.ruleId,
        title: rule.title,
        version: row.ruleVersion,
        condition: rule.condition,
        grain: rule.grain,
      },
      indicator: { id: row.indicator, title: indicator.title, unit: indicator.unit, direction: indicator.direction },
      entity: { key: entity?.key ?? String(row.entity), name: entity?.name ?? '' },
      colour: row.colour,
      state: row.state,
      raisedAt: row.raisedAt.toString(),
      dueAt: row.dueAt.toString(),
      overdue:
        (row.state === 'open' || row.state === 'acknowledged') && Temporal.Instant.compare(row.dueAt, context.now) < 0,
      duty: row.duty,
      owner: row.ownerId === null ? null : (people.get(row.ownerId) ?? { id: row.ownerId, name: '' }),
      readings: row.readings,
      planId: row.planId,
      closedAt: row.closedAt?.toString() ?? null,
      closedBecause: row.closedBecause,
      history: row.history,
    }
  })
}

/** Where a page of the desk ends: order of the colour, due instant, id. */
const deskPlace = z.tuple([z.number().int(), z.iso.datetime(), z.uuid()])

export async function listAlerts(
  context: Context,
  input: {
    colour?: Colour | undefined
    state: 'live' | 'all' | Alert['state']
    entity?: string | undefined
    indicator?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const place = readCursor(input.cursor, deskPlace)
  const rows = await deskRows(context, {
    colour: input.colour,
    state: input.state,
    entity: input.entity ? (await requireEntity(context, input.entity)).number : undefined,
    indicator: input.indicator,
    after: place && { rank: place[0], dueAt: place[1], id: place[2] },
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.rank, row.dueAt.toString(), row.id))
  return { rows: await presentAlerts(context, shown), nextCursor }
}

export async function alertCounts(context: Context) {
  const counts = { yellow: 0, orange: 0, red: 0, overdue: 0 }
  for (const row of await countLive(context)) {
    counts[row.colour] = row.count
    counts.overdue += row.overdue
  }
  return counts
}

export async function readAlert(context: Context, input: { id: string }): Promise<Alert> {
  const row = found(await findAlert(context, input.id), 'alert', input.id)
  return (await presentAlerts(context, [row]))[0]!
}

/** One line of an alert's history, told by whoever acts. */
export const told = (
  context: Context,
  what: Alert['history'][number]['what'],
  remark: string | null = null,
): Alert['history'][number] => ({
  at: context.now.toString(),
  by: context.who.name,
  what,
  remark,
})

export async function acknowledgeAlert(context: Context, input: { id: string; remark: string }): Promise<Alert> {
  const row = found(await lockAlert(context, input.id), 'alert', input.id)
  if (row.state === 'closed') refuse(alertRefusals, 'ALERT_CLOSED')
  const state = row.state === 'open' ? 'acknowledged' : row.state
  await updateAlert(context, row.id, {
    state,
    ownerId: context.who.id,
    history: [...row.history, told(context, 'acknowledged', input.remark || null)],
  })
  await context.announce(alertChanged, { id: row.id, state, colour: row.colour })
  return readAlert(context, input)
}

export async function closeAlert(context: Context, input: { id: string; remark: string }): Promise<Alert> {
  if (input.remark === '') refuse(alertRefusals, 'REMARK_NEEDED')
  const row = found(await lockAlert(context, input.id), 'alert', input.id)
  if (row.state === 'closed') refuse(alertRefusals, 'ALERT_CLOSED')
  await closeRow(context, row, 'by-hand', input.remark)
  return readAlert(context, input)
}

export async function closeRow(
  context: Context,
  row: AlertRow,
  because: NonNullable<Alert['closedBecause']>,
  remark: string | null,
): Promise<void> {
  await updateAlert(context, row.id, {
    state: 'closed',
    closedAt: context.now,
    closedBecause: because,
    history: [...row.history, told(context, 'closed', remark)],
  })
  await context.announce(alertChanged, { id: row.id, state: 'closed', colour: row.colour })
}
