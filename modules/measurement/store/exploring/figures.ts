/** Queries over figures of the industry. */
import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import { industryFigure } from '../../tables/exploring.ts'

export type FigureRow = typeof industryFigure.$inferSelect
export type FigureToStore = Omit<FigureRow, 'organisationId' | 'id' | 'recordedAt' | 'recordedBy'>

/** Newest publication first; those superseded among them. */
export async function figureRows(context: Context, indicator: string): Promise<FigureRow[]> {
  return context.records
    .select()
    .from(industryFigure)
    .where(eq(industryFigure.indicator, indicator))
    .orderBy(desc(industryFigure.publishedOn), desc(industryFigure.from), desc(industryFigure.id))
}

export async function findFigure(context: Context, indicator: string, id: string): Promise<FigureRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records
    .select()
    .from(industryFigure)
    .where(and(eq(industryFigure.id, id), eq(industryFigure.indicator, indicator)))
  return row ?? null
}

/** Those stored; a figure that was superseded already is left out. */
export async function insertFigures(context: Context, figures: readonly FigureToStore[]): Promise<FigureRow[]> {
  if (figures.length === 0) return []
  const { organisation: organisationId, now: recordedAt, who } = context
  return context.records
    .insert(industryFigure)
    .values(figures.map((each) => ({ ...each, organisationId, id: context.newId(), recordedAt, recordedBy: who.name })))
    .onConflictDoNothing()
    .returning()
}
