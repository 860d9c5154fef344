/** Every query of `alerts`. */
import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { Alert, Colour, DutyPolicy, RuleDraft } from '../contract.ts'
import { alert, dutyPolicy, rule, ruleProgress } from '../tables.ts'

export type AlertRow = typeof alert.$inferSelect
export interface RuleRow {
  readonly id: string
  readonly version: number
  readonly draft: RuleDraft
  readonly createdAt: Temporal.Instant
  readonly createdBy: string
  readonly evaluatedTo: string | null
}

/** The newest version of each rule, with its progress. */
export async function currentRules(context: Context, id?: string): Promise<RuleRow[]> {
  const rows = await context.records
    .selectDistinctOn([rule.id], { rule, evaluatedTo: ruleProgress.evaluatedTo })
    .from(rule)
    .leftJoin(ruleProgress, eq(ruleProgress.ruleId, rule.id))
    .where(id === undefined ? undefined : eq(rule.id, id))
    .orderBy(rule.id, desc(rule.version))
  return rows.map((row) => ({
    id: row.rule.id,
    version: row.rule.version,
    draft: row.rule.draft,
    createdAt: row.rule.createdAt,
    createdBy: row.rule.createdBy,
    evaluatedTo: row.evaluatedTo?.toString() ?? null,
  }))
}

export async function ruleVersions(context: Context, ids: readonly string[]): Promise<Map<string, RuleDraft>> {
  if (ids.length === 0) return new Map()
  const rows = await context.records
    .select()
    .from(rule)
    .where(inArray(rule.id, [...ids]))
  return new Map(rows.map((row) => [`${row.id} ${row.version}`, row.draft]))
}

export async function insertRule(context: Context, draft: RuleDraft, version: number): Promise<void> {
  await context.records.insert(rule).values({
    organisationId: context.organisation,
    id: draft.id,
    version,
    draft,
    createdAt: context.now,
    createdBy: context.who.name,
  })
}

/** Holds the rule's progress until the transaction ends: two evaluations never judge the same period at once. */
export async function lockProgress(context: Context, ruleId: string): Promise<string | null> {
  await context.records
    .insert(ruleProgress)
    .values({ organisationId: context.organisation, ruleId, evaluatedTo: null })
    .onConflictDoNothing()
  const [row] = await context.records.select().from(ruleProgress).where(eq(ruleProgress.ruleId, ruleId)).for('update')
  return row?.evaluatedTo?.toString() ?? null
}
export async function setProgress(context: Context, ruleId: string, evaluatedTo: string | null): Promise<void> {
  const day = evaluatedTo === null ? null : Temporal.PlainDate.from(evaluatedTo)
  await context.records
    .insert(ruleProgress)
    .values({ organisationId: context.organisation, ruleId, evaluatedTo: day })
    .onConflictDoUpdate({ target: [ruleProgress.organisationId, ruleProgress.ruleId], set: { evaluatedTo: day } })
}

export async function liveAlerts(context: Context, ruleId: string): Promise<Map<number, AlertRow>> {
  const rows = await context.records
    .select()
    .from(alert)
    .where(and(eq(alert.ruleId, ruleId), ne(alert.state, 'closed')))
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

export interface DeskPlace {
  readonly rank: number
  readonly dueAt: string
  readonly id: string
}

export async function deskRows(
  context: Context,
  filter: {
    colour?: Colour | undefined
    state: 'live' | 'all' | Alert['state']
    entity?: number | undefined
    indicator?: string | undefined
    after?: DeskPlace | undefined
    limit: number
  },
): Promise<AlertRow[]> {
  const { after } = filter
  const state =
    filter.state === 'all'
      ? undefined
      : filter.state === 'live'
        ? ne(alert.state, 'closed')
        : eq(alert.state, filter.state)
  return context.records
    .select()
    .from(alert)
    .where(
      and(
        state,
        filter.colour ? eq(alert.colour, filter.colour) : undefined,
        filter.entity === undefined ? undefined : eq(alert.entity, filter.entity),
        filter.indicator ? eq(alert.indicator, filter.indicator) : undefined,
        after
          ? sql`(${alert.rank}, ${alert.dueAt}, ${alert.id}) > (${after.rank}, ${after.dueAt}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(alert.rank), asc(alert.dueAt), asc(alert.id))
    .limit(filter.limit)
}

export async function countLive(context: Context): Promise<{ colour: Colour; count: number; overdue: number }[]> {
  return context.records
    .select({
      colour: alert.colour,
      count: sql<number>`count(*)::int`,
      overdue: sql<number>`count(*) filter (where ${alert.dueAt} < ${context.now.toString()}::timestamptz and ${alert.state} in ('open', 'acknowledged'))::int`,
    })
    .from(alert)
    .where(ne(alert.state, 'closed'))
    .groupBy(alert.colour)
}

export async function insertAlert(
  context: Context,
  row: Omit<typeof alert.$inferInsert, 'organisationId'>,
): Promise<void> {
  await context.records.insert(alert).values({ ...row, organisationId: context.organisation })
}
export async function updateAlert(
  context: Context,
  id: string,
  change: Partial<typeof alert.$inferInsert>,
): Promise<void> {
  await context.records.update(alert).set(change).where(eq(alert.id, id))
}

export async function findPolicy(context: Context): Promise<DutyPolicy | null> {
  const [row] = await context.records.select().from(dutyPolicy)
  return row?.policy ?? null
}
export async function savePolicyRow(context: Context, policy: DutyPolicy): Promise<void> {
  await context.records
    .insert(dutyPolicy)
    .values({ organisationId: context.organisation, policy, changedAt: context.now })
    .onConflictDoUpdate({ target: dutyPolicy.organisationId, set: { policy, changedAt: context.now } })
}
