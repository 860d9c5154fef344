/** Indicators and their series against figures computed from the events by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meanInterval } from '#stats/intervals/mean-interval'
import { summariseSample } from '#stats/intervals/summarise-sample'
import { periodStartOf, dayOf } from '#platform/periods'
import { type Indicator, indicatorDraft } from '../contract.ts'
import { openMeasurementWorld, type MeasurementWorld } from '../imports/open-for-test.ts'
import {
  currentIndicator,
  indicatorsById,
  indicatorVersion,
  listIndicators,
  retireIndicator,
  saveIndicator,
} from './indicators.ts'
import { recordEvents } from './intake/record-events.ts'
import { readResults, recordResults } from './results.ts'
import { compareEntities } from './compare.ts'
import { seriesOfUnits, seriesPoints } from './series.ts'
import { previewIndicator, readSeries } from './telling/read-series.ts'
import { findEntities, requireEntity } from '#organisation/actions/look-up'

interface Made {
  readonly id: string
  readonly type: 'visit'
  readonly entity: string
  readonly at: string
  readonly attributes: { channel: string }
  readonly values: { minutes: number; late: number }
}

let all: MeasurementWorld
const events: Made[] = []
const DEPARTMENTS = ['D1', 'D2', 'D3', 'D4']
const hospitalOf: Record<string, string> = { D1: 'H1', D2: 'H1', D3: 'H2', D4: 'H2' }
const START = Temporal.Instant.from('2024-12-31T16:00:00Z')

beforeAll(async () => {
  all = await openMeasurementWorld('2026-01-10T00:00:00Z')
  await all.createEntities(['H1', 'H2'], 'hospital')
  await all.createEntities(['D1', 'D2'], 'department', 'H1')
  await all.createEntities(['D3', 'D4'], 'department', 'H2')
  const { random } = all.world
  for (let index = 0; index < 4_000; index += 1) {
    const entity = DEPARTMENTS[Math.floor(random() * DEPARTMENTS.length)]!
    const at = START.add({ minutes: Math.floor(random() * 365 * 24 * 60) })
    // One month without a single event: a gap.
    if (monthOf(at.toString()) === '2025-06-01') continue
    const minutes = Math.round(random() * 600) / 10
    const channel = ['web', 'hall', 'phone'][Math.floor(random() ** 2 * 3)]!
    events.push({
      id: `E${index}`,
      type: 'visit',
      entity,
      at: at.toString(),
      attributes: { channel },
      values: { minutes, late: minutes > 45 || (entity === 'D4' && minutes > 25) ? 1 : 0 },
    })
  }
  await all.apart((context) => recordEvents(context, { events }))
  await all.settle()
})
afterAll(() => all.close())

const monthOf = (at: string) => periodStartOf(dayOf(Temporal.Instant.from(at), 'Asia/Shanghai'), 'month')
/** One visit of 8 minutes in time: 1 of it, or all of it, or 8. */
const exampleOf = ({ kind }: { kind?: string }, { unit = 'percent' }: { unit?: string }) => ({
  from: '2026-03-02',
  to: '2026-03-02',
  events: [{ type: 'visit', at: '2026-03-02T02:00:00Z', values: { minutes: 8, late: 0 } }],
  expected: kind === 'proportion' ? (unit === 'percent' ? 100 : 1) : kind === 'count' ? 1 : 8,
})
const draft = (id: string, definition: object, rest: object = {}) =>
  indicatorDraft.parse({
    id,
    title: { zh: `指标 ${id}`, en: `Indicator ${id}` },
    explanation: { zh: '说明', en: 'Explanation' },
    unit: 'percent',
    direction: 'higher-is-better',
    definition: { eventType: 'visit', ...definition },
    examples: [exampleOf(definition, rest)],
    ...rest,
  })
const save = (id: string, definition: object, rest: object = {}) =>
  all.run((context) => saveIndicator(context, draft(id, definition, rest)))
const inTime = {
  kind: 'proportion',
  numerator: [{ of: 'events' }, { of: 'late', coefficient: -1 }],
  denominator: [{ of: 'events' }],
}
const YEAR = { grain: 'month' as const, from: '2025-01-01', to: '2026-01-01' }
const mean = { kind: 'mean', numerator: [{ of: 'minutes' }] }

describe('series', () => {
  test('of the organisation, a hospital with its departments, a department', async () => {
    const indicator = await save('in-time', inTime)
    for (const key of [null, 'H1', 'D3']) {
      const entity = key === null ? null : await all.run((context) => requireEntity(context, key))
      const points = await all.run((context) => seriesPoints(context, { indicator, entity, ...YEAR }))
      expect(points.map((point) => point.periodStart)).toEqual(
        Array.from({ length: 12 }, (_, month) => `2025-${String(month + 1).padStart(2, '0')}-01`),
      )
      for (const point of points) {
        const own = events.filter(
          (each) =>
            monthOf(each.at) === point.periodStart &&
            (key === null || each.entity === key || hospitalOf[each.entity] === key),
        )
        const good = own.filter((each) => each.values.late === 0).length
        expect([point.n, point.numerator, point.denominator]).toEqual([own.length, good, own.length])
        if (own.length === 0) expect(point).toMatchObject({ periodStart: '2025-06-01', value: null, low: null })
        else expect(point.value).toBeCloseTo((100 * good) / own.length, 10)
        expect(point.complete).toBe(true)
      }
    }
  })

  test('the mean with its t interval', async () => {
    const indicator = await save('minutes', mean, { unit: 'minutes', direction: 'lower-is-better', minimumN: 5 })
    const points = await all.run((context) => seriesPoints(context, { indicator, entity: null, ...YEAR }))
    for (const point of points.filter((each) => each.n > 0)) {
      const own = events.filter((each) => monthOf(each.at) === point.periodStart).map((each) => each.values.minutes)
      const summary = summariseSample(own)
      const interval = meanInterval({
        count: own.length,
        mean: summary.mean!,
        standardDeviation: summary.standardDeviation!,
      })
      expect(point.value).toBeCloseTo(summary.mean!, 9)
      expect(interval).toMatchObject({ kind: 'interval' })
      if (interval.kind === 'interval') {
        expect(point.low).toBeCloseTo(interval.lower, 8)
        expect(point.high).toBeCloseTo(interval.upper, 8)
      }
    }
  })

  test('a period that is not over', async () => {
    const indicator = await save('in-time', inTime)
    all.world.clock.set('2025-12-31T15:59:59Z')
    const before = await all.run((context) => seriesPoints(context, { indicator, entity: null, ...YEAR }))
    all.world.clock.set('2025-12-31T16:00:00Z')
    const after = await all.run((context) => seriesPoints(context, { indicator, entity: null, ...YEAR }))
    all.world.clock.set('2026-01-10T00:00:00Z')
    expect([before.at(-1)!.complete, after.at(-1)!.complete]).toEqual([false, true])
  })

  test('of units: those with others below them, those without, a single node, all in one', async () => {
    const indicator = await save('in-time', inTime)
    const unitsOf = (kind: string | null, below: string | null) =>
      all.run((context) => seriesOfUnits(context, { indicator, kind, below, ...YEAR }))
    const total = (units: Awaited<ReturnType<typeof unitsOf>>) =>
      units.map((unit) => [unit.entity.key, [...unit.points.values()].reduce((sum, point) => sum + point.n, 0)])
    const countOf = (keys: readonly string[]) => events.filter((each) => keys.includes(each.entity)).length
    expect(total(await unitsOf('hospital', null))).toEqual([
      ['H1', countOf(['D1', 'D2'])],
      ['H2', countOf(['D3', 'D4'])],
    ])
    expect(total(await unitsOf('department', 'H2'))).toEqual([
      ['D3', countOf(['D3'])],
      ['D4', countOf(['D4'])],
    ])
    expect(total(await unitsOf(null, 'H1'))).toEqual([['H1', countOf(['D1', 'D2'])]])
    expect(total(await unitsOf(null, null))).toEqual([['', events.length]])
    const [unit] = await unitsOf('hospital', null)
    const pooled = unit!.pool([...unit!.points.values()])!
    const own = events.filter((each) => hospitalOf[each.entity] === 'H1')
    const share = own.filter((each) => each.values.late === 0).length / own.length
    expect(pooled.value).toBeCloseTo(100 * share, 10)
    expect(pooled.standardError).toBeCloseTo(100 * Math.sqrt((share * (1 - share)) / own.length), 10)
  })

  test('split by an attribute, and the control chart of the whole', async () => {
    const indicator = await save('in-time', inTime)
    const asked = { id: indicator.id, grain: 'month' as const, from: '2025-01-15', to: '2025-12-02' }
    const split = await all.run((context) => readSeries(context, { ...asked, by: 'channel' }))
    expect(split.chart).toBe(null)
    expect(split.truncated).toBe(false)
    expect(split.groups.map((group) => group.by.channel)).toEqual(['web', 'hall', 'phone'])
    for (const group of split.groups) {
      const n = events.filter((each) => each.attributes.channel === group.by.channel).length
      expect(group.points.reduce((sum, point) => sum + point.n!, 0)).toBe(n)
    }
    const whole = await all.run((context) => readSeries(context, { ...asked, grain: 'week' }))
    expect(whole.chart).toMatchObject({ convention: expect.stringContaining('2.66') })
    expect(whole.chart!.lower).toBeLessThan(whole.chart!.centre)
    const wrong = all.run((context) => readSeries(context, { ...asked, by: 'a,b,c' }))
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('a comparison with its funnel', async () => {
    const indicator = await save('in-time', inTime)
    const compared = await all.run((context) =>
      compareEntities(context, {
        id: indicator.id,
        periodStart: '2025-05-05',
        grain: 'year',
        kind: 'department',
        limit: 3,
      }),
    )
    expect(compared.periodStart).toBe('2025-01-01')
    expect(compared.truncated).toBe(true)
    expect(compared.rows).toHaveLength(3)
    const values = compared.rows.map((row) => row.point.value!)
    expect(values).toEqual([...values].toSorted((a, b) => b - a))
    const good = events.filter((each) => each.values.late === 0).length
    expect(compared.centre).toBeCloseTo((100 * good) / events.length, 10)
    expect(compared.limits.length).toBeGreaterThan(1)
    const all4 = await all.run((context) =>
      compareEntities(context, { id: indicator.id, periodStart: '2025-05-05', grain: 'year', limit: 500 }),
    )
    expect(all4.rows.map((row) => row.entity.kind)).toEqual(Array.from({ length: 4 }, () => 'department'))
    expect(all4.rows.at(-1)).toMatchObject({ entity: { key: 'D4' } })
    const means = await save('minutes', mean, { unit: 'minutes', direction: 'lower-is-better', minimumN: 5 })
    const byMean = await all.run((context) =>
      compareEntities(context, {
        id: means.id,
        periodStart: '2025-05-05',
        grain: 'year',
        kind: 'department',
        limit: 500,
      }),
    )
    expect(byMean.rows.every((row) => row.funnel === 'inside')).toBe(true)
    const sums = await save('total', { kind: 'sum', numerator: [{ of: 'minutes' }] }, { unit: 'minutes' })
    const bySum = await all.run((context) =>
      compareEntities(context, {
        id: sums.id,
        periodStart: '2025-05-05',
        grain: 'year',
        kind: 'department',
        limit: 500,
      }),
    )
    expect(bySum).toMatchObject({ centre: null, limits: [], overDispersion: 1 })
    expect(bySum.rows.every((row) => row.funnel === null && row.better === null)).toBe(true)
  })

  test('a preview needs no saved indicator', async () => {
    const points = await all.run((context) =>
      previewIndicator(context, {
        draft: draft('unsaved', inTime),
        entity: 'H1',
        from: '2025-01-01',
        to: '2025-12-31',
      }),
    )
    expect(points).toHaveLength(12)
    const impossible = draft('no', { ...inTime, numerator: inTime.denominator })
    await expect(
      all.run((context) => previewIndicator(context, { draft: impossible, from: '2025-01-01', to: '2025-12-31' })),
    ).rejects.toMatchObject({ code: 'DEFINITION_INVALID' })
  })
})

describe('versions', () => {
  test('the same content is the same version, other content the next', async () => {
    const first = await save('versioned', inTime)
    expect(await save('versioned', inTime)).toEqual(first)
    const second = await save('versioned', inTime, { target: 95 })
    expect([first.version, second.version]).toEqual([1, 2])
    const third = await save('versioned', inTime)
    expect(third.version).toBe(3)
    const read = (version: number) => all.run((context) => indicatorVersion(context, 'versioned', version))
    expect((await read(2)).target).toBe(95)
    expect((await all.run((context) => currentIndicator(context, 'versioned'))).version).toBe(3)
    await expect(read(9)).rejects.toMatchObject({ code: 'INDICATOR_UNKNOWN' })
  })
  test('two savers at once get two versions', async () => {
    await save('raced', inTime)
    const saved = await Promise.all([90, 91, 92].map((target) => save('raced', inTime, { target })))
    expect(saved.map((each) => each.version).toSorted((a, b) => a - b)).toEqual([2, 3, 4])
  })
  test('retired: still read, not saved any more', async () => {
    await save('old', inTime)
    await all.run((context) => retireIndicator(context, { id: 'old' }))
    await all.run((context) => retireIndicator(context, { id: 'old' }))
    expect(await all.run((context) => currentIndicator(context, 'old'))).toMatchObject({ retired: true, version: 1 })
    await expect(save('old', inTime, { target: 1 })).rejects.toMatchObject({ code: 'INDICATOR_RETIRED' })
    await expect(all.run((context) => retireIndicator(context, { id: 'none' }))).rejects.toMatchObject({
      code: 'INDICATOR_UNKNOWN',
    })
  })
  test('lists page and search', async () => {
    const ids: string[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await all.run((context) => listIndicators(context, { limit: 2, cursor }))
      ids.push(...page.rows.map((row: Indicator) => row.id))
      cursor = page.nextCursor ?? undefined
      more = page.nextCursor !== null
    }
    expect(ids).toEqual([...new Set(ids)].toSorted())
    expect(ids).toContain('versioned')
    const found = await all.run((context) => listIndicators(context, { limit: 10, search: '指标 VERS' }))
    expect(found.rows.map((row) => row.id)).toEqual(['versioned'])
    const byId = await all.run((context) => indicatorsById(context, ['versioned', 'none', 'in-time']))
    expect([...byId.keys()].toSorted()).toEqual(['in-time', 'versioned'])
  })
})

test('results of others: appended, read by what they are about, missing values stay missing', async () => {
  const [unit, other] = await all.run((context) => findEntities(context, { kind: 'hospital', limit: 10 }))
  const runs = [all.world.platform.newId(), all.world.platform.newId()]
  for (const run of runs) {
    await all.run((context) =>
      recordResults(context, {
        kind: 'score',
        subject: 'scheme-1',
        run,
        grain: 'month',
        rows: [
          { entity: unit!.number, periodStart: '2025-01-01', value: 81.5, detail: { rank: 1 } },
          { entity: other!.number, periodStart: '2025-01-01', value: null, detail: { because: 'too-few' } },
          { entity: unit!.number, periodStart: '2025-02-01', value: 0, detail: null },
        ],
      }),
    )
  }
  const read = (change: object) =>
    all.run((context) => readResults(context, { kind: 'score', subject: 'scheme-1', ...change }))
  expect(await read({ run: runs[0], periodStart: '2025-01-01' })).toMatchObject([
    { entity: { key: 'H1' }, value: 81.5, detail: { rank: 1 }, periodStart: '2025-01-01', run: runs[0] },
    { entity: { key: 'H2' }, value: null, detail: { because: 'too-few' } },
  ])
  expect(await read({ entity: unit!.number })).toHaveLength(4)
  expect((await read({ entity: unit!.number, periodStart: '2025-02-01' })).map((row) => row.value)).toEqual([0, 0])
  expect(await read({ subject: 'scheme-2' })).toEqual([])
})
