/** Every minute: what arrived from each source, and whether one fell silent or was heard again. */
import type { Context } from '#platform/context'
import { sourceChanged, sourceHeard, sourceSilent } from '../contract.ts'
import { keyOrigin } from '../recording/store-events.ts'
import { freshnessOf } from '../rules/freshness.ts'
import { forgetMessages, lastArrivals, type SourceRow, sourceRows, updateSource } from '../store/records/sources.ts'

/** How far back arrivals are looked for; what arrived before is remembered with the source. */
const LOOK_BACK_HOURS = 2
/** Senders that try for longer than this send a message twice as two. */
const MESSAGE_DAYS = 30

/** What a source's batches are told by. */
export const originOfSource = ({ id, settings }: Pick<SourceRow, 'id' | 'settings'>): string =>
  settings.kind === 'stream' ? keyOrigin(settings.keyId) : id

export async function watchSources(context: Context): Promise<void> {
  const arrivals = await lastArrivals(context, context.now.subtract({ hours: LOOK_BACK_HOURS }))
  for (const row of await sourceRows(context)) {
    const arrived = arrivals.get(originOfSource(row)) ?? null
    const newer =
      arrived !== null && (row.lastArrivalAt === null || Temporal.Instant.compare(arrived, row.lastArrivalAt) > 0)
    const lastArrivalAt = newer ? arrived : row.lastArrivalAt
    const freshness = freshnessOf({ ...row, lastArrivalAt }, context.now)
    if (!newer && freshness === row.freshness) continue
    await updateSource(context, row.id, { lastArrivalAt, freshness })
    await context.announce(sourceChanged, { source: row.id })
    await tellSilence(context, { ...row, lastArrivalAt }, freshness)
  }
}

/** News where a source falls silent, and where it no longer is. */
export async function tellSilence(context: Context, row: SourceRow, freshness: SourceRow['freshness']): Promise<void> {
  if (freshness === 'silent' && row.freshness !== 'silent') {
    await context.announce(sourceSilent, {
      source: row.id,
      title: row.title,
      lastArrivalAt: row.lastArrivalAt?.toString() ?? null,
      expectedWithinMinutes: row.expectWithinMinutes!,
    })
  }
  if (freshness !== 'silent' && row.freshness === 'silent') await context.announce(sourceHeard, { source: row.id })
}

export const tidySources = (context: Context): Promise<void> =>
  forgetMessages(context, context.now.subtract({ hours: MESSAGE_DAYS * 24 }))
