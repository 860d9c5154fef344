/** Labels: what really happened, so that warnings can be held against it. */
import { z } from 'zod'
import { lookUpEntityNumbers, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { found, invalid } from '#platform/refusal'
import type { Incident, IncidentDraft } from '../../contract.ts'
import { type AlertRow, findAlert } from '../../store/alerts.ts'
import { deleteIncident, type IncidentRow, listIncidentRows, saveIncidentRow } from '../../store/incidents.ts'

async function present(context: Context, rows: readonly IncidentRow[]): Promise<Incident[]> {
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  return rows.map((row) => {
    const place = places.get(row.entity)
    return {
      id: row.id,
      entity: place?.key ?? String(row.entity),
      entityName: place?.name ?? '',
      from: row.from.toString(),
      until: row.until.toString(),
      title: row.title,
      rule: row.ruleId,
      alert: row.alertId,
      nothing: row.nothing,
      source: row.source,
      createdAt: row.createdAt.toString(),
      createdBy: row.createdBy,
    }
  })
}

const place = z.tuple([z.iso.date(), z.uuid()])

export async function listIncidents(
  context: Context,
  input: { entity?: string | undefined; rule?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const after = readCursor(input.cursor, place)
  const rows = await listIncidentRows(context, {
    entity: input.entity ? (await requireEntity(context, input.entity)).number : undefined,
    rule: input.rule,
    after: after && { from: after[0], id: after[1] },
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.from.toString(), row.id))
  return { rows: await present(context, shown), nextCursor }
}

export async function labelIncident(context: Context, draft: IncidentDraft): Promise<Incident> {
  if (draft.until < draft.from) invalid('until', 'not-before-from', 'An incident ends on or after the day it began.')
  const alert = draft.alert === null ? null : found(await findAlert(context, draft.alert), 'alert', draft.alert)
  const entity = await requireEntity(context, draft.entity)
  const saved = await saveIncidentRow(context, {
    id: context.newId(),
    entity: entity.number,
    from: Temporal.PlainDate.from(draft.from),
    until: Temporal.PlainDate.from(draft.until),
    title: draft.title,
    ruleId: draft.rule,
    source: alert === null ? 'by-hand' : 'alert',
    alertId: alert?.id ?? null,
    nothing: draft.nothing,
    createdAt: context.now,
    createdBy: context.who.name,
  })
  return (await present(context, [saved]))[0]!
}

export async function removeIncident(context: Context, { id }: { id: string }): Promise<Record<string, never>> {
  found((await deleteIncident(context, id)) || null, 'incident', id)
  return {}
}

/** Somebody closed an alert as a false alarm: that is a label too. */
export async function noteFalseAlarm(context: Context, alert: AlertRow, remark: string): Promise<void> {
  const days = alert.readings.map((reading) => reading.periodStart).toSorted()
  const today = context.now.toString().slice(0, 10)
  const [from, until] = [days[0] ?? today, days.at(-1) ?? today]
  await saveIncidentRow(context, {
    id: context.newId(),
    entity: alert.entity,
    from: Temporal.PlainDate.from(from),
    until: Temporal.PlainDate.from(until),
    title: remark.slice(0, 200),
    ruleId: alert.ruleId,
    source: 'alert',
    alertId: alert.id,
    nothing: true,
    createdAt: context.now,
    createdBy: context.who.name,
  })
}
