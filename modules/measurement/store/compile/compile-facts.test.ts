import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indicatorDefinition } from '../../contract/definition.ts'
import { planOf } from '../../rules/plan/plan.ts'
import { type SeriesQuestion, statesQuestion } from '../../reading/series-for-test.ts'
import { compileFacts } from './compile-facts.ts'
import type { Subjects } from './subjects.ts'

const ORGANISATION = '01900000-0000-7000-8000-00000000000a'
const question = (definition: unknown, over: Partial<SeriesQuestion> = {}): SeriesQuestion => ({
  definition: indicatorDefinition.parse(definition),
  subjects: { kind: 'organisation' },
  grain: 'month',
  from: '2024-01-01',
  to: '2024-12-31',
  timeZone: 'Asia/Shanghai',
  ...over,
})
/** The facts of the definition, all of one source here. */
const compileSeries = (organisation: string, asked: SeriesQuestion) => {
  const { texts: _texts, ...states } = statesQuestion(asked)
  const groupsOf = planOf({ definition: asked.definition }).facts.at(-1)!
  return compileFacts(organisation, { ...states, groupsOf }, { kind: 'store', final: true })
}
const plain = { kind: 'count', eventType: 'call', numerator: [{ of: 'events' }] }

test('no name and no value of the definition enters the text', () => {
  const name = fc.string({ minLength: 1, maxLength: 30, unit: 'binary' })
  const definition = fc.record({
    kind: fc.constant('proportion'),
    eventType: name,
    where: fc.array(
      fc.oneof(
        fc.record({ attribute: name, operator: fc.constantFrom('is', 'is-not'), value: name }),
        fc.record({
          attribute: name,
          operator: fc.constant('in'),
          values: fc.array(name, { minLength: 1, maxLength: 3 }),
        }),
      ),
      { maxLength: 3 },
    ),
    numerator: fc.array(fc.record({ of: name, coefficient: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    denominator: fc.array(fc.record({ of: name }), { minLength: 1, maxLength: 2 }),
  })
  fc.assert(
    fc.property(definition, name, (drawn, attribute) => {
      const safe = compileSeries(ORGANISATION, question(drawn, { groupBy: [attribute] }))
      expect(safe.sql).toMatch(/^[\x20-\x7e\n]*$/)
      // Every quoted text is one of ours.
      const quoted = Array.from(safe.sql.matchAll(/'([^']*)'/g), (match) => match[1])
      for (const text of quoted) expect(['UTC', '']).toContain(text)
      for (const text of [drawn.eventType, attribute]) expect(Object.values(safe.parameters)).toContain(text)
    }),
  )
})

test('every placeholder has its parameter and the other way round', () => {
  const subjects: Subjects[] = [
    { kind: 'entities', entities: [1, 2] },
    { kind: 'all' },
    { kind: 'all', entityKind: 'clinic', below: 4 },
    { kind: 'nodes', nodes: [1] },
    { kind: 'nodes', nodes: [1, 2] },
    { kind: 'organisation' },
  ]
  for (const each of subjects) {
    const { sql, parameters } = compileSeries(ORGANISATION, question(plain, { subjects: each, groupBy: ['a', 'b'] }))
    const wanted = new Set(Array.from(sql.matchAll(/\{(\w+):/g), (match) => match[1]))
    expect(wanted).toEqual(new Set(Object.keys(parameters)))
  }
})

test('every inner table is bound to the organisation', () => {
  const subjects: Subjects = { kind: 'nodes', nodes: [1, 2] }
  const { sql } = compileSeries(ORGANISATION, question(plain, { subjects, groupBy: ['a'] }))
  const tables = sql.match(/FROM bihuan\.\w+/g)!.length
  expect(sql.match(/organisation = \{p0:UUID\}/g)).toHaveLength(tables)
})

test('days are those of the time zone, also where the clock changes', () => {
  const bounds = (timeZone: string, from: string, to: string) => {
    const { parameters } = compileSeries(ORGANISATION, question(plain, { timeZone, from, to }))
    const [start, end] = Object.values(parameters).filter((each) => typeof each === 'number' && each > 1e12) as number[]
    return [start!, end!].map((each) => Temporal.Instant.fromEpochMilliseconds(each).toString())
  }
  expect(bounds('Asia/Shanghai', '2024-01-01', '2024-01-31')).toEqual(['2023-12-31T16:00:00Z', '2024-01-31T16:00:00Z'])
  expect(bounds('Europe/London', '2024-03-31', '2024-03-31')).toEqual(['2024-03-31T00:00:00Z', '2024-03-31T23:00:00Z'])
  expect(bounds('Europe/London', '2024-10-27', '2024-10-27')).toEqual(['2024-10-26T23:00:00Z', '2024-10-28T00:00:00Z'])
})

test('a definition that cannot be calculated does not pass the contract', () => {
  const bad = [
    { kind: 'mean', eventType: 'call', numerator: [{ of: 'events' }] },
    { kind: 'mean', eventType: 'call', numerator: [{ of: 'a' }, { of: 'b' }] },
    { kind: 'quantile', eventType: 'call', numerator: [{ of: 'a' }], quantile: 1 },
    { kind: 'ratio', eventType: 'call', numerator: [{ of: 'a' }] },
    { kind: 'count', eventType: 'call', numerator: [{ of: 'events', coefficient: 0 }] },
    { kind: 'count', eventType: '', numerator: [{ of: 'events' }] },
  ]
  for (const each of bad) expect(indicatorDefinition.safeParse(each).success).toBe(false)
})
