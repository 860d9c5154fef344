/** Queries over segments and their versions. */
import { asc, desc, eq } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Segment } from '../../contract/exploring/segments.ts'
import { segment } from '../../tables/exploring.ts'

const toSegment = (row: typeof segment.$inferSelect): Segment => ({
  id: row.id,
  title: { zh: row.titleZh, en: row.titleEn },
  conditions: row.conditions,
  version: row.version,
  savedAt: row.savedAt.toString(),
  savedBy: row.savedBy,
  archived: row.archived,
})

/** The newest version of each. */
export async function currentSegments(context: Context): Promise<Segment[]> {
  const rows = await context.records
    .selectDistinctOn([segment.id])
    .from(segment)
    .orderBy(segment.id, desc(segment.version))
  return rows.map(toSegment)
}

export async function findSegment(context: Context, id: string): Promise<Segment | null> {
  const [row] = await context.records
    .select()
    .from(segment)
    .where(eq(segment.id, id))
    .orderBy(desc(segment.version))
    .limit(1)
  return row ? toSegment(row) : null
}

export async function segmentHistory(context: Context, id: string): Promise<Segment[]> {
  const rows = await context.records.select().from(segment).where(eq(segment.id, id)).orderBy(asc(segment.version))
  return rows.map(toSegment)
}

/** False when another save was faster. */
export async function insertSegment(
  context: Context,
  row: Pick<Segment, 'id' | 'title' | 'conditions' | 'version' | 'archived'>,
): Promise<boolean> {
  const { title, ...rest } = row
  const saved = await context.records
    .insert(segment)
    .values({
      ...rest,
      titleZh: title.zh,
      titleEn: title.en,
      organisationId: context.organisation,
      savedAt: context.now,
      savedBy: context.who.name,
    })
    .onConflictDoNothing()
    .returning({ id: segment.id })
  return saved.length > 0
}

/** What each segment means now, archived ones too, those first saved first: the order in which they give way to each other. */
export async function segmentsByAge(context: Context): Promise<Segment[]> {
  const rows = await context.records
    .select()
    .from(segment)
    .orderBy(asc(segment.savedAt), asc(segment.version), asc(segment.id))
  // A key set again keeps its place.
  return [...new Map(rows.map((row) => [row.id, toSegment(row)])).values()]
}
