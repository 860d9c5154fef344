/** One chunk of events of one organisation, from judgement to disk. The caller runs chunks of an organisation in turn. */
import type { Measurements } from '#platform/measurements/measurements'
import { type RowBinaryWriter, rowBinaryWriter, uuidBytes } from '#platform/measurements/row-binary'
import {
  decideEvents,
  type Decision,
  type IncomingEvent,
  type Outcome,
  type RowToRemove,
  type RowToStore,
} from './decide-events.ts'
import { knownEvents } from './known-events.ts'
import { CONTENT_COLUMNS, type EncodedContents, encodeContents, identityOf, type StoredEvent } from './stored-event.ts'

/** Rows of one insert: one block of the engine, hence at most one new part for each month. */
export const BLOCK_ROWS_LIMIT = 100_000
const TYPICAL_ROW_BYTES = 260
const NIL = '00000000-0000-0000-0000-000000000000'

const COLUMNS = [
  { name: 'organisation', type: 'UUID' },
  { name: 'event_id', type: 'String' },
  { name: 'identity', type: 'UInt64' },
  { name: 'content', type: 'UInt64' },
  { name: 'received_at', type: "DateTime64(6, 'UTC')" },
  { name: 'batch', type: 'UUID' },
  { name: 'correction', type: 'UUID' },
  { name: 'removed', type: 'UInt8' },
  ...CONTENT_COLUMNS,
]

export interface WrittenChunk {
  /** One for each event, in order. */
  readonly outcomes: readonly Outcome[]
  readonly identities: readonly number[]
}

let inserts = 0

/** Settles when all rows are on disk. A failure may leave some of them behind; sending the same events again is safe. */
export async function writeEvents(
  measurements: Measurements,
  events: readonly StoredEvent[],
  receivedMilliseconds: number,
): Promise<WrittenChunk> {
  const organisation = events[0]!.organisation
  const contents = encodeContents(events.length)
  const incoming: IncomingEvent[] = events.map((event) => ({
    event,
    identity: identityOf(event.eventId),
    content: contents.add(event),
  }))
  const identities = incoming.map((each) => each.identity)
  const eventIds = new Set(events.map((event) => event.eventId))
  const known = await knownEvents(measurements, organisation, identities, eventIds)
  const decision = decideEvents(incoming, known, receivedMilliseconds * 1000)
  await writeDecision(measurements, organisation, decision, incoming, contents)
  return { outcomes: decision.outcomes, identities }
}

/**
 * New rows before removals: when the process dies between the two, an event is there twice until it is sent again or
 * `settleCorrections` runs, but never missing.
 */
async function writeDecision(
  measurements: Measurements,
  organisation: string,
  decision: Decision,
  incoming: readonly IncomingEvent[],
  contents: EncodedContents,
): Promise<void> {
  const owner = uuidBytes(organisation)
  const insert = async (rows: number, fill: (writer: RowBinaryWriter, uuid: UuidMemory) => void) => {
    const writer = rowBinaryWriter(rows * TYPICAL_ROW_BYTES)
    fill(writer, uuidMemory())
    inserts += 1
    const token = `${organisation} ${process.pid} ${inserts} ${performance.timeOrigin}`
    await measurements.insert('event', { rowBinary: writer.written(), columns: COLUMNS }, { token })
  }
  for (let start = 0; start < decision.store.length; start += BLOCK_ROWS_LIMIT) {
    const rows = decision.store.slice(start, start + BLOCK_ROWS_LIMIT)
    await insert(rows.length, (writer, uuid) => {
      for (const row of rows) writeStored(writer, owner, uuid, row, incoming[row.index]!, contents)
    })
  }
  for (let start = 0; start < decision.remove.length; start += BLOCK_ROWS_LIMIT) {
    const rows = decision.remove.slice(start, start + BLOCK_ROWS_LIMIT)
    await insert(rows.length, (writer, uuid) => {
      for (const row of rows) writeRemoved(writer, owner, uuid, row)
    })
  }
}

/** Writes rows that take back what counts in the store, for `settleCorrections`. */
export async function writeRemovals(
  measurements: Measurements,
  organisation: string,
  remove: readonly RowToRemove[],
): Promise<void> {
  const contents = encodeContents(0)
  await writeDecision(measurements, organisation, { outcomes: [], store: [], remove }, [], contents)
}

function writeStored(
  writer: RowBinaryWriter,
  owner: Uint8Array,
  uuid: UuidMemory,
  row: RowToStore,
  { event, identity, content }: IncomingEvent,
  contents: EncodedContents,
): void {
  writer.bytes(owner)
  writer.text(event.eventId)
  writer.uint64(identity)
  writer.uint64(content)
  writer.uint64(row.version)
  writer.bytes(uuid(row.batch))
  writer.bytes(uuid(row.correction ?? NIL))
  writer.byte(0)
  writer.bytes(contents.bytesOf(row.index))
}

function writeRemoved(
  writer: RowBinaryWriter,
  owner: Uint8Array,
  uuid: UuidMemory,
  { row, version, correction }: RowToRemove,
): void {
  writer.bytes(owner)
  writer.text(row.eventId)
  writer.uint64(identityOf(row.eventId))
  writer.uint64(0)
  writer.uint64(version)
  writer.bytes(uuid(row.batch))
  writer.bytes(uuid(correction))
  writer.byte(1)
  writer.text(row.eventType)
  writer.uint64(row.entity)
  writer.uint64(row.occurredAt)
  writer.variableUInt(0)
  writer.variableUInt(0)
}

type UuidMemory = (uuid: string) => Uint8Array

/** Rows of one insert share a few batches. */
function uuidMemory(): UuidMemory {
  const seen = new Map<string, Uint8Array>()
  return (uuid) => {
    const known = seen.get(uuid)
    if (known) return known
    const bytes = uuidBytes(uuid)
    seen.set(uuid, bytes)
    return bytes
  }
}
