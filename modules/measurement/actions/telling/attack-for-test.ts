/** Who asks everything and what they are told, for the test that subtracts. */
import { dayOf } from '#platform/periods'
import { type MeasurementWorld, openMeasurementWorld } from '../../imports/open-for-test.ts'
import { indicatorDraft, type Point } from '../../contract.ts'
import type { SeriesGrain } from '../../contract/grain.ts'
import { saveSegment } from '../../exploring/segments.ts'
import { saveIndicator } from '../indicators.ts'
import { recordEvents } from '../intake/record-events.ts'
import { saveProtection } from '../protection.ts'
import { cutFor } from '../series.ts'
import { readSeries } from './read-series.ts'

const ZONE = 'Asia/Shanghai'
export const LIMIT = 10
export const STAFF_LIMIT = 30
const YEAR = { from: '2025-01-01', to: '2025-12-31' }
export const ABOVE: Record<string, string | null> = {
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
export const UNITS = [null, ...Object.keys(ABOVE)]
/** How many answers a year: some units have many, some a handful in each month. */
export const SIZES: Record<string, number> = { H1: 20, D1: 700, D2: 160, D3: 900, D4: 500, W1: 300, W2: 420, W3: 60 }
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
export const events: Made[] = []
const START = Temporal.Instant.from('2024-12-31T16:00:00Z')
const is = (attribute: string, value: string) => ({ attribute, operator: 'is' as const, value })

function answerForAYear(random: () => number): void {
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
}

/** A year of answers of ten units, protected, and everything anybody may ask about them asked. */
export async function openAttack(): Promise<MeasurementWorld> {
  all = await openMeasurementWorld('2026-01-20T04:00:00Z')
  for (const [key, above] of Object.entries(ABOVE))
    await all.createEntities(
      [key],
      key.startsWith('H') ? 'hospital' : key.startsWith('D') ? 'department' : 'staff',
      above,
    )
  answerForAYear(all.world.random)
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
  return all
}

export interface Answer {
  readonly name: string
  readonly unit: string | null
  readonly grain: SeriesGrain
  readonly start: string
  /** Which of the events it is about: segment, or values of attributes. */
  readonly filter: string
  readonly point: Point
  readonly events: ReadonlySet<number>
}
export const answers: Answer[] = []

export const under = (key: string, unit: string | null): boolean =>
  unit === null || key === unit || (ABOVE[key] !== null && ABOVE[key] !== undefined && under(ABOVE[key], unit))
export let ends = new Map<string, string>()

function setOf(unit: string | null, start: string, end: string, keep: (event: Made) => boolean): Set<number> {
  return new Set(
    [...events.keys()].filter((place) => {
      const event = events[place]!
      return under(event.entity, unit) && event.day >= start && event.day < end && keep(event)
    }),
  )
}

export const GRAINS: SeriesGrain[] = ['week', 'month', 'quarter', 'half-year', 'year', 'fiscal-quarter', 'retail-month']

/** What is left of a split once small groups are out is never told. */
function notTold(points: readonly Point[]): void {
  if (points.some((point) => point.value !== null)) throw new Error('the rest of a split is told')
}

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
          if (names.some(([, value]) => value === '*')) notTold(group.points)
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

export const told = () => answers.filter((answer) => answer.point.value !== null)
const limitOf = (group: Iterable<number>) => {
  const entities = new Set([...group].map((place) => events[place]!.entity))
  return entities.size === 1 && [...entities][0]!.startsWith('W') ? STAFF_LIMIT : LIMIT
}
export const small = (group: ReadonlySet<number>) => group.size > 0 && group.size < limitOf(group)
export const less = (one: ReadonlySet<number>, taken: ReadonlySet<number>) => one.difference(taken)
