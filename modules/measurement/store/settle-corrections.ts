/** Finishes corrections a dying process, or two processes at the same moment, left half done. */
import type { Measurements } from '#platform/measurements/measurements'
import type { KnownRow } from './intake/decide-events.ts'
import { FINAL_WITHIN_PARTITIONS } from './compile/compile-facts.ts'
import { type Place, writeRemovals } from './intake/write-events.ts'

/** Ids looked after in one run; a further run finds the rest. */
const SETTLED_IDS_LIMIT = 10_000
const SETTLE_SECONDS = 300

/**
 * Takes back all but the newest row of every event id that counts more than once; gives where the rows lay that were taken back.
 * Run it after a start and now and then. Cost: one grouping of all identities of the organisation.
 */
export async function settleCorrections(measurements: Measurements, organisation: string): Promise<readonly Place[]> {
  const rows = await measurements.query<Omit<KnownRow, 'removed'>>(
    DOUBLES,
    { organisation, limit: SETTLED_IDS_LIMIT },
    { maxExecutionSeconds: SETTLE_SECONDS, settings: FINAL_WITHIN_PARTITIONS },
  )
  const newest = new Map<string, number>()
  for (const row of rows) newest.set(row.eventId, Math.max(newest.get(row.eventId) ?? 0, row.version))
  const kept = new Set<string>()
  const remove = rows.flatMap((row) => {
    const version = newest.get(row.eventId)!
    if (row.version === version && !kept.has(row.eventId)) {
      kept.add(row.eventId)
      return []
    }
    return [{ row: { ...row, removed: false }, version: version + 1, correction: row.batch }]
  })
  if (remove.length > 0) await writeRemovals(measurements, organisation, remove)
  return remove.map(({ row }) => row)
}

const DOUBLES = `
  SELECT event_id AS eventId, event_type AS eventType, entity, toUnixTimestamp64Milli(occurred_at) AS occurredAt, content,
    toUnixTimestamp64Micro(received_at) AS version, toString(batch) AS batch
  FROM bihuan.event FINAL
  WHERE organisation = {organisation:UUID} AND (identity, event_id) IN (
    SELECT identity, event_id FROM bihuan.event FINAL WHERE organisation = {organisation:UUID}
      AND identity IN (
        SELECT identity FROM bihuan.event FINAL WHERE organisation = {organisation:UUID}
        GROUP BY identity HAVING count() > 1 LIMIT {limit:UInt32})
    GROUP BY identity, event_id HAVING count() > 1)
  ORDER BY eventId, version`
