import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Colour, Reading, RuleDraft } from './contract.ts'
import { decideAlert, defaultPolicy, dueAt, faultOfLevels, type LiveAlert, type Observed, readPeriod } from './rules.ts'

const threshold = (levels: Partial<Record<Colour, number>>, part: Partial<RuleDraft> = {}): RuleDraft => ({
  id: 'rule',
  title: { zh: '规则', en: 'Rule' },
  indicator: 'waiting',
  grain: 'month',
  watch: { entityKind: null, below: null },
  condition: { kind: 'threshold', levels: { yellow: null, orange: null, red: null, ...levels } },
  confidence: 0,
  minimumN: 10,
  active: true,
  startsOn: '2026-01-01',
  ...part,
})
const deviation = (levels: Partial<Record<Colour, number>>, part: Partial<RuleDraft> = {}): RuleDraft => ({
  ...threshold({}, part),
  condition: {
    kind: 'deviation',
    baseline: { of: 'own', periods: 12 },
    levelsPercent: { yellow: null, orange: null, red: null, ...levels },
  },
})
const seen = (value: number | null, part: Partial<Observed> = {}): Observed => ({
  periodStart: '2026-01-01',
  value,
  n: 100,
  low: null,
  high: null,
  standardError: 1,
  ...part,
})

describe('does a reading call for somebody?', () => {
  const worse = { yellow: 20, orange: 30, red: 40 }
  const cases: [
    string,
    RuleDraft,
    'lower-is-better' | 'higher-is-better',
    Observed,
    Parameters<typeof readPeriod>[3],
    Colour | null,
  ][] = [
    ['under every level', threshold(worse), 'lower-is-better', seen(19.9), null, null],
    ['on a level', threshold(worse), 'lower-is-better', seen(20), null, 'yellow'],
    ['the worst level crossed counts', threshold(worse), 'lower-is-better', seen(41), null, 'red'],
    [
      'higher is better: below the level',
      threshold({ yellow: 80, red: 60 }),
      'higher-is-better',
      seen(75),
      null,
      'yellow',
    ],
    ['higher is better: above the level', threshold({ yellow: 80, red: 60 }), 'higher-is-better', seen(85), null, null],
    ['no value', threshold(worse), 'lower-is-better', seen(null), null, null],
    ['too few cases', threshold(worse), 'lower-is-better', seen(99, { n: 9 }), null, null],
    [
      'within chance of the level',
      threshold(worse, { confidence: 0.99 }),
      'lower-is-better',
      seen(22, { standardError: 1 }),
      null,
      null,
    ],
    [
      'beyond chance of yellow, not of orange',
      threshold(worse, { confidence: 0.99 }),
      'lower-is-better',
      seen(31, { standardError: 1 }),
      null,
      'yellow',
    ],
    [
      'beyond chance',
      threshold(worse, { confidence: 0.99 }),
      'lower-is-better',
      seen(22.4, { standardError: 1 }),
      null,
      'yellow',
    ],
    [
      'a kind without standard error is judged by its level',
      threshold(worse, { confidence: 0.99 }),
      'lower-is-better',
      seen(20, { standardError: null }),
      null,
      'yellow',
    ],
    [
      '20 % over the baseline',
      deviation({ yellow: 20 }),
      'lower-is-better',
      seen(24),
      { value: 20, standardError: 0 },
      'yellow',
    ],
    [
      '19 % over the baseline',
      deviation({ yellow: 20 }),
      'lower-is-better',
      seen(23.8),
      { value: 20, standardError: 0 },
      null,
    ],
    [
      '20 % better than the baseline',
      deviation({ yellow: 20 }),
      'lower-is-better',
      seen(16),
      { value: 20, standardError: 0 },
      null,
    ],
    [
      'higher is better: 20 % under the baseline',
      deviation({ yellow: 20 }),
      'higher-is-better',
      seen(64),
      { value: 80, standardError: 0 },
      'yellow',
    ],
    ['no baseline', deviation({ yellow: 20 }), 'lower-is-better', seen(99), null, null],
    [
      'a baseline of nothing',
      deviation({ yellow: 20 }),
      'lower-is-better',
      seen(99),
      { value: 0, standardError: 0 },
      null,
    ],
    [
      'both uncertain: within chance',
      deviation({ yellow: 20 }, { confidence: 0.99 }),
      'lower-is-better',
      seen(26, { standardError: 2 }),
      { value: 20, standardError: 2 },
      null,
    ],
  ]
  for (const [name, draft, direction, observed, baseline, colour] of cases) {
    test(name, () => expect(readPeriod(draft, direction, observed, baseline)?.colour ?? null).toBe(colour))
  }
  test('small units are not shamed: the same share far over the baseline, with few cases, is chance', () => {
    const shareOf = (complaints: number, visits: number): Observed => {
      const share = complaints / visits
      return seen(1000 * share, { n: visits, standardError: 1000 * Math.sqrt((share * (1 - share)) / visits) })
    }
    const draft = deviation({ yellow: 30 }, { confidence: 0.99 })
    const baseline = { value: 10, standardError: 0.2 }
    expect(readPeriod(draft, 'lower-is-better', shareOf(5, 250), baseline)).toBeNull()
    expect(readPeriod(draft, 'lower-is-better', shareOf(500, 25_000), baseline)?.colour).toBe('yellow')
  })
})

const reading = (periodStart: string, colour: Colour): Reading => ({
  periodStart,
  value: 1,
  n: 100,
  low: null,
  high: null,
  baseline: null,
  level: 1,
  colour,
})
const live = (colour: Colour, state: LiveAlert['state'], ...readings: Reading[]): LiveAlert => ({
  colour,
  state,
  readings,
})

describe('what becomes of an alert', () => {
  const yellow = reading('2026-01-01', 'yellow')
  const cases: [string, LiveAlert | null, string, Reading | null, string][] = [
    ['quiet stays quiet', null, '2026-02-01', null, 'none'],
    ['a signal raises', null, '2026-01-01', yellow, 'raised'],
    ['the same again keeps', live('yellow', 'open', yellow), '2026-02-01', reading('2026-02-01', 'yellow'), 'kept'],
    ['worse worsens', live('yellow', 'open', yellow), '2026-02-01', reading('2026-02-01', 'red'), 'worsened'],
    [
      'milder eases',
      live('red', 'open', reading('2026-01-01', 'red')),
      '2026-02-01',
      reading('2026-02-01', 'orange'),
      'eased',
    ],
    ['gone closes', live('yellow', 'acknowledged', yellow), '2026-02-01', null, 'closed'],
    ['gone under a plan waits for the verdict', live('yellow', 'planned', yellow), '2026-02-01', null, 'kept'],
    [
      'an older period judged quiet again changes nothing',
      live('yellow', 'open', yellow, reading('2026-03-01', 'yellow')),
      '2026-02-01',
      null,
      'kept',
    ],
  ]
  for (const [name, before, period, now, what] of cases)
    test(name, () => expect(decideAlert(before, period, now).what).toBe(what))

  test('a period judged again replaces its reading', () => {
    const decision = decideAlert(live('yellow', 'open', yellow), '2026-01-01', reading('2026-01-01', 'red'))
    expect(decision).toMatchObject({
      what: 'worsened',
      colour: 'red',
      readings: [{ periodStart: '2026-01-01', colour: 'red' }],
    })
  })

  test('however periods are repeated, the last state is the same and readings never double', () => {
    const month = (index: number) => `2026-${String(index + 1).padStart(2, '0')}-01`
    const signal = fc.constantFrom<Colour | null>('yellow', 'orange', 'red', null)
    const walk = (signals: readonly (Colour | null)[], repeat: boolean) => {
      let alert: LiveAlert | null = null
      for (const [index, colour] of signals.entries()) {
        for (let times = 0; times < (repeat ? 2 : 1); times += 1) {
          const decision = decideAlert(alert, month(index), colour === null ? null : reading(month(index), colour))
          if (decision.what === 'closed' || decision.what === 'none') alert = null
          else alert = { colour: decision.colour, state: 'open', readings: decision.readings }
        }
      }
      return alert
    }
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 12 }), (signals) => {
        expect(walk(signals, true)).toEqual(walk(signals, false))
      }),
    )
  })
})

describe('levels that cannot stand', () => {
  const cases: [string, RuleDraft, 'lower-is-better' | 'higher-is-better', ReturnType<typeof faultOfLevels>][] = [
    ['none at all', threshold({}), 'lower-is-better', 'none'],
    ['one alone', threshold({ red: 5 }), 'lower-is-better', null],
    ['red milder than yellow', threshold({ yellow: 30, red: 20 }), 'lower-is-better', 'contradict'],
    ['the same is right where higher is better', threshold({ yellow: 30, red: 20 }), 'higher-is-better', null],
    ['deviation: red under yellow', deviation({ yellow: 30, red: 20 }), 'higher-is-better', 'contradict'],
    ['deviation in order', deviation({ yellow: 20, orange: 20, red: 50 }), 'lower-is-better', null],
  ]
  for (const [name, draft, direction, fault] of cases)
    test(name, () => expect(faultOfLevels(draft, direction)).toBe(fault))
})

test('duties: three days, one day, two hours', () => {
  const now = Temporal.Instant.from('2026-03-01T00:00:00Z')
  expect(
    (['yellow', 'orange', 'red'] as const).map((colour) => dueAt(defaultPolicy, colour, now).since(now).total('hours')),
  ).toEqual([72, 24, 2])
})
