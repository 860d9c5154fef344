/**
 * A file of a million rows through the whole import (read, map, ids, exactly-once, book of batches, progress) against the
 * raw insert of the same rows, made ready in memory, into a plain MergeTree. And the same events over the API.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import pino from 'pino'
import { measurementMigrations } from '../migrations/measurements/first.ts'
import { saveMapping, startImport } from '../modules/measurement/actions/intake/imports.ts'
import { recordEvents } from '../modules/measurement/actions/intake/record-events.ts'
import { recordLines } from '../modules/measurement/actions/intake/record-lines.ts'
import { mappingDefinition } from '../modules/measurement/contract.ts'
import { createImportRunner } from '../modules/measurement/imports/runner.ts'
import { measurementModule } from '../modules/measurement/module.ts'
import { findImport } from '../modules/measurement/store/records/imports.ts'
import type { StoredEvent } from '../modules/measurement/store/intake/stored-event.ts'
import { createMissingEntities } from '../modules/organisation/actions/look-up.ts'
import { type Files, openFiles } from '../platform/files/files.ts'
import { openTable } from '../platform/files/read-table.ts'
import { createSealer } from '../platform/sealing.ts'
import { type Measurements, openMeasurements } from '../platform/measurements/measurements.ts'
import { migrationSteps } from '../platform/measurements/schema.ts'
import { migrate } from '../platform/migrations/runner.ts'
import { openRecords } from '../platform/records/records.ts'
import { must } from '../platform/refusal.ts'
import { createPlatform, type Platform } from '../platform/run.ts'
import { insertRaw } from './measurement-insert.ts'
import { type Comparison, makeEvents, ORGANISATION, PLAIN_TABLE, waitForMerges } from './measurement-store.ts'

const ROWS = { small: 5_000, large: 1_000_000 } as const
const JSON_BATCH_EVENTS = 5_000
const JSON_LANES = 4
const LINES_PER_CHUNK = 500

const mapping = mappingDefinition.parse({
  eventType: 'call',
  entity: { columns: ['entity'] },
  time: { column: 'at', format: 'iso', timeZone: 'UTC' },
  identity: ['ticket'],
  attributes: ['channel', 'region', 'category', 'agent'].map((name) => ({ column: name, name })),
  values: ['attendances', 'breaches', 'duration'].map((name) => ({ column: name, name })),
})

export interface Place {
  readonly directory: string
  readonly measurements: Measurements
  readonly platform: Platform
  readonly files: Files
  readonly quiet: () => Promise<void>
}

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  return withPlace(async (place) => {
    const events = makeEvents(0, ROWS[size]).map((event) => ({ ...event, eventType: 'call' }))
    await createEntities(place, events)
    const path = join(place.directory, 'events.csv')
    await writeCsv(path, events)
    const raw = await timed(() => insertRaw(place.measurements, events))
    await waitForMerges(place.measurements)
    const results = [
      await compareReading(path, events.length),
      await compareImport(place, path, events.length, raw),
      await compareImport(place, path, events.length, raw),
    ]
    results.push(await compareApi(place, events, raw, 'stream', sendLines))
    results.push(await compareApi(place, events, raw, 'batches', sendBatches))
    return results
  })
}

export async function withPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'bihuan-bench-'))
  // As root the database runs as another user, who must be able to pass.
  await chmod(directory, 0o755)
  const log = pino({ level: process.env.BIHUAN_BENCH_LOG ?? 'silent' })
  const records = await openRecords({ directory: join(directory, 'records'), url: '', log })
  const measurements = await openMeasurements({ directory: join(directory, 'measurements') })
  const steps = migrationSteps(measurements, measurementMigrations(measurements.size))
  await migrate({ records, log, measurements: steps })
  await measurements.command(PLAIN_TABLE)
  await records.ownerPool.query(
    `insert into organisation.organisation (id, name, time_zone, demo, created_at) values ($1, 'Bench', 'Asia/Shanghai', false, now())`,
    [ORGANISATION],
  )
  const files = openFiles(join(directory, 'files'))
  const runner = createImportRunner(files)
  const platform = await createPlatform({
    records,
    measurements,
    log,
    surroundings: { now: () => Temporal.Now.instant(), random: Math.random },
    modules: [
      measurementModule({ files, runner, sealer: createSealer('a secret'), watchFolder: null, pullPrivate: false }),
    ],
    organisations: async () => [ORGANISATION],
  })
  try {
    await platform.startJobs()
    return await work({ directory, measurements, platform, files, quiet: runner.quiet })
  } finally {
    await platform.stop()
    await measurements.close()
    await records.close()
    await rm(directory, { recursive: true, force: true })
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function createEntities({ platform, quiet }: Place, events: readonly StoredEvent[]): Promise<void> {
  const keys = [...new Set(events.map((event) => `E${event.entity}`))]
  await platform.run(platform.systemActor, ORGANISATION, (context) =>
    createMissingEntities(context, keys, { kind: 'unit', parentKey: null }),
  )
  await quiet()
}

async function writeCsv(path: string, events: readonly StoredEvent[]): Promise<void> {
  const lines = function* () {
    yield 'ticket,at,entity,channel,region,category,agent,attendances,breaches,duration\n'
    let text = ''
    for (const event of events) {
      const { channel, region, category, agent } = event.attributes
      const { attendances, breaches, duration } = event.values
      text += `${event.eventId},${isoOf(event)},E${event.entity},${channel},${region},${category},${agent},${attendances},${breaches},${duration}\n`
      if (text.length > 1_000_000) {
        yield text
        text = ''
      }
    }
    yield text
  }
  await pipeline(lines(), createWriteStream(path))
}

const isoOf = (event: StoredEvent) => new Date(event.occurredAt).toISOString().slice(0, 19)

/** Reading alone, against csv-parse with the same leniency. */
async function compareReading(path: string, rows: number): Promise<Comparison> {
  let own = 0
  const ownMilliseconds = await timed(async () => {
    for await (const batch of (await openTable(path)).batches()) own += batch.cells.length
  })
  let library = -1
  const libraryMilliseconds = await timed(async () => {
    const options = { bom: true, relax_quotes: true, relax_column_count: true, info: true, skip_empty_lines: true }
    const parser = createReadStream(path, { highWaterMark: 1 << 20 }).pipe(
      parse({ ...options, record_delimiter: ['\r\n', '\n', '\r'] }),
    )
    parser.on('readable', () => {
      while (parser.read() !== null) library += 1
    })
    await new Promise((resolve) => parser.on('end', resolve))
  })
  must(own === rows && library === rows, 'both read every row')
  return comparison('reading a file, against csv-parse', rows, ownMilliseconds, libraryMilliseconds)
}

async function compareImport(place: Place, path: string, rows: number, raw: number): Promise<Comparison> {
  const { platform, files, measurements } = place
  const system = platform.systemActor
  const { file } = await files.receive(ORGANISATION, 'events.csv', createReadStream(path))
  await platform.run(system, ORGANISATION, (context) => saveMapping(context, { name: 'bench', definition: mapping }))
  let id = ''
  const milliseconds = await timed(async () => {
    const asked = { file, mapping: 'bench', dryRun: false }
    id = (await platform.run(system, ORGANISATION, (context) => startImport(files, context, asked))).id
    await over(place, id)
  })
  const row = await platform.run(system, ORGANISATION, (context) => findImport(context, id))
  must(row?.state === 'done' && row.stored + row.duplicates === rows, `every row is stored once: ${row?.problem}`)
  const name = row.stored > 0 ? 'import of a file' : 'import of the same file again'
  await waitForMerges(measurements)
  return comparison(name, rows, milliseconds, raw)
}

const POLL_MILLISECONDS = 200

async function over({ platform }: Place, id: string): Promise<void> {
  for (;;) {
    const row = await platform.run(platform.systemActor, ORGANISATION, (context) => findImport(context, id))
    if (row && row.state !== 'waiting' && row.state !== 'running') return
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
  }
}

type Send = (place: Place, texts: readonly string[]) => Promise<number>

async function compareApi(
  place: Place,
  events: readonly StoredEvent[],
  raw: number,
  name: string,
  send: Send,
): Promise<Comparison> {
  const texts = events.map((event) =>
    JSON.stringify({
      id: `${name} ${event.eventId}`,
      type: event.eventType,
      entity: `E${event.entity}`,
      at: `${isoOf(event)}Z`,
      attributes: event.attributes,
      values: event.values,
    }),
  )
  let stored = 0
  const milliseconds = await timed(async () => {
    stored = await send(place, texts)
  })
  must(stored === events.length, 'every event is new')
  await waitForMerges(place.measurements)
  return comparison(`events over the API, ${name}`, events.length, milliseconds, raw)
}

const sendLines: Send = async ({ platform }, texts) => {
  const body = async function* () {
    for (let start = 0; start < texts.length; start += LINES_PER_CHUNK)
      yield Buffer.from(`${texts.slice(start, start + LINES_PER_CHUNK).join('\n')}\n`)
  }
  const answer = await platform.apart(platform.systemActor, ORGANISATION, (context) => recordLines(context, body()))
  return answer.stored
}

const sendBatches: Send = async ({ platform }, texts) => {
  let next = 0
  let stored = 0
  const lane = async () => {
    while (next < texts.length) {
      const start = next
      next += JSON_BATCH_EVENTS
      const body = `{"events":[${texts.slice(start, next).join(',')}]}`
      const input = JSON.parse(body) as { events: unknown[] }
      const answer = await platform.apart(platform.systemActor, ORGANISATION, (context) => recordEvents(context, input))
      stored += answer.stored
    }
  }
  await Promise.all(Array.from({ length: JSON_LANES }, lane))
  return stored
}

function comparison(name: string, rows: number, milliseconds: number, reference: number): Comparison {
  const perSecond = (time: number) => Math.round((rows / time) * 1000)
  return {
    name,
    ours: perSecond(milliseconds),
    reference: perSecond(reference),
    ratio: milliseconds / reference,
    unit: 'events/s',
    answerHash: String(rows),
  }
}
