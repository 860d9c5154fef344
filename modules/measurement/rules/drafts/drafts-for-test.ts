/** A draft of every kind, for tests. */
import { type IndicatorDraft, indicatorDraft, type IndicatorDraftInput } from '../../contract/indicators.ts'

type Definition = IndicatorDraftInput['definition']
type Rest = Partial<IndicatorDraftInput>

const visit = { eventType: 'visit' }
const web = { attribute: 'channel', operator: 'is' as const, value: 'web' }
const pair = {
  from: { eventType: 'opened', where: [web] },
  to: { eventType: 'closed' },
  match: ['ticket'],
  withinHours: 48,
}

export const definitionsForTest = {
  count: { kind: 'count', ...visit, numerator: [{ of: 'events', where: [web] }] },
  sum: { kind: 'sum', ...visit, numerator: [{ of: 'yuan' }, { of: 'refund', coefficient: -1, eventType: 'refund' }] },
  mean: { kind: 'mean', ...visit, numerator: [{ of: 'minutes' }] },
  ratio: {
    kind: 'ratio',
    ...visit,
    numerator: [{ of: 'events', coefficient: 1000, eventType: 'complaint' }],
    denominator: [{ of: 'events' }],
  },
  proportion: {
    kind: 'proportion',
    ...visit,
    numerator: [{ of: 'events', where: [{ value: 'minutes', operator: 'at-most', limit: 30 }] }],
    denominator: [{ of: 'events' }],
  },
  quantile: { kind: 'quantile', ...visit, numerator: [{ of: 'minutes' }], quantile: 0.9 },
  distinct: { kind: 'distinct', ...visit, attribute: 'customer' },
  durationMean: { kind: 'duration', pair, statistic: { of: 'mean' } },
  durationQuantile: {
    kind: 'duration',
    pair: { ...pair, open: 'exclude' },
    statistic: { of: 'quantile', quantile: 0.5 },
  },
  durationWithin: {
    kind: 'duration',
    pair: { ...pair, open: 'count-late' },
    statistic: { of: 'within', limitHours: 4 },
  },
  conversion: { kind: 'conversion', pair: { ...pair, acrossEntities: true } },
  repeat: { kind: 'repeat', ...visit, match: ['customer', 'topic'], withinHours: 168 },
  rolling: { kind: 'cumulative', ...visit, numerator: [{ of: 'events' }], window: { kind: 'rolling', days: 30 } },
  toDate: { kind: 'cumulative', ...visit, numerator: [{ of: 'yuan' }], window: { kind: 'to-date', since: 'year' } },
  lifetime: { kind: 'cumulative', ...visit, numerator: [{ of: 'events' }], window: { kind: 'lifetime' } },
  backlog: { kind: 'backlog', opened: { eventType: 'opened' }, closed: { eventType: 'closed', where: [web] } },
  level: { kind: 'level', ...visit, value: 'beds', take: 'greatest' },
  surveyMean: { kind: 'survey', ...visit, value: 'rating', scale: { low: 1, high: 5 }, score: { of: 'mean' } },
  surveyTop: {
    kind: 'survey',
    ...visit,
    value: 'rating',
    scale: { low: 1, high: 5 },
    score: { of: 'top-box', from: 4 },
  },
  surveyPromoter: {
    kind: 'survey',
    ...visit,
    value: 'rating',
    scale: { low: 0, high: 10 },
    score: { of: 'net-promoter', promotersFrom: 9, detractorsTo: 6 },
  },
  expression: {
    kind: 'expression',
    facts: [
      { name: 'a', ...visit, where: [{ attribute: 'channel', operator: 'in', values: ['web', 'app'] }] },
      { name: 'b', eventType: 'complaint', of: 'minutes', distinct: 'customer' },
    ],
    formula: 'b.n == 0 ? a.n : a.n / b.distinct',
    nOf: 'a',
  },
  derived: { kind: 'derived', parts: [{ name: 'rate', indicator: 'other' }], formula: '2 * rate' },
} as const satisfies Record<string, Definition>
export type NameForTest = keyof typeof definitionsForTest

const units: Partial<Record<NameForTest, IndicatorDraftInput['unit']>> = {
  durationMean: 'hours',
  durationQuantile: 'minutes',
  surveyPromoter: 'points',
  proportion: 'percent',
  conversion: 'percent',
  repeat: 'per-thousand',
  durationWithin: 'percent',
  surveyTop: 'percent',
}

/** Nothing speaks against it but its example, which nobody has calculated. */
export function draftForTest(name: NameForTest, rest: Rest = {}): IndicatorDraft {
  const definition: Definition = definitionsForTest[name]
  const example = {
    from: '2026-03-02',
    to: '2026-03-02',
    events: [{ type: 'visit', at: '2026-03-02T02:00:00Z', values: { minutes: 8 } }],
    ...(name === 'derived' ? { parts: { rate: 1 } } : {}),
    expected: 1,
  }
  return indicatorDraft.parse({
    id: 'one',
    title: { zh: '一', en: 'One' },
    explanation: { zh: '一', en: 'One' },
    unit: units[name] ?? 'number',
    direction: 'neutral',
    definition,
    examples: [example],
    ...rest,
  })
}

export const namesForTest = Object.keys(definitionsForTest) as NameForTest[]
