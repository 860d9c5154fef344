/** What both benchmarks of the measurements share: a store of their own and events that look like service. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measurementMigrations } from '../migrations/measurements/first.ts'
import type { StoredEvent } from '../modules/measurement/store/intake/stored-event.ts'
import { type Measurements, openMeasurements } from '../platform/measurements/measurements.ts'
import { migrationSteps } from '../platform/measurements/schema.ts'

export interface Comparison {
  readonly name: string
  readonly ours: number
  readonly reference: number
  /** Above 1 means slower than the reference. */
  readonly ratio: number
  readonly unit: string
  /** Hash of the answer, the same for both sides. */
  readonly answerHash: string
}

export const ORGANISATION = '01900000-0000-7000-8000-00000000000a'
export const BATCH = '01900000-0000-7000-8000-0000000000ff'
/** 1 January 2024; the events lie in the two years after it. */
export const START_MILLISECONDS = 1_704_067_200_000
export const SPAN_MILLISECONDS = 730 * 86_400_000
export const ENTITIES = 5_000

export async function withStore<T>(work: (measurements: Measurements) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'bihuan-bench-'))
  const measurements = await openMeasurements({ directory })
  try {
    for (const step of migrationSteps(measurements, measurementMigrations('embedded'))) await step.run()
    await measurements.command(PLAIN_TABLE)
    return await work(measurements)
  } finally {
    await measurements.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** What somebody would write by hand: no fsync, no window, no versions, the same order and types. */
export const PLAIN_TABLE = `
  CREATE TABLE bihuan.plain_event (
    organisation UUID, entity UInt64, event_type LowCardinality(String), event_id String, identity UInt64, content UInt64,
    occurred_at DateTime64(3, 'UTC') CODEC(Delta(8), LZ4), received_at DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    batch UUID, correction UUID, removed UInt8,
    attributes Map(LowCardinality(String), String), values Map(LowCardinality(String), Float64)
  ) ENGINE = MergeTree PARTITION BY toYYYYMM(occurred_at)
  ORDER BY (organisation, event_type, entity, occurred_at)`

const GENERATED_BLOCK = 100_000

/** The same rows for both tables, made by the engine: blocks of random times, as a history that arrives unsorted. */
export async function fillBoth(measurements: Measurements, rows: number): Promise<void> {
  for (let start = 0; start < rows; start += GENERATED_BLOCK) {
    const count = Math.min(GENERATED_BLOCK, rows - start)
    for (const table of ['event', 'plain_event']) {
      await measurements.command(
        `INSERT INTO bihuan.${table} SELECT
           {organisation:UUID}, 1 + sipHash64(number, 1) % ${ENTITIES}, ['call', 'visit', 'ticket'][1 + number % 3],
           concat('SRC-', leftPad(toString(number), 10, '0')) AS id, sipHash64(id) % 9007199254740992, sipHash64(id, 1) % 9007199254740992,
           fromUnixTimestamp64Milli(toInt64(${START_MILLISECONDS} + sipHash64(number, 2) % ${SPAN_MILLISECONDS}), 'UTC'),
           toDateTime64('2026-01-01 00:00:00', 6, 'UTC'), {batch:UUID}, toUUID('00000000-0000-0000-0000-000000000000'), 0,
           map('channel', ['hotline', 'app', 'web', 'counter'][1 + sipHash64(number, 3) % 4],
               'region', concat('r', toString(sipHash64(number, 4) % 30)),
               'category', ['complaint', 'enquiry', 'praise', 'request', 'repair', 'other'][1 + sipHash64(number, 5) % 6],
               'agent', concat('a', toString(sipHash64(number, 6) % 300))),
           map('attendances', toFloat64(sipHash64(number, 7) % 50), 'breaches', toFloat64(sipHash64(number, 8) % 5),
               'duration', (sipHash64(number, 9) % 1000000) / 1000)
         FROM numbers({start:UInt64}, {count:UInt64})`,
        { organisation: ORGANISATION, batch: BATCH, start, count },
        { settings: { max_partitions_per_insert_block: 1000, insert_deduplication_token: `${table} ${start}` } },
      )
    }
  }
}

const QUIET_TRIES_LIMIT = 300
const QUIET_WAIT_MILLISECONDS = 1000

/** Waits until the engine has no merge under way, as it would be some minutes after an import. */
export async function waitForMerges(measurements: Measurements): Promise<void> {
  for (let tries = 0; tries < QUIET_TRIES_LIMIT; tries += 1) {
    const [row] = await measurements.query<{ count: number }>('SELECT count() AS count FROM system.merges')
    if (row!.count === 0) return
    await new Promise((resolve) => setTimeout(resolve, QUIET_WAIT_MILLISECONDS))
  }
}

/** Events as the importer hands them over. Deterministic: number `from + i` is always the same event. */
export function makeEvents(from: number, count: number): StoredEvent[] {
  let state = (from % 2_147_483_645) + 1
  const roll = (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  return Array.from({ length: count }, (_unused, index) => ({
    organisation: ORGANISATION,
    entity: 1 + roll(ENTITIES),
    eventType: ['call', 'visit', 'ticket'][index % 3]!,
    eventId: `NEW-${String(from + index).padStart(10, '0')}-${roll(1_000_000)}`,
    occurredAt: START_MILLISECONDS + roll(730) * 86_400_000 + roll(86_400_000),
    attributes: {
      channel: ['hotline', 'app', 'web', 'counter'][roll(4)]!,
      region: `r${roll(30)}`,
      category: ['complaint', 'enquiry', 'praise', 'request'][roll(4)]!,
      agent: `a${roll(300)}`,
    },
    values: { attendances: roll(50), breaches: roll(5), duration: roll(1_000_000) / 1000 },
    batch: BATCH,
  }))
}

export const hashOf = (answer: unknown) =>
  createHash('sha256').update(JSON.stringify(answer)).digest('hex').slice(0, 16)

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
