import { describe, expect, test } from 'vitest'
import { conclude, type Observation, type VerdictDesign } from './rules.ts'

const design: VerdictDesign = {
  direction: 'lower-is-better',
  interventionOn: '2025-07-07',
  smallestEffect: 5,
  seasonPeriods: 0,
  errorRate: 0.05,
}

/** A fixed sequence without trend or period: fractions of multiples of the golden ratio squared, centred, about 2.9 wide. */
const noise = (index: number) =>
  10 *
  (((Math.imul(index + 1, 2654435761) >>> 0) / 2 ** 32 + ((Math.imul(index + 7, 40503) >>> 0) % 997) / 997) / 2 - 0.5)

/** Weeks from January 2025; `after` is added from the first week of July on. */
function weeks(before: number, afterCount: number, after: (week: number) => number): Observation[] {
  const first = Temporal.PlainDate.from('2025-07-07').subtract({ weeks: before })
  return Array.from({ length: before + afterCount }, (_, index) => {
    const start = first.add({ weeks: index })
    const value = 48 + noise(index) + (index >= before ? after(index - before) : 0)
    return {
      periodStart: start.toString(),
      periodEnd: start.add({ days: 6 }).toString(),
      numerator: value,
      denominator: 1,
      n: 100,
      value,
      weight: 1,
    }
  })
}

describe('what the interval says', () => {
  const cases: [string, number, Partial<VerdictDesign>, string, string | null][] = [
    ['a large fall where lower is better', -33, {}, 'effective', null],
    ['the same fall where higher is better', -33, { direction: 'higher-is-better' }, 'not-effective', 'harmful'],
    ['nothing, measured well', 0, {}, 'not-effective', null],
    ['a sure but small fall, too small to be worth it', -2.5, { smallestEffect: 10 }, 'not-effective', null],
    ['a rise where lower is better', 20, {}, 'not-effective', 'harmful'],
    [
      'nothing, held against an effect too small to see',
      0,
      { smallestEffect: 0.01 },
      'undecided',
      'interval-includes-both',
    ],
  ]
  for (const [name, shift, part, outcome, because] of cases) {
    test(name, () => {
      const conclusion = conclude(
        { ...design, ...part },
        weeks(60, 26, () => shift),
      )
      expect([conclusion.outcome, conclusion.because]).toEqual([outcome, because])
    })
  }
})

test('the effect is the mean distance from the counterfactual', () => {
  const conclusion = conclude(
    design,
    weeks(60, 26, (week) => -20 - week),
  )
  const { estimate, standardError } = conclusion.estimate!.averageEffect
  expect(Math.abs(estimate - -32.5)).toBeLessThan(2 * standardError)
  expect(standardError).toBeLessThan(1)
  expect(conclusion.periodsBefore).toBe(60)
  expect(conclusion.periodsAfter).toBe(26)
})

test('a period the measure began in the middle of belongs to neither side', () => {
  const observations = weeks(60, 26, () => -33)
  const inside = conclude({ ...design, interventionOn: '2025-07-03' }, observations)
  expect(inside.periodsBefore).toBe(59)
  expect(inside.lines.has('2025-06-30')).toBe(false)
})

describe('data that cannot tell', () => {
  const cases: [string, readonly Observation[], string][] = [
    ['three weeks of baseline', weeks(3, 26, () => -33), 'baseline-too-short'],
    ['one week after', weeks(60, 1, () => -33), 'after-too-short'],
    ['nothing after', weeks(60, 0, () => 0), 'after-too-short'],
    ['always the same value', weeks(60, 26, () => 0).map((each) => ({ ...each, value: 7 })), 'constant'],
    ['no values at all', weeks(60, 26, () => 0).map((each) => ({ ...each, value: null })), 'baseline-too-short'],
    [
      'an infinite value',
      weeks(60, 26, () => 0).map((each, index) => (index === 5 ? { ...each, value: Infinity } : each)),
      'not-finite',
    ],
  ]
  for (const [name, observations, because] of cases) {
    test(name, () => {
      const conclusion = conclude(design, observations)
      expect([conclusion.outcome, conclusion.because]).toEqual(['undecided', because])
    })
  }
})
