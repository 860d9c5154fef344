/** Somebody who asks everything one can ask and subtracts: every answer of every route as the set of events it must be made of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MeasurementWorld } from '../../imports/open-for-test.ts'
import type { SeriesGrain } from '../../contract/grain.ts'
import { readDistribution } from '../../exploring/distribution.ts'
import { compareEntities } from '../compare.ts'
import { listEvents } from '../intake/browse-events.ts'
import { protectedCells } from '../protection-cells.ts'
import { seriesPoints } from '../series.ts'
import { readValues } from '../values.ts'
import { panelsOf } from '../watched/panel.ts'
import { indicatorsById } from '../indicators.ts'
import { lookUpEntities } from '#organisation/actions/look-up'
import {
  ABOVE,
  GRAINS,
  SIZES,
  UNITS,
  answers,
  ends,
  events,
  less,
  openAttack,
  small,
  told,
  type Answer,
  under,
  LIMIT,
  STAFF_LIMIT,
} from './attack-for-test.ts'

let all: MeasurementWorld
beforeAll(async () => {
  all = await openAttack()
})
afterAll(() => all.close())

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
  test('panels that rules judge hold what is told, and nothing else', async () => {
    const { limits, filled } = await all.run(async (context) => {
      const indicator = (await indicatorsById(context, ['stars'])).get('stars')!
      const numbers = await lookUpEntities(context, Object.keys(ABOVE))
      const keyOf = new Map([...numbers].map(([key, { number }]) => [number, key]))
      const found: { unit: string; period: string; n: number }[] = []
      for (const kind of ['department', 'staff']) {
        const range = { entityKind: kind, below: null, everyNode: false, from: '2025-01-01', to: '2025-12-01' }
        const [panel] = await panelsOf(context, { ...range, indicators: [indicator], grain: 'month' })
        for (const [row, subject] of panel!.subjects.entries())
          for (const [place, period] of panel!.periods.starts.entries()) {
            const n = panel!.n[row * panel!.periods.starts.length + place]!
            if (n > 0) found.push({ unit: keyOf.get(subject)!, period, n })
          }
      }
      return { limits: { department: LIMIT, staff: STAFF_LIMIT }, filled: found }
    })
    const open = told().filter((answer) => answer.grain === 'month' && answer.filter === '')
    const names = new Set(open.map(({ unit, start }) => `${unit} ${start}`))
    expect(filled.length).toBeGreaterThan(0)
    for (const { unit, period, n } of filled) {
      expect([unit, period, names.has(`${unit} ${period}`)]).toEqual([unit, period, true])
      expect(n).toBeGreaterThanOrEqual(unit.startsWith('W') ? limits.staff : limits.department)
    }
    // What is told of these units is there to be judged, too.
    const judged = new Set(filled.map(({ unit, period }) => `${unit} ${period}`))
    expect([...names].filter((name) => /^[DW]/.test(name) && !judged.has(name))).toEqual([])
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
