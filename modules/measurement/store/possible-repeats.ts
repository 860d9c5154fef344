/** Events that look like ones stored already: the same type, entity, instant, attributes and values under another id. */
import type { Measurements } from '#platform/measurements/measurements'
import { encodeContents, type StoredEvent } from './intake/stored-event.ts'

const BYTES_PER_CONTENT = 8
const TWO_TO_32 = 4_294_967_296

/**
 * The places of those that repeat. An event whose own id is stored with this content is a duplicate and no repeat; of two in
 * `events` the later repeats the earlier. Contents are compared by a hash of 53 bits: two of them alike by chance are one in
 * 10^6 even among a hundred thousand.
 * Cost: one scan of the organisation's `content` column (8 bytes a row) between the first instant and the last.
 */
export async function possibleRepeats(
  measurements: Measurements,
  organisation: string,
  events: readonly StoredEvent[],
): Promise<Set<number>> {
  const encoded = encodeContents(events.length)
  const contents = events.map((event) => encoded.add(event))
  const idsOf = await storedIds(measurements, organisation, events, contents)
  const repeats = new Set<number>()
  for (const [index, { eventId }] of events.entries()) {
    const ids = idsOf.get(contents[index]!)
    if (ids === undefined) idsOf.set(contents[index]!, new Set([eventId]))
    else if (!ids.has(eventId)) repeats.add(index)
  }
  return repeats
}

async function storedIds(
  measurements: Measurements,
  organisation: string,
  events: readonly StoredEvent[],
  contents: readonly number[],
): Promise<Map<number, Set<string>>> {
  const packed = Buffer.allocUnsafe(contents.length * BYTES_PER_CONTENT)
  for (const [index, content] of contents.entries()) {
    packed.writeUInt32LE(content % TWO_TO_32, index * BYTES_PER_CONTENT)
    packed.writeUInt32LE(Math.floor(content / TWO_TO_32), index * BYTES_PER_CONTENT + 4)
  }
  const times = events.reduce(
    (span, { occurredAt }) => ({ from: Math.min(span.from, occurredAt), to: Math.max(span.to, occurredAt) }),
    { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY },
  )
  const rows = await measurements.query<{ content: number; eventId: string }>(
    `SELECT content, event_id AS eventId FROM bihuan.event FINAL
     WHERE organisation = {organisation:UUID}
       AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
       AND occurred_at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
       AND content IN (SELECT arrayJoin(reinterpret(base64Decode({contents:String}), 'Array(UInt64)')))`,
    { organisation, ...times, contents: packed.toString('base64') },
    { settings: { do_not_merge_across_partitions_select_final: 1 } },
  )
  const ids = new Map<number, Set<string>>()
  for (const { content, eventId } of rows) {
    const known = ids.get(content)
    if (known) known.add(eventId)
    else ids.set(content, new Set([eventId]))
  }
  return ids
}
