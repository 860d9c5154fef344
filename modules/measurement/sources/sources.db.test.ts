import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asCsv, asJson, asNdjson, asParquet, asXlsx, type TestRow } from '#platform/files/write-for-test'
import { signatureOf } from '#platform/outbound/signature'
import { ORGANISATION } from '#platform/testing/world'
import { saveMapping } from '../actions/intake/imports.ts'
import {
  createSource,
  deleteSource,
  listSources,
  readSource,
  rotateSecret,
  runIssues,
  saveSource,
  silentSources,
  sourceRuns,
  switchSource,
  trySource,
} from '../actions/intake/sources.ts'
import { type MappingDefinition, mappingDefinition, type SourceDraft } from '../contract.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../imports/open-for-test.ts'
import { receiveMessage } from './hooks.ts'

let all: MeasurementWorld
beforeAll(async () => {
  all = await openMeasurementWorld()
  await all.createEntities(['h1', 'h2'])
  await all.run((context) => saveMapping(context, { name: 'visits', definition: visits }))
})
afterAll(() => all?.close())

const visits: MappingDefinition = mappingDefinition.parse({
  eventType: 'visit',
  entity: { columns: ['unit'] },
  time: { column: 'at' },
  identity: ['no'],
  attributes: [{ column: 'kind', name: 'kind' }],
  values: [{ column: 'wait', name: 'wait' }],
})
const row = (no: string, over: Partial<Record<string, string | number | null>> = {}): TestRow => ({
  no,
  unit: 'h1',
  at: '2026-03-01T08:00:00',
  kind: 'new',
  wait: 12.5,
  ...over,
})
const event = (id: string, over: object = {}) => ({
  id,
  type: 'call',
  entity: 'h1',
  at: '2026-03-01T00:00:00Z',
  ...over,
})

const draft = (title: string, settings: SourceDraft['settings'], over: Partial<SourceDraft> = {}): SourceDraft => ({
  title,
  settings,
  mapping: 'visits',
  ownerId: null,
  expectWithinMinutes: null,
  refuseRepeats: false,
  ...over,
})
const create = (given: SourceDraft) => all.run((context) => createSource(all.parts, context, given))
const runsOf = async (id: string) => (await all.run((context) => sourceRuns(context, { id, limit: 50 }))).rows
const minute = async () => {
  all.world.clock.advance({ minutes: 1 })
  await all.world.platform.runSchedule('measurement.runSources')
  await all.sourceRunner.quiet()
  await all.settle()
  await all.world.platform.runSchedule('measurement.watchSources')
  await all.settle()
}
const stored = async (type: string) =>
  all.world.measurements.query<{ id: string; at: number; kind: string; wait: number }>(
    `SELECT event_id AS id, toUnixTimestamp64Milli(occurred_at) AS at, attributes['kind'] AS kind, values['wait'] AS wait
     FROM bihuan.event FINAL WHERE organisation = {organisation:UUID} AND event_type = {type:String} ORDER BY id`,
    { organisation: ORGANISATION, type },
  )

describe('the same rows in every format', () => {
  test('give the same events, and again nothing', async () => {
    const rows = ['a', 'b', 'c'].map((no, index) => row(no, { unit: index === 1 ? 'h2' : 'h1', wait: index || null }))
    const formats = {
      csv: asCsv(rows),
      ndjson: asNdjson(rows),
      json: asJson(rows),
      xlsx: await asXlsx(rows),
      parquet: asParquet(rows),
    }
    let first = true
    for (const [name, bytes] of Object.entries(formats)) {
      const done = await all.importFile(await all.upload(`x.${name}`, bytes), { ...visits, eventType: 'same' })
      expect([name, done.state, done.stored, done.duplicates, done.refused]).toEqual([
        name,
        'done',
        first ? 3 : 0,
        first ? 0 : 3,
        0,
      ])
      first = false
    }
    expect(await stored('same')).toHaveLength(3)
  })
  test('property: whatever the rows, with ids of their content', async () => {
    const cell = fc.stringMatching(/^[a-z门诊"]{1,6}$/)
    const generated = fc.array(fc.record({ kind: cell, wait: fc.option(fc.integer({ min: -999, max: 999 })) }), {
      minLength: 1,
      maxLength: 8,
    })
    const { identity: _identity, ...plain } = visits
    let number = 0
    await fc.assert(
      fc.asyncProperty(generated, async (made) => {
        number += 1
        const definition = { ...plain, eventType: `any${number}` }
        const rows = made.map((each, index) => row(`n${index}`, each))
        const formats = [asCsv(rows), asNdjson(rows), asJson(rows), await asXlsx(rows), asParquet(rows, 3)]
        for (const [index, bytes] of formats.entries()) {
          const done = await all.importFile(await all.upload(`p${index}`, bytes), definition)
          expect([index, done.problem, done.stored]).toEqual([index, null, index === 0 ? rows.length : 0])
        }
      }),
      { numRuns: 4 },
    )
  }, 60_000)
  test('events need no mapping; bad and future ones are told', async () => {
    const future = { at: '2026-03-02T12:00:00Z' }
    const lines = [
      event('e1'),
      event('e2', future),
      event('e3', { at: '2027-01-01T00:00:00Z' }),
      event('e4', { entity: 'none' }),
      { id: 1 },
    ]
    const done = await all.importFile(await all.upload('e.ndjson', asNdjson(lines)), null)
    expect(done).toMatchObject({ state: 'done', rows: 5, stored: 2, refused: 3, ahead: 1 })
    await expect(all.importFile(await all.upload('r.csv', asCsv([row('x')])), null)).rejects.toMatchObject({
      code: 'MAPPING_NEEDED',
    })
  })
})

describe('webhooks', () => {
  const send = async (path: string, secret: string, id: string, body: string, over: Record<string, string> = {}) => {
    const seconds = String(Math.floor(all.world.clock.now().epochMilliseconds / 1000))
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': signatureOf(secret, id, over['webhook-timestamp'] ?? seconds, Buffer.from(body)),
      ...over,
    }
    const parameters = { source: path.split('/').pop()! }
    async function* bytes() {
      yield Buffer.from(body)
    }
    return all.apart((context) => receiveMessage(all.parts.sealer, context, bytes(), { parameters, headers }))
  }
  test('signed messages are stored once; the rest is refused', async () => {
    const { source, secret } = await create(draft('Calls', { kind: 'webhook' }, { mapping: null }))
    const path = source.path!
    const body = JSON.stringify([event('w1'), event('w2', { entity: 'none' })])
    const first = await send(path, secret!, 'm1', body)
    expect(first).toMatchObject({ stored: 1, refused: 1, issues: [{ row: 2, rule: 'unknown-entity' }] })
    expect(await send(path, secret!, 'm1', body)).toMatchObject({ stored: 1, refused: 1 })
    expect(await send(path, secret!, 'm2', body)).toMatchObject({ stored: 0, duplicates: 1, refused: 1 })
    const [run, ...others] = await runsOf(source.id)
    expect(others).toEqual([])
    expect(run).toMatchObject({ messages: 2, rows: 4, stored: 1, duplicates: 1, refused: 2, state: 'done' })
    const issues = await all.run((context) => runIssues(context, { id: run!.id, limit: 50 }))
    expect(issues.rows).toHaveLength(2)
    const wrong: [string, () => Promise<unknown>][] = [
      ['another secret', () => send(path, 'whsec_AAAA', 'm3', body)],
      [
        'another body',
        () =>
          send(path, secret!, 'm3', body, { 'webhook-signature': signatureOf(secret!, 'm3', '1', Buffer.from('x')) }),
      ],
      ['too old', () => send(path, secret!, 'm3', body, { 'webhook-timestamp': '1700000000' })],
      ['no id', () => send(path, secret!, '', body)],
    ]
    for (const [name, refused] of wrong)
      await expect(refused(), name).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' })
    await expect(send('/x/abc', secret!, 'm3', body)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(send(path, secret!, 'm4', 'not json')).rejects.toMatchObject({
      code: expect.stringMatching(/FILE_UNREADABLE|MAPPING_NEEDED/),
    })
    const again = await all.run((context) => rotateSecret(all.parts, context, { id: source.id }))
    await expect(send(path, secret!, 'm5', body)).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' })
    expect(await send(path, again.secret, 'm5', body)).toMatchObject({ duplicates: 1 })
    await all.run((context) => switchSource(context, { id: source.id, enabled: false }))
    await expect(send(path, again.secret, 'm6', body)).rejects.toMatchObject({ code: 'SOURCE_PAUSED' })
  })
  test('the same content under new ids is counted, and refused where the source says so', async () => {
    const { source, secret } = await create(draft('Repeats', { kind: 'webhook' }, { mapping: null }))
    const batch = (prefix: string) =>
      JSON.stringify([event(`${prefix}1`, { type: 'rep' }), event(`${prefix}2`, { type: 'rep', values: { n: 2 } })])
    expect(await send(source.path!, secret!, 'r1', batch('a'))).toMatchObject({ stored: 2, repeats: 0 })
    expect(await send(source.path!, secret!, 'r2', batch('b'))).toMatchObject({ stored: 2, repeats: 2, refused: 0 })
    await all.run((context) =>
      saveSource(all.parts, context, {
        ...draft('Repeats', { kind: 'webhook' }, { mapping: null, refuseRepeats: true }),
        id: source.id,
      }),
    )
    expect(await send(source.path!, secret!, 'r3', batch('c'))).toMatchObject({ stored: 0, repeats: 2, refused: 2 })
    expect(await send(source.path!, secret!, 'r4', batch('a'))).toMatchObject({ stored: 0, duplicates: 2, repeats: 0 })
    expect(await all.run((context) => readSource(context, { id: source.id }))).toMatchObject({ repeats: 4, refused: 2 })
  })
  test('mapped rows without identity are told apart by their message', async () => {
    const { identity: _identity, ...plain } = visits
    await all.run((context) => saveMapping(context, { name: 'plain', definition: { ...plain, eventType: 'tick' } }))
    const { source, secret } = await create(draft('Ticks', { kind: 'webhook' }, { mapping: 'plain' }))
    const body = JSON.stringify(row('same'))
    expect(await send(source.path!, secret!, 't1', body)).toMatchObject({ stored: 1 })
    expect(await send(source.path!, secret!, 't2', body)).toMatchObject({ stored: 1, repeats: 1 })
    expect(await send(source.path!, secret!, 't2', body)).toMatchObject({ stored: 1 })
    expect(await stored('tick')).toHaveLength(2)
  })
})

test('a watched folder: stable files are taken once, changed ones again, nothing outside is seen', async () => {
  const folder = join(all.parts.watchFolder!, 'in')
  mkdirSync(folder)
  symlinkSync('/', join(all.parts.watchFolder!, 'out'))
  for (const bad of ['..', '../x', '/etc', 'out', 'none'])
    await expect(create(draft('Bad', { kind: 'folder', folder: bad, pattern: '*' }))).rejects.toMatchObject({
      code: 'FOLDER_NOT_ALLOWED',
    })
  const { source } = await create(draft('Folder', { kind: 'folder', folder: 'in', pattern: '*.csv' }))
  writeFileSync(join(folder, 'a.csv'), asCsv([row('f1')]))
  writeFileSync(join(folder, 'b.txt'), 'no')
  await minute()
  expect(await runsOf(source.id)).toHaveLength(0)
  await minute()
  expect(await runsOf(source.id)).toMatchObject([{ fileName: 'a.csv', state: 'done', stored: 1 }])
  writeFileSync(join(folder, 'copy.csv'), asCsv([row('f1')]))
  writeFileSync(join(folder, 'a.csv'), asCsv([row('f1'), row('f2', { wait: 'much' })]))
  await minute()
  await minute()
  await minute()
  const runs = await runsOf(source.id)
  expect(runs).toHaveLength(2)
  expect(runs[0]).toMatchObject({ fileName: 'a.csv', stored: 0, duplicates: 1, refused: 1 })
})

describe('pulls', () => {
  const asked: IncomingMessage[] = []
  let answer: { status: number; body: Uint8Array | string; headers?: Record<string, string> } = {
    status: 200,
    body: '',
  }
  const server = createServer((request, response) => {
    asked.push(request)
    const known = answer.headers?.['etag'] !== undefined && request.headers['if-none-match'] === answer.headers['etag']
    response.writeHead(known ? 304 : answer.status, answer.headers)
    response.end(known ? '' : answer.body)
  })
  let url = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/export.csv`
  })
  afterAll(() => server.close())
  const settings = (over: object = {}) =>
    ({ kind: 'pull', url, schedule: { everyMinutes: 1 }, headers: [], ...over }) as never

  test('what is new is taken once, with the headers that are kept sealed', async () => {
    answer = { status: 200, body: asCsv([row('p1')]), headers: { etag: '"1"' } }
    const { source } = await create(
      draft('Pull', settings(), { headers: [{ name: 'Authorization', value: 'Bearer s3cret' }] }),
    )
    expect(JSON.stringify(source)).not.toContain('s3cret')
    await minute()
    await minute()
    expect(asked[0]!.headers).toMatchObject({ authorization: 'Bearer s3cret', 'accept-encoding': 'identity' })
    const runs = await runsOf(source.id)
    expect(runs.map((run) => run.state)).toEqual(['unchanged', 'done'])
    expect(runs[1]).toMatchObject({ stored: 1, fileName: 'export.csv' })
    answer = { status: 500, body: 'x' }
    await minute()
    expect((await runsOf(source.id))[0]).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('pull-status'),
    })
    expect(await all.run((context) => readSource(context, { id: source.id }))).toMatchObject({
      problem: expect.stringContaining('500'),
    })
    answer = { status: 302, body: '', headers: { location: 'file:///etc/passwd' } }
    await minute()
    expect((await runsOf(source.id))[0]).toMatchObject({ problem: expect.stringContaining('pull-redirects') })
    answer = { status: 200, body: 'a,b\n1,2\n' }
    await all.run((context) => trySource(context, { id: source.id }))
    await all.settle()
    const [misfit] = await runsOf(source.id)
    expect(misfit).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('MAPPING_MISFIT'),
      file: expect.any(String),
    })
    await expect(
      all.run((context) =>
        saveSource(all.parts, context, {
          ...draft('Pull', settings({ url: 'https://elsewhere.example/x' })),
          id: source.id,
        }),
      ),
    ).rejects.toMatchObject({ code: 'INVALID' })
    await all.run((context) => deleteSource(context, { id: source.id }))
    await expect(all.run((context) => readSource(context, { id: source.id }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
  test('private addresses need the setting', async () => {
    const parts = { ...all.parts, pullPrivate: false }
    for (const host of [
      '127.0.0.1',
      '10.1.2.3',
      '[::1]',
      '169.254.169.254',
      '[::ffff:10.0.0.1]',
      '0x7f.1',
      '2130706433',
    ]) {
      const given = draft('No', settings({ url: `http://${host}/x` }))
      await expect(
        all.run((context) => createSource(parts, context, given)),
        host,
      ).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' })
    }
    const bad = draft('No', settings({ schedule: { cron: '99 * * * *' } }))
    await expect(create(bad)).rejects.toMatchObject({ code: 'INVALID' })
  })
})

test('silence is announced once, and so is the first sound after it', async () => {
  const { source } = await create(
    draft('Silent', { kind: 'folder', folder: '', pattern: 'silent*' }, { expectWithinMinutes: 10 }),
  )
  const state = async () => (await all.run((context) => readSource(context, { id: source.id }))).freshness
  expect(await state()).toBe('fresh')
  all.world.clock.advance({ minutes: 8 })
  await minute()
  expect(await state()).toBe('late')
  all.world.clock.advance({ minutes: 5 })
  await minute()
  await minute()
  expect(await state()).toBe('silent')
  expect(await all.run(silentSources)).toMatchObject([
    { title: 'Silent', expectWithinMinutes: 10, lastArrivalAt: null },
  ])
  writeFileSync(join(all.parts.watchFolder!, 'silent.csv'), asCsv([row('s1')]))
  await minute()
  await minute()
  await minute()
  expect(await state()).toBe('fresh')
  const listed = await all.run((context) => listSources(all.parts, context))
  expect(listed.rows.find((each) => each.id === source.id)!.hours.at(-1)).toBe(1)
  expect(listed.rows.at(-1)).toMatchObject({ kind: 'upload' })
  const told = await all.world.records.owner.execute<{ name: string }>(
    `select name from platform.outbox_event where name like 'measurement.source%' and name <> 'measurement.sourceChanged' and payload->>'source' = '${source.id}' order by announced_at`,
  )
  expect(told.rows.map((each) => each.name)).toEqual(['measurement.sourceSilent', 'measurement.sourceHeard'])
})
