/** Queries over calculations, and over which of them answers for a period. */
import { and, asc, desc, eq, gte, inArray, lt, lte, or } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import type { RankingSummary, Track } from '../contract.ts'
import type { PeriodBasis } from '../rules/composing/readings.ts'
import type { RankReach } from '../rules/standing/rank-reach.ts'
import { run, runPeriod, standing } from '../tables.ts'

export type RunRow = typeof run.$inferSelect

export async function insertRun(context: Context, row: Omit<typeof run.$inferInsert, 'organisationId'>): Promise<void> {
  const value = { ...row, organisationId: context.organisation }
  const { id: _id, ...rest } = value
  // A live run is written anew until its period is over.
  await context.records.insert(run).values(value).onConflictDoUpdate({ target: run.id, set: rest })
}

export async function insertRunPeriod(
  context: Context,
  row: {
    run: string
    periodStart: string
    complete: boolean
    summary: RankingSummary
    indicators: Record<string, number>
    basis?: PeriodBasis | null
    reach?: RankReach | null
  },
): Promise<void> {
  const value = { ...row, organisationId: context.organisation, periodStart: Temporal.PlainDate.from(row.periodStart) }
  await context.records
    .insert(runPeriod)
    .values(value)
    .onConflictDoUpdate({
      target: [runPeriod.organisationId, runPeriod.run, runPeriod.periodStart],
      set: {
        complete: row.complete,
        summary: row.summary,
        indicators: row.indicators,
        basis: row.basis ?? null,
        reach: row.reach ?? null,
      },
    })
}

/** What the ranges of ranks of a period's very many units follow from; null: they are kept with each unit. */
export async function findReach(context: Context, run: string, periodStart: string): Promise<RankReach | null> {
  const [row] = await context.records
    .select({ reach: runPeriod.reach })
    .from(runPeriod)
    .where(and(eq(runPeriod.run, run), eq(runPeriod.periodStart, Temporal.PlainDate.from(periodStart))))
  return row?.reach ?? null
}

export async function setReach(context: Context, run: string, periodStart: string, reach: RankReach): Promise<void> {
  await context.records
    .update(runPeriod)
    .set({ reach })
    .where(and(eq(runPeriod.run, run), eq(runPeriod.periodStart, Temporal.PlainDate.from(periodStart))))
}

export async function findRun(context: Context, id: string): Promise<RunRow | null> {
  const [row] = await context.records.select().from(run).where(eq(run.id, id))
  return row ?? null
}

export async function runPeriods(context: Context, id: string) {
  const { periodStart, complete, summary } = runPeriod
  const rows = await context.records
    .select({ periodStart, complete, summary })
    .from(runPeriod)
    .where(eq(runPeriod.run, id))
    .orderBy(asc(runPeriod.periodStart))
  return rows.map((row) => ({ ...row, periodStart: row.periodStart.toString() }))
}

/** All that is kept of one period of a run. */
export async function findRunPeriod(context: Context, id: string, periodStart: string) {
  const [row] = await context.records
    .select()
    .from(runPeriod)
    .where(and(eq(runPeriod.run, id), eq(runPeriod.periodStart, Temporal.PlainDate.from(periodStart))))
  return row ?? null
}

export async function runRows(
  context: Context,
  filter: { scheme?: string | undefined; before?: { at: Temporal.Instant; id: string } | undefined; limit: number },
): Promise<RunRow[]> {
  const { before, scheme } = filter
  return context.records
    .select()
    .from(run)
    .where(
      and(
        scheme === undefined ? undefined : eq(run.scheme, scheme),
        before ? or(lt(run.at, before.at), and(eq(run.at, before.at), lt(run.id, before.id))) : undefined,
      ),
    )
    .orderBy(desc(run.at), desc(run.id))
    .limit(filter.limit)
}

export interface Standing {
  readonly periodStart: string
  readonly track: Track
  readonly run: string
  readonly version: number
  readonly complete: boolean
  readonly summary: RankingSummary
  readonly calculatedAt: Temporal.Instant
  readonly stale: boolean
  readonly revisedAt: Temporal.Instant | null
}

/** The periods a scheme has scores for, first to last, each with the run that answers. */
export async function standingRows(
  context: Context,
  of: {
    scheme: string
    grain: Grain
    track?: Track
    from?: string | undefined
    to?: string | undefined
    periods?: readonly string[]
  },
): Promise<Standing[]> {
  const rows = await context.records
    .select({ standing, version: run.version, complete: runPeriod.complete, summary: runPeriod.summary })
    .from(standing)
    .innerJoin(run, and(eq(run.organisationId, standing.organisationId), eq(run.id, standing.run)))
    .innerJoin(
      runPeriod,
      and(
        eq(runPeriod.organisationId, standing.organisationId),
        eq(runPeriod.run, standing.run),
        eq(runPeriod.periodStart, standing.periodStart),
      ),
    )
    .where(
      and(
        eq(standing.scheme, of.scheme),
        eq(standing.grain, of.grain),
        of.track === undefined ? undefined : eq(standing.track, of.track),
        of.from === undefined ? undefined : gte(standing.periodStart, Temporal.PlainDate.from(of.from)),
        of.to === undefined ? undefined : lte(standing.periodStart, Temporal.PlainDate.from(of.to)),
        of.periods === undefined
          ? undefined
          : inArray(
              standing.periodStart,
              of.periods.map((period) => Temporal.PlainDate.from(period)),
            ),
      ),
    )
    .orderBy(asc(standing.periodStart), asc(standing.track))
  return rows.map(({ standing: row, ...rest }) => ({
    periodStart: row.periodStart.toString(),
    track: row.track,
    run: row.run,
    calculatedAt: row.calculatedAt,
    stale: row.stale,
    revisedAt: row.revisedAt,
    ...rest,
  }))
}

/** From now on this run answers for the period. */
export async function setStanding(
  context: Context,
  row: { scheme: string; grain: Grain; periodStart: string; track: Track; run: string; revised: boolean },
): Promise<void> {
  const { revised, periodStart, ...rest } = row
  const value = {
    run: row.run,
    calculatedAt: context.now,
    stale: false,
    ...(revised ? { revisedAt: context.now } : {}),
  }
  await context.records
    .insert(standing)
    .values({
      ...rest,
      ...value,
      organisationId: context.organisation,
      periodStart: Temporal.PlainDate.from(periodStart),
    })
    .onConflictDoUpdate({
      target: [standing.organisationId, standing.scheme, standing.grain, standing.periodStart, standing.track],
      set: value,
    })
}

/** Events came: scores of these periods wait for their turn. */
export async function markStale(
  context: Context,
  of: { scheme: string; grain: Grain; from: string; to: string },
): Promise<void> {
  await context.records
    .update(standing)
    .set({ stale: true })
    .where(
      and(
        eq(standing.scheme, of.scheme),
        eq(standing.grain, of.grain),
        gte(standing.periodStart, Temporal.PlainDate.from(of.from)),
        lte(standing.periodStart, Temporal.PlainDate.from(of.to)),
      ),
    )
}

/** Those that wait, first to last. */
export const staleRows = async (context: Context, of: { scheme: string; grain: Grain }): Promise<Standing[]> =>
  (await standingRows(context, of)).filter((row) => row.stale)
