import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measurementMigrations } from '../../../migrations/measurements/first.ts'
import type { Grain } from '#platform/contract'
import { type Measurements, openMeasurements } from '#platform/measurements/measurements'
import { migrationSteps } from '#platform/measurements/schema'
import { periodStartOf } from '#platform/periods'
import { type Condition, type IndicatorDefinition, indicatorDefinition, type Term } from '../contract/definition.ts'
import { savePlaces } from './entity-places.ts'
import { insertEvents } from './insert-events.ts'
import type { StoredEvent } from './intake/stored-event.ts'
import { readSeries, type SeriesPoint, type SeriesQuestion } from '../reading/series-for-test.ts'

const OWN = '01900000-0000-7000-8000-00000000000a'
const OTHER = '01900000-0000-7000-8000-00000000000b'
/** The same events without a single correction: read without FINAL. */
const PLAIN = '01900000-0000-7000-8000-00000000000d'
const BATCH = '01900000-0000-7000-8000-0000000000ff'
const START = Temporal.Instant.from('2023-12-20T00:00:00Z').epochMilliseconds
const HOUR = 3_600_000
const HOSTILE = "'); DROP TABLE bihuan.event; --\\"

/** A small generator with a seed (Lehmer), so that a failure can be run again. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

// 1 is the root, 2 and 3 stand below it, 4 and 5 below 2, 6 below 3.
const ANCESTORS: Record<number, number[]> = { 1: [1], 2: [1, 2], 3: [1, 3], 4: [1, 2, 4], 5: [1, 2, 5], 6: [1, 3, 6] }
const kindOf = (entity: number) => (entity <= 1 ? 'group' : entity <= 3 ? 'hospital' : 'ward')

function randomEvents(organisation: string, count: number, seed: number): StoredEvent[] {
  const roll = dice(seed)
  return Array.from({ length: count }, (_unused, index) => {
    const values: Record<string, number> = {}
    if (roll(4) > 0) values.wait = roll(1000) / 8
    if (roll(3) > 0) values.attendances = roll(50)
    if (values.attendances !== undefined) values.breaches = roll(values.attendances + 1)
    if (roll(5) === 0) values[HOSTILE] = roll(10)
    const attributes: Record<string, string> = {}
    if (roll(6) > 0) attributes.channel = ['web', 'phone', '柜台', HOSTILE][roll(4)]!
    if (roll(6) > 0) attributes.region = `r${roll(6)}`
    return {
      organisation,
      entity: 2 + roll(5),
      eventType: roll(5) === 0 ? HOSTILE : 'visit',
      eventId: `e${index}`,
      occurredAt: START + roll(380 * 24) * HOUR + roll(HOUR),
      attributes,
      values,
      batch: BATCH,
    }
  })
}

const events = randomEvents(OWN, 4000, 11)
let directory: string
let measurements: Measurements

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bihuan-series-'))
  measurements = await openMeasurements({ directory })
  for (const step of migrationSteps(measurements, measurementMigrations('embedded'))) await step.run()
  // First a wrong version of everything, then the right one: corrections must leave no trace in any figure.
  const wrong = events.map((event) => ({ ...event, entity: 4, values: { wait: 7 }, occurredAt: START + 5 }))
  await insertEvents(measurements, wrong.slice(0, 1500), START)
  await insertEvents(measurements, [...events, ...events.slice(0, 700)], START)
  await insertEvents(measurements, randomEvents(OTHER, 3000, 5), START)
  const places = Object.entries(ANCESTORS).map(([entity, ancestors]) => ({
    entity: Number(entity),
    kind: kindOf(Number(entity)),
    ancestors,
  }))
  await savePlaces(measurements, OWN, [{ entity: 6, kind: 'ward', ancestors: [1, 2, 6] }], 1)
  await savePlaces(measurements, OWN, places, 2)
  await savePlaces(measurements, OWN, [{ entity: 6, kind: 'old', ancestors: [6] }], 1)
  await savePlaces(measurements, OTHER, places, 9)
  const plain = events.map((event) => ({ ...event, organisation: PLAIN }))
  for (let start = 0; start < plain.length; start += 700)
    await insertEvents(measurements, plain.slice(start, start + 900), START)
  await savePlaces(measurements, PLAIN, places, 1)
})
afterAll(async () => {
  await measurements.close()
  await rm(directory, { recursive: true, force: true })
})

const holds = (event: StoredEvent) => (condition: Condition) => {
  if (condition.operator !== 'is' && condition.operator !== 'is-not' && condition.operator !== 'in') throw condition
  const own = event.attributes[condition.attribute] ?? ''
  if (condition.operator === 'in') return condition.values.includes(own)
  return (own === condition.value) === (condition.operator === 'is')
}
const hasPart = (event: StoredEvent, term: Term) =>
  (term.of === 'events' || event.values[term.of] !== undefined) && term.where.every(holds(event))
const amountOf = (event: StoredEvent, terms: readonly Term[]) =>
  terms.reduce((sum, term) => {
    const own = term.of === 'events' ? 1 : (event.values[term.of] ?? 0)
    return term.where.every(holds(event)) ? sum + term.coefficient * own : sum
  }, 0)

/** Quantile of type 7 (Hyndman and Fan, 1996). */
function quantileOf(numbers: number[], share: number): number | null {
  if (numbers.length === 0) return null
  const sorted = [...numbers].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}

type Termed = Extract<IndicatorDefinition, { kind: 'count' | 'sum' | 'mean' | 'ratio' | 'proportion' | 'quantile' }>

function expectedFigures(definition: Termed, list: readonly StoredEvent[]) {
  const terms = definition.numerator
  const numerator = list.reduce((sum, event) => sum + amountOf(event, terms), 0)
  const carriers = list.filter((event) => terms.some((term) => hasPart(event, term)))
  const numbers = carriers.map((event) => amountOf(event, terms))
  const over = (denominator: number) => (denominator === 0 ? null : numerator / denominator)
  switch (definition.kind) {
    case 'count':
    case 'sum':
      return { numerator, denominator: 1, n: carriers.length, value: numerator, sumOfSquares: 0 }
    case 'mean': {
      const squares = numbers.reduce((sum, each) => sum + each * each, 0)
      return {
        numerator,
        denominator: numbers.length,
        n: numbers.length,
        value: over(numbers.length),
        sumOfSquares: squares,
      }
    }
    case 'quantile': {
      const value = quantileOf(numbers, definition.quantile)
      return { numerator, denominator: numbers.length, n: numbers.length, value, sumOfSquares: 0 }
    }
    default: {
      const denominator = list.reduce((sum, event) => sum + amountOf(event, definition.denominator), 0)
      return { numerator, denominator, n: denominator, value: over(denominator), sumOfSquares: 0 }
    }
  }
}

function subjectsOf(event: StoredEvent, subjects: SeriesQuestion['subjects']): number[] {
  const ancestors = ANCESTORS[event.entity]!
  switch (subjects.kind) {
    case 'organisation':
      return [0]
    case 'entities':
      return subjects.entities.includes(event.entity) ? [event.entity] : []
    case 'all': {
      const kind = subjects.entityKind === undefined || kindOf(event.entity) === subjects.entityKind
      return kind && (subjects.below === undefined || ancestors.includes(subjects.below)) ? [event.entity] : []
    }
    case 'nodes':
      return ancestors.filter((each) => subjects.nodes.includes(each))
  }
}

/** The same answer by hand: one event after the other. */
function expected(question: SeriesQuestion): SeriesPoint[] {
  const { grain, from, to, timeZone, groupBy = [], groupsLimit = 20 } = question
  const definition = question.definition as Termed
  const chosen = events.flatMap((event) => {
    const day = Temporal.Instant.fromEpochMilliseconds(event.occurredAt)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
      .toString()
    if (event.eventType !== definition.eventType || day < from || day > to || !definition.where.every(holds(event)))
      return []
    const groups = groupBy.map((attribute) => event.attributes[attribute] ?? '')
    return subjectsOf(event, question.subjects).map((entity) => ({
      event,
      entity,
      period: periodStartOf(day, grain),
      groups,
    }))
  })
  const counts = Map.groupBy(chosen, (each) => JSON.stringify(each.groups))
  const largest = new Set(
    [...counts]
      .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .slice(0, groupsLimit)
      .map(([key]) => key),
  )
  const keyed = Map.groupBy(chosen, ({ entity, period, groups }) => {
    const known = largest.has(JSON.stringify(groups))
    return JSON.stringify([entity, period, known ? groups : groupBy.map(() => ''), !known])
  })
  return [...keyed].map(([key, list]) => {
    const [entity, periodStart, groups, other] = JSON.parse(key) as [number, string, string[], boolean]
    return {
      entity,
      periodStart,
      groups,
      other,
      ...expectedFigures(
        definition,
        list.map((each) => each.event),
      ),
    }
  })
}

const order = (point: SeriesPoint) => JSON.stringify([point.entity, point.periodStart, point.groups, point.other])
/** A period in which no event had a part has no value, whether it is told or not. */
const told = (points: readonly SeriesPoint[]) => points.filter((point) => point.value !== null || point.n > 0)
function expectSame(answered: readonly SeriesPoint[], wished: readonly SeriesPoint[]) {
  const [answer, wanted] = [told(answered), told(wished)]
  const byKey = new Map(wanted.map((point) => [order(point), point]))
  expect(answer.map(order).sort()).toEqual([...byKey.keys()].sort())
  for (const point of answer) {
    const other = byKey.get(order(point))!
    for (const name of ['numerator', 'denominator', 'n', 'value', 'sumOfSquares'] as const) {
      const [own, theirs] = [point[name], other[name]]
      if (own === null || theirs === null) expect(own, `${name} of ${order(point)}`).toBe(theirs)
      else
        expect(Math.abs(own - theirs), `${name} of ${order(point)}`).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(theirs)),
        )
    }
  }
}

const base = { eventType: 'visit', where: [] as Condition[] }
const DEFINITIONS: Record<string, unknown> = {
  'count of events': { ...base, kind: 'count', numerator: [{ of: 'events' }] },
  'count with conditions': {
    kind: 'count',
    eventType: 'visit',
    where: [{ attribute: 'channel', operator: 'is-not', value: 'web' }],
    numerator: [{ of: 'events', where: [{ attribute: 'region', operator: 'in', values: ['r1', 'r2', ''] }] }],
  },
  'hostile names': {
    kind: 'ratio',
    eventType: HOSTILE,
    where: [{ attribute: 'channel', operator: 'in', values: [HOSTILE, 'web', ''] }],
    numerator: [{ of: HOSTILE, coefficient: 1000 }],
    denominator: [{ of: 'events' }],
  },
  sum: { ...base, kind: 'sum', numerator: [{ of: 'attendances' }, { of: 'breaches', coefficient: -0.5 }] },
  mean: {
    ...base,
    kind: 'mean',
    numerator: [{ of: 'wait', where: [{ attribute: 'channel', operator: 'is', value: 'phone' }] }],
  },
  'within four hours': {
    ...base,
    kind: 'proportion',
    numerator: [{ of: 'attendances' }, { of: 'breaches', coefficient: -1 }],
    denominator: [{ of: 'attendances' }],
  },
  'ratio per 10,000': {
    ...base,
    kind: 'ratio',
    numerator: [{ of: 'events', coefficient: 10_000 }],
    denominator: [{ of: 'attendances' }],
  },
  median: { ...base, kind: 'quantile', numerator: [{ of: 'wait' }], quantile: 0.5 },
  'ninth decile': { ...base, kind: 'quantile', numerator: [{ of: 'wait' }], quantile: 0.9 },
}

const SUBJECTS: SeriesQuestion['subjects'][] = [
  { kind: 'organisation' },
  { kind: 'entities', entities: [2, 5, 6] },
  { kind: 'all' },
  { kind: 'all', entityKind: 'ward', below: 2 },
  { kind: 'nodes', nodes: [2] },
  { kind: 'nodes', nodes: [1, 2, 3, 6] },
]
const whole = { from: '2023-12-01', to: '2025-02-01' }

describe.each(Object.entries(DEFINITIONS))('%s', (_name, draft) => {
  const definition = indicatorDefinition.parse(draft)

  test.each(SUBJECTS.map((subjects) => [JSON.stringify(subjects), subjects] as const))(
    'for %s',
    async (_text, subjects) => {
      const question = { definition, subjects, grain: 'month' as const, timeZone: 'Asia/Shanghai', ...whole }
      for (const organisation of [OWN, PLAIN]) {
        expectSame(await readSeries(measurements, organisation, question), expected(question))
      }
    },
  )

  test('split by attributes, the rest as other', async () => {
    for (const [groupBy, groupsLimit] of [
      [['channel'], 2],
      [['region', 'channel'], 7],
      [['absent'], 5],
    ] as const) {
      const question = {
        definition,
        subjects: { kind: 'organisation' as const },
        grain: 'quarter' as const,
        timeZone: 'UTC',
        ...whole,
        groupBy,
        groupsLimit,
      }
      const [answer, wanted] = [await readSeries(measurements, OWN, question), expected(question)]
      // Which of two equally large groups is kept may differ; the totals may not.
      if (groupsLimit === 7)
        expect(answer.reduce((sum, each) => sum + each.numerator, 0)).toBeCloseTo(
          wanted.reduce((sum, each) => sum + each.numerator, 0),
          6,
        )
      else expectSame(answer, wanted)
    }
  })
})

const DAYS: Record<string, [string, string]> = {
  'Asia/Shanghai': ['2024-02-27', '2024-03-03'],
  'Europe/London': ['2024-03-29', '2024-04-02'],
  'America/Sao_Paulo': ['2024-10-25', '2024-10-29'],
  'Asia/Kolkata': ['2024-12-29', '2025-01-02'],
}
test.each(Object.entries(DAYS))('days, weeks and longer periods of %s', async (timeZone, [from, to]) => {
  const definition = indicatorDefinition.parse(DEFINITIONS['count of events'])
  const subjects = { kind: 'organisation' as const }
  for (const grain of ['day', 'week', 'month', 'quarter', 'year'] satisfies Grain[]) {
    for (const range of [{ from, to }, whole]) {
      const question = { definition, subjects, grain, timeZone, ...range }
      for (const organisation of [OWN, PLAIN]) {
        expectSame(await readSeries(measurements, organisation, question), expected(question))
      }
    }
  }
})

test('the day of 25 hours holds its 25 hours', async () => {
  const organisation = '01900000-0000-7000-8000-00000000000c'
  const first = Temporal.Instant.from('2024-10-26T23:00:00Z').epochMilliseconds
  const hourly = Array.from({ length: 25 }, (_unused, hour) => ({
    ...events[0]!,
    organisation,
    eventType: 'visit',
    eventId: `h${hour}`,
    occurredAt: first + hour * HOUR,
  }))
  await insertEvents(measurements, hourly, START)
  const definition = indicatorDefinition.parse(DEFINITIONS['count of events'])
  const question = {
    definition,
    subjects: { kind: 'organisation' as const },
    grain: 'day' as const,
    timeZone: 'Europe/London',
    from: '2024-10-26',
    to: '2024-10-28',
  }
  const answer = await readSeries(measurements, organisation, question)
  expect(answer.map((point) => [point.periodStart, point.value])).toEqual([['2024-10-27', 25]])
})

test('a correction that arrives while the answer is read is not counted beside what it corrects', async () => {
  const organisation = '01900000-0000-7000-8000-00000000000e'
  const event: StoredEvent = { ...events[0]!, organisation, eventType: 'visit', occurredAt: START, values: { wait: 5 } }
  await insertEvents(measurements, [event], START)
  const asked: string[] = []
  const late = {
    ...measurements,
    query: async (sql: string, ...rest: []) => {
      asked.push(sql)
      // Between the first look and the reading.
      if (asked.length === 1) {
        const moved = { ...event, occurredAt: START + 40 * 24 * HOUR, values: { wait: 8 } }
        await insertEvents(measurements, [moved], START)
      }
      return measurements.query(sql, ...rest)
    },
  } as Measurements
  const definition = indicatorDefinition.parse({ kind: 'sum', eventType: 'visit', numerator: [{ of: 'wait' }] })
  const subjects = { kind: 'organisation' as const }
  const question = {
    definition,
    subjects,
    grain: 'year' as const,
    timeZone: 'UTC',
    from: '2023-01-01',
    to: '2024-12-31',
  }
  const answer = await readSeries(late, organisation, question)
  expect(answer.map((point) => point.value)).toEqual([8])
  // Read plainly first, then past the correction; from now on at once past it, also after opening anew.
  await readSeries(late, organisation, question)
  expect(asked.map((sql) => sql.includes('FINAL'))).toEqual([false, true, true])
  const anew = { ...late, opening: {} }
  expect((await readSeries(anew, organisation, question)).map((point) => point.value)).toEqual([8])
  expect(asked.at(-1)).toContain('FINAL')
  // Another year holds no correction.
  await readSeries(late, organisation, { ...question, from: '2025-01-01', to: '2025-12-31' })
  expect(asked.at(-1)).not.toContain('FINAL')
})
