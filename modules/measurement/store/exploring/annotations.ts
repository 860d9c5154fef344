/** Queries over notes. */
import { and, asc, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import { annotation } from '../../tables/exploring.ts'

export type AnnotationRow = typeof annotation.$inferSelect
type Written = Pick<
  AnnotationRow,
  'indicator' | 'entity' | 'from' | 'to' | 'textZh' | 'textEn' | 'origin' | 'originKey'
>
const NOTES_LIMIT = 500

/** Notes that touch the days, about the indicator or all, and about one of the entities or the whole. */
export async function notesBetween(
  context: Context,
  asked: { indicator: string; entities: readonly number[]; from: string; to: string },
): Promise<AnnotationRow[]> {
  const whose =
    asked.entities.length === 0
      ? isNull(annotation.entity)
      : or(isNull(annotation.entity), inArray(annotation.entity, [...asked.entities]))
  return context.records
    .select()
    .from(annotation)
    .where(
      and(
        isNull(annotation.removedAt),
        or(isNull(annotation.indicator), eq(annotation.indicator, asked.indicator)),
        whose,
        lte(annotation.from, asked.to),
        gte(sql`coalesce(${annotation.to}, ${annotation.from})`, asked.from),
      ),
    )
    .orderBy(asc(annotation.from), asc(annotation.id))
    .limit(NOTES_LIMIT)
}

export async function insertNote(context: Context, note: Written): Promise<AnnotationRow> {
  const [row] = await context.records
    .insert(annotation)
    .values({
      ...note,
      organisationId: context.organisation,
      id: context.newId(),
      recordedAt: context.now,
      recordedBy: context.who.name,
    })
    .returning()
  return row!
}

/** Marks as removed, so that who wrote it stays known; how many there were. */
async function remove(context: Context, which: ReturnType<typeof and>): Promise<number> {
  const rows = await context.records
    .update(annotation)
    .set({ removedAt: context.now, removedBy: context.who.name })
    .where(and(which, isNull(annotation.removedAt)))
    .returning({ id: annotation.id })
  return rows.length
}

/** Of a person. */
export const removeNote = async (context: Context, id: string): Promise<number> =>
  isUuid(id) ? remove(context, and(eq(annotation.id, id), isNull(annotation.origin))) : 0

export const removeNoteOf = (context: Context, origin: string, originKey: string): Promise<number> =>
  remove(context, and(eq(annotation.origin, origin), eq(annotation.originKey, originKey)))
