/** Events over the API: what is taken, what is refused and how it is told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMeasurementWorld, type MeasurementWorld } from '../../imports/open-for-test.ts'
import { eventTypes, listEvents } from './browse-events.ts'
import { recordEvents } from './record-events.ts'
import { recordLines } from './record-lines.ts'

let all: MeasurementWorld
beforeAll(async () => {
  all = await openMeasurementWorld()
  await all.createEntities(['H1'], 'hospital')
  await all.createEntities(['D1', 'D2'], 'department', 'H1')
})
afterAll(() => all.close())

let made = 0
const event = (change: object = {}) => {
  made += 1
  return {
    id: `T${made}`,
    type: 'visit',
    entity: 'D1',
    at: '2026-03-01T08:00:00+08:00',
    attributes: { channel: 'web' },
    values: { minutes: made },
    ...change,
  }
}
const record = (events: readonly unknown[]) => all.apart((context) => recordEvents(context, { events }))
const send = (chunks: readonly (string | Uint8Array)[]) =>
  all.apart((context) =>
    recordLines(
      context,
      (async function* () {
        for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      })(),
    ),
  )
const newsCount = async () => {
  const answer = await all.world.records.ownerPool.query(
    `select count(*)::int as count from platform.outbox_event where name = 'measurement.recorded'`,
  )
  return answer.rows[0].count as number
}

describe('a batch', () => {
  test('is stored once, however often it is sent, and corrected where it differs', async () => {
    const events = [event(), event(), event({ entity: 'D2' })]
    expect(await record(events)).toMatchObject({ stored: 3, duplicates: 0, corrected: 0 })
    expect(await record(events)).toMatchObject({ stored: 0, duplicates: 3, corrected: 0 })
    const changed = [{ ...events[0]!, values: { minutes: 99 } }, ...events.slice(1)]
    expect(await record(changed)).toMatchObject({ stored: 0, duplicates: 2, corrected: 1 })
  })

  test('tells soon, many batches at once', async () => {
    await all.settle()
    const before = await newsCount()
    for (let round = 0; round < 5; round += 1) await record([event(), event({ type: 'call' })])
    await all.settle()
    // One piece of news for each of the two types, not for each of the ten events.
    expect((await newsCount()) - before).toBe(2)
    await record([event()])
    await all.settle()
    expect((await newsCount()) - before).toBe(3)
  })

  test('is refused as a whole, each issue with its row and field', async () => {
    const good = event()
    const wrong = [good, event({ values: { minutes: '12' } }), event({ entity: 'a/b' }), 7]
    await expect(record(wrong)).rejects.toMatchObject({
      code: 'BATCH_INVALID',
      data: {
        issues: [
          { row: 2, field: 'values.minutes', message: 'The number was sent as text. Send it without quotes.' },
          { row: 3, field: 'entity' },
          { row: 4, field: '' },
        ],
      },
    })
    await expect(record([good, event({ at: '2026-03-04T01:00:00Z' })])).rejects.toMatchObject({
      code: 'TIME_OUT_OF_RANGE',
      data: { issues: [{ row: 2, field: 'at', rule: 'range' }] },
    })
    await expect(record([good, event({ entity: 'Nobody' })])).rejects.toMatchObject({
      code: 'ENTITY_UNKNOWN',
      data: { issues: [{ row: 2, field: 'entity', message: 'There is no entity Nobody.' }] },
    })
    expect(await record([good])).toMatchObject({ stored: 1 })
  })

  test('an entity made after it was refused is found', async () => {
    const late = event({ entity: 'D9' })
    await expect(record([late])).rejects.toMatchObject({ code: 'ENTITY_UNKNOWN' })
    await all.createEntities(['D9'], 'department', 'H1')
    expect(await record([late])).toMatchObject({ stored: 1 })
  })
})

describe('a stream of lines', () => {
  test('stores the good lines and tells the bad ones', async () => {
    const lines = [
      JSON.stringify(event()),
      '',
      '{"id": ',
      JSON.stringify(event({ values: { minutes: 'x' } })),
      JSON.stringify(event({ entity: 'Nobody' })),
      JSON.stringify(event({ at: '1980-01-01T00:00:00Z' })),
      JSON.stringify(event()).replace(/"minutes":\d+/, '"minutes":1e999'),
      JSON.stringify(event({ entity: 'D2' })),
    ]
    const answer = await send([lines.join('\r\n')])
    expect(answer).toMatchObject({ stored: 2, duplicates: 0, corrected: 0, refused: 5 })
    expect(answer.issues.map(({ line, field, rule }) => [line, field, rule])).toEqual([
      [3, '', 'json'],
      [4, 'values.minutes', 'invalid_type'],
      [5, 'entity', 'unknown-entity'],
      [6, 'at', 'range'],
      [7, 'values.minutes', 'invalid_type'],
    ])
  })

  test('however it is cut into chunks', async () => {
    const text = Array.from({ length: 40 }, () => JSON.stringify(event({ attributes: { 渠道: '急诊𠮷' } }))).join('\n')
    const bytes = Buffer.from(text)
    const bitByBit = Array.from({ length: bytes.length }, (_, index) => bytes.subarray(index, index + 1))
    expect(await send([bytes])).toMatchObject({ stored: 40, refused: 0 })
    expect(await send(bitByBit)).toMatchObject({ stored: 0, duplicates: 40, refused: 0 })
    expect(await send([bytes.subarray(0, 1001), bytes.subarray(1001)])).toMatchObject({ duplicates: 40 })
  })

  test('a line beyond the limit and one that is not UTF-8 are told, those beside them stored', async () => {
    const long = 'x'.repeat(700_000)
    const answer = await send([
      `${JSON.stringify(event())}\n${long}`,
      long,
      `${long}\n${JSON.stringify(event())}\n`,
      Buffer.from('7b22ff227d0a', 'hex'),
      JSON.stringify(event()),
    ])
    expect(answer).toMatchObject({ stored: 3, refused: 2 })
    expect(answer.issues.map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'too-long'],
      [4, 'encoding'],
    ])
  })

  test('more lines than one block', async () => {
    const lines = Array.from({ length: 120_000 }, () => JSON.stringify(event()))
    const chunks = Array.from(
      { length: 120 },
      (_, index) => `${lines.slice(index * 1_000, (index + 1) * 1_000).join('\n')}\n`,
    )
    expect(await send(chunks)).toMatchObject({ stored: 120_000, duplicates: 0, refused: 0 })
  })
  test('nothing at all', async () => {
    expect(await send([])).toEqual({ stored: 0, duplicates: 0, corrected: 0, refused: 0, issues: [] })
  })
})

test('single events page newest first, of an entity with all below it', async () => {
  const of = (change: object) => all.run((context) => listEvents(context, { limit: 2, ...change }))
  await record([
    event({ type: 'paged', entity: 'H1' }),
    event({ type: 'paged' }),
    event({ type: 'paged', entity: 'D2' }),
  ])
  const first = await of({ type: 'paged', entity: 'H1' })
  const rest = await of({ type: 'paged', entity: 'H1', cursor: first.nextCursor! })
  expect(rest.nextCursor).toBe(null)
  const rows = [...first.rows, ...rest.rows]
  expect(new Set(rows.map((row) => row.entity))).toEqual(new Set(['H1', 'D1', 'D2']))
  expect(rows[0]).toMatchObject({ at: '2026-03-01T00:00:00Z', attributes: { channel: 'web' } })
  expect((await of({ type: 'paged', entity: 'D2' })).rows).toHaveLength(1)
  expect((await of({ type: 'paged', from: '2026-03-02' })).rows).toHaveLength(0)
  expect((await of({ type: 'paged', from: '2026-03-01', to: '2026-03-01' })).rows).toHaveLength(2)
  const types = await all.run(eventTypes)
  expect(types.find((each) => each.type === 'paged')).toMatchObject({
    count: 3,
    first: '2026-03-01T00:00:00Z',
    attributes: ['channel'],
    values: ['minutes'],
  })
})
