/** Published values: a revision exactly when a value changes, with its reason; what was known when stays readable. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayOf, periodStartOf } from '#platform/periods'
import { saveIndicator } from '../actions/indicators.ts'
import { recordEvents } from '../actions/intake/record-events.ts'
import { readSeries } from '../actions/telling/read-series.ts'
import { indicatorDraft } from '../contract.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../imports/open-for-test.ts'
import { listPublications, publicationChanges, publishPeriod, readPublished } from './publications.ts'

interface Made {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly at: string
  readonly attributes: Record<string, string>
  readonly values: Record<string, number>
}

let all: MeasurementWorld
const events: Made[] = []
const UNITS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7']
const START = Temporal.Instant.from('2024-12-31T16:00:00Z')
const monthOf = (at: string) => periodStartOf(dayOf(Temporal.Instant.from(at), 'Asia/Shanghai'), 'month')
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const close = (value: number | null | undefined, expected: number) => expect(value).toBeCloseTo(expected, 9)
const inTime = {
  kind: 'proportion',
  numerator: [{ of: 'events' }, { of: 'late', coefficient: -1 }],
  denominator: [{ of: 'events' }],
}

beforeAll(async () => {
  all = await openMeasurementWorld('2026-01-10T00:00:00Z')
  await all.createEntities(UNITS, 'department')
  const { random } = all.world
  for (let index = 0; index < 3_000; index += 1) {
    const at = START.add({ minutes: Math.floor(random() * 365 * 24 * 60) }).toString()
    const entity = UNITS[Math.floor(random() * UNITS.length)]!
    const values = { minutes: 5, late: random() < 0.3 ? 1 : 0 }
    events.push({ id: `E${index}`, type: 'visit', entity, at, attributes: { channel: 'web' }, values })
  }
  await all.apart((context) => recordEvents(context, { events }))
  const visit = { type: 'visit', at: '2025-03-02T02:00:00Z', values: { late: 0 } }
  await save('in-time', inTime, {
    examples: [{ from: '2025-03-02', to: '2025-03-02', events: [visit], expected: 100 }],
  })
  await all.settle()
})
afterAll(() => all.close())

const save = (id: string, definition: object, rest: object) =>
  all.run((context) =>
    saveIndicator(
      context,
      indicatorDraft.parse({
        id,
        title: { zh: `指标 ${id}`, en: `Indicator ${id}` },
        explanation: { zh: '说明', en: 'Explanation' },
        unit: 'percent',
        direction: 'higher-is-better',
        definition: { eventType: 'visit', ...definition },
        ...rest,
      }),
    ),
  )
const YEAR = { grain: 'month' as const, from: '2025-01-01', to: '2025-12-31' }
const read = (id: string, more: { entity?: string } = {}) =>
  all.run((context) => readSeries(context, { id, ...YEAR, ...more }))
const visits = (month: string, keep: (event: Made) => boolean = () => true) =>
  events.filter((event) => event.type === 'visit' && monthOf(event.at) === month && keep(event))

describe('published values', () => {
  const which = { id: 'in-time', grain: 'month' as const, periodStart: '2025-03-01', kind: 'department' }
  const published = (knownAt?: string) =>
    all.run((context) => readPublished(context, { ...which, ...(knownAt ? { knownAt } : {}) }))
  const valueOf = (values: Awaited<ReturnType<typeof published>>['values'], key: string | null) =>
    values.find((row) => (row.entity?.key ?? null) === key)?.value
  const shareOf = (keep: (event: Made) => boolean) =>
    100 * mean(visits('2025-03-01', keep).map((event) => 1 - event.values['late']!))
  const late = async (event: Made) => {
    all.world.clock.advance({ hours: 1 })
    await all.apart((context) => recordEvents(context, { events: [event] }))
    await all.settle()
  }

  test('stand until an event changes them; then a revision says what, and both stay readable', async () => {
    const first = await all.run((context) => publishPeriod(context, which))
    expect(first).toMatchObject({ revision: 1, reason: 'first', units: 8, changed: 0 })
    expect((await all.run((context) => publishPeriod(context, which))).revision).toBe(1)
    const before = await published()
    for (const key of UNITS)
      close(
        valueOf(before.values, key),
        shareOf((event) => event.entity === key),
      )
    close(
      valueOf(before.values, null),
      shareOf(() => true),
    )
    expect((await read('in-time')).groups[0]!.points.flatMap((point) => point.notes ?? [])).toEqual([])

    // Of another type, another period, or the same again: nothing is revised.
    const made = (id: string, at: string, lateValue: number): Made => ({
      id,
      type: 'visit',
      entity: 'D2',
      at,
      attributes: { channel: 'web' },
      values: { minutes: 5, late: lateValue },
    })
    await late({ ...made('X1', '2025-03-05T02:00:00Z', 1), type: 'other' })
    await late(made('X2', '2025-04-05T02:00:00Z', 1))
    await late(visits('2025-03-01')[0]!)
    expect((await published()).publication.revision).toBe(1)

    const knownBefore = all.world.clock.now().toString()
    await late(made('X3', '2025-03-05T02:00:00Z', 1))
    events.push(made('X3', '2025-03-05T02:00:00Z', 1))
    const after = await published()
    expect(after.publication).toMatchObject({ revision: 2, reason: 'late-events', changed: 2 })
    close(
      valueOf(after.values, 'D2'),
      shareOf((event) => event.entity === 'D2'),
    )
    const changes = await all.run((context) => publicationChanges(context, { publication: after.publication.id }))
    expect(changes.map((change) => change.entity?.key ?? null)).toEqual([null, 'D2'])
    expect(changes[1]).toMatchObject({ before: valueOf(before.values, 'D2'), after: valueOf(after.values, 'D2') })

    // The same event with another content is a correction.
    await late(made('X3', '2025-03-05T02:00:00Z', 0))
    expect((await published()).publication).toMatchObject({ revision: 3, reason: 'correction' })
    expect((await published(knownBefore)).values).toEqual(before.values)
    await expect(published('2025-01-01T00:00:00Z')).rejects.toMatchObject({ code: 'NOT_PUBLISHED' })
    const marked = async (entity?: string) =>
      (await read('in-time', entity ? { entity } : {})).groups[0]!.points.filter((point) =>
        point.notes?.includes('revised'),
      ).map((point) => point.periodStart)
    expect(await marked()).toEqual(['2025-03-01'])
    expect(await marked('D2')).toEqual(['2025-03-01'])
    expect(await marked('D1')).toEqual([])
  })

  test('are revised when another version judges the period; a running period is not published', async () => {
    const july = { ...which, periodStart: '2025-07-01' }
    await all.run((context) => publishPeriod(context, july))
    const definition = { kind: 'proportion', numerator: [{ of: 'late' }], denominator: [{ of: 'events' }] }
    const late1 = { type: 'visit', at: '2025-07-02T02:00:00Z', values: { late: 1 } }
    const example = { from: '2025-07-02', to: '2025-07-02', events: [late1], expected: 100 }
    await save('in-time', definition, { examples: [example], effectiveFrom: '2025-06-01' })
    await all.settle()
    expect((await published()).publication.revision).toBe(3)
    const { publication } = await all.run((context) => readPublished(context, july))
    expect(publication).toMatchObject({ revision: 2, reason: 'definition', version: 2, changed: 8 })
    const running = { ...which, periodStart: '2026-01-01' }
    await expect(all.run((context) => publishPeriod(context, running))).rejects.toMatchObject({
      code: 'PERIOD_RUNNING',
    })
    expect(await all.run((context) => listPublications(context, { id: 'in-time', limit: 10 }))).toHaveLength(5)
  })
})
