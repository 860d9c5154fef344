/** One chunk of events of one organisation, from judgement to disk. The caller runs chunks of an organisation in turn. */
import type { Measurements } from '#platform/measurements/measurements'
import { type RowBinaryWriter, rowBinaryWriter, uuidBytes } from '#platform/measurements/row-binary'
import { markCorrected } from './corrected-months.ts'
import {
  decideEvents,
  type Decision,
  type IncomingEvent,
  type Outcome,
  type RowToRemove,
  type RowToStore,
} from './decide-events.ts'
import { knownEvents } from './known-events.ts'
import { noteReceived, RECENT_HOURS_KEPT } from './recent-events.ts'
import { CONTENT_COLUMNS, type EncodedContents, encodeContents, identityOf, type StoredEvent } from './stored-event.ts'

/** Rows of one insert: one block of the engine, hence at most one new part for each month. */
const BLOCK_ROWS_LIMIT = 125_000
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

let inserts = 0

/** Events so young are also kept in the order of time: see `recent-events.ts`. */
const RECENT_MILLISECONDS = RECENT_HOURS_KEPT * 3_600_000

/** Rows encoded between two breaths, so that a large import never holds the process for more than some milliseconds. */
const ROWS_PER_BREATH = 5_000
const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

export interface PreparedEvents {
  readonly incoming: readonly IncomingEvent[]
  readonly contents: EncodedContents
}

/** Hashes and encodes; needs nothing from the store, so the next chunk may be prepared while one is written. */
export async function prepareEvents(events: readonly StoredEvent[]): Promise<PreparedEvents> {
  const contents = encodeContents(events.length)
  const incoming: IncomingEvent[] = []
  for (const event of events) {
    if (incoming.length > 0 && incoming.length % ROWS_PER_BREATH === 0) await breath()
    incoming.push({ event, identity: identityOf(event.eventId), content: contents.add(event) })
  }
  return { incoming, contents }
}

export interface WrittenEvents {
  readonly outcomes: readonly Outcome[]
  /** Where events lay that corrections moved away. */
  readonly left: readonly Place[]
}
/** Days and types whose figures change. */
export interface Place {
  readonly eventType: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
}

/** Settles when all rows are on disk. A failure may leave some of them behind; sending the same events again is safe. */
export async function writeEvents(
  measurements: Measurements,
  { incoming, contents }: PreparedEvents,
  receivedMilliseconds: number,
): Promise<WrittenEvents> {
  const organisation = incoming[0]!.event.organisation
  noteReceived(measurements, receivedMilliseconds)
  const known = await knownEvents(measurements, organisation, incoming)
  const decision = decideEvents(incoming, known, receivedMilliseconds * 1000)
  await writeDecision(
    measurements,
    organisation,
    decision,
    incoming,
    contents,
    receivedMilliseconds - RECENT_MILLISECONDS,
  )
  return { outcomes: decision.outcomes, left: decision.remove.map(({ row }) => row) }
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
  recentFrom: number,
): Promise<void> {
  const owner = uuidBytes(organisation)
  const uuid = uuidMemory()
  const stored = (writer: RowBinaryWriter, row: RowToStore) =>
    writeStored(writer, owner, uuid, row, incoming[row.index]!, contents)
  const removed = (writer: RowBinaryWriter, row: RowToRemove) => writeRemoved(writer, owner, uuid, row)
  await markCorrected(measurements, organisation, correctedPlaces(decision, incoming))
  // The copy first: once the events are there a repeated call finds them known and would not write the copy again.
  const recent = decision.store.filter((row) => incoming[row.index]!.event.occurredAt >= recentFrom)
  await writeBlocks(measurements, organisation, 'recent_event', recent, stored)
  const gone = decision.remove.filter(({ row }) => row.occurredAt >= recentFrom)
  await writeBlocks(measurements, organisation, 'recent_event', gone, removed)
  await writeBlocks(measurements, organisation, 'event', decision.store, stored)
  await writeBlocks(measurements, organisation, 'event', decision.remove, removed)
}

function* correctedPlaces(decision: Decision, incoming: readonly IncomingEvent[]) {
  for (const { correction, index } of decision.store) if (correction !== null) yield incoming[index]!.event
  for (const { row } of decision.remove) yield row
}

/** The engine takes in one block while the next one is encoded. */
async function writeBlocks<T>(
  measurements: Measurements,
  organisation: string,
  table: 'event' | 'recent_event',
  rows: readonly T[],
  write: (writer: RowBinaryWriter, row: T) => void,
): Promise<void> {
  let underWay: Promise<void> = Promise.resolve()
  for (let start = 0; start < rows.length; start += BLOCK_ROWS_LIMIT) {
    const end = Math.min(rows.length, start + BLOCK_ROWS_LIMIT)
    const writer = rowBinaryWriter((end - start) * TYPICAL_ROW_BYTES)
    for (let index = start; index < end; index += 1) {
      if (index > start && index % ROWS_PER_BREATH === 0) await breath()
      write(writer, rows[index]!)
    }
    await underWay
    inserts += 1
    // A token names this very insert: a row that comes back after a correction is no repetition of its first insert.
    const token = `${organisation} ${process.pid} ${performance.timeOrigin} ${inserts}`
    underWay = measurements.insert(table, { rowBinary: writer.written(), columns: COLUMNS }, { token })
    // It is waited for in the next turn; until then a failure must not count as unheard.
    underWay.catch(() => {})
  }
  await underWay
}

/** Writes rows that take back what counts in the store, for `settleCorrections`. */
export async function writeRemovals(
  measurements: Measurements,
  organisation: string,
  remove: readonly RowToRemove[],
): Promise<void> {
  const contents = encodeContents(0)
  await writeDecision(
    measurements,
    organisation,
    { outcomes: [], store: [], remove },
    [],
    contents,
    Number.NEGATIVE_INFINITY,
  )
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
