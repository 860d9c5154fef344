/** Somebody who asks everything one can ask and subtracts: every answer of every route as the set of events it must be made of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayOf } from '#platform/periods'
import { type MeasurementWorld, openMeasurementWorld } from '../../imports/open-for-test.ts'
import { indicatorDraft, type Point } from '../../contract.ts'
import type { SeriesGrain } from '../../contract/grain.ts'
import { saveSegment } from '../../exploring/segments.ts'
import { readDistribution } from '../../exploring/distribution.ts'
import { compareEntities } from '../compare.ts'
import { saveIndicator } from '../indicators.ts'
import { listEvents } from '../intake/browse-events.ts'
import { recordEvents } from '../intake/record-events.ts'
import { protectedCells } from '../protection-cells.ts'
import { saveProtection } from '../protection.ts'
import { seriesPoints, cutFor } from '../series.ts'
import { readValues } from '../values.ts'
import { readSeries } from './read-series.ts'
import { lookUpEntities } from '#organisation/actions/look-up'

const ZONE = 'Asia/Shanghai'
const LIMIT = 10
const STAFF_LIMIT = 30
const YEAR = { from: '2025-01-01', to: '2025-12-31' }
const ABOVE: Record<string, string | null> = {
  H1: null,
  H2: null,
  D1: 'H1',
  D2: 'H1',
  D3: 'H1',
  D4: 'H2',
  D5: 'H2',
  W1: 'D5',
  W2: 'D5',
  W3: 'D5',
}
const UNITS = [null, ...Object.keys(ABOVE)]
/** How many answers a year: some units have many, some a handful in each month. */
const SIZES: Record<string, number> = { H1: 20, D1: 700, D2: 160, D3: 900, D4: 500, W1: 300, W2: 420, W3: 60 }
const SEGMENTS: Record<string, (event: Made) => boolean> = {
  web: (event) => event.attributes.channel === 'web',
  young: (event) => event.attributes.age === 'young',
  'young-web': (event) => event.attributes.channel === 'web' && event.attributes.age === 'young',
}

interface Made {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly at: string
  readonly day: string
  readonly attributes: { channel: string; age: string; customer: string }
  readonly values: { stars: number }
}

let all: MeasurementWorld
const events: Made[] = []
const START = Temporal.Instant.from('2024-12-31T16:00:00Z')
const is = (attribute: string, value: string) => ({ attribute, operator: 'is' as const, value })

beforeAll(async () => {
  all = await openMeasurementWorld('2026-01-20T04:00:00Z')
  for (const [key, above] of Object.entries(ABOVE))
    await all.createEntities(
      [key],
      key.startsWith('H') ? 'hospital' : key.startsWith('D') ? 'department' : 'staff',
      above,
    )
  const { random } = all.world
  for (const [entity, size] of Object.entries(SIZES)) {
    for (let index = 0; index < size; index += 1) {
      const at = START.add({ minutes: Math.floor(random() * 365 * 24 * 60) }).toString()
      const channel = ['web', 'hall', 'hall', 'phone', 'post'][Math.floor(random() ** 1.4 * 5)]!
      const age = random() < 0.3 ? 'young' : 'old'
      events.push({
        id: `${entity}-${index}`,
        type: 'rating',
        entity,
        at,
        day: dayOf(Temporal.Instant.from(at), ZONE),
        attributes: { channel, age, customer: `c${Math.floor(random() * 900)}` },
        values: { stars: 1 + Math.floor(random() * 5) },
      })
    }
  }
  await all.apart((context) => recordEvents(context, { events }))
  await all.settle()
  await all.run((context) =>
    saveIndicator(
      context,
      indicatorDraft.parse({
        id: 'stars',
        title: { zh: '星级', en: 'Stars' },
        explanation: { zh: '平均星级', en: 'Mean stars' },
        unit: 'points',
        direction: 'higher-is-better',
        definition: {
          kind: 'survey',
          eventType: 'rating',
          value: 'stars',
          scale: { low: 1, high: 5 },
          score: { of: 'mean' },
        },
        examples: [
          {
            from: '2025-03-02',
            to: '2025-03-02',
            events: [{ type: 'rating', at: '2025-03-02T02:00:00Z', values: { stars: 4 } }],
            expected: 4,
          },
        ],
      }),
    ),
  )
  await all.run((context) =>
    saveProtection(context, { smallestGroup: LIMIT, smallestStaffGroup: STAFF_LIMIT, staffKinds: ['staff'] }),
  )
  const saved: [string, ReturnType<typeof is>[]][] = [
    ['web', [is('channel', 'web')]],
    ['young', [is('age', 'young')]],
    ['young-web', [is('channel', 'web'), is('age', 'young')]],
  ]
  for (const [id, conditions] of saved) {
    all.world.clock.advance({ minutes: 1 })
    await all.run((context) => saveSegment(context, { id, title: { zh: id, en: id }, conditions, basedOn: 0 }))
  }
  await all.settle()
  await ask()
})
afterAll(() => all.close())

interface Answer {
  readonly name: string
  readonly unit: string | null
  readonly grain: SeriesGrain
  readonly start: string
  /** Which of the events it is about: segment, or values of attributes. */
  readonly filter: string
  readonly point: Point
  readonly events: ReadonlySet<number>
}
const answers: Answer[] = []

const under = (key: string, unit: string | null): boolean =>
  unit === null || key === unit || (ABOVE[key] !== null && ABOVE[key] !== undefined && under(ABOVE[key], unit))
let ends = new Map<string, string>()

function setOf(unit: string | null, start: string, end: string, keep: (event: Made) => boolean): Set<number> {
  return new Set(
    [...events.keys()].filter((place) => {
      const event = events[place]!
      return under(event.entity, unit) && event.day >= start && event.day < end && keep(event)
    }),
  )
}

const GRAINS: SeriesGrain[] = ['week', 'month', 'quarter', 'half-year', 'year', 'fiscal-quarter', 'retail-month']

async function ask() {
  for (const grain of GRAINS) {
    const cut = await all.run((context) => cutFor(context, grain, YEAR.from, YEAR.to))
    for (const period of cut.periods)
      ends.set(`${grain} ${period.start}`, dayOf(Temporal.Instant.fromEpochMilliseconds(period.until), ZONE))
  }
  const keep = (
    unit: string | null,
    grain: SeriesGrain,
    filter: string,
    test: (event: Made) => boolean,
    points: readonly Point[],
  ) => {
    for (const point of points) {
      const end = ends.get(`${grain} ${point.periodStart}`)!
      const name = `${unit ?? 'all'} ${grain} ${point.periodStart} ${filter}`
      answers.push({
        name,
        unit,
        grain,
        start: point.periodStart,
        filter,
        point,
        events: setOf(unit, point.periodStart, end, test),
      })
    }
  }
  for (const unit of UNITS) {
    const whose = { id: 'stars', ...YEAR, ...(unit === null ? {} : { entity: unit }) }
    for (const grain of GRAINS) {
      const { groups } = await all.run((context) => readSeries(context, { ...whose, grain }))
      keep(unit, grain, '', () => true, groups[0]!.points)
    }
    for (const grain of ['month', 'quarter', 'year'] as const) {
      for (const [segment, test] of Object.entries(SEGMENTS)) {
        const { groups } = await all.run((context) => readSeries(context, { ...whose, grain, segment }))
        keep(unit, grain, `segment ${segment}`, test, groups[0]!.points)
      }
      for (const by of ['channel', 'age', 'channel,age']) {
        const { groups } = await all.run((context) => readSeries(context, { ...whose, grain, by }))
        for (const group of groups) {
          const names = Object.entries(group.by) as ['channel' | 'age', string][]
          const text = names.map(([name, value]) => `${name}=${value}`).join('&')
          if (names.some(([, value]) => value === '*'))
            expect(group.points.every((point) => point.value === null)).toBe(true)
          else
            keep(
              unit,
              grain,
              text,
              (event) => names.every(([name, value]) => event.attributes[name] === value),
              group.points,
            )
        }
      }
    }
  }
}

const told = () => answers.filter((answer) => answer.point.value !== null)
const limitOf = (group: Iterable<number>) => {
  const entities = new Set([...group].map((place) => events[place]!.entity))
  return entities.size === 1 && [...entities][0]!.startsWith('W') ? STAFF_LIMIT : LIMIT
}
const small = (group: ReadonlySet<number>) => group.size > 0 && group.size < limitOf(group)
const less = (one: ReadonlySet<number>, taken: ReadonlySet<number>) => one.difference(taken)

describe('everything that is told', () => {
  test('is the truth, and of enough answers', () => {
    expect(told().length).toBeGreaterThan(400)
    for (const { name, point, events: own } of told()) {
      const stars = [...own].map((place) => events[place]!.values.stars)
      expect([name, point.n]).toEqual([name, own.size])
      expect([name, point.value]).toEqual([
        name,
        expect.closeTo(stars.reduce((sum, each) => sum + each, 0) / own.size, 9),
      ])
      expect([name, small(own)]).toEqual([name, false])
    }
  })
  test('what is not told says nothing: no figure, not how many', () => {
    const hidden = answers.filter((answer) => answer.point.notes?.includes('protected'))
    expect(hidden.length).toBeGreaterThan(300)
    for (const { point } of hidden)
      expect(point).toMatchObject({
        value: null,
        n: null,
        numerator: 0,
        denominator: 0,
        low: null,
        high: null,
        standardError: null,
      })
  })
  test('no pair of answers gives a group under the limit: one is part of the other in place, time or kind of answer', () => {
    const spans = (answer: Answer) => [answer.start, ends.get(`${answer.grain} ${answer.start}`)!] as const
    const inside = (one: Answer, other: Answer) => {
      const [[from, until], [otherFrom, otherUntil]] = [spans(one), spans(other)]
      const placed = other.unit === null || (one.unit !== null && under(one.unit, other.unit))
      const timed = from >= otherFrom && until <= otherUntil
      const kinds = new Set(one.filter.split('&'))
      return (
        placed &&
        timed &&
        (other.filter === '' || other.filter === one.filter || other.filter.split('&').every((each) => kinds.has(each)))
      )
    }
    const found = told().flatMap((whole) =>
      told().flatMap((part) =>
        part !== whole && inside(part, whole) && small(less(whole.events, part.events))
          ? [`${whole.name} less ${part.name}`]
          : [],
      ),
    )
    expect(found).toEqual([])
  })
  test('nor do two answers of one cell, whatever they are filtered by', () => {
    const byCell = Map.groupBy(told(), ({ unit, grain, start }) => `${unit} ${grain} ${start}`)
    const found = [...byCell.values()].flatMap((cell) =>
      cell.flatMap((whole) =>
        cell.flatMap((part) =>
          part.filter.startsWith('segment') === whole.filter.startsWith('segment') &&
          part.events.isSubsetOf(whole.events) &&
          small(less(whole.events, part.events))
            ? [`${whole.name} less ${part.name}`]
            : [],
        ),
      ),
    )
    expect(found).toEqual([])
  })
  test('no answer less everything told below it, inside its time, or of its split is one', () => {
    const found: string[] = []
    for (const whole of told()) {
      const end = ends.get(`${whole.grain} ${whole.start}`)!
      const parts: [string, (answer: Answer) => boolean][] = [
        [
          'units',
          (answer) =>
            answer.filter === whole.filter &&
            answer.grain === whole.grain &&
            answer.start === whole.start &&
            answer.unit !== null &&
            ABOVE[answer.unit] === whole.unit,
        ],
        ...GRAINS.map((grain): [string, (answer: Answer) => boolean] => [
          grain,
          (answer) =>
            answer.filter === whole.filter &&
            answer.unit === whole.unit &&
            answer.grain === grain &&
            answer !== whole &&
            answer.start >= whole.start &&
            ends.get(`${grain} ${answer.start}`)! <= end,
        ]),
        ...['channel', 'age', 'channel,age'].map((by): [string, (answer: Answer) => boolean] => [
          by,
          (answer) =>
            whole.filter === '' &&
            answer.unit === whole.unit &&
            answer.grain === whole.grain &&
            answer.start === whole.start &&
            answer.filter
              .split('&')
              .map((each) => each.split('=')[0])
              .join() === by,
        ]),
      ]
      for (const [name, holds] of parts) {
        const taken = new Set(
          told()
            .filter(holds)
            .flatMap((answer) => [...answer.events]),
        )
        if (small(less(whole.events, taken))) found.push(`${whole.name} less all told ${name}`)
      }
    }
    expect(found).toEqual([])
  })
})

describe('every other way to the same cells', () => {
  const series = (unit: string | null, grain: SeriesGrain, start: string, filter = '') =>
    answers.find(
      (answer) => answer.unit === unit && answer.grain === grain && answer.start === start && answer.filter === filter,
    )?.point
  test('comparisons, with and without a segment', async () => {
    for (const [grain, periodStart] of [
      ['month', '2025-03-01'],
      ['month', '2025-09-01'],
      ['quarter', '2025-04-01'],
      ['week', '2025-06-09'],
    ] as const)
      for (const kind of ['hospital', 'department', 'staff'])
        for (const segment of grain === 'week' ? [undefined] : [undefined, 'web', 'young-web']) {
          const asked = { id: 'stars', grain, periodStart, kind, limit: 100, ...(segment ? { segment } : {}) }
          const { rows } = await all.run((context) => compareEntities(context, asked))
          for (const { entity, point, funnel } of rows) {
            const same = series(entity.key, grain, periodStart, segment ? `segment ${segment}` : '')
            expect([entity.key, grain, segment, point.value, point.n]).toEqual([
              entity.key,
              grain,
              segment,
              same?.value ?? null,
              same?.n ?? null,
            ])
            if (point.n === null) expect(funnel).toBe(null)
          }
        }
  })
  test('values of many indicators at once, and cells other modules ask about', async () => {
    const numbers = await all.run((context) => lookUpEntities(context, Object.keys(ABOVE)))
    for (const [grain, periodStart] of [
      ['month', '2025-03-01'],
      ['quarter', '2025-07-01'],
    ] as const) {
      const cells = await all.run((context) =>
        protectedCells(context, {
          indicators: ['stars'],
          grain,
          periods: [periodStart],
          entities: [...numbers.values()].map((place) => place.number),
        }),
      )
      for (const kind of ['hospital', 'department', 'staff']) {
        const { rows } = await all.run((context) =>
          readValues(context, { indicators: 'stars', kind, grain, periodStart, limit: 100 }),
        )
        for (const { entity, values, n } of rows) {
          const same = series(entity.key, grain, periodStart)
          expect([entity.key, values[0], n[0]]).toEqual([
            entity.key,
            same?.value ?? null,
            same === undefined ? 0 : same.n,
          ])
          if (same && same.n !== 0)
            expect([entity.key, cells('stars', numbers.get(entity.key)!.number, periodStart)]).toEqual([
              entity.key,
              same.n === null,
            ])
        }
      }
    }
    const { rows } = await all.run((context) =>
      readValues(context, { indicators: 'stars', grain: 'hour', periodStart: '2025-03-03T02:00:00Z', limit: 10 }),
    )
    expect(rows[0]!.values).toEqual([null])
  })
  test('single values and single answers come from cells that are told, and from nowhere else', async () => {
    for (const unit of UNITS)
      for (const [from, to, start, grain] of [
        ['2025-03-01', '2025-03-31', '2025-03-01', 'month'],
        ['2025-04-01', '2025-06-30', '2025-04-01', 'quarter'],
      ] as const) {
        const whose = { from, to, ...(unit === null ? {} : { entity: unit }) }
        const cell = series(unit, grain, start)
        const distribution = await all.run((context) => readDistribution(context, { id: 'stars', ...whose }))
        const single = await all.run((context) => listEvents(context, { indicator: 'stars', ...whose, limit: 200 }))
        if (cell && cell.value !== null) {
          expect([unit, distribution!.n]).toEqual([unit, cell.n])
          expect([unit, single.rows.length]).toEqual([unit, Math.min(200, cell.n!)])
          expect(single.withheld).toBe(false)
        } else {
          // Shorter periods inside a hidden one are hidden too.
          expect([unit, distribution!.n, single.rows.length]).toEqual([unit, 0, 0])
          if (cell) expect(single.withheld).toBe(true)
        }
      }
  })
  test('a single answer does not say whose it is, nor when it came', async () => {
    const asked = { indicator: 'stars', entity: 'D3', from: '2025-03-01', to: '2025-03-31', limit: 50 }
    const { rows, nextCursor } = await all.run((context) => listEvents(context, asked))
    const second = await all.run((context) => listEvents(context, { ...asked, cursor: nextCursor! }))
    const both = [...rows, ...second.rows]
    expect(new Set(both.map((row) => row.id)).size).toBe(both.length)
    const stars = both.map((row) => row.values['stars']!)
    expect(stars).toEqual(stars.toSorted((a, b) => a - b))
    for (const row of both)
      expect(row).toMatchObject({
        entity: 'D3',
        at: '2025-02-28T16:00:00Z',
        receivedAt: '2025-02-28T16:00:00Z',
        attributes: {},
        batch: '',
        source: null,
      })
    const month = events.filter(
      (event) => event.entity === 'D3' && event.day >= '2025-03-01' && event.day < '2025-04-01',
    )
    expect(stars.length).toBe(month.length)
    // What was asked for is told, where the group is told; what cannot be compared is not.
    const web = await all.run((context) => listEvents(context, { ...asked, with: 'channel=hall', limit: 200 }))
    const split = answers.find((answer) => answer.name === 'D3 month 2025-03-01 channel=hall')
    expect(web.rows.length).toBe(split?.point.n ?? 0)
    expect(web.rows.every((row) => row.attributes['channel'] === 'hall')).toBe(true)
    const one = await all.run((context) =>
      listEvents(context, { ...asked, with: `customer=${month[0]!.attributes.customer}` }),
    )
    expect(one).toMatchObject({ rows: [], withheld: true })
    const within = await all.run((context) => listEvents(context, { ...asked, segment: 'web', with: 'age=old' }))
    expect(within).toMatchObject({ rows: [], withheld: true })
  })
  test('events of nothing but answers are not listed at all', async () => {
    for (const asked of [{}, { type: 'rating' }, { with: 'channel=web' }, { segment: 'web' }, { entity: 'W3' }])
      expect(await all.run((context) => listEvents(context, { ...asked, limit: 100 }))).toMatchObject({
        rows: [],
        withheld: true,
      })
  })
  test('others calculate with everything', async () => {
    const place = (await all.run((context) => lookUpEntities(context, ['W3']))).get('W3')!
    const indicator = await all.run(async (context) =>
      (await import('../indicators.ts')).currentIndicator(context, 'stars'),
    )
    const points = await all.run((context) =>
      seriesPoints(context, { indicator, entity: place, grain: 'month', from: '2025-01-01', to: '2026-01-01' }),
    )
    expect(points.reduce((sum, point) => sum + point.n, 0)).toBe(SIZES['W3'])
  })
})
