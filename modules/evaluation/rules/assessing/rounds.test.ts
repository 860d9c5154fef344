import { describe, expect, test } from 'vitest'
import type { Grain } from '#platform/contract'
import { closesOn, isOpen, openRounds } from './rounds.ts'

describe('a period is open while it runs and fifteen days after', () => {
  const cases: [periodStart: string, grain: Grain, first: string, last: string][] = [
    ['2026-02-01', 'month', '2026-02-01', '2026-03-15'],
    ['2026-01-01', 'quarter', '2026-01-01', '2026-04-15'],
    ['2026-03-30', 'week', '2026-03-30', '2026-04-20'],
    ['2024-02-29', 'day', '2024-02-29', '2024-03-15'],
  ]
  test.each(cases)('%s, %s: %s to %s', (periodStart, grain, first, last) => {
    expect(closesOn(periodStart, grain)).toBe(last)
    const before = Temporal.PlainDate.from(first).subtract({ days: 1 }).toString()
    const after = Temporal.PlainDate.from(last).add({ days: 1 }).toString()
    expect([before, first, last, after].map((day) => isOpen(periodStart, grain, day))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
  test('what is open on a day, the running period first', () => {
    expect(openRounds('month', '2026-03-15')).toEqual([
      { periodStart: '2026-03-01', closesOn: '2026-04-15', running: true },
      { periodStart: '2026-02-01', closesOn: '2026-03-15', running: false },
    ])
    expect(openRounds('month', '2026-03-16').map((round) => round.periodStart)).toEqual(['2026-03-01'])
    for (const round of openRounds('week', '2026-03-16'))
      expect(isOpen(round.periodStart, 'week', '2026-03-16')).toBe(true)
  })
})
