import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAny } from '#platform/files/open-any'
import { openTable, type RowBatch } from '#platform/files/read-table'
import type { Measurements } from '#platform/measurements/measurements'
import { ORGANISATION } from '#platform/testing/world'
import { asJson, asParquet, asXlsx } from '#platform/files/write-for-test'
import { verifyBatches } from '../actions/intake/check-at-start.ts'
import { importIssues, listImports, readImport, sourceRow, startImport, stopImport } from '../actions/intake/imports.ts'
import { type MappingDefinition, mappingDefinition } from '../contract.ts'
import { claimImport, findImport, insertImport, setImport, upsertMapping } from '../store/records/imports.ts'
import { type MeasurementWorld, openMeasurementWorld } from './open-for-test.ts'
import { LetGo, runImport } from './run-import.ts'

const mapping = (change: object = {}): MappingDefinition =>
  mappingDefinition.parse({
    eventType: 'visit',
    entity: { columns: ['dept'] },
    time: { column: 'at', format: 'auto' },
    attributes: [{ column: 'channel', name: 'channel' }],
    values: [{ column: 'minutes', name: 'minutes' }],
    ...change,
  })
const HEADER = 'no,at,dept,channel,minutes\n'
const line = (index: number, dept = `D${index % 5}`) =>
  `${index},2026-01-${String(1 + (index % 28)).padStart(2, '0')} 08:00,${dept},web,${index % 60}\n`
const lines = (count: number) => Array.from({ length: count }, (_, index) => line(index)).join('')

let all: MeasurementWorld
let measurements: Measurements
beforeAll(async () => {
  all = await openMeasurementWorld()
  measurements = all.world.measurements
  await all.createEntities(['D0', 'D1', 'D2', 'D3', 'D4'], 'dept')
})
afterAll(() => all.close())

async function held(eventType: string): Promise<{ count: number; minutes: number }> {
  const [row] = await measurements.query<{ count: number; minutes: number }>(
    `SELECT count() AS count, sum(event.values['minutes']) AS minutes FROM bihuan.event AS event FINAL
     WHERE organisation = {organisation:UUID} AND event_type = {eventType:String}`,
    { organisation: ORGANISATION, eventType },
  )
  return row!
}
const newsOf = async () => {
  const answer = await all.world.records.ownerPool.query(
    `select payload from platform.outbox_event where name = 'measurement.recorded' order by announced_at`,
  )
  return answer.rows.map((row) => row.payload as { eventTypes: string[]; from: string; to: string; stored: number })
}

describe('an import', () => {
  test('stores once, tells once, and is in the book', async () => {
    const file = await all.upload('visits.csv', HEADER + lines(1_000))
    const first = await all.importFile(file, mapping({ eventType: 'once' }))
    expect(first).toMatchObject({ state: 'done', rows: 1_000, stored: 1_000, duplicates: 0, refused: 0, problem: null })
    expect(first.readBytes).toBe(first.totalBytes)
    expect((await newsOf()).filter((news) => news.eventTypes[0] === 'once')).toEqual([
      { eventTypes: ['once'], from: '2026-01-01T00:00:00Z', to: '2026-01-28T00:00:00Z', stored: 1_000 },
    ])
    const again = await all.importFile(file, mapping({ eventType: 'once' }))
    expect(again).toMatchObject({ state: 'done', rows: 1_000, stored: 0, duplicates: 1_000, corrected: 0 })
    expect(await held('once')).toMatchObject({ count: 1_000 })
    const check = await all.run(verifyBatches)
    expect(check.missing).toEqual([])
    expect(check.checked).toBeGreaterThan(0)
  })

  test('equal rows are so many events, and the same so many next time', async () => {
    const same = '1,2026-01-05 08:00,D1,web,10\n'
    const file = await all.upload('same.csv', HEADER + same.repeat(3))
    const definition = mapping({ eventType: 'same' })
    expect(await all.importFile(file, definition)).toMatchObject({ stored: 3, duplicates: 0 })
    expect(await all.importFile(file, definition)).toMatchObject({ stored: 0, duplicates: 3 })
    const longer = await all.upload('longer.csv', HEADER + same.repeat(4) + line(9))
    expect(await all.importFile(longer, definition)).toMatchObject({ stored: 2, duplicates: 3 })
    expect(await held('same')).toMatchObject({ count: 5 })
  })

  test('an event leads back to its row, also to the third of three equal ones', async () => {
    const same = '1,2026-01-05 08:00,D1,web,10\n'
    const file = await all.upload('back.csv', `${HEADER}${line(7)}${same.repeat(3)}`)
    const done = await all.importFile(file, mapping({ eventType: 'back' }))
    const events = await measurements.query<{ id: string }>(
      `SELECT event_id AS id FROM bihuan.event FINAL WHERE organisation = {organisation:UUID} AND event_type = 'back'`,
      { organisation: ORGANISATION },
    )
    const back = (event: string) => all.apart((context) => sourceRow(all.files, context, { id: done.id, event }))
    const rows = await Promise.all(events.map(({ id }) => back(id)))
    const found = rows.flatMap((row) => (row.found ? [row.line] : []))
    expect(found.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5])
    expect(rows.find((row) => row.found && row.line === 5)).toMatchObject({ cells: same.trim().split(',') })
    expect(await back('row:never')).toEqual({ found: false, fileName: 'back.csv', because: 'absent' })
  })

  test('with identity columns changed content corrects, and one identity counts once in a file', async () => {
    const definition = mapping({ eventType: 'ticket', identity: ['no'] })
    const first = await all.upload('a.csv', `${HEADER}1,2026-01-05,D1,web,10\n2,2026-01-05,D1,web,20\n`)
    expect(await all.importFile(first, definition)).toMatchObject({ stored: 2 })
    const second = await all.upload('b.csv', `${HEADER}1,2026-01-05,D1,web,11\n2,2026-01-05,D1,web,20\n`)
    expect(await all.importFile(second, definition)).toMatchObject({ stored: 0, corrected: 1, duplicates: 1 })
    expect(await held('ticket')).toEqual({ count: 2, minutes: 31 })
    const twice = await all.upload(
      'c.csv',
      `${HEADER}3,2026-01-05,D1,web,1\n3,2026-01-05,D1,web,2\n3,2026-01-05,D1,web,1\n`,
    )
    expect(await all.importFile(twice, definition)).toMatchObject({ stored: 1, duplicates: 1, refused: 1 })
  })

  test('bad rows are told with their lines, good ones stored', async () => {
    const file = await all.upload(
      'bad.csv',
      [
        'no,at,dept,channel,minutes',
        '1,2026-01-05,D1,"we\nb",10',
        '2,soon,D1,web,10',
        '3,2026-01-05,D1,web,NA',
        '4,2026-01-05,D1',
        '5,1989-12-31,D1,web,1',
        '6,2027-01-05,D1,web,1',
        '7,2026-01-05,Nobody,web,1',
        '',
        '8,2026-01-05,D2,=1+1,1',
      ].join('\r\n'),
    )
    const done = await all.importFile(file, mapping({ eventType: 'bad' }))
    expect(done).toMatchObject({ state: 'done', rows: 8, stored: 2, refused: 6 })
    const first = await all.run((context) => importIssues(context, { id: done.id, limit: 4 }))
    const rest = await all.run((context) => importIssues(context, { id: done.id, limit: 4, cursor: first.nextCursor! }))
    expect(rest.nextCursor).toBe(null)
    expect([...first.rows, ...rest.rows].map(({ row, field, rule }) => [row, field, rule])).toEqual([
      [4, 'at', 'time'],
      [5, 'minutes', 'number'],
      [6, '', 'too-few-cells'],
      [7, 'at', 'range'],
      [8, 'at', 'range'],
      [9, 'dept', 'unknown-entity'],
    ])
    expect((await all.run((context) => readImport(context, { id: done.id }))).issues).toHaveLength(6)
  })

  test('a dry run counts and stores nothing', async () => {
    const file = await all.upload('dry.csv', `${HEADER}${lines(100)}x,soon,D1,web,1\n7,2026-01-01,New,web,1\n`)
    const definition = mapping({ eventType: 'dry', unknownEntities: 'create' })
    const done = await all.importFile(file, definition, true)
    expect(done).toMatchObject({ state: 'done', rows: 102, stored: 0, refused: 1, createdEntities: 1 })
    expect(await held('dry')).toMatchObject({ count: 0 })
  })

  test('unknown entities are created where the mapping says so', async () => {
    const file = await all.upload(
      'new.csv',
      `${HEADER}1,2026-01-05,N 1,web,1\n2,2026-01-05,N/2,web,2\n3,2026-01-05,N 1,web,3\n`,
    )
    const definition = mapping({
      eventType: 'new',
      unknownEntities: 'create',
      createdBelow: { kind: 'window', parentKey: 'D0' },
    })
    expect(await all.importFile(file, definition)).toMatchObject({ stored: 3, createdEntities: 2 })
    const made = await all.world.records.ownerPool.query(
      `select key, kind from organisation.entity where kind = 'window' order by key`,
    )
    expect(made.rows).toEqual([
      { key: 'N-1', kind: 'window' },
      { key: 'N-2', kind: 'window' },
    ])
  })

  test('a file that turns bad in the middle keeps what was stored and says why', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024)
    const file = await all.upload('turn.csv', `${HEADER}${lines(40_000)}${long}`)
    const done = await all.importFile(file, mapping({ eventType: 'turn' }))
    expect(done.state).toBe('failed')
    expect(done.problem).toMatch(/^line-too-long: Line 40002 is longer/)
    expect((await held('turn')).count).toBe(done.stored)
  })

  test('refused at once: no such file, no such mapping, missing columns, no table', async () => {
    const start = (file: string, name = 'mapping') =>
      all.run((context) => startImport(all.files, context, { file, mapping: name, dryRun: false }))
    const good = await all.upload('good.csv', HEADER + lines(1))
    await expect(start('0'.repeat(64))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(start(good, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(start(await all.upload('other.csv', 'a,b\n1,2\n'))).rejects.toMatchObject({
      code: 'MAPPING_MISFIT',
      data: { missing: ['dept', 'at', 'channel', 'minutes'], columns: ['a', 'b'] },
    })
    await expect(start(await all.upload('empty.csv', '\n'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      data: { reason: 'empty' },
    })
  })
})

describe('interruptions', () => {
  /** As a process that dies after some blocks: the measurements refuse, nothing is written any more. */
  async function interrupted(eventType: string, rows: number, failAfterBlocks: number) {
    const file = await all.upload('long.csv', HEADER + lines(rows))
    const definition = mapping({ eventType })
    let blocks = 0
    const failing = new Proxy(measurements, {
      get: (target, name) =>
        name === 'insert'
          ? async (...asked: Parameters<Measurements['insert']>) => {
              blocks += 1
              if (blocks > failAfterBlocks) throw new Error('The process is gone.')
              return target.insert(...asked)
            }
          : target[name as keyof Measurements],
    })
    const row = await all.run(async (context) => {
      await upsertMapping(context, 'mapping', definition)
      const id = context.newId()
      await insertImport(context, {
        id,
        file,
        fileName: 'long.csv',
        mappingName: 'mapping',
        definition,
        dryRun: false,
        state: 'waiting',
        totalBytes: 1,
        askedAt: context.now,
      })
      return (await claimImport(context, id, context.newId(), context.now.add({ seconds: 20 })))!
    })
    const dying = all.apart((context) => {
      const failingContext = Object.create(context, { measurements: { value: failing } }) as typeof context
      return runImport(all.files, failingContext, row, row.claim!)
    })
    await expect(dying).rejects.toThrow('The process is gone.')
    return row.id
  }

  test('what a dead process left is taken up after its claim, and every row is there once', async () => {
    const id = await interrupted('dead', 300_000, 1)
    expect((await all.run((context) => findImport(context, id)))!.state).toBe('running')
    const before = (await held('dead')).count
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(300_000)
    // Within the claim nobody else takes it.
    await all.world.platform.runSchedule('measurement.resumeImports')
    await all.runner.quiet()
    expect((await all.run((context) => findImport(context, id)))!.state).toBe('running')
    all.world.clock.advance({ seconds: 21 })
    await all.world.platform.runSchedule('measurement.resumeImports')
    await all.settle()
    await all.runner.quiet()
    const done = (await all.run((context) => findImport(context, id)))!
    expect(done).toMatchObject({ state: 'done', rows: 300_000, refused: 0 })
    expect(done.stored + done.duplicates).toBe(300_000)
    expect((await held('dead')).count).toBe(300_000)
    expect((await all.run(verifyBatches)).missing).toEqual([])
  })

  test('going on from the middle gives the rows behind it the same ids', async () => {
    const same = '1,2026-01-05 08:00,D1,web,10\n'
    const content = HEADER + `${same}${lines(30_000)}`.repeat(3)
    const file = await all.upload('middle.csv', content)
    const definition = mapping({ eventType: 'middle' })
    expect(await all.importFile(file, definition)).toMatchObject({ stored: 90_003 })
    const table = await openTable((await all.files.find(ORGANISATION, file))!.path)
    const read: RowBatch[] = []
    for await (const batch of table.batches()) read.push(batch)
    expect(read.length).toBeGreaterThan(2)
    const [first] = read
    const { id } = await all.run((context) =>
      startImport(all.files, context, { file, mapping: 'mapping', dryRun: false }),
    )
    const position = { ...first!.end, untold: null }
    await all.run((context) => setImport(context, id, { position, rows: first!.cells.length }))
    await all.settle()
    const done = (await all.run((context) => findImport(context, id)))!
    expect(done).toMatchObject({ state: 'done', rows: 90_003, stored: 0, corrected: 0 })
    expect(done.duplicates).toBe(90_003 - first!.cells.length)
  })

  test('stopped and resumed', async () => {
    const file = await all.upload('stop.csv', HEADER + lines(50))
    const { id } = await all.run((context) =>
      startImport(all.files, context, { file, mapping: 'mapping', dryRun: false }),
    )
    expect(await all.run((context) => stopImport(context, { id }))).toMatchObject({ state: 'stopped' })
    await all.settle()
    expect((await all.run((context) => findImport(context, id)))!).toMatchObject({ state: 'stopped', rows: 0 })
    expect(await all.resume(id)).toMatchObject({ state: 'waiting', problem: null })
    await all.settle()
    expect((await all.run((context) => findImport(context, id)))!).toMatchObject({ state: 'done', rows: 50 })
    await expect(all.run((context) => stopImport(context, { id }))).rejects.toMatchObject({ code: 'IMPORT_OVER' })
    await expect(all.resume(id)).rejects.toMatchObject({ code: 'IMPORT_OVER' })
  })

  test('who lost the claim lets go', async () => {
    const file = await all.upload('claim.csv', HEADER + lines(50))
    const { id } = await all.run((context) =>
      startImport(all.files, context, { file, mapping: 'mapping', dryRun: true }),
    )
    const row = (await all.run((context) =>
      claimImport(context, id, context.newId(), context.now.add({ seconds: 20 })),
    ))!
    await all.run((context) => setImport(context, id, { claim: context.newId() }))
    const running = all.apart((context) => runImport(all.files, context, row, row.claim!))
    await expect(running).rejects.toBeInstanceOf(LetGo)
    await all.run((context) => stopImport(context, { id }))
    await all.settle()
  })
})

test('the list pages newest first', async () => {
  const first = await all.run((context) => listImports(context, { limit: 3 }))
  const rest = await all.run((context) => listImports(context, { limit: 200, cursor: first.nextCursor! }))
  const ids = [...first.rows, ...rest.rows].map((row) => row.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(10)
  expect(rest.nextCursor).toBe(null)
})

test('a batch whose events are gone is found', async () => {
  const file = await all.upload('gone.csv', HEADER + lines(10))
  await all.importFile(file, mapping({ eventType: 'gone' }))
  await measurements.command(
    `ALTER TABLE bihuan.event DELETE WHERE event_type = 'gone' AND event_id IN (
       SELECT event_id FROM bihuan.event WHERE event_type = 'gone' LIMIT 1)`,
    {},
    { settings: { mutations_sync: 1 } },
  )
  const check = await all.run(verifyBatches)
  expect(check.missing).toHaveLength(1)
  expect((await all.run(verifyBatches)).missing).toEqual([])
})

describe('other formats', () => {
  const MANY = 30_000
  const rows = Array.from({ length: MANY }, (_, index) => ({
    no: `k${index}`,
    unit: 'h1',
    at: '2026-03-01T08:00:00',
    n: index,
  }))
  const formats = { json: () => asJson(rows), xlsx: () => asXlsx(rows), parquet: () => asParquet(rows, 10_000) }
  for (const [name, make] of Object.entries(formats)) {
    test(`${name}: taken up at a row where a dead process left it`, async () => {
      const eventType = `resumed-${name}`
      const definition: MappingDefinition = mappingDefinition.parse({
        eventType,
        entity: { columns: ['unit'] },
        unknownEntities: 'create',
        time: { column: 'at' },
        identity: ['no'],
      })
      const file = await all.upload(`r.${name}`, await make())
      await all.importFile(file, definition)
      const read: RowBatch[] = []
      for await (const batch of (await openAny((await all.files.find(ORGANISATION, file))!.path)).batches())
        read.push(batch)
      expect(read.length).toBeGreaterThan(1)
      const { id } = await all.run((context) =>
        startImport(all.files, context, { file, mapping: 'mapping', dryRun: false }),
      )
      const position = { ...read[0]!.end, untold: null }
      await all.run((context) => setImport(context, id, { position, rows: read[0]!.cells.length }))
      await all.settle()
      const done = (await all.run((context) => findImport(context, id)))!
      expect(done).toMatchObject({ state: 'done', rows: MANY, stored: 0, corrected: 0 })
      expect(done.duplicates).toBe(MANY - read[0]!.cells.length)
    })
  }
})
