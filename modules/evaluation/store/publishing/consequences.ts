/** Queries over the rules of what follows from scores. */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Consequence, ConsequenceDraft } from '../../contract.ts'
import { consequence } from '../../tables/publishing.ts'

const toConsequence = (row: typeof consequence.$inferSelect): Consequence => ({
  ...row.draft,
  version: row.version,
  savedAt: row.savedAt.toString(),
  savedBy: row.savedBy,
})

export async function consequenceRows(context: Context): Promise<Consequence[]> {
  return (await context.records.select().from(consequence).orderBy(asc(consequence.id))).map(toConsequence)
}

export async function findConsequence(context: Context, id: string): Promise<Consequence | null> {
  const [row] = await context.records.select().from(consequence).where(eq(consequence.id, id))
  return row ? toConsequence(row) : null
}

export async function putConsequence(context: Context, draft: ConsequenceDraft): Promise<void> {
  const [known] = await context.records
    .select({ version: consequence.version })
    .from(consequence)
    .where(eq(consequence.id, draft.id))
    .for('update')
  const value = { version: (known?.version ?? 0) + 1, draft, savedAt: context.now, savedBy: context.who.name }
  await context.records
    .insert(consequence)
    .values({ ...value, organisationId: context.organisation, id: draft.id })
    .onConflictDoUpdate({ target: [consequence.organisationId, consequence.id], set: value })
}

/** False where there was none. */
export async function deleteConsequence(context: Context, id: string): Promise<boolean> {
  const gone = await context.records.delete(consequence).where(eq(consequence.id, id)).returning({ id: consequence.id })
  return gone.length > 0
}
