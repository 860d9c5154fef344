import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measurementMigrations } from '../../migrations/measurements/first.ts'
import { type Measurements, openMeasurements } from './measurements.ts'
import { rowBinaryWriter, uuidBytes } from './row-binary.ts'
import { migrationSteps } from './schema.ts'

let directory: string
let measurements: Measurements

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bihuan-measurements-'))
  measurements = await openMeasurements({ directory })
  for (const step of migrationSteps(measurements, measurementMigrations('embedded'))) await step.run()
  await measurements.command(
    "CREATE TABLE bihuan.note (id UInt64, word String, at DateTime64(3, 'UTC'), mark UUID) ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100",
  )
})
afterAll(async () => {
  await measurements.close()
  await rm(directory, { recursive: true, force: true })
})

test('migrations bear running twice', async () => {
  for (const step of migrationSteps(measurements, measurementMigrations('embedded'))) await step.run()
  const tables = await measurements.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'bihuan' ORDER BY name",
  )
  expect(tables.map((table) => table.name)).toEqual([
    'entity_place',
    'event',
    'fact_day',
    'fact_month',
    'note',
    'recent_event',
    'result',
    'score',
    'score_part',
  ])
})

test('numbers come in one array, row after row', async () => {
  const numbers = await measurements.numbers(
    'SELECT toFloat64(number) / 2, toFloat64({least:UInt8}), if(number = 1, nan, -1.5) FROM numbers(3)',
    { least: 7 },
  )
  expect([...numbers]).toEqual([0, 7, -1.5, 0.5, 7, Number.NaN, 1, 7, -1.5])
  expect(await measurements.numbers('SELECT toFloat64(1) WHERE 0')).toHaveLength(0)
  await expect(measurements.numbers('SELECT toUInt8(1)')).rejects.toThrow()
})

test('hostile texts come back as they went in, alone and within arrays', async () => {
  const hostile = [
    "'; DROP TABLE bihuan.event; --",
    '\\',
    "\\'",
    '\t\n\r\0\b\f',
    '{x:String}',
    '"`$',
    '客户😀',
    '',
    'a'.repeat(5000),
  ]
  for (const text of hostile) {
    const [row] = await measurements.query<{ text: string; texts: string[]; number: number }>(
      'SELECT {text:String} AS text, {texts:Array(String)} AS texts, {number:UInt64} AS number',
      { text, texts: [text, text], number: 2 ** 53 - 1 },
    )
    expect(row).toEqual({ text, texts: [text, text], number: 2 ** 53 - 1 })
  }
})

test('a parameter that is missing or too many is a mistake of ours, not a stale value', async () => {
  await measurements.query('SELECT {secret:String}', { secret: 'of another' })
  await expect(measurements.query('SELECT {secret:String}')).rejects.toThrow(/secret/)
  await expect(measurements.query('SELECT 1', { unused: 1 })).rejects.toThrow(/unused/)
})

test('parameters of queries running side by side never mix', async () => {
  const asked = Array.from({ length: 150 }, (_unused, index) => `value-${index}`)
  const answers = await Promise.all(
    asked.map((text) =>
      measurements.query<{ text: string }>('SELECT {text:String} AS text, sum(number) AS total FROM numbers(5000)', {
        text,
      }),
    ),
  )
  expect(answers.map((rows) => rows[0]!.text)).toEqual(asked)
})

test('the queue refuses instead of growing without end', async () => {
  const flood = await Promise.allSettled(Array.from({ length: 400 }, () => measurements.query('SELECT 1')))
  const refused = flood.filter((each) => each.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const each of refused) expect(each.reason).toMatchObject({ code: 'BUSY' })
  expect(await measurements.healthy()).toBe(true)
})

test('a query that runs too long or wants too much memory is ended with a plain reason', async () => {
  const endless = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)'
  await expect(measurements.query(endless, {}, { maxExecutionSeconds: 1 })).rejects.toMatchObject({ code: 'TOO_SLOW' })
  const large = 'SELECT length(groupArray(number)) FROM numbers(1000000000)'
  await expect(measurements.query(large, {}, { settings: { max_memory_usage: 50_000_000 } })).rejects.toMatchObject({
    code: 'TOO_LARGE',
  })
  await expect(measurements.query('SELEC 1')).rejects.toMatchObject({ code: 'REJECTED' })
})

test('the limit of one query does not stay for the next', async () => {
  await measurements.query('SELECT 1', {}, { maxExecutionSeconds: 1 })
  const rows = await measurements.query<{ value: string }>(
    "SELECT value FROM system.settings WHERE name = 'max_execution_time'",
  )
  expect(rows[0]!.value).toBe('30')
})

test('an insert repeated with its token changes nothing, in each of the three encodings', async () => {
  const at = 1_700_000_000_123
  const row = { id: 1, word: "it's\t\\", at: new Date(at).toISOString(), mark: '0191a000-0000-7000-8000-0000000000ff' }
  const writer = rowBinaryWriter(10)
  writer.uint64(2)
  writer.text('长'.repeat(100))
  writer.uint64(at)
  writer.bytes(uuidBytes(row.mark))
  const columns = [
    { name: 'id', type: 'UInt64' },
    { name: 'word', type: 'String' },
    { name: 'at', type: "DateTime64(3, 'UTC')" },
    { name: 'mark', type: 'UUID' },
  ]
  for (let round = 0; round < 2; round += 1) {
    await measurements.insert('note', { rows: [row] }, { token: 'one' })
    await measurements.insert('note', { rowBinary: writer.written(), columns }, { token: 'two' })
    await measurements.insert('note', { jsonLines: Buffer.from('{"id":3,"word":"x"}\n') }, { token: 'three' })
  }
  const rows = await measurements.query<{ id: number; word: string; ms: number; mark: string }>(
    'SELECT id, word, toUnixTimestamp64Milli(at) AS ms, mark FROM bihuan.note ORDER BY id',
  )
  expect(rows).toHaveLength(3)
  expect(rows[0]).toEqual({ id: 1, word: row.word, ms: at, mark: row.mark })
  expect(rows[1]).toEqual({ id: 2, word: '长'.repeat(100), ms: at, mark: row.mark })
})

test('a second process is told who holds the directory, and a second directory in one process is refused', async () => {
  const other = await mkdtemp(join(tmpdir(), 'bihuan-measurements-'))
  await expect(openMeasurements({ directory: other })).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' })
  await rm(other, { recursive: true, force: true })

  const child = fork(new URL('./open-for-test.ts', import.meta.url), [directory], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [answer] = (await once(child, 'message')) as [{ code: string; message: string }]
  expect(answer.code).toBe('DIRECTORY_IN_USE')
  expect(answer.message).toContain(String(process.pid))
})

test('closing waits for what is under way and can be followed by opening again', async () => {
  const slow = measurements.query<{ total: number }>('SELECT sum(number) AS total FROM numbers(20000000)')
  await measurements.close()
  expect((await slow)[0]!.total).toBe(199_999_990_000_000)
  await expect(measurements.query('SELECT 1')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  measurements = await openMeasurements({ directory })
  const rows = await measurements.query<{ count: number }>('SELECT count() AS count FROM bihuan.note')
  expect(rows[0]!.count).toBe(3)
})
