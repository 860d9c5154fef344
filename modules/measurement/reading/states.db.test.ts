/** Folds and events give the same answer, whatever came late, twice, corrected or moved; and folds are really read. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookUpEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Measurements } from '#platform/measurements/measurements'
import { indicatorDefinition } from '../contract/definition.ts'
import { indicatorDraft } from '../contract/indicators.ts'
import { saveIndicator } from '../actions/indicators.ts'
import { recordEvents } from '../actions/intake/record-events.ts'
import { foldDue } from '../folding/fold-due.ts'
import { openMeasurementWorld, type MeasurementWorld } from '../imports/open-for-test.ts'
import type { Fact } from '../rules/plan/fact.ts'
import { planOf } from '../rules/plan/plan.ts'
import { readStates, type StateRow } from '../store/fact-states.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import { foldFacts, foldMarks } from '../store/records/folds.ts'
import { cutOf, endOf } from './cut.ts'
import { statesAt } from './states.ts'

const DAY = 86_400_000
const ZONE = 'Asia/Shanghai'
const NOW = '2026-01-10T03:00:00Z'
const START = Temporal.Instant.from('2025-09-20T00:00:00Z').epochMilliseconds
const PERIODS = {
  weekStart: 1,
  fiscalYearStartMonth: 1,
  retailYear: { pattern: '4-4-5', weekday: 6, month: 1, rule: 'last' },
} as const

const definitions = [
  {
    kind: 'count',
    eventType: 'visit',
    numerator: [{ of: 'events', where: [{ attribute: 'channel', operator: 'is', value: 'web' }] }],
  },
  { kind: 'mean', eventType: 'visit', numerator: [{ of: 'minutes' }] },
  {
    kind: 'ratio',
    eventType: 'complaint',
    numerator: [{ of: 'events', coefficient: 1000 }],
    denominator: [{ of: 'events', eventType: 'visit' }],
  },
  { kind: 'survey', eventType: 'visit', value: 'stars', scale: { low: 1, high: 5 }, score: { of: 'top-box', from: 4 } },
  {
    kind: 'expression',
    eventType: 'visit',
    facts: [{ name: 'waits', eventType: 'visit', of: 'minutes' }],
    formula: 'waits.max - waits.min',
  },
].map((each) => indicatorDefinition.parse(each))

let all: MeasurementWorld
let numbers: Map<string, { number: number }>
const run = <T>(work: (context: Context) => Promise<T>) => all.run(work)

interface Sent {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly at: string
  readonly attributes: Record<string, string>
  readonly values: Record<string, number>
}
const drawn = new Map<string, Sent>()
function draw(id: string, at?: number): Sent {
  const { random } = all.world
  const roll = (below: number) => Math.floor(random() * below)
  const sent = {
    id,
    type: roll(6) === 0 ? 'complaint' : 'visit',
    entity: ['H1', 'D1', 'D2', 'D3'][roll(4)]!,
    at: Temporal.Instant.fromEpochMilliseconds(at ?? START + Math.floor(random() * 111 * DAY)).toString(),
    attributes: roll(3) === 0 ? {} : { channel: ['web', 'hall'][roll(2)]! },
    values: { ...(roll(4) > 0 ? { minutes: roll(400) / 8 } : {}), ...(roll(3) > 0 ? { stars: 1 + roll(5) } : {}) },
  }
  drawn.set(id, sent)
  return sent
}
const send = (events: readonly Sent[]) => all.apart((context) => recordEvents(context, { events: [...events] }))
const fold = () => all.apart((context) => foldDue(context))

beforeAll(async () => {
  all = await openMeasurementWorld(NOW)
  await all.createEntities(['H1', 'H2'], 'hospital')
  await all.createEntities(['D1', 'D2'], 'department', 'H1')
  await all.createEntities(['D3'], 'department', 'H2')
  await all.settle()
  numbers = await run((context) => lookUpEntities(context, ['H1', 'H2', 'D1', 'D2', 'D3']))
  await send(Array.from({ length: 3_000 }, (_unused, index) => draw(`e${index}`)))
  for (const [index, definition] of definitions.entries()) {
    const draft = indicatorDraft.parse({
      id: `one-${index}`,
      title: { zh: '一', en: 'One' },
      explanation: { zh: '一', en: 'One' },
      unit: 'number',
      direction: 'neutral',
      definition,
      examples: [
        {
          from: '2026-01-01',
          to: '2026-01-01',
          events: [{ type: 'other', at: '2026-01-01T00:00:00Z' }],
          expected: null,
        },
      ],
    })
    await run((context) => saveIndicator(context, draft))
  }
})
afterAll(() => all.close())

const subjects = (): Subjects[] => [
  { kind: 'organisation' },
  { kind: 'nodes', nodes: [numbers.get('H1')!.number, numbers.get('H2')!.number] },
  { kind: 'all', entityKind: 'department' },
]
const ranges = [
  ['month', '2025-09-01', '2026-01-31'],
  ['month', '2025-10-01', '2025-12-31'],
  ['day', '2025-12-20', '2026-01-10'],
  ['week', '2025-10-06', '2026-01-04'],
  ['quarter', '2025-10-01', '2025-12-31'],
] as const

/** The figures the facts ask for: folds know more. */
const told = (rows: readonly StateRow[], facts: readonly Fact[]) =>
  rows.map(({ entity, member, at, states }) => ({
    key: `${entity} ${member} ${at}`,
    states: states.map((state, index) =>
      facts[index]!.figures.map((figure) => {
        const value = state[figure]
        return value === null ? null : Number(value.toPrecision(10))
      }),
    ),
  }))

/** Counts questions that were answered from folds. */
async function compareAll(): Promise<number> {
  let folded = 0
  for (const definition of definitions) {
    for (const [grain, from, to] of ranges) {
      const cut = cutOf(grain, from, to, { timeZone: ZONE, periods: PERIODS })
      for (const subject of subjects()) {
        const question = {
          facts: planOf({ definition }).facts,
          subjects: subject,
          byMember: false,
          starts: cut.periods.map((period) => period.from),
          until: endOf(cut),
          asOf: endOf(cut),
          calendars: new Map(),
          groupBy: [],
          groupsLimit: 20,
        }
        await run(async (context) => {
          const asked: string[] = []
          const watched: Measurements = {
            ...context.measurements,
            query: (sql, ...rest) => {
              asked.push(sql)
              return context.measurements.query(sql, ...rest)
            },
          }
          const either = await statesAt({ ...context, measurements: watched }, { ...question, timeZone: ZONE }, true)
          const events = await readStates(context.measurements, context.organisation, question)
          expect(told(either, question.facts), `${definition.kind} ${grain} ${JSON.stringify(subject)}`).toEqual(
            told(events, question.facts),
          )
          if (asked.some((sql) => sql.includes('fact_'))) folded += 1
        })
      }
    }
  }
  return folded
}

test('from events before anything is folded, from folds afterwards', async () => {
  expect(await compareAll()).toBe(0)
  expect(await fold()).toBeGreaterThan(5)
  const facts = await run((context) => foldFacts(context))
  expect(facts.length).toBeGreaterThan(5)
  expect(facts.every((row) => row.filled)).toBe(true)
  expect(await compareAll()).toBe(definitions.length * ranges.length * subjects().length)
  expect(await fold()).toBe(0)
})

test('late, repeated, corrected and moved events, before and after folding again', async () => {
  const ids = [...drawn.keys()]
  for (let round = 0; round < 2; round += 1) {
    const late = Array.from({ length: 5 }, (_unused, index) => draw(`late-${round}-${index}`))
    const again = ids.slice(round * 10, round * 10 + 10).map((id) => drawn.get(id)!)
    const corrected = ids
      .slice(200 + round * 5, 205 + round * 5)
      .map((id) => ({ ...drawn.get(id)!, values: { minutes: 1 } }))
    // To another day, another entity, sometimes another type.
    const moved = ids.slice(400 + round * 5, 405 + round * 5).map((id) => draw(id))
    const today = [draw(`today-${round}`, Temporal.Instant.from(NOW).epochMilliseconds - 60_000)]
    await send([...late, ...again, ...corrected, ...moved, ...today])
    await compareAll()
    await fold()
    expect(await compareAll()).toBeGreaterThan(0)
  }
  const left = await run((context) => foldMarks(context))
  // Only today waits, and the month it lies in, until they are over.
  expect(left.filter((mark) => mark.grain === 'day').every((mark) => mark.start >= '2026-01-09')).toBe(true)
  expect(left.filter((mark) => mark.grain === 'month').map((mark) => mark.start)).not.toContain('2025-12-01')
})

test('a day and a type that lost all their events have none', async () => {
  const only = { ...draw('alone', START + 3 * DAY), type: 'complaint', entity: 'D3' }
  await send([only])
  await fold()
  await send([{ ...only, at: Temporal.Instant.fromEpochMilliseconds(START + 50 * DAY).toString(), type: 'visit' }])
  await compareAll()
  await fold()
  await compareAll()
})
