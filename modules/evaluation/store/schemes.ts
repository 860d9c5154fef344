/** Every query of `evaluation` to the records. */
import { and, asc, desc, eq, lt, or } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Scheme, SchemeDraft } from '../contract.ts'
import { run, scheme, standing } from '../tables.ts'

export async function currentSchemes(context: Context, id?: string): Promise<Scheme[]> {
  const rows = await context.records
    .selectDistinctOn([scheme.id])
    .from(scheme)
    .where(id === undefined ? undefined : eq(scheme.id, id))
    .orderBy(scheme.id, desc(scheme.version))
  return rows.map((row) => ({
    ...row.draft,
    version: row.version,
    createdAt: row.createdAt.toString(),
    createdBy: row.createdBy,
  }))
}

export async function insertScheme(context: Context, draft: SchemeDraft, version: number): Promise<void> {
  await context.records.insert(scheme).values({
    organisationId: context.organisation,
    id: draft.id,
    version,
    draft,
    createdAt: context.now,
    createdBy: context.who.name,
  })
}

export async function insertRun(context: Context, row: Omit<typeof run.$inferInsert, 'organisationId'>): Promise<void> {
  await context.records.insert(run).values({ ...row, organisationId: context.organisation })
}

/** From now on this run answers for the period. */
export async function setStanding(
  context: Context,
  row: {
    scheme: string
    periodStart: string
    run: string
    summary: { mean: number | null; overDispersion: number }
    revised: boolean
  },
): Promise<void> {
  const value = { run: row.run, summary: row.summary, ...(row.revised ? { revisedAt: context.now } : {}) }
  await context.records
    .insert(standing)
    .values({
      ...value,
      organisationId: context.organisation,
      scheme: row.scheme,
      periodStart: Temporal.PlainDate.from(row.periodStart),
    })
    .onConflictDoUpdate({ target: [standing.organisationId, standing.scheme, standing.periodStart], set: value })
}

/** The periods a scheme has scores for, with the run that answers. */
export async function standingsOf(context: Context, schemeId: string) {
  const rows = await context.records
    .select({ standing, version: run.version })
    .from(standing)
    .innerJoin(run, and(eq(run.organisationId, standing.organisationId), eq(run.id, standing.run)))
    .where(eq(standing.scheme, schemeId))
    .orderBy(asc(standing.periodStart))
  return rows.map(({ standing: row, version }) => ({
    periodStart: row.periodStart.toString(),
    run: row.run,
    version,
    summary: row.summary,
    revisedAt: row.revisedAt,
  }))
}

export async function runRows(
  context: Context,
  filter: { before?: { at: Temporal.Instant; id: string } | undefined; limit: number },
) {
  const { before } = filter
  return context.records
    .select()
    .from(run)
    .where(before ? or(lt(run.at, before.at), and(eq(run.at, before.at), lt(run.id, before.id))) : undefined)
    .orderBy(desc(run.at), desc(run.id))
    .limit(filter.limit)
}
