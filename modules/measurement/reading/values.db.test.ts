/** Values of every kind on random events against calculations by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { type IndicatorDraftInput, indicatorDraft, type Point } from '../contract.ts'
import { openMeasurementWorld, type MeasurementWorld } from '../imports/open-for-test.ts'
import { recordEvents } from '../actions/intake/record-events.ts'
import { seriesPoints } from '../actions/series.ts'
import { requireEntity } from '#organisation/actions/look-up'

interface Made {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly at: string
  readonly attributes: Record<string, string>
  readonly values: Record<string, number>
}

const ZONE = 'Asia/Shanghai'
const UNITS = ['U1', 'U2', 'U3']
const FROM = '2025-01-01'
const TO = '2025-05-01'
const NOW = '2025-04-20T06:00:00Z'
const START = Temporal.Instant.from('2024-12-25T16:00:00Z').epochMilliseconds
const END = Temporal.Instant.from(NOW).epochMilliseconds
const HOUR = 3_600_000

let all: MeasurementWorld
const events: Made[] = []
const at = (one: Made) => Temporal.Instant.from(one.at).epochMilliseconds
const dayAt = (one: Made) => dayOf(Temporal.Instant.from(one.at), ZONE)
const monthAt = (one: Made) => periodStartOf(dayAt(one), 'month')

beforeAll(async () => {
  all = await openMeasurementWorld(NOW)
  await all.createEntities(UNITS, 'ward')
  const { random } = all.world
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (let index = 0; index < 3_000; index += 1) {
    // Whole hours now and then: edges of windows and days are met exactly.
    const raw = START + random() * (END - START)
    const instant = random() < 0.3 ? Math.floor(raw / HOUR) * HOUR : Math.floor(raw / 1000) * 1000
    const type = pick(['opened', 'closed', 'opened', 'visit'])
    const values: Record<string, number> = { rating: Math.floor(random() * 13) - 1 }
    if (random() < 0.9) values['beds'] = Math.floor(random() * 50)
    events.push({
      id: `E${index}`,
      type,
      entity: pick(UNITS),
      at: Temporal.Instant.fromEpochMilliseconds(instant).toString(),
      attributes: {
        ticket: `T${Math.floor(random() * 400)}`,
        ...(random() < 0.1 ? { cause: 'storm', ...(random() < 0.7 ? { document: 'D1' } : {}) } : {}),
      },
      values,
    })
  }
  await all.apart((context) => recordEvents(context, { events }))
  await all.settle()
})
afterAll(() => all.close())

async function read(
  definition: IndicatorDraftInput['definition'],
  rest: object = {},
  entity: string | null = null,
  grain: 'month' | 'day' = 'month',
) {
  const indicator = indicatorDraft.parse({
    id: 'one',
    title: { zh: '一', en: 'One' },
    explanation: { zh: '一', en: 'One' },
    unit: 'number',
    direction: 'neutral',
    definition,
    ...rest,
  })
  const place = entity === null ? null : await all.run((context) => requireEntity(context, entity))
  const points = await all.run((context) =>
    seriesPoints(context, { indicator, entity: place, grain, from: FROM, to: TO, frozen: true }),
  )
  return new Map(points.map((point) => [point.periodStart, point]))
}

const MONTHS = ['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01']
const scopes = [null, 'U2'] as const
const of = (scope: string | null, type: string) =>
  events.filter((one) => one.type === type && (scope === null || one.entity === scope))
const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

function expectValues(
  points: ReadonlyMap<string, Point>,
  byHand: (month: string) => { value: number | null; n: number },
) {
  for (const month of MONTHS) {
    const { value, n } = byHand(month)
    const point = points.get(month)
    if (value === null) expect(point?.value ?? null, month).toBe(null)
    else expect(point?.value, month).toBeCloseTo(value, 8)
    expect(point?.n ?? 0, month).toBe(n)
  }
}

/** Each `from` event with the first `to` event strictly or not strictly after it, by unit and ticket. */
function pairsByHand(scope: string | null, hours: number, open: 'exclude' | 'censor' | 'count-late', same: boolean) {
  const rows: { month: string; matched: boolean; hours: number }[] = []
  for (const from of of(scope, 'opened')) {
    const later = events
      .filter(
        (to) =>
          to.type === (same ? 'opened' : 'closed') &&
          to.entity === from.entity &&
          to.attributes['ticket'] === from.attributes['ticket'] &&
          (same ? at(to) > at(from) : at(to) >= at(from)) &&
          at(to) - at(from) <= hours * HOUR,
      )
      .map((to) => (at(to) - at(from)) / HOUR)
    const first = later.length === 0 ? null : Math.min(...later)
    const over = at(from) + hours * HOUR <= END
    if (first === null && (open === 'exclude' || (open === 'censor' && !over))) continue
    rows.push({ month: monthAt(from), matched: first !== null, hours: first ?? hours })
  }
  return rows
}

describe('two events of one story', () => {
  const HOURS = 240
  for (const open of ['exclude', 'censor', 'count-late'] as const)
    for (const scope of scopes) {
      const pair = {
        from: { eventType: 'opened' },
        to: { eventType: 'closed' },
        match: ['ticket'],
        withinHours: HOURS,
        open,
      }
      const inMonth = (month: string) => pairsByHand(scope, HOURS, open, false).filter((row) => row.month === month)
      test(`conversion, ${open}, ${scope ?? 'all'}`, async () => {
        expectValues(await read({ kind: 'conversion', pair }, {}, scope), (month) => {
          const rows = inMonth(month)
          return { value: mean(rows.map((row) => Number(row.matched))), n: rows.length }
        })
      })
      test(`mean duration, ${open}, ${scope ?? 'all'}`, async () => {
        const points = await read({ kind: 'duration', pair, statistic: { of: 'mean' } }, { unit: 'hours' }, scope)
        expectValues(points, (month) => {
          const rows = inMonth(month)
          return { value: mean(rows.map((row) => row.hours)), n: rows.length }
        })
      })
      test(`within a limit, ${open}, ${scope ?? 'all'}`, async () => {
        const statistic = { of: 'within' as const, limitHours: 100 }
        const points = await read({ kind: 'duration', pair, statistic }, { unit: 'percent' }, scope)
        expectValues(points, (month) => {
          const rows = inMonth(month)
          const share = mean(rows.map((row) => Number(row.matched && row.hours <= 100)))
          return { value: share === null ? null : 100 * share, n: rows.length }
        })
      })
    }

  test.each(scopes)('what comes again, %s', async (scope) => {
    const definition = { kind: 'repeat' as const, eventType: 'opened', match: ['ticket'], withinHours: 500 }
    const rows = pairsByHand(scope, 500, 'censor', true)
    expectValues(await read(definition, {}, scope), (month) => {
      const own = rows.filter((row) => row.month === month)
      return { value: mean(own.map((row) => Number(row.matched))), n: own.length }
    })
  })
})

describe('windows and stocks', () => {
  const countOf = (list: readonly Made[], first: string, last: string) =>
    list.filter((one) => dayAt(one) >= first && dayAt(one) <= last).length
  /** The last day of a month, or of what has passed of it. */
  const endOf = (month: string) => addPeriods(addPeriods(month, 'month', 1), 'day', -1)

  test.each(scopes)('the last 20 days, %s', async (scope) => {
    const window = { kind: 'rolling' as const, days: 20 }
    const points = await read(
      { kind: 'cumulative', eventType: 'visit', numerator: [{ of: 'events' }], window },
      {},
      scope,
    )
    expectValues(points, (month) => {
      const n = countOf(of(scope, 'visit'), addPeriods(endOf(month), 'day', -19), endOf(month))
      return { value: n, n }
    })
  })
  test.each(scopes)('since the begin of the quarter and since ever, %s', async (scope) => {
    const base = { kind: 'cumulative' as const, eventType: 'visit', numerator: [{ of: 'events' }] }
    const quarter = await read({ ...base, window: { kind: 'to-date', since: 'quarter' } }, {}, scope)
    expectValues(quarter, (month) => {
      const n = countOf(of(scope, 'visit'), month < '2025-04-01' ? '2025-01-01' : '2025-04-01', endOf(month))
      return { value: n, n }
    })
    const ever = await read({ ...base, window: { kind: 'lifetime' } }, {}, scope)
    expectValues(ever, (month) => {
      const n = countOf(of(scope, 'visit'), '2000-01-01', endOf(month))
      return { value: n, n }
    })
  })
  test.each(scopes)('the backlog, %s', async (scope) => {
    const points = await read(
      { kind: 'backlog', opened: { eventType: 'opened' }, closed: { eventType: 'closed' } },
      {},
      scope,
    )
    expectValues(points, (month) => {
      const opened = countOf(of(scope, 'opened'), '2000-01-01', endOf(month))
      return { value: opened - countOf(of(scope, 'closed'), '2000-01-01', endOf(month)), n: opened }
    })
  })
  const takes = {
    least: (values: readonly number[]) => Math.min(...values),
    greatest: (values: readonly number[]) => Math.max(...values),
    mean: (values: readonly number[]) => mean(values)!,
  }
  for (const take of ['least', 'greatest', 'mean'] as const)
    test.each(scopes)(`levels of units added up, ${take}, %s`, async (scope) => {
      const points = await read({ kind: 'level', eventType: 'visit', value: 'beds', take }, {}, scope)
      expectValues(points, (month) => {
        const own = of(scope, 'visit').filter((one) => monthAt(one) === month && 'beds' in one.values)
        const units = UNITS.map((unit) => own.filter((one) => one.entity === unit).map((one) => one.values['beds']!))
        const sum = units
          .filter((values) => values.length > 0)
          .reduce((total, values) => total + takes[take](values), 0)
        return { value: sum, n: own.length }
      })
    })
})

describe('ratings and formulas', () => {
  const rated = (scope: string | null, month: string) =>
    of(scope, 'visit')
      .filter((one) => monthAt(one) === month)
      .map((one) => one.values['rating']!)
      .filter((rating) => rating >= 0 && rating <= 10)
  const base = { kind: 'survey' as const, eventType: 'visit', value: 'rating', scale: { low: 0, high: 10 } }

  test.each(scopes)('mean, top box and promoters, %s', async (scope) => {
    expectValues(await read({ ...base, score: { of: 'mean' } }, {}, scope), (month) => {
      const ratings = rated(scope, month)
      return { value: mean(ratings), n: ratings.length }
    })
    const top = await read({ ...base, score: { of: 'top-box', from: 8 } }, { unit: 'percent' }, scope)
    expectValues(top, (month) => {
      const ratings = rated(scope, month)
      return { value: 100 * mean(ratings.map((rating) => Number(rating >= 8)))!, n: ratings.length }
    })
    const score = { of: 'net-promoter' as const, promotersFrom: 9, detractorsTo: 6 }
    expectValues(await read({ ...base, score }, { unit: 'points' }, scope), (month) => {
      const ratings = rated(scope, month)
      const signs = ratings.map((rating) => (rating >= 9 ? 1 : rating <= 6 ? -1 : 0) as number)
      return { value: 100 * mean(signs)!, n: ratings.length }
    })
  })

  test.each(scopes)('a formula over facts of two streams, %s', async (scope) => {
    const definition = {
      kind: 'expression' as const,
      facts: [
        { name: 'o', eventType: 'opened', distinct: 'ticket' },
        {
          name: 'v',
          eventType: 'visit',
          of: 'beds',
          where: [{ value: 'rating', operator: 'more-than' as const, limit: 3 }],
        },
      ],
      formula: 'v.sum / o.distinct + v.max - v.min + v.mean * v.n / 1000',
      nOf: 'o',
    }
    expectValues(await read(definition, {}, scope), (month) => {
      const opened = of(scope, 'opened').filter((one) => monthAt(one) === month)
      const tickets = new Set(opened.map((one) => one.attributes['ticket'])).size
      const beds = of(scope, 'visit')
        .filter((one) => monthAt(one) === month && one.values['rating']! > 3 && 'beds' in one.values)
        .map((one) => one.values['beds']!)
      const sum = beds.reduce((total, value) => total + value, 0)
      return { value: sum / tickets + Math.max(...beds) - Math.min(...beds) + sum / 1000, n: opened.length }
    })
  })

  test.each(scopes)('the mean of units, %s', async (scope) => {
    const definition = { kind: 'mean' as const, eventType: 'visit', numerator: [{ of: 'rating' }] }
    expectValues(await read(definition, { rollUp: 'mean-of-units' }, scope), (month) => {
      const own = of(scope, 'visit').filter((one) => monthAt(one) === month)
      const units = UNITS.flatMap(
        (unit) => mean(own.filter((one) => one.entity === unit).map((one) => one.values['rating']!)) ?? [],
      )
      return { value: mean(units), n: own.length }
    })
  })
})

describe('exclusions and caps', () => {
  const definition = { kind: 'mean' as const, eventType: 'visit', numerator: [{ of: 'rating' }] }
  const storm = (capShare: number) => ({
    reason: { zh: '风暴', en: 'Storm' },
    where: [{ attribute: 'cause', operator: 'is' as const, value: 'storm' }],
    evidence: 'document',
    capShare,
  })
  test('with evidence, under and over the share allowed', async () => {
    const shares = MONTHS.map((month) => {
      const own = of(null, 'visit').filter((one) => monthAt(one) === month)
      return own.filter((one) => one.attributes['document'] !== undefined).length / own.length
    })
    // Between the months' shares: some are allowed, some are not.
    const capShare = shares.toSorted((a, b) => a - b)[1]!
    const points = await read(definition, { exclusions: [storm(capShare)] })
    for (const [index, month] of MONTHS.entries()) {
      const own = of(null, 'visit').filter((one) => monthAt(one) === month)
      const allowed = shares[index]! <= capShare
      const kept = allowed ? own.filter((one) => one.attributes['document'] === undefined) : own
      const point = points.get(month)!
      expect(point.value).toBeCloseTo(mean(kept.map((one) => one.values['rating']!))!, 9)
      expect(point.notes).toEqual([allowed ? 'excluded' : 'exclusion-void'])
    }
  })
  test('values outside the limits count as the limits', async () => {
    const points = await read(definition, { cap: { kind: 'absolute', low: 2, high: 7 } })
    expectValues(points, (month) => {
      const own = of(null, 'visit').filter((one) => monthAt(one) === month)
      return { value: mean(own.map((one) => Math.min(7, Math.max(2, one.values['rating']!)))), n: own.length }
    })
  })
})
