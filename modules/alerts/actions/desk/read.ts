/** Reading alerts: the desk, one alert, others like it. */
import { z } from 'zod'
import { indicatorsById } from '#measurement/actions/indicators'
import { findEntities, lookUpEntityNumbers, lookUpPeople, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { found } from '#platform/refusal'
import type { Alert, Colour, Duty, RuleDraft } from '../../contract.ts'
import {
  type AlertRow,
  countLive,
  deskRows,
  dutiesOf,
  type DutyRow,
  findAlert,
  similarRows,
} from '../../store/alerts.ts'
import { responsesOfMany } from '../../store/responses.ts'
import { ruleVersions } from '../../store/rules.ts'

/** What stands where other alerts name their rule: a drill has none. */
const DRILL = {
  title: { zh: '演练', en: 'Drill' },
  condition: { kind: 'silence', eventType: 'drill', levelsHours: { yellow: null, orange: null, red: null } },
  grain: 'day',
} as const satisfies Pick<RuleDraft, 'title' | 'condition' | 'grain'>

/** Entities below a node that the desk narrows to. */
const BELOW_LIMIT = 50_000
const SIMILAR_LIMIT = 12
const DAY_MILLISECONDS = 86_400_000

export async function presentAlerts(context: Context, rows: readonly AlertRow[]): Promise<Alert[]> {
  const rules = await ruleVersions(context, [...new Set(rows.map((row) => row.ruleId))])
  const named = rows.flatMap((row) => [row.entity, ...row.members.map((member) => member.entity)])
  const entities = await lookUpEntityNumbers(context, [...new Set(named)])
  const indicators = await indicatorsById(context, [...new Set(rows.flatMap((row) => row.indicator ?? []))])
  const duties = await dutiesOf(
    context,
    rows.map((row) => row.id),
  )
  const owners = [...rows, ...[...duties.values()].flat()].flatMap((row) => row.ownerId ?? [])
  const people = await lookUpPeople(context, [...new Set(owners)])
  const personOf = (id: string | null) => (id === null ? null : (people.get(id) ?? { id, name: '' }))
  const placeOf = (number: number) => {
    const entity = entities.get(number)
    return { key: entity?.key ?? String(number), name: entity?.name ?? '' }
  }
  return rows.map((row) => {
    const rule = rules.get(`${row.ruleId} ${row.ruleVersion}`) ?? DRILL
    const indicator = row.indicator === null ? null : (indicators.get(row.indicator) ?? null)
    return {
      id: row.id,
      rule: {
        id: row.ruleId,
        title: rule.title,
        version: row.ruleVersion,
        condition: rule.condition,
        grain: rule.grain,
      },
      indicator: indicator && {
        id: indicator.id,
        title: indicator.title,
        unit: indicator.unit,
        direction: indicator.direction,
      },
      entity: placeOf(row.entity),
      members: row.members.map(({ entity, colour }) => ({ ...placeOf(entity), colour })),
      colour: row.colour,
      state: row.state,
      signal: row.signal,
      raisedAt: row.raisedAt.toString(),
      dueAt: row.dueAt.toString(),
      overdue: row.state !== 'closed' && row.owed > 0 && isPast(context, row.dueAt),
      duty: row.duty,
      duties: (duties.get(row.id) ?? []).map((duty) => presentDuty(context, duty, personOf)),
      owner: personOf(row.ownerId),
      answeredAt: row.answeredAt?.toString() ?? null,
      readings: row.readings,
      revised: row.revised,
      muted: row.muted,
      drill: row.drill,
      planId: row.planId,
      closedAt: row.closedAt?.toString() ?? null,
      closedBecause: row.closedBecause,
      history: row.history,
    }
  })
}

const isPast = (context: Context, instant: Temporal.Instant) => Temporal.Instant.compare(instant, context.now) < 0

const presentDuty = (context: Context, duty: DutyRow, personOf: (id: string | null) => Duty['owner']): Duty => ({
  id: duty.id,
  kind: duty.kind,
  title: duty.title,
  role: duty.role,
  owner: personOf(duty.ownerId),
  dueAt: duty.dueAt.toString(),
  overdue: duty.doneAt === null && isPast(context, duty.dueAt),
  escalations: duty.escalations,
  doneAt: duty.doneAt?.toString() ?? null,
  doneBy: duty.doneBy,
  remark: duty.remark,
})

/** Where a page of the desk ends: order of the colour, due instant, id. */
const deskPlace = z.tuple([z.number().int(), z.iso.datetime(), z.uuid()])

interface DeskAsked {
  readonly colour?: Colour | undefined
  readonly state: 'live' | 'all' | Alert['state']
  readonly entity?: string | undefined
  readonly below?: string | undefined
  readonly indicator?: string | undefined
  readonly rule?: string | undefined
  readonly owner?: 'me' | 'nobody' | undefined
  readonly overdue?: boolean | undefined
  readonly drill: boolean
  readonly cursor?: string | undefined
  readonly limit: number
}

export async function listAlerts(context: Context, input: DeskAsked) {
  const place = readCursor(input.cursor, deskPlace)
  const { entity, below, cursor: _cursor, limit, ...rest } = input
  const inside = below === undefined ? undefined : await findEntities(context, { below, limit: BELOW_LIMIT })
  const rows = await deskRows(context, {
    ...rest,
    entity: entity ? (await requireEntity(context, entity)).number : undefined,
    entities: inside?.map(({ number }) => number),
    after: place && { rank: place[0], dueAt: place[1], id: place[2] },
    limit: limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, limit, (row) => writeCursor(row.rank, row.dueAt.toString(), row.id))
  return { rows: await presentAlerts(context, shown), nextCursor }
}

export async function alertCounts(context: Context) {
  const counts = { yellow: 0, orange: 0, red: 0, overdue: 0, mine: 0, muted: 0 }
  for (const row of await countLive(context)) {
    counts[row.colour] = row.count
    counts.overdue += row.overdue
    counts.mine += row.mine
    counts.muted += row.muted
  }
  return counts
}

export async function readAlert(context: Context, input: { id: string }): Promise<Alert> {
  const row = found(await findAlert(context, input.id), 'alert', input.id)
  return (await presentAlerts(context, [row]))[0]!
}

/** The same rule at the same unit first, then the rule elsewhere, then anything at the unit. */
export async function similarAlerts(context: Context, input: { id: string }) {
  const row = found(await findAlert(context, input.id), 'alert', input.id)
  const rows = await similarRows(context, row, SIMILAR_LIMIT)
  const byId = new Map(rows.map((each) => [each.id, each]))
  const responses = Map.groupBy(await responsesOfMany(context, [...byId.keys()]), (each) => each.alertId)
  return (await presentAlerts(context, rows)).map((alert) => {
    const { raisedAt, closedAt } = byId.get(alert.id)!
    const lasted =
      closedAt === null ? null : (closedAt.epochMilliseconds - raisedAt.epochMilliseconds) / DAY_MILLISECONDS
    return {
      id: alert.id,
      rule: { id: alert.rule.id, title: alert.rule.title },
      entity: alert.entity,
      colour: alert.colour,
      raisedAt: alert.raisedAt,
      closedAt: alert.closedAt,
      closedBecause: alert.closedBecause,
      lastedDays: lasted,
      planId: alert.planId,
      responsePlan: responses.get(alert.id)?.at(0)?.planId ?? null,
      remark: alert.history.findLast((line) => line.remark !== null)?.remark ?? null,
    }
  })
}
