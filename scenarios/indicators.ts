/** Indicators several scenarios measure by. */
import type { Api } from '../apps/demo/stories.ts'

type Draft = Parameters<Api['measurement']['saveIndicator']>[0]

export const inBoth = (text: string) => ({ zh: text, en: text })
const term = { of: 'events', coefficient: 1, where: [] }
const promptly = { ...term, where: [{ attribute: 'prompt', operator: 'is' as const, value: 'yes' }] }
const named = (id: string) => ({ id, title: inBoth(id), explanation: inBoth(id) })
const mean = (of: string) => ({
  kind: 'mean' as const,
  eventType: 'visit',
  where: [],
  numerator: [{ of, coefficient: 1, where: [] }],
})
const example = (day: string, events: object[], expected: number) =>
  [
    { from: day, to: day, events: events.map((each) => ({ at: `${day}T02:00:00Z`, ...each })), expected },
  ] as Draft['examples']

export const meanWaiting: Draft = {
  id: 'waiting',
  title: { zh: '等候', en: 'Waiting' },
  explanation: { zh: '等候分钟', en: 'Minutes waited' },
  unit: 'minutes',
  direction: 'lower-is-better',
  definition: mean('minutes'),
  examples: example('2026-03-02', [{ type: 'visit', values: { minutes: 6 } }], 6),
}

export const meanRating: Draft = {
  ...named('rating'),
  unit: 'points',
  direction: 'higher-is-better',
  definition: mean('rating'),
  examples: example('2026-01-05', [{ type: 'visit', values: { rating: 4 } }], 4),
}

/** How many visits were prompt, how they were rated, what went wrong. */
export const hallIndicators: readonly Draft[] = [
  {
    ...named('prompt'),
    unit: 'percent',
    direction: 'higher-is-better',
    minimumN: 10,
    definition: { kind: 'proportion', eventType: 'visit', where: [], numerator: [promptly], denominator: [term] },
    examples: example('2026-01-05', [{ type: 'visit', attributes: { prompt: 'yes' } }, { type: 'visit' }], 50),
  },
  meanRating,
  {
    ...named('incidents'),
    unit: 'count',
    direction: 'lower-is-better',
    missing: { noEvents: 'zero' },
    definition: { kind: 'count', eventType: 'incident', where: [], numerator: [term] },
    examples: example('2026-01-05', [{ type: 'incident' }], 1),
  },
]
