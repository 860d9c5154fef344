import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type IndicatorDraftInput, indicatorDraft } from '../../contract/indicators.ts'
import { EMPTY_STATE } from '../plan/fact.ts'
import { planOf } from '../plan/plan.ts'
import { type Coefficient, linearPlan } from './linear-plan.ts'

const draft = (definition: IndicatorDraftInput['definition'], part: Partial<IndicatorDraftInput> = {}) =>
  indicatorDraft.parse({
    id: 'own',
    title: { zh: '指标', en: 'Indicator' },
    explanation: { zh: '说明', en: 'Explanation' },
    unit: 'number',
    direction: 'neutral',
    definition,
    ...part,
  })
const is = (attribute: string, value: string) => ({ attribute, operator: 'is' as const, value })
const events = { of: 'events', coefficient: 1, where: [] }
const good = { ...events, where: [is('result', 'good')] }
const stream = { eventType: 'visit', where: [] }

const linear: [string, IndicatorDraftInput['definition']][] = [
  ['count', { kind: 'count', ...stream, numerator: [events, { ...good, coefficient: -2 }] }],
  ['sum', { kind: 'sum', ...stream, numerator: [{ of: 'cost', coefficient: 1, where: [] }] }],
  ['mean', { kind: 'mean', ...stream, numerator: [{ of: 'minutes', coefficient: 60, where: [] }] }],
  [
    'ratio',
    { kind: 'ratio', ...stream, numerator: [good], denominator: [events, { of: 'cost', coefficient: 0.5, where: [] }] },
  ],
  ['proportion', { kind: 'proportion', ...stream, numerator: [good], denominator: [events] }],
  [
    'net promoter',
    {
      kind: 'survey',
      ...stream,
      value: 'stars',
      scale: { low: 0, high: 10 },
      score: { of: 'net-promoter', promotersFrom: 9, detractorsTo: 6 },
    },
  ],
]

describe('the coefficients say what the plan says', () => {
  test.each(linear)('%s', (_name, definition) => {
    const own = draft(definition)
    const plan = planOf(own)
    const found = linearPlan(own)!
    const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const state = fc
      .record({ n: fc.integer({ min: 0, max: 1000 }), total: figure, squares: figure })
      .map((part) => ({ ...EMPTY_STATE, ...part }))
    fc.assert(
      fc.property(fc.array(state, { minLength: plan.facts.length, maxLength: plan.facts.length }), (states) => {
        const sums = plan.evaluate(states)
        const sum = (of: readonly Coefficient[]) =>
          of.reduce((total, { fact, figure: name, times }) => total + times * states[fact]![name], 0)
        const close = (a: number, b: number) =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)))
        close(sum(found.numerator), sums.numerator)
        close(found.denominator === null ? 1 : sum(found.denominator), sums.denominator)
        close(sum(found.n), sums.n)
        close(sum(found.squares), sums.sumOfSquares)
      }),
    )
  })
})

describe('other forms have none', () => {
  const cases: [string, IndicatorDraftInput['definition'], Partial<IndicatorDraftInput>][] = [
    [
      'quantile',
      { kind: 'quantile', ...stream, quantile: 0.9, numerator: [{ of: 'minutes', coefficient: 1, where: [] }] },
      {},
    ],
    ['distinct', { kind: 'distinct', ...stream, attribute: 'who' }, {}],
    ['mean of units', linear[2]![1], { rollUp: 'mean-of-units' }],
    [
      'exclusions',
      linear[4]![1],
      { exclusions: [{ reason: { zh: '停电', en: 'Power cut' }, where: [is('cause', 'power')], evidence: 'paper' }] },
    ],
    ['windows', { kind: 'cumulative', ...stream, numerator: [events], window: { kind: 'rolling', days: 7 } }, {}],
  ]
  test.each(cases)('%s', (_name, definition, part) => expect(linearPlan(draft(definition, part))).toBeNull())
})
