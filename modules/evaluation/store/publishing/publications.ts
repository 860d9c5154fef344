/** Queries over publications and their units as they were published. */
import { and, asc, desc, eq, gt, gte, ilike, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import type { TimePlace } from '#platform/paging'
import type { PublicationState, Track } from '../../contract.ts'
import { publication, publishedUnit } from '../../tables/publishing.ts'

export type PublicationRow = typeof publication.$inferSelect
export type PublishedUnitRow = typeof publishedUnit.$inferSelect

export interface Place {
  readonly scheme: string
  readonly grain: Grain
  readonly periodStart: string
  readonly track: Track
}

const at = ({ scheme, grain, periodStart, track }: Place) =>
  and(
    eq(publication.scheme, scheme),
    eq(publication.grain, grain),
    eq(publication.periodStart, Temporal.PlainDate.from(periodStart)),
    eq(publication.track, track),
  )

/** False where another one of the same period is on its way. */
export async function insertPublication(
  context: Context,
  row: Omit<typeof publication.$inferInsert, 'organisationId' | 'periodStart'> & { periodStart: string },
): Promise<boolean> {
  const value = { ...row, organisationId: context.organisation, periodStart: Temporal.PlainDate.from(row.periodStart) }
  const written = await context.records
    .insert(publication)
    .values(value)
    .onConflictDoNothing()
    .returning({ id: publication.id })
  return written.length > 0
}

/** `locked`: two who act on it at once wait for each other. */
export async function findPublication(context: Context, id: string, locked = false): Promise<PublicationRow | null> {
  const query = context.records.select().from(publication).where(eq(publication.id, id))
  const [row] = locked ? await query.for('update') : await query
  return row ?? null
}

export async function setPublication(
  context: Context,
  id: string,
  change: Partial<typeof publication.$inferInsert>,
): Promise<void> {
  await context.records.update(publication).set(change).where(eq(publication.id, id))
}

/** Of one period and track in one of these states, newest first. */
export async function publicationsAt(
  context: Context,
  place: Place,
  states: readonly PublicationState[],
): Promise<PublicationRow[]> {
  return context.records
    .select()
    .from(publication)
    .where(and(at(place), inArray(publication.state, [...states])))
    .orderBy(desc(publication.draftedAt), desc(publication.id))
}

export async function publicationRows(
  context: Context,
  filter: {
    scheme?: string | undefined
    grain?: Grain | undefined
    periodStart?: string | undefined
    track?: Track | undefined
    states: readonly PublicationState[]
    open?: boolean
    before?: TimePlace | undefined
    limit: number
  },
): Promise<PublicationRow[]> {
  const { scheme, grain, periodStart, track, states, open, before, limit } = filter
  return context.records
    .select()
    .from(publication)
    .where(
      and(
        inArray(publication.state, [...states]),
        scheme === undefined ? undefined : eq(publication.scheme, scheme),
        grain === undefined ? undefined : eq(publication.grain, grain),
        periodStart === undefined ? undefined : eq(publication.periodStart, Temporal.PlainDate.from(periodStart)),
        track === undefined ? undefined : eq(publication.track, track),
        open === undefined ? undefined : eq(publication.open, open),
        before
          ? or(
              lt(publication.draftedAt, before.at),
              and(eq(publication.draftedAt, before.at), lt(publication.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(publication.draftedAt), desc(publication.id))
    .limit(limit)
}

/** Of open schemes, once published, newest period first. */
export async function openRows(
  context: Context,
  filter: { scheme?: string | undefined; after?: readonly [string, string] | undefined; limit: number },
): Promise<PublicationRow[]> {
  const { scheme, after, limit } = filter
  const day = after && Temporal.PlainDate.from(after[0])
  return context.records
    .select()
    .from(publication)
    .where(
      and(
        eq(publication.open, true),
        isNotNull(publication.publishedAt),
        scheme === undefined ? undefined : eq(publication.scheme, scheme),
        after && day
          ? or(lt(publication.periodStart, day), and(eq(publication.periodStart, day), lt(publication.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(desc(publication.periodStart), desc(publication.id))
    .limit(limit)
}

/** Runs that stand published, by the first day of their period. */
export async function publishedRuns(
  context: Context,
  of: { scheme: string; grain: Grain; track: Track; from: string; to: string },
): Promise<Map<string, { periodStart: string; run: string }>> {
  const rows = await context.records
    .select({ periodStart: publication.periodStart, run: publication.run })
    .from(publication)
    .where(
      and(
        eq(publication.scheme, of.scheme),
        eq(publication.grain, of.grain),
        eq(publication.track, of.track),
        eq(publication.state, 'published'),
        gte(publication.periodStart, Temporal.PlainDate.from(of.from)),
        lte(publication.periodStart, Temporal.PlainDate.from(of.to)),
      ),
    )
  return new Map(
    rows.map(({ periodStart, run }) => [periodStart.toString(), { periodStart: periodStart.toString(), run }]),
  )
}

/** The newest that stands published, for what follows from it. */
export async function newestPublished(
  context: Context,
  of: { scheme: string; grain: Grain },
): Promise<PublicationRow | null> {
  const [row] = await context.records
    .select()
    .from(publication)
    .where(
      and(
        eq(publication.scheme, of.scheme),
        eq(publication.grain, of.grain),
        eq(publication.track, 'main'),
        eq(publication.state, 'published'),
      ),
    )
    .orderBy(desc(publication.periodStart))
    .limit(1)
  return row ?? null
}

/** Rows written by one statement; PostgreSQL allows 65,535 parameters. */
const UNITS_PER_STATEMENT = 1_000

export async function insertUnits(
  context: Context,
  rows: readonly Omit<PublishedUnitRow, 'organisationId'>[],
): Promise<void> {
  const owned = rows.map((row) => ({ ...row, organisationId: context.organisation }))
  for (let from = 0; from < owned.length; from += UNITS_PER_STATEMENT)
    await context.records.insert(publishedUnit).values(owned.slice(from, from + UNITS_PER_STATEMENT))
}

export interface UnitFilter {
  readonly search?: string | undefined
  readonly only?: 'outside' | 'changed' | 'not-ranked' | undefined
  readonly entities?: readonly number[] | undefined
}

/** In the order of ranks. `after`: the place of the last one of the page before. */
export async function unitPage(
  context: Context,
  id: string,
  { search, only, entities }: UnitFilter,
  { after = 0, limit }: { after?: number | undefined; limit: number },
): Promise<PublishedUnitRow[]> {
  if (entities?.length === 0) return []
  const words = search ? `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null
  return context.records
    .select()
    .from(publishedUnit)
    .where(
      and(
        eq(publishedUnit.publication, id),
        gt(publishedUnit.place, after),
        words === null ? undefined : or(ilike(publishedUnit.name, words), ilike(publishedUnit.key, words)),
        only === 'not-ranked' ? sql`${publishedUnit.composite} is null` : undefined,
        only === 'outside' ? sql`${publishedUnit.score}->>'funnel' <> 'inside'` : undefined,
        only === 'changed' ? sql`(${publishedUnit.score}->>'changeSignificant')::boolean` : undefined,
        entities ? inArray(publishedUnit.entity, [...entities]) : undefined,
      ),
    )
    .orderBy(asc(publishedUnit.place))
    .limit(limit)
}

export async function allUnits(context: Context, id: string): Promise<PublishedUnitRow[]> {
  return context.records
    .select()
    .from(publishedUnit)
    .where(eq(publishedUnit.publication, id))
    .orderBy(asc(publishedUnit.place))
}

export async function unitByKey(context: Context, id: string, key: string): Promise<PublishedUnitRow | null> {
  const [row] = await context.records
    .select()
    .from(publishedUnit)
    .where(and(eq(publishedUnit.publication, id), eq(publishedUnit.key, key)))
  return row ?? null
}

export async function unitByCode(context: Context, code: string): Promise<PublishedUnitRow | null> {
  const [row] = await context.records.select().from(publishedUnit).where(eq(publishedUnit.code, code))
  return row ?? null
}
