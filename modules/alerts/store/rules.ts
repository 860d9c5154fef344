/** Queries over rules, their progress and the signals that are not normal. */
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { DutyPolicy, RuleDraft } from '../contract.ts'
import { dutyPolicy, rule, ruleProgress, signal } from '../tables.ts'

type Progress = Omit<typeof ruleProgress.$inferSelect, 'organisationId' | 'ruleId'>
export interface RuleRow {
  readonly id: string
  readonly version: number
  readonly draft: RuleDraft
  readonly createdAt: Temporal.Instant
  readonly createdBy: string
  readonly evaluatedTo: string | null
  readonly lastRunAt: Temporal.Instant | null
  readonly lastMilliseconds: number | null
  readonly missed: number
  readonly problem: Progress['problem']
}
export type SignalRow = Omit<typeof signal.$inferSelect, 'organisationId'>

/** The newest version of each rule, with its progress. */
export async function currentRules(context: Context, id?: string): Promise<RuleRow[]> {
  const rows = await context.records
    .selectDistinctOn([rule.id], { rule, progress: ruleProgress })
    .from(rule)
    .leftJoin(ruleProgress, eq(ruleProgress.ruleId, rule.id))
    .where(id === undefined ? undefined : eq(rule.id, id))
    .orderBy(rule.id, desc(rule.version))
  return rows.map(({ rule: own, progress }) => ({
    id: own.id,
    version: own.version,
    draft: own.draft,
    createdAt: own.createdAt,
    createdBy: own.createdBy,
    evaluatedTo: progress?.evaluatedTo?.toString() ?? null,
    lastRunAt: progress?.lastRunAt ?? null,
    lastMilliseconds: progress?.lastMilliseconds ?? null,
    missed: progress?.missed ?? 0,
    problem: progress?.problem ?? null,
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

/** Holds the progress of rules until the transaction ends, in one order: two evaluations never judge the same period at once. */
export async function lockProgress(context: Context, ruleIds: readonly string[]): Promise<Map<string, string | null>> {
  if (ruleIds.length === 0) return new Map()
  const ids = [...ruleIds].toSorted()
  await context.records
    .insert(ruleProgress)
    .values(ids.map((ruleId) => ({ organisationId: context.organisation, ruleId })))
    .onConflictDoNothing()
  const rows = await context.records
    .select()
    .from(ruleProgress)
    .where(inArray(ruleProgress.ruleId, ids))
    .orderBy(ruleProgress.ruleId)
    .for('update')
  return new Map(rows.map((row) => [row.ruleId, row.evaluatedTo?.toString() ?? null]))
}

export interface ProgressChange {
  readonly ruleId: string
  readonly evaluatedTo: string | null
  readonly milliseconds: number
  readonly missed: number
  readonly problem: Progress['problem']
}

/** Many at once: hundreds of rules are evaluated together. `missed` is added to what stands there. */
export async function saveProgress(context: Context, changes: readonly ProgressChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ ruleId, evaluatedTo, milliseconds, missed, problem }) => ({
    organisationId: context.organisation,
    ruleId,
    evaluatedTo: evaluatedTo === null ? null : Temporal.PlainDate.from(evaluatedTo),
    lastRunAt: context.now,
    lastMilliseconds: Math.round(milliseconds),
    missed,
    problem,
  }))
  await context.records
    .insert(ruleProgress)
    .values(rows)
    .onConflictDoUpdate({
      target: [ruleProgress.organisationId, ruleProgress.ruleId],
      set: {
        evaluatedTo: sql`excluded.evaluated_to`,
        lastRunAt: sql`excluded.last_run_at`,
        lastMilliseconds: sql`excluded.last_milliseconds`,
        missed: sql`${ruleProgress.missed} + excluded.missed`,
        problem: sql`excluded.problem`,
      },
    })
}

/** Only the last period judged: late data sets it back. */
export async function setEvaluatedTo(context: Context, ruleId: string, evaluatedTo: string | null): Promise<void> {
  const day = evaluatedTo === null ? null : Temporal.PlainDate.from(evaluatedTo)
  await context.records
    .insert(ruleProgress)
    .values({ organisationId: context.organisation, ruleId, evaluatedTo: day })
    .onConflictDoUpdate({ target: [ruleProgress.organisationId, ruleProgress.ruleId], set: { evaluatedTo: day } })
}

export async function signalsOf(context: Context, ruleIds: readonly string[]): Promise<SignalRow[]> {
  if (ruleIds.length === 0) return []
  return context.records
    .select()
    .from(signal)
    .where(inArray(signal.ruleId, [...ruleIds]))
}

const CHUNK = 2000

/** Replaces what is known of these units; normal ones have no row. */
export async function saveSignals(
  context: Context,
  ruleId: string,
  changed: readonly (Omit<SignalRow, 'ruleId' | 'periodStart'> & { readonly periodStart: string })[],
): Promise<void> {
  for (let start = 0; start < changed.length; start += CHUNK) {
    const part = changed.slice(start, start + CHUNK)
    const normal = part.filter((row) => row.state === 'normal').map((row) => row.entity)
    if (normal.length > 0)
      await context.records.delete(signal).where(and(eq(signal.ruleId, ruleId), inArray(signal.entity, normal)))
    const kept = part.filter((row) => row.state !== 'normal')
    if (kept.length === 0) continue
    await context.records
      .insert(signal)
      .values(
        kept.map((row) => ({
          organisationId: context.organisation,
          ruleId,
          ...row,
          periodStart: Temporal.PlainDate.from(row.periodStart),
        })),
      )
      .onConflictDoUpdate({
        target: [signal.organisationId, signal.ruleId, signal.entity],
        set: {
          state: sql`excluded.state`,
          streak: sql`excluded.streak`,
          severity: sql`excluded.severity`,
          periodStart: sql`excluded.period_start`,
        },
      })
  }
}

export async function forgetSignals(context: Context, ruleId: string): Promise<void> {
  await context.records.delete(signal).where(eq(signal.ruleId, ruleId))
}

export async function signalCounts(
  context: Context,
): Promise<{ ruleId: string; state: SignalRow['state']; count: number }[]> {
  return context.records
    .select({ ruleId: signal.ruleId, state: signal.state, count: sql<number>`count(*)::int` })
    .from(signal)
    .groupBy(signal.ruleId, signal.state)
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
