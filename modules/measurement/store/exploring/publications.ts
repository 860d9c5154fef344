/** Queries over publications and what their revisions changed. */
import { and, asc, desc, eq, gt, gte, inArray, lt, lte } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { ValueChange } from '../../rules/exploring/publications.ts'
import { publication, publicationChange } from '../../tables/exploring.ts'

export type PublicationRow = typeof publication.$inferSelect
export type Period = Pick<PublicationRow, 'indicator' | 'grain' | 'periodStart' | 'kind'>

const ofPeriod = (of: Period) =>
  and(
    eq(publication.indicator, of.indicator),
    eq(publication.grain, of.grain),
    eq(publication.periodStart, of.periodStart),
    eq(publication.kind, of.kind),
  )

/** The newest revision, or the newest that was recorded by an instant. */
export async function newestRevision(
  context: Context,
  of: Period,
  knownAt?: Temporal.Instant,
): Promise<PublicationRow | null> {
  const [row] = await context.records
    .select()
    .from(publication)
    .where(and(ofPeriod(of), knownAt ? lte(publication.recordedAt, knownAt) : undefined))
    .orderBy(desc(publication.revision))
    .limit(1)
  return row ?? null
}

/** Newest period first, its newest revision first. */
export async function publicationRows(context: Context, indicator: string, limit: number): Promise<PublicationRow[]> {
  return context.records
    .select()
    .from(publication)
    .where(eq(publication.indicator, indicator))
    .orderBy(desc(publication.periodStart), asc(publication.grain), asc(publication.kind), desc(publication.revision))
    .limit(limit)
}

export async function findPublication(context: Context, id: string): Promise<PublicationRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(publication).where(eq(publication.id, id))
  return row ?? null
}

export async function publishedIndicators(context: Context): Promise<string[]> {
  const rows = await context.records.selectDistinct({ id: publication.indicator }).from(publication)
  return rows.map((row) => row.id)
}

/** Newest revisions of the periods that a stretch of time touches, oldest first. */
export async function publishedWithin(
  context: Context,
  indicator: string,
  span: { from: Temporal.Instant; to: Temporal.Instant } | null,
): Promise<PublicationRow[]> {
  const within = span ? and(lte(publication.fromAt, span.to), gt(publication.untilAt, span.from)) : undefined
  const { grain, periodStart, kind, revision } = publication
  return context.records
    .selectDistinctOn([periodStart, grain, kind])
    .from(publication)
    .where(and(eq(publication.indicator, indicator), within))
    .orderBy(periodStart, grain, kind, desc(revision))
}

export async function insertPublication(
  context: Context,
  row: Omit<PublicationRow, 'organisationId' | 'recordedAt' | 'recordedBy'>,
  changes: readonly ValueChange[],
): Promise<PublicationRow> {
  const { organisation: organisationId } = context
  const [saved] = await context.records
    .insert(publication)
    .values({ ...row, organisationId, recordedAt: context.now, recordedBy: context.who.name })
    .returning()
  for (let start = 0; start < changes.length; start += CHANGES_BLOCK) {
    const block = changes.slice(start, start + CHANGES_BLOCK)
    await context.records
      .insert(publicationChange)
      .values(block.map((change) => ({ ...change, organisationId, publicationId: row.id })))
  }
  return saved!
}
const CHANGES_BLOCK = 5_000
const CHANGES_SHOWN = 1_000

export async function changesOfRevision(context: Context, id: string): Promise<ValueChange[]> {
  return context.records
    .select()
    .from(publicationChange)
    .where(eq(publicationChange.publicationId, id))
    .orderBy(asc(publicationChange.entity))
    .limit(CHANGES_SHOWN)
}

/** First days of the periods in which a revision changed the entity's value (0: the whole organisation). */
export async function revisedPeriods(
  context: Context,
  asked: {
    indicator: string
    grain: PublicationRow['grain']
    entities: readonly number[]
    from: string
    until: string
  },
): Promise<{ periodStart: string; entity: number }[]> {
  return context.records
    .selectDistinct({ periodStart: publication.periodStart, entity: publicationChange.entity })
    .from(publicationChange)
    .innerJoin(publication, eq(publication.id, publicationChange.publicationId))
    .where(
      and(
        eq(publication.indicator, asked.indicator),
        eq(publication.grain, asked.grain),
        gte(publication.periodStart, asked.from),
        lt(publication.periodStart, asked.until),
        inArray(publicationChange.entity, [...asked.entities]),
      ),
    )
}
