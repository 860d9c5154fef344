/** Queries over indicators and their versions. */
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Indicator, IndicatorDraft } from '../../contract.ts'
import { indicator, retiredIndicator } from '../../tables.ts'

interface Row {
  readonly indicator: typeof indicator.$inferSelect
  readonly retiredAt: Temporal.Instant | null
}

const toIndicator = (row: Row): Indicator => ({
  ...row.indicator.draft,
  version: row.indicator.version,
  createdAt: row.indicator.createdAt.toString(),
  createdBy: row.indicator.createdBy,
  retired: row.retiredAt !== null,
})

const columns = { indicator, retiredAt: retiredIndicator.retiredAt }
const sameIndicator = and(
  eq(retiredIndicator.organisationId, indicator.organisationId),
  eq(retiredIndicator.id, indicator.id),
)

/** The newest version of each of the ids. */
export async function currentIndicators(context: Context, ids: readonly string[]): Promise<Indicator[]> {
  if (ids.length === 0) return []
  const rows = await context.records
    .selectDistinctOn([indicator.id], columns)
    .from(indicator)
    .leftJoin(retiredIndicator, sameIndicator)
    .where(inArray(indicator.id, [...ids]))
    .orderBy(indicator.id, desc(indicator.version))
  return rows.map(toIndicator)
}

export async function findVersion(context: Context, id: string, version: number): Promise<Indicator | null> {
  const [row] = await context.records
    .select(columns)
    .from(indicator)
    .leftJoin(retiredIndicator, sameIndicator)
    .where(and(eq(indicator.id, id), eq(indicator.version, version)))
  return row ? toIndicator(row) : null
}

/** Every version of every indicator that is not retired. */
export async function indicatorsInUse(context: Context): Promise<Indicator[]> {
  const rows = await context.records
    .select(columns)
    .from(indicator)
    .leftJoin(retiredIndicator, sameIndicator)
    .where(isNull(retiredIndicator.id))
    .orderBy(asc(indicator.id), asc(indicator.version))
  return rows.map(toIndicator)
}

/** All of them, first to last. */
export async function allVersions(context: Context, id: string): Promise<Indicator[]> {
  const rows = await context.records
    .select(columns)
    .from(indicator)
    .leftJoin(retiredIndicator, sameIndicator)
    .where(eq(indicator.id, id))
    .orderBy(asc(indicator.version))
  return rows.map(toIndicator)
}

/** Newest versions by id, those in use before the retired ones never: the order is the id's. */
export async function indicatorPage(
  context: Context,
  filter: { search?: string | undefined; category?: string | undefined; after?: string | undefined; limit: number },
): Promise<Indicator[]> {
  const newest = context.records
    .selectDistinctOn([indicator.id])
    .from(indicator)
    .where(filter.after === undefined ? undefined : sql`${indicator.id} > ${filter.after}`)
    .orderBy(indicator.id, desc(indicator.version))
    .as('newest')
  const pattern = filter.search ? `%${filter.search.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null
  const rows = await context.records
    .select({
      // Column by column: a subquery named as a whole would be sent as one value.
      indicator: {
        organisationId: newest.organisationId,
        id: newest.id,
        version: newest.version,
        draft: newest.draft,
        createdAt: newest.createdAt,
        createdBy: newest.createdBy,
      },
      retiredAt: retiredIndicator.retiredAt,
    })
    .from(newest)
    .leftJoin(
      retiredIndicator,
      and(eq(retiredIndicator.organisationId, newest.organisationId), eq(retiredIndicator.id, newest.id)),
    )
    .where(
      and(
        filter.category === undefined ? undefined : sql`${newest.draft}->>'category' = ${filter.category}`,
        pattern === null
          ? undefined
          : sql`(lower(${newest.draft}->'title'->>'zh') like ${pattern} or lower(${newest.draft}->'title'->>'en') like ${pattern}
              or ${newest.id} like ${pattern})`,
      ),
    )
    .orderBy(asc(newest.id))
    .limit(filter.limit)
  return rows.map((row) => toIndicator(row as unknown as Row))
}

/** Two savers of one indicator wait for each other, so that versions have no gaps and no twins. */
export async function lockIndicator(context: Context, id: string): Promise<void> {
  await context.records.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${context.organisation} indicator ${id}`}, 0))`,
  )
}

export async function newestHash(context: Context, id: string): Promise<{ version: number; sha256: string } | null> {
  const [row] = await context.records
    .select({ version: indicator.version, sha256: indicator.sha256 })
    .from(indicator)
    .where(eq(indicator.id, id))
    .orderBy(desc(indicator.version))
    .limit(1)
  return row ?? null
}

export async function insertIndicator(
  context: Context,
  draft: IndicatorDraft,
  version: number,
  sha256: string,
): Promise<void> {
  await context.records.insert(indicator).values({
    organisationId: context.organisation,
    id: draft.id,
    version,
    draft,
    sha256,
    createdAt: context.now,
    createdBy: context.who.name,
  })
}

export async function insertRetirement(context: Context, id: string): Promise<void> {
  await context.records
    .insert(retiredIndicator)
    .values({ organisationId: context.organisation, id, retiredAt: context.now, retiredBy: context.who.name })
    .onConflictDoNothing()
}
