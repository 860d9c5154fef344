import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measurementMigrations } from '../../../migrations/measurements/first.ts'
import { type Measurements, openMeasurements } from '#platform/measurements/measurements'
import { migrationSteps } from '#platform/measurements/schema'
import { browseEvents, eventTypes, attributeValues } from './browse.ts'
import { checkBatches } from './check-batches.ts'
import { insertEvents, Overloaded } from './insert-events.ts'
import { settleCorrections } from './settle-corrections.ts'
import type { StoredEvent } from './intake/stored-event.ts'
import { prepareEvents, writeEvents } from './intake/write-events.ts'

const A = '01900000-0000-7000-8000-00000000000a'
const B = '01900000-0000-7000-8000-00000000000b'
const NOW = Temporal.Instant.from('2026-03-01T00:00:00Z').epochMilliseconds
const batch = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

let directory: string
let measurements: Measurements
let organisations = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bihuan-events-'))
  measurements = await openMeasurements({ directory })
  for (const step of migrationSteps(measurements, measurementMigrations('embedded'))) await step.run()
})
afterAll(async () => {
  await measurements.close()
  await rm(directory, { recursive: true, force: true })
})

/** Past the queue, as another process would write. */
const writeNow = async (events: readonly StoredEvent[], received: number) =>
  writeEvents(measurements, await prepareEvents(events), received)
/** Each test has an organisation of its own. */
const nextOrganisation = () => `01900000-0000-7000-9000-${String((organisations += 1)).padStart(12, '0')}`
const sample = (organisation: string, id: number, over: Partial<StoredEvent> = {}): StoredEvent => ({
  organisation,
  entity: id % 7,
  eventType: 'call',
  eventId: `e${id}`,
  occurredAt: NOW - id * 3_600_000,
  attributes: { channel: 'web' },
  values: { wait: id },
  batch: batch(1),
  ...over,
})
const totals = async (organisation: string) => {
  const [row] = await measurements.query<{ count: number; ids: number; total: number }>(
    `SELECT count() AS count, uniqExact(event_id) AS ids, sum(event.values['wait']) AS total
     FROM bihuan.event FINAL WHERE organisation = {organisation:UUID}`,
    { organisation },
  )
  return row!
}

test('stores once whatever is sent again: same call, next call, in parallel, after opening anew', async () => {
  const organisation = nextOrganisation()
  const events = Array.from({ length: 1500 }, (_unused, id) => sample(organisation, id))
  const first = await insertEvents(measurements, [...events, ...events.slice(0, 500)], NOW)
  expect(first).toMatchObject({ stored: 1500, duplicates: 500, corrected: 0 })
  const again = await Promise.all([1, 2, 3].map(() => insertEvents(measurements, events.slice(0, 400), NOW + 1)))
  for (const each of again) expect(each).toMatchObject({ stored: 0, duplicates: 400, corrected: 0, hash: '0' })
  await measurements.close()
  measurements = await openMeasurements({ directory })
  expect(await insertEvents(measurements, events, NOW + 2)).toMatchObject({ stored: 0, duplicates: 1500 })
  expect(await totals(organisation)).toEqual({ count: 1500, ids: 1500, total: (1499 * 1500) / 2 })
})

test('other content corrects: within the call, later, moved in time, entity and type, and back again', async () => {
  const organisation = nextOrganisation()
  const plain = sample(organisation, 1)
  const changed = { ...plain, values: { wait: 50 } }
  const moved = {
    ...plain,
    entity: 99,
    eventType: 'visit',
    occurredAt: NOW - 400 * 86_400_000,
    values: { wait: 70 },
    batch: batch(2),
  }
  expect(await insertEvents(measurements, [plain, changed], NOW)).toMatchObject({ stored: 1, corrected: 1 })
  expect(await totals(organisation)).toEqual({ count: 1, ids: 1, total: 50 })
  expect(await insertEvents(measurements, [moved], NOW)).toMatchObject({ stored: 0, corrected: 1 })
  expect(await totals(organisation)).toEqual({ count: 1, ids: 1, total: 70 })
  expect(await insertEvents(measurements, [plain], NOW)).toMatchObject({ corrected: 1 })
  expect(await totals(organisation)).toEqual({ count: 1, ids: 1, total: 1 })
  expect(await insertEvents(measurements, [plain], NOW)).toMatchObject({ duplicates: 1 })
  // The batch that first brought the event keeps it, so that a start can count it.
  expect(await checkBatches(measurements, organisation, [batch(1), batch(2)])).toMatchObject([
    { batch: batch(1), stored: 1 },
  ])
})

test('small calls from many senders are answered together, each with its own figures', async () => {
  const organisation = nextOrganisation()
  const calls = Array.from({ length: 200 }, (_unused, id) =>
    insertEvents(measurements, [sample(organisation, id % 150, { batch: batch(100 + id) })], NOW),
  )
  const receipts = await Promise.all(calls)
  expect(receipts.filter((each) => each.stored === 1)).toHaveLength(150)
  expect(receipts.filter((each) => each.duplicates === 1)).toHaveLength(50)
  expect((await totals(organisation)).count).toBe(150)
})

test('an event that cannot be stored fails its own call only', async () => {
  const organisation = nextOrganisation()
  const good = insertEvents(measurements, [sample(organisation, 1)], NOW)
  const bad = insertEvents(measurements, [sample(organisation, 2, { values: { wait: Number.POSITIVE_INFINITY } })], NOW)
  await expect(bad).rejects.toThrow(/finite/)
  expect(await good).toMatchObject({ stored: 1 })
})

test('organisations do not see, block or correct each other', async () => {
  const event = sample(A, 1)
  expect(await insertEvents(measurements, [event], NOW)).toMatchObject({ stored: 1 })
  expect(await insertEvents(measurements, [{ ...event, organisation: B, values: { wait: 9 } }], NOW)).toMatchObject({
    stored: 1,
  })
  expect((await totals(A)).total).toBe(1)
  expect((await totals(B)).total).toBe(9)
  await expect(insertEvents(measurements, [event, { ...event, organisation: B }], NOW)).rejects.toThrow(
    /one organisation/,
  )
})

test('refuses rather than letting the queue grow', async () => {
  const organisation = nextOrganisation()
  const many = Array.from({ length: 300_000 }, (_unused, id) => sample(organisation, id % 1000))
  const first = insertEvents(measurements, many, NOW)
  const second = insertEvents(measurements, many, NOW)
  await expect(insertEvents(measurements, many, NOW)).rejects.toBeInstanceOf(Overloaded)
  expect((await first).stored + (await second).stored).toBe(1000)
})

test('two writers at the same moment: the same content counts once, two contents are settled', async () => {
  const organisation = nextOrganisation()
  const one = sample(organisation, 1)
  await Promise.all([writeNow([one], NOW), writeNow([one], NOW)])
  expect((await totals(organisation)).count).toBe(1)
  const other = sample(organisation, 2)
  await Promise.all([
    writeNow([other], NOW),
    writeNow([{ ...other, occurredAt: other.occurredAt - 86_400_000 * 40 }], NOW + 5),
  ])
  await settleCorrections(measurements, organisation)
  expect(await settleCorrections(measurements, organisation)).toEqual([])
  expect((await totals(organisation)).count).toBe(2)
})

test('the receipt of a batch is found again in the store, also after corrections', async () => {
  const organisation = nextOrganisation()
  const events = Array.from({ length: 300 }, (_unused, id) => sample(organisation, id, { batch: batch(7) }))
  const { stored, hash } = await insertEvents(measurements, events, NOW)
  const corrected = events.slice(0, 100).map((event) => ({ ...event, entity: 5, values: { wait: 1 }, batch: batch(8) }))
  expect((await insertEvents(measurements, corrected, NOW + 1)).corrected).toBe(100)
  expect(await checkBatches(measurements, organisation, [batch(7), batch(8), batch(9)])).toEqual([
    { batch: batch(7), stored, hash },
  ])
})

test('events are browsed newest first, page by page, without gaps at equal times', async () => {
  const organisation = nextOrganisation()
  const events = Array.from({ length: 95 }, (_unused, id) =>
    sample(organisation, id, {
      occurredAt: NOW - Math.floor(id / 10) * 20 * 86_400_000,
      eventType: id % 2 === 0 ? 'call' : "it's; --",
    }),
  )
  await insertEvents(measurements, events, NOW)
  const seen: string[] = []
  const times: number[] = []
  let cursor: string | null = null
  do {
    const page = await browseEvents(measurements, organisation, { limit: 7, cursor })
    seen.push(...page.rows.map((each) => each.eventId))
    times.push(...page.rows.map((each) => each.occurredAt))
    cursor = page.nextCursor
  } while (cursor)
  expect([...seen].sort()).toEqual(events.map((event) => event.eventId).sort())
  expect(times).toEqual([...times].sort((a, b) => b - a))
  const odd = await browseEvents(measurements, organisation, { limit: 100, eventType: "it's; --", entity: 3 })
  expect(odd.rows.length).toBe(events.filter((each) => each.eventType !== 'call' && each.entity === 3).length)
  expect(odd.rows[0]).toMatchObject({ attributes: { channel: 'web' }, receivedAt: NOW, batch: batch(1) })
  expect(await browseEvents(measurements, nextOrganisation(), { limit: 5 })).toEqual({ rows: [], nextCursor: null })
  const types = await eventTypes(measurements, organisation)
  expect(types).toEqual([
    { type: 'call', count: 48, first: Math.min(...times), last: NOW, attributes: ['channel'], values: ['wait'] },
    { type: "it's; --", count: 47, first: Math.min(...times), last: NOW, attributes: ['channel'], values: ['wait'] },
  ])
  expect(await attributeValues(measurements, organisation, 'call', 'channel', 10)).toEqual([
    { value: 'web', count: 48 },
  ])
})

test('two years of history in one insert', async () => {
  const organisation = nextOrganisation()
  const events = Array.from({ length: 2000 }, (_unused, id) =>
    sample(organisation, id, { occurredAt: NOW - id * 86_400_000 * 6 }),
  )
  expect(await insertEvents(measurements, events, NOW)).toMatchObject({ stored: 2000 })
})
