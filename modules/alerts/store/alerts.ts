/** Queries over alerts and duties. */
import { and, asc, desc, eq, getTableColumns, gte, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { Alert, Colour } from '../contract.ts'
import { alert, duty } from '../tables.ts'

export type AlertRow = Omit<typeof alert.$inferSelect, 'organisationId'>
export type DutyRow = Omit<typeof duty.$inferSelect, 'organisationId'>

/** Locked: whoever acts on one of them meanwhile waits, so that neither loses what the other wrote. */
export async function liveAlerts(context: Context, ruleIds: readonly string[]): Promise<AlertRow[]> {
  if (ruleIds.length === 0) return []
  return context.records
    .select()
    .from(alert)
    .where(and(inArray(alert.ruleId, [...ruleIds]), ne(alert.state, 'closed'), eq(alert.drill, false)))
    .orderBy(asc(alert.id))
    .for('update')
}

/** The last one of each unit that was closed after an instant: a relapse opens it again. */
export async function closedSince(
  context: Context,
  ruleId: string,
  entities: readonly number[],
  since: Temporal.Instant,
): Promise<Map<number, AlertRow>> {
  if (entities.length === 0) return new Map()
  const rows = await context.records
    .selectDistinctOn([alert.entity])
    .from(alert)
    .where(
      and(
        eq(alert.ruleId, ruleId),
        inArray(alert.entity, [...entities]),
        eq(alert.state, 'closed'),
        eq(alert.drill, false),
        gte(alert.closedAt, since),
      ),
    )
    .orderBy(alert.entity, desc(alert.closedAt))
  return new Map(rows.map((row) => [row.entity, row]))
}

export async function lockAlert(context: Context, id: string): Promise<AlertRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(alert).where(eq(alert.id, id)).for('update')
  return row ?? null
}
export async function findAlert(context: Context, id: string): Promise<AlertRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(alert).where(eq(alert.id, id))
  return row ?? null
}

export async function alertsByIds(context: Context, ids: readonly string[]): Promise<AlertRow[]> {
  if (ids.length === 0) return []
  return context.records
    .select()
    .from(alert)
    .where(inArray(alert.id, [...ids]))
}

export interface DeskPlace {
  readonly rank: number
  readonly dueAt: string
  readonly id: string
}

export interface DeskFilter {
  readonly colour?: Colour | undefined
  readonly state: 'live' | 'all' | Alert['state']
  readonly entity?: number | undefined
  readonly entities?: readonly number[] | undefined
  readonly indicator?: string | undefined
  readonly rule?: string | undefined
  readonly owner?: 'me' | 'nobody' | undefined
  readonly overdue?: boolean | undefined
  readonly drill: boolean
}

function narrowed(context: Context, filter: DeskFilter) {
  const state =
    filter.state === 'all'
      ? undefined
      : filter.state === 'live'
        ? ne(alert.state, 'closed')
        : eq(alert.state, filter.state)
  const mine = sql`exists (select 1 from ${duty} where ${duty.alertId} = ${alert.id} and ${duty.ownerId} = ${context.who.id} and ${duty.doneAt} is null)`
  return and(
    state,
    eq(alert.drill, filter.drill),
    filter.colour ? eq(alert.colour, filter.colour) : undefined,
    filter.entity === undefined ? undefined : eq(alert.entity, filter.entity),
    filter.entities === undefined ? undefined : inArray(alert.entity, [...filter.entities]),
    filter.indicator ? eq(alert.indicator, filter.indicator) : undefined,
    filter.rule ? eq(alert.ruleId, filter.rule) : undefined,
    filter.owner === 'me' ? or(eq(alert.ownerId, context.who.id), mine) : undefined,
    filter.owner === 'nobody' ? isNull(alert.ownerId) : undefined,
    filter.overdue ? and(lt(alert.dueAt, context.now), sql`${alert.owed} > 0`, ne(alert.state, 'closed')) : undefined,
  )
}

export async function deskRows(
  context: Context,
  filter: DeskFilter & { after?: DeskPlace | undefined; limit: number },
): Promise<AlertRow[]> {
  const { after } = filter
  const next = after
    ? sql`(${alert.rank}, ${alert.dueAt}, ${alert.id}) > (${after.rank}, ${after.dueAt}::timestamptz, ${after.id}::uuid)`
    : undefined
  return context.records
    .select()
    .from(alert)
    .where(and(narrowed(context, filter), next))
    .orderBy(asc(alert.rank), asc(alert.dueAt), asc(alert.id))
    .limit(filter.limit)
}

export async function countLive(
  context: Context,
): Promise<{ colour: Colour; count: number; overdue: number; mine: number; muted: number }[]> {
  const owing = sql`${alert.dueAt} < ${context.now.toString()}::timestamptz and ${alert.owed} > 0`
  return context.records
    .select({
      colour: alert.colour,
      count: sql<number>`count(*)::int`,
      overdue: sql<number>`count(*) filter (where ${owing})::int`,
      mine: sql<number>`count(*) filter (where ${alert.ownerId} = ${context.who.id})::int`,
      muted: sql<number>`count(*) filter (where ${alert.muted} is not null)::int`,
    })
    .from(alert)
    .where(and(ne(alert.state, 'closed'), eq(alert.drill, false)))
    .groupBy(alert.colour)
}

const CHUNK = 1000

export async function insertAlerts(context: Context, rows: readonly AlertRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK)
    await context.records
      .insert(alert)
      .values(rows.slice(start, start + CHUNK).map((row) => ({ ...row, organisationId: context.organisation })))
}
/** Many at once: everything of them but what they are about. */
export async function replaceAlerts(context: Context, rows: readonly AlertRow[]): Promise<void> {
  const columns = Object.entries(getTableColumns(alert)).filter(([name]) => !FIXED.has(name))
  const set = Object.fromEntries(columns.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]))
  for (let start = 0; start < rows.length; start += CHUNK)
    await context.records
      .insert(alert)
      .values(rows.slice(start, start + CHUNK).map((row) => ({ ...row, organisationId: context.organisation })))
      .onConflictDoUpdate({ target: alert.id, set })
}
const FIXED = new Set(['organisationId', 'id', 'ruleId', 'entity', 'raisedAt', 'drill'])

export async function updateAlert(context: Context, id: string, change: Partial<AlertRow>): Promise<void> {
  await context.records.update(alert).set(change).where(eq(alert.id, id))
}

/** Alerts about the same: this rule anywhere, or anything at this unit, the newest first. */
export async function similarRows(
  context: Context,
  { id, ruleId, entity }: Pick<AlertRow, 'id' | 'ruleId' | 'entity'>,
  limit: number,
): Promise<AlertRow[]> {
  return context.records
    .select()
    .from(alert)
    .where(and(ne(alert.id, id), eq(alert.drill, false), or(eq(alert.ruleId, ruleId), eq(alert.entity, entity))))
    .orderBy(
      sql`(${alert.ruleId} = ${ruleId} and ${alert.entity} = ${entity}) desc, (${alert.ruleId} = ${ruleId}) desc`,
      desc(alert.raisedAt),
    )
    .limit(limit)
}

export async function insertDuties(context: Context, rows: readonly DutyRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK)
    await context.records
      .insert(duty)
      .values(rows.slice(start, start + CHUNK).map((row) => ({ ...row, organisationId: context.organisation })))
}

export async function dutiesOf(context: Context, alertIds: readonly string[]): Promise<Map<string, DutyRow[]>> {
  if (alertIds.length === 0) return new Map()
  const rows = await context.records
    .select()
    .from(duty)
    .where(inArray(duty.alertId, [...alertIds]))
    .orderBy(asc(duty.dueAt), asc(duty.id))
  return Map.groupBy(rows, (row) => row.alertId)
}

export async function findDuty(context: Context, alertId: string, id: string): Promise<DutyRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records
    .select()
    .from(duty)
    .where(and(eq(duty.alertId, alertId), eq(duty.id, id)))
    .for('update')
  return row ?? null
}

export async function updateDuty(context: Context, id: string, change: Partial<DutyRow>): Promise<void> {
  await context.records.update(duty).set(change).where(eq(duty.id, id))
}

/** Duties nobody did whose next step up the line is due. */
export async function dutiesToEscalate(context: Context, limit: number): Promise<DutyRow[]> {
  return context.records
    .select()
    .from(duty)
    .where(and(isNull(duty.doneAt), lt(duty.escalateAt, context.now)))
    .orderBy(asc(duty.escalateAt))
    .limit(limit)
    .for('update', { skipLocked: true })
}

/** Ends what is still owed, with the reason. */
export async function settleDuties(context: Context, alertIds: readonly string[], remark: string): Promise<void> {
  if (alertIds.length === 0) return
  await context.records
    .update(duty)
    .set({ doneAt: context.now, doneBy: context.who.name, remark })
    .where(and(inArray(duty.alertId, [...alertIds]), isNull(duty.doneAt)))
}

/** Live alerts nobody answered within the time, not yet counted as such. */
export async function unanswered(
  context: Context,
  before: Temporal.Instant,
  after: Temporal.Instant,
): Promise<AlertRow[]> {
  return context.records
    .select()
    .from(alert)
    .where(
      and(eq(alert.drill, false), isNull(alert.answeredAt), lt(alert.raisedAt, before), gte(alert.raisedAt, after)),
    )
    .limit(CHUNK)
}
