/** An import with exactly-once and fsync against the fastest raw insert of the same rows into a plain MergeTree. */
import { must } from '../platform/refusal.ts'
import type { Measurements } from '../platform/measurements/measurements.ts'
import { rowBinaryWriter, uuidBytes } from '../platform/measurements/row-binary.ts'
import { insertEvents } from '../modules/measurement/store/insert-events.ts'
import { CONTENT_COLUMNS, encodeContents, type StoredEvent } from '../modules/measurement/store/intake/stored-event.ts'
import { type Comparison, fillBoth, makeEvents, ORGANISATION, waitForMerges, withStore } from './measurement-store.ts'

const ROWS = { small: 20_000, large: 1_000_000 } as const
const STORED_BEFORE = { small: 20_000, large: 10_000_000 } as const
const BLOCK_ROWS = 100_000
const RECEIVED_MILLISECONDS = 1_767_225_600_000

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison> {
  return withStore(async (measurements) => {
    await fillBoth(measurements, STORED_BEFORE[size])
    await waitForMerges(measurements)
    return compareInserts(measurements, makeEvents(0, ROWS[size]))
  })
}

export async function compareInserts(measurements: Measurements, events: readonly StoredEvent[]): Promise<Comparison> {
  const rawMilliseconds = await timed(() => insertRaw(measurements, events))
  await waitForMerges(measurements)
  const ownMilliseconds = await timed(async () => {
    const receipt = await insertEvents(measurements, events, RECEIVED_MILLISECONDS)
    must(receipt.stored === events.length, 'every event is new')
  })
  const [own, raw] = [await stateOf(measurements, 'event FINAL'), await stateOf(measurements, 'plain_event')]
  must(own === raw, 'both tables hold the same events')
  const perSecond = (milliseconds: number) => Math.round((events.length / milliseconds) * 1000)
  return {
    name: 'import of new events',
    ours: perSecond(ownMilliseconds),
    reference: perSecond(rawMilliseconds),
    ratio: ownMilliseconds / rawMilliseconds,
    unit: 'events/s',
    answerHash: own,
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function stateOf(measurements: Measurements, table: string): Promise<string> {
  const [row] = await measurements.query<{ state: string }>(
    `SELECT concat(toString(count()), '-', toString(groupBitXor(sipHash64(event_id, entity, occurred_at, event_type)))) AS state
     FROM bihuan.${table} WHERE organisation = {organisation:UUID}`,
    { organisation: ORGANISATION },
  )
  return row!.state
}

/** Encoded by the same hand, in the same blocks; no look for known ids, no hashes, no fsync, no versions. */
export async function insertRaw(measurements: Measurements, events: readonly StoredEvent[]): Promise<void> {
  const columns = [
    { name: 'organisation', type: 'UUID' },
    { name: 'event_id', type: 'String' },
    { name: 'batch', type: 'UUID' },
    ...CONTENT_COLUMNS,
  ]
  for (let start = 0; start < events.length; start += BLOCK_ROWS) {
    const block = events.slice(start, start + BLOCK_ROWS)
    const contents = encodeContents(block.length)
    const writer = rowBinaryWriter(block.length * 200)
    const [organisation, batch] = [uuidBytes(block[0]!.organisation), uuidBytes(block[0]!.batch)]
    for (const [index, event] of block.entries()) {
      contents.add(event)
      writer.bytes(organisation)
      writer.text(event.eventId)
      writer.bytes(batch)
      writer.bytes(contents.bytesOf(index))
    }
    await measurements.insert('plain_event', { rowBinary: writer.written(), columns }, { token: `raw ${start}` })
  }
}
