/** Queries over objections. */
import { and, count, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { TimePlace } from '#platform/paging'
import type { AppealState } from '../../contract.ts'
import { appeal } from '../../tables/publishing.ts'

export type AppealRow = typeof appeal.$inferSelect
export type AppealCounts = Record<AppealState, number>

export async function insertAppeal(
  context: Context,
  row: Pick<AppealRow, 'id' | 'publication' | 'entity' | 'item' | 'text' | 'against'>,
): Promise<void> {
  await context.records.insert(appeal).values({
    ...row,
    organisationId: context.organisation,
    state: 'open',
    madeAt: context.now,
    madeById: context.who.id,
    madeByName: context.who.name,
    adjustments: [],
  })
}

export async function findAppeal(context: Context, id: string, locked = false): Promise<AppealRow | null> {
  const query = context.records.select().from(appeal).where(eq(appeal.id, id))
  const [row] = locked ? await query.for('update') : await query
  return row ?? null
}

/** An open one about the same thing. */
export async function findOpenAppeal(
  context: Context,
  { publication, entity, item }: Pick<AppealRow, 'publication' | 'entity' | 'item'>,
): Promise<AppealRow | null> {
  const [row] = await context.records
    .select()
    .from(appeal)
    .where(
      and(
        eq(appeal.publication, publication),
        eq(appeal.entity, entity),
        item === null ? isNull(appeal.item) : eq(appeal.item, item),
        eq(appeal.state, 'open'),
      ),
    )
  return row ?? null
}

export async function setAppeal(
  context: Context,
  id: string,
  change: Partial<Pick<AppealRow, 'state' | 'decidedAt' | 'decidedBy' | 'decision' | 'adjustments' | 'correctedIn'>>,
): Promise<void> {
  await context.records.update(appeal).set(change).where(eq(appeal.id, id))
}

/** Those nobody decided end with what they are about. */
export async function closeOpenAppeals(context: Context, publication: string, because: string): Promise<void> {
  await context.records
    .update(appeal)
    .set({ state: 'retracted', decidedAt: context.now, decidedBy: context.who.name, decision: because })
    .where(and(eq(appeal.publication, publication), eq(appeal.state, 'open')))
}

/** Newest first; `entities`: only those about these units. */
export async function appealRows(
  context: Context,
  filter: {
    publication?: string | undefined
    state?: AppealState | undefined
    madeById?: string | undefined
    entities?: readonly number[] | undefined
    before?: TimePlace | undefined
    limit: number
  },
): Promise<AppealRow[]> {
  const { publication, state, madeById, entities, before, limit } = filter
  return context.records
    .select()
    .from(appeal)
    .where(
      and(
        publication === undefined ? undefined : eq(appeal.publication, publication),
        state === undefined ? undefined : eq(appeal.state, state),
        entities === undefined && madeById === undefined
          ? undefined
          : or(
              entities && entities.length > 0 ? inArray(appeal.entity, [...entities]) : undefined,
              madeById === undefined ? undefined : eq(appeal.madeById, madeById),
            ),
        before
          ? or(lt(appeal.madeAt, before.at), and(eq(appeal.madeAt, before.at), lt(appeal.id, before.id)))
          : undefined,
      ),
    )
    .orderBy(desc(appeal.madeAt), desc(appeal.id))
    .limit(limit)
}

/** Units somebody objected for, of all publications. */
export async function appealedEntities(context: Context): Promise<number[]> {
  const rows = await context.records.selectDistinct({ entity: appeal.entity }).from(appeal)
  return rows.map((row) => row.entity)
}

export async function countAppeals(
  context: Context,
  publications: readonly string[],
): Promise<Map<string, AppealCounts>> {
  const counted = new Map(
    publications.map((id): [string, AppealCounts] => [id, { open: 0, upheld: 0, rejected: 0, retracted: 0 }]),
  )
  if (publications.length === 0) return counted
  const rows = await context.records
    .select({ publication: appeal.publication, state: appeal.state, appeals: count() })
    .from(appeal)
    .where(inArray(appeal.publication, [...publications]))
    .groupBy(appeal.publication, appeal.state)
  for (const { publication, state, appeals } of rows) counted.get(publication)![state] = appeals
  return counted
}
