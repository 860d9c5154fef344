import { describe, expect, test } from 'vitest'
import type { Adjustment } from '../../contract/appeals.ts'
import { columnOf, itemOf, readingsOf, schemeOf } from '../../samples.ts'
import { scorePeriod } from '../score-period.ts'
import { adjusted, adjustmentIssues } from './adjusting.ts'

const reason = 'A machine was down.'
const gate = {
  id: 'incident',
  title: { zh: '事故', en: 'Incident' },
  indicator: 'incidents',
  operator: 'at-least',
  limit: 1,
  cap: { kind: 'stars', most: 2 },
} as const
const draft = schemeOf([itemOf('prompt', 0.5), itemOf('rating', 0.5)], { gates: [gate] })
const readings = readingsOf(
  [
    columnOf([80, 60, 40], { scatter: 'binomial', scale: 100, ns: Float64Array.of(50, 100, 200) }),
    columnOf([50, 60, null], { errors: Float64Array.of(4, 2, Number.NaN), hidden: Uint8Array.of(0, 0, 1) }),
  ],
  { gates: [Float64Array.of(2, 0, Number.NaN)] },
)
const set = (part: Partial<Extract<Adjustment, { kind: 'set' }>> = {}): Adjustment => ({
  kind: 'set',
  item: 'prompt',
  value: 90,
  n: 40,
  standardError: null,
  reason,
  ...part,
})

describe('what cannot be changed is told by its field', () => {
  const cases: [string, Adjustment[], string[]][] = [
    ['an item the scheme has not', [set({ item: 'nothing' })], ['adjustments.0.item adjustment-unknown']],
    [
      'a gate it has not',
      [{ kind: 'gate', gate: 'prompt', value: null, reason }],
      ['adjustments.0.gate adjustment-unknown'],
    ],
    ['the same twice', [set(), { kind: 'leave-out', item: 'prompt', reason }], ['adjustments.1.item adjustment-twice']],
    ['a share above the whole', [set({ value: 100.5 })], ['adjustments.0.value adjustment-range']],
    ['a share below nothing', [set({ value: -1 })], ['adjustments.0.value adjustment-range']],
    ['any mean', [set({ item: 'rating', value: -1e9 })], []],
    ['one of each', [set(), set({ item: 'rating' }), { kind: 'gate', gate: 'incident', value: 3, reason }], []],
  ]
  test.each(cases)('%s', (_name, adjustments, expected) => {
    const issues = adjustmentIssues(draft, readings, adjustments)
    expect(issues.map((issue) => `${issue.field} ${issue.rule}`)).toEqual(expected)
    for (const { message } of issues) expect(message.length).toBeGreaterThan(10)
  })
  test('a judgement off its scale', () => {
    const source: NonNullable<Parameters<typeof itemOf>[2]>['source'] = {
      kind: 'assessed',
      title: { zh: '态度', en: 'Manner' },
      scale: { low: 1, high: 5 },
      raters: [{ kind: 'self', weight: 1 }],
    }
    const judged = schemeOf([itemOf('prompt', 1, { source })])
    expect(adjustmentIssues(judged, readings, [set({ value: 6 })])).toHaveLength(1)
    expect(adjustmentIssues(judged, readings, [set({ value: 5 })])).toHaveLength(0)
  })
})

describe('changes', () => {
  test('touch the one unit of a copy, and say what was there', () => {
    const before = structuredClone(readings)
    const changes: Adjustment[] = [
      set({ standardError: 5 }),
      { kind: 'leave-out', item: 'rating', reason },
      { kind: 'gate', gate: 'incident', value: null, reason },
    ]
    const { readings: after, applied } = adjusted(draft, readings, 0, changes)
    expect(readings).toEqual(before)
    expect([...after.items[0]!.values]).toEqual([90, 60, 40])
    expect([...after.items[1]!.values]).toEqual([Number.NaN, 60, Number.NaN])
    expect([...after.items[1]!.hidden]).toEqual([0, 0, 1])
    expect([...after.gates[0]!]).toEqual([Number.NaN, 0, Number.NaN])
    expect(applied).toEqual([
      {
        kind: 'set',
        of: 'prompt',
        before: { value: 80, n: 50, standardError: 0 },
        after: { value: 90, n: 40, standardError: 5 },
        reason,
      },
      {
        kind: 'leave-out',
        of: 'rating',
        before: { value: 50, n: 100, standardError: 4 },
        after: { value: null, n: 0, standardError: null },
        reason,
      },
      {
        kind: 'gate',
        of: 'incident',
        before: { value: 2, n: 0, standardError: null },
        after: { value: null, n: 0, standardError: null },
        reason,
      },
    ])
  })
  test('find the error where none is given: shares by Wilson, rates as counts, means by n', () => {
    const errorOf = (place: number, change: Adjustment, scatter: 'binomial' | 'poisson' | 'normal') => {
      const items = readings.items.map((item) => ({ ...item, scatter }))
      return adjusted(draft, { ...readings, items }, 0, [change]).readings.items[place]!.errors[0]!
    }
    // Wilson's 95 % interval of 36 of 40 runs from 0.76948225 to 0.96042047 (R 4.2: prop.test(36, 40, correct = FALSE)).
    expect(errorOf(0, set(), 'binomial')).toBeCloseTo(
      (100 * (0.960420471317 - 0.769482247725)) / (2 * 1.95996398454),
      8,
    )
    expect(errorOf(0, set({ value: 100 }), 'binomial')).toBeGreaterThan(1)
    expect(errorOf(0, set({ value: 25, n: 100 }), 'poisson')).toBeCloseTo(5, 10)
    expect(errorOf(1, set({ item: 'rating', n: 400 }), 'normal')).toBeCloseTo(2, 10)
  })
  test('a value that was hidden counts once it is given', () => {
    const { readings: after } = adjusted(draft, readings, 2, [set({ item: 'rating', value: 100, standardError: 1 })])
    const score = (given: typeof readings) =>
      scorePeriod({ ...draft, gates: [] }, { ...given, gates: [] }, new Uint8Array(3), 0.5).units.composite[2]
    expect(score(readings)).toBeNaN()
    expect(score(after)).toBeCloseTo(70, 10)
  })
})
