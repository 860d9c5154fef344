/** Queries over pinned indicators. */
import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { pin } from '../../tables/exploring.ts'

export async function pinsOf(context: Context): Promise<string[]> {
  const rows = await context.records
    .select({ indicator: pin.indicator })
    .from(pin)
    .where(eq(pin.personId, context.who.id))
    .orderBy(asc(pin.pinnedAt), asc(pin.indicator))
  return rows.map((row) => row.indicator)
}

export async function insertPin(context: Context, indicator: string): Promise<void> {
  await context.records
    .insert(pin)
    .values({ organisationId: context.organisation, personId: context.who.id, indicator, pinnedAt: context.now })
    .onConflictDoNothing()
}

export async function deletePin(context: Context, indicator: string): Promise<void> {
  await context.records.delete(pin).where(and(eq(pin.personId, context.who.id), eq(pin.indicator, indicator)))
}
