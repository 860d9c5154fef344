/** Queries over drills, their programme and what was drawn. */
import { and, asc, eq, gte, inArray, lt, lte } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import type { DrillProgramme } from '../contract.ts'
import { drill, drillProgramme, drillQuarter } from '../tables/responses.ts'

export type DrillRow = Omit<typeof drill.$inferSelect, 'organisationId'>

export async function findProgramme(context: Context): Promise<DrillProgramme | null> {
  const [row] = await context.records.select({ programme: drillProgramme.programme }).from(drillProgramme)
  return row?.programme ?? null
}

export async function saveProgramme(context: Context, programme: DrillProgramme): Promise<void> {
  const change = { programme, changedAt: context.now, changedBy: context.who.name }
  await context.records
    .insert(drillProgramme)
    .values({ ...change, organisationId: context.organisation })
    .onConflictDoUpdate({ target: drillProgramme.organisationId, set: change })
}

/** False where the quarter was drawn before. */
export async function keepDraw(
  context: Context,
  draw: { quarter: string; rule: DrillProgramme; seed: string },
): Promise<boolean> {
  const kept = await context.records
    .insert(drillQuarter)
    .values({
      ...draw,
      quarter: Temporal.PlainDate.from(draw.quarter),
      organisationId: context.organisation,
      drawnAt: context.now,
    })
    .onConflictDoNothing()
    .returning({ quarter: drillQuarter.quarter })
  return kept.length > 0
}

export async function isDrawn(context: Context, quarter: string): Promise<boolean> {
  const rows = await context.records
    .select({ quarter: drillQuarter.quarter })
    .from(drillQuarter)
    .where(eq(drillQuarter.quarter, Temporal.PlainDate.from(quarter)))
  return rows.length > 0
}

export async function insertDrills(context: Context, rows: readonly DrillRow[]): Promise<void> {
  if (rows.length === 0) return
  await context.records.insert(drill).values(rows.map((row) => ({ ...row, organisationId: context.organisation })))
}

export async function drillRows(
  context: Context,
  filter: { ids?: readonly string[]; from?: string; to?: string },
): Promise<DrillRow[]> {
  const { ids, from, to } = filter
  return context.records
    .select()
    .from(drill)
    .where(
      and(
        ids ? inArray(drill.id, [...ids]) : undefined,
        from ? gte(drill.quarter, Temporal.PlainDate.from(from)) : undefined,
        to ? lte(drill.quarter, Temporal.PlainDate.from(to)) : undefined,
      ),
    )
    .orderBy(asc(drill.startsAt), asc(drill.id))
    .limit(DRILLS_LIMIT)
}
/** Twenty years at the most one may hold in a quarter. */
const DRILLS_LIMIT = 2000

export async function lockDrill(context: Context, id: string): Promise<DrillRow | null> {
  if (!isUuid(id)) return null
  const [row] = await context.records.select().from(drill).where(eq(drill.id, id)).for('update')
  return row ?? null
}

export async function drillOfResponse(context: Context, responseId: string): Promise<DrillRow | null> {
  const [row] = await context.records.select().from(drill).where(eq(drill.responseId, responseId))
  return row ?? null
}

/** Drawn ones whose time has come. */
export async function drillsToBegin(context: Context): Promise<DrillRow[]> {
  return context.records
    .select()
    .from(drill)
    .where(and(eq(drill.state, 'drawn'), lt(drill.startsAt, context.now)))
    .orderBy(asc(drill.startsAt))
    .for('update', { skipLocked: true })
}

export async function updateDrill(context: Context, id: string, change: Partial<DrillRow>): Promise<void> {
  await context.records.update(drill).set(change).where(eq(drill.id, id))
}
