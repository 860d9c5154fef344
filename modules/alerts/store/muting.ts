/** Queries over which alerts are muted. */
import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { alert } from '../tables.ts'
import type { AlertRow } from './alerts.ts'

/** Live alerts one look goes over. */
const OUTLINES_LIMIT = 50_000

export type AlertOutline = Pick<AlertRow, 'id' | 'ruleId' | 'entity' | 'colour' | 'signal' | 'muted'>

/** `onlyMuted`: where nothing mutes any more, only those that still are. */
export async function liveOutlines(context: Context, onlyMuted: boolean): Promise<AlertOutline[]> {
  return context.records
    .select({
      id: alert.id,
      ruleId: alert.ruleId,
      entity: alert.entity,
      colour: alert.colour,
      signal: alert.signal,
      muted: alert.muted,
    })
    .from(alert)
    .where(and(ne(alert.state, 'closed'), eq(alert.drill, false), onlyMuted ? isNotNull(alert.muted) : undefined))
    .limit(OUTLINES_LIMIT)
}

export async function setMuted(
  context: Context,
  changes: readonly { id: string; muted: AlertRow['muted'] }[],
): Promise<void> {
  for (const [muted, own] of Map.groupBy(changes, (change) => change.muted))
    await context.records
      .update(alert)
      .set({ muted })
      .where(
        inArray(
          alert.id,
          own.map((change) => change.id),
        ),
      )
}

export async function mutedCount(context: Context): Promise<number> {
  const [row] = await context.records
    .select({ count: sql<number>`count(*)::int` })
    .from(alert)
    .where(and(ne(alert.state, 'closed'), eq(alert.muted, 'silence')))
  return row?.count ?? 0
}
