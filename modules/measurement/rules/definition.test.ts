import { describe, expect, test } from 'vitest'
import { indicatorDraft } from '../contract.ts'
import { canonicalDraft, faultsOfDraft } from './definition.ts'

const draft = (definition: object, rest: object = {}) =>
  indicatorDraft.parse({
    id: 'one',
    title: { zh: '一', en: 'One' },
    explanation: { zh: '一', en: 'One' },
    unit: 'percent',
    direction: 'neutral',
    definition: { eventType: 'visit', ...definition },
    examples: [
      { from: '2026-03-02', to: '2026-03-02', events: [{ type: 'visit', at: '2026-03-02T02:00:00Z' }], expected: 1 },
    ],
    ...rest,
  })
const events = { of: 'events' }
const web = { attribute: 'channel', operator: 'is', value: 'web' }
const hall = { attribute: 'channel', operator: 'is', value: 'hall' }

describe('definitions that cannot be calculated', () => {
  const cases: [string, object, string, string, object?][] = [
    [
      'conditions that exclude each other',
      { kind: 'count', where: [web, hall], numerator: [events] },
      'definition.where',
      'never',
    ],
    [
      'a list without what is excluded',
      { kind: 'count', where: [web, { ...web, operator: 'is-not' }], numerator: [events] },
      'definition.where',
      'never',
    ],
    [
      'a term against the whole',
      { kind: 'count', where: [web], numerator: [{ ...events, where: [hall] }] },
      'definition.numerator.0.where',
      'never',
    ],
    [
      'terms that cancel',
      { kind: 'ratio', numerator: [events, { ...events, coefficient: -1 }], denominator: [events] },
      'definition.numerator',
      'cancels',
    ],
    [
      'all of all',
      { kind: 'proportion', numerator: [events], denominator: [events] },
      'definition.numerator',
      'share-of-all',
    ],
    [
      'a target beyond all',
      { kind: 'proportion', numerator: [{ ...events, where: [web] }], denominator: [events] },
      'target',
      'share-range',
      { target: 101 },
    ],
  ]
  for (const [name, definition, field, rule, rest] of cases)
    test(name, () => expect(faultsOfDraft(draft(definition, rest))).toMatchObject([{ field, rule }]))
})

test('usual definitions pass', () => {
  const proportion = { kind: 'proportion', numerator: [{ ...events, where: [web] }], denominator: [events] }
  expect(faultsOfDraft(draft(proportion, { target: 95 }))).toEqual([])
  const within = [{ of: 'attendances' }, { of: 'breaches', coefficient: -1 }]
  expect(faultsOfDraft(draft({ kind: 'proportion', numerator: within, denominator: [{ of: 'attendances' }] }))).toEqual(
    [],
  )
})

test('the schema refuses a share without denominator and an empty numerator', () => {
  expect(() => draft({ kind: 'proportion', numerator: [events] })).toThrow()
  expect(() => draft({ kind: 'count', numerator: [] })).toThrow()
})

test('content decides, not the order of keys', () => {
  const one = draft({ kind: 'count', numerator: [events], where: [web] })
  const other = {
    ...Object.fromEntries(Object.entries(one).toReversed()),
    title: { en: 'One', zh: '一' },
  } as typeof one
  expect(canonicalDraft(other)).toBe(canonicalDraft(one))
  expect(canonicalDraft({ ...one, minimumN: 1 })).not.toBe(canonicalDraft(one))
})
