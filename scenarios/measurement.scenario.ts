/** Measuring as it happens: an event in its minute and on the news line, late ones where they belong, scores revised and marked. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '../apps/demo/stories.ts'
import { type House, openHouse } from './house.ts'

let house: House
let office: Api
const indicators = [
  {
    id: 'visits',
    unit: 'count',
    definition: {
      kind: 'count',
      eventType: 'visit',
      where: [],
      numerator: [{ of: 'events', coefficient: 1, where: [] }],
    },
    examples: [
      { from: '2026-03-02', to: '2026-03-02', events: [{ type: 'visit', at: '2026-03-02T02:00:00Z' }], expected: 1 },
    ],
  },
  {
    id: 'waiting',
    unit: 'minutes',
    definition: {
      kind: 'mean',
      eventType: 'visit',
      where: [],
      numerator: [{ of: 'minutes', coefficient: 1, where: [] }],
    },
    examples: [
      {
        from: '2026-03-02',
        to: '2026-03-02',
        events: [{ type: 'visit', at: '2026-03-02T02:00:00Z', values: { minutes: 6 } }],
        expected: 6,
      },
    ],
  },
  {
    id: 'answered-within-a-day',
    unit: 'percent',
    definition: {
      kind: 'duration',
      pair: {
        from: { eventType: 'asked', where: [] },
        to: { eventType: 'answered', where: [] },
        match: ['case'],
        acrossEntities: false,
        withinHours: 48,
        open: 'censor',
      },
      statistic: { of: 'within', limitHours: 24 },
    },
    examples: [
      {
        from: '2026-03-02',
        to: '2026-03-02',
        events: [
          { type: 'asked', at: '2026-03-02T02:00:00Z', attributes: { case: '1' } },
          { type: 'answered', at: '2026-03-02T20:00:00Z', attributes: { case: '1' } },
          { type: 'asked', at: '2026-03-02T03:00:00Z', attributes: { case: '2' } },
          { type: 'answered', at: '2026-03-04T02:00:00Z', attributes: { case: '2' } },
        ],
        expected: 50,
        expectedN: 2,
      },
    ],
  },
] as const

beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-03-10' })
  const administrator = await house.as('administrator')
  for (const key of ['H1', 'H2', 'H3'])
    await administrator.organisation.createEntity({ key, name: `${key} 大厅`, kind: 'hall' })
  await house.installation.platform.settle()
  office = await house.as('improvement-office')
  for (const { id, unit, definition, examples } of indicators) {
    await office.measurement.saveIndicator({
      id,
      title: { zh: `指标 ${id}`, en: `Indicator ${id}` },
      explanation: { zh: '说明', en: 'Explanation' },
      unit,
      direction: id === 'waiting' ? 'lower-is-better' : 'higher-is-better',
      definition: structuredClone(definition) as never,
      examples: structuredClone(examples) as never,
    })
  }
})
afterAll(() => house?.close())

let sent = 0
const visit = (entity: string, at: Temporal.Instant, minutes: number) => {
  sent += 1
  return { id: `v${sent}`, type: 'visit', entity, at: at.toString(), values: { minutes } }
}

/** The news line as a browser reads it; gives the first news of a name. */
async function firstNews(name: string): Promise<{ heard: Promise<unknown>; close: () => void }> {
  const stop = new AbortController()
  const answer = await fetch(`${house.address}/api/live`, {
    headers: { cookie: await house.cookieOf('improvement-office'), origin: house.address },
    signal: stop.signal,
  })
  const heard = (async () => {
    let text = ''
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (text.includes(name)) return text
    }
    throw new Error('the line ended')
  })()
  heard.catch(() => {})
  return { heard, close: () => stop.abort() }
}

describe('live', () => {
  test('an event is in its minute at once, and open screens are told', async () => {
    const line = await firstNews('measurement.recorded')
    const now = house.clock.now()
    await office.measurement.recordEvents({
      events: [visit('H1', now.subtract({ seconds: 10 }), 4), visit('H1', now.subtract({ seconds: 20 }), 8)],
    })
    const from = now.subtract({ minutes: 5 }).toString()
    const { groups } = await office.measurement.readSeries({
      id: 'visits',
      entity: 'H1',
      grain: 'minute',
      from,
      to: now.add({ minutes: 1 }).toString(),
    })
    expect(groups[0]!.points.reduce((sum, point) => sum + (point.value ?? 0), 0)).toBe(2)
    const settled = house.installation.platform.settle()
    await line.heard
    line.close()
    await settled
  })

  test('all indicators for all units in that minute; units without an event are there with empty values', async () => {
    const at = house.clock.now().subtract({ seconds: 20 })
    const { rows, indicators: ids } = await office.measurement.readValues({
      kind: 'hall',
      grain: 'minute',
      periodStart: at.toString(),
    })
    expect(rows.map((row) => row.entity.key)).toEqual(['H1', 'H2', 'H3'])
    const place = ids.indexOf('visits')
    expect(rows[1]!.values[place]).toBeNull()
    expect(rows[0]!.n.some((n) => n! > 0)).toBe(true)
  })

  test('a retry never doubles, a correction moves to its own minute', async () => {
    const at = house.clock.now().subtract({ hours: 3 })
    const one = visit('H2', at, 10)
    await office.measurement.recordEvents({ events: [one] })
    await office.measurement.recordEvents({ events: [one] })
    const moved = { ...one, at: at.add({ minutes: 7 }).toString(), values: { minutes: 12 } }
    await office.measurement.recordEvents({ events: [moved] })
    const { groups } = await office.measurement.readSeries({
      id: 'waiting',
      entity: 'H2',
      grain: 'minute',
      from: at.subtract({ minutes: 1 }).toString(),
      to: at.add({ minutes: 10 }).toString(),
    })
    const shown = groups[0]!.points.filter((point) => point.n! > 0)
    expect(shown.map((point) => [point.value, point.n])).toEqual([[12, 1]])
    expect(shown[0]!.periodStart).toBe(
      Temporal.Instant.from(moved.at).round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString(),
    )
  })
})

describe('late events', () => {
  const february = Temporal.Instant.from('2026-02-10T02:00:00Z')

  test('scores of a period that had been scored are revised and say so', async () => {
    await office.measurement.recordEvents({
      events: ['H1', 'H2', 'H3'].flatMap((entity, hall) =>
        Array.from({ length: 10 }, (_unused, index) =>
          visit(entity, february.add({ hours: index }), 5 + hall + (index % 3)),
        ),
      ),
    })
    await house.installation.platform.settle()
    await office.evaluation.saveScheme({
      id: 'halls',
      title: { zh: '大厅', en: 'Halls' },
      entityKind: 'hall',
      dimensions: [
        {
          id: 'all',
          title: { zh: '全部', en: 'All' },
          weight: 1,
          items: [
            {
              id: 'waiting',
              source: { kind: 'indicator', indicator: 'waiting' },
              weight: 1,
              transform: {
                kind: 'piecewise',
                points: [
                  [0, 100],
                  [20, 0],
                ],
              },
              required: true,
            },
          ],
        },
      ],
      adopt: {},
    })
    const before = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-02-01' })
    expect(before.period!.revisedAt).toBeNull()
    // The same events again change nothing, hence revise nothing.
    const again = { id: 'again', type: 'visit', entity: 'H1', at: february.toString(), values: { minutes: 5 } }
    await office.measurement.recordEvents({ events: [again] })
    await house.installation.platform.settle()
    const first = await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-02-01' })
    expect(first.period!.revisedAt).not.toBeNull()
    await office.measurement.recordEvents({ events: [again] })
    house.clock.stand(house.clock.now().add({ hours: 1 }))
    await house.installation.platform.settle()
    expect((await office.evaluation.readRanking({ id: 'halls', periodStart: '2026-02-01' })).period!.revisedAt).toBe(
      first.period!.revisedAt,
    )
    const own = (ranking: typeof before) => ranking.rows.find((row) => row.entity.key === 'H1')!.composite!
    expect(own(first)).not.toBeCloseTo(own(before), 6)
  })

  test('an answer that comes late settles the question it belongs to, in the question’s period', async () => {
    const asked = { id: 'q1', type: 'asked', entity: 'H3', at: '2026-02-28T10:00:00Z', attributes: { case: '7' } }
    await office.measurement.recordEvents({ events: [asked] })
    const read = async () => {
      const { groups } = await office.measurement.readSeries({
        id: 'answered-within-a-day',
        entity: 'H3',
        grain: 'month',
        from: '2026-02-01',
        to: '2026-03-31',
      })
      return groups[0]?.points.find((point) => point.periodStart === '2026-02-01')
    }
    // Two days are over: not answered within one.
    expect(await read()).toMatchObject({ value: 0, n: 1 })
    await office.measurement.recordEvents({
      events: [{ ...asked, id: 'a1', type: 'answered', at: '2026-03-01T09:00:00Z' }],
    })
    expect(await read()).toMatchObject({ value: 100, n: 1 })
  })
})

test('a year later the same figures come from folds', async () => {
  const read = () =>
    office.measurement.readSeries({ id: 'waiting', grain: 'month', from: '2026-02-01', to: '2026-02-28' })
  const before = (await read()).groups
  await house.liveOn('2026-03-11')
  expect((await read()).groups).toEqual(before)
})
