/** Rows of the store that carry one of the given event ids. */
import type { Measurements } from '#platform/measurements/measurements'
import type { IncomingEvent, KnownRow } from './decide-events.ts'

/** Up to this many ids the filter index skips nearly all of the table; with more of them every granule is wanted anyway. */
const INDEXED_IDS_LIMIT = 5_000
const BYTES_PER_IDENTITY = 8
const TWO_TO_32 = 4_294_967_296

interface FoundRow extends Omit<KnownRow, 'removed'> {
  readonly removed: number
}

/**
 * Rows by event id, each of them whether it counts or not. Looks at all times: a correction may move an event anywhere.
 * Cost: one scan of the organisation's `identity` column (8 bytes a row) or of its filter index.
 */
export async function knownEvents(
  measurements: Measurements,
  organisation: string,
  incoming: readonly IncomingEvent[],
): Promise<Map<string, KnownRow[]>> {
  const packed = packIdentities(incoming)
  const indexed = packed.length / BYTES_PER_IDENTITY <= INDEXED_IDS_LIMIT ? 1 : 0
  const rows = await measurements.query<FoundRow>(
    LOOKUP,
    { organisation, identities: packed.toString('base64') },
    { settings: { use_skip_indexes: indexed } },
  )
  const known = new Map<string, KnownRow[]>()
  if (rows.length === 0) return known
  const eventIds = new Set(incoming.map((each) => each.event.eventId))
  for (const row of rows) {
    // Another id with the same hash is none of ours.
    if (!eventIds.has(row.eventId)) continue
    const others = known.get(row.eventId)
    const found = { ...row, removed: row.removed === 1 }
    if (others) others.push(found)
    else known.set(row.eventId, [found])
  }
  return known
}

/** As one base64 text: an array of as many literals would keep the engine's parser busy for seconds. */
const LOOKUP = `
  SELECT event_id AS eventId, event_type AS eventType, entity, toUnixTimestamp64Milli(occurred_at) AS occurredAt, content,
    toUnixTimestamp64Micro(received_at) AS version, removed, toString(batch) AS batch
  FROM bihuan.event
  PREWHERE identity IN (SELECT arrayJoin(reinterpret(base64Decode({identities:String}), 'Array(UInt64)')))
  WHERE organisation = {organisation:UUID}`

function packIdentities(incoming: readonly IncomingEvent[]): Buffer {
  const packed = Buffer.allocUnsafe(incoming.length * BYTES_PER_IDENTITY)
  for (const [index, { identity }] of incoming.entries()) {
    packed.writeUInt32LE(identity % TWO_TO_32, index * BYTES_PER_IDENTITY)
    packed.writeUInt32LE(Math.floor(identity / TWO_TO_32), index * BYTES_PER_IDENTITY + 4)
  }
  return packed
}
