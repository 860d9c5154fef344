import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Grain } from './contract.ts'
import { addPeriods, dayOf, lastCompletePeriod, periodInstant, periodStartOf } from './periods.ts'

describe('first day of a period', () => {
  const cases: [string, Grain, string][] = [
    ['2026-03-01', 'day', '2026-03-01'],
    ['2026-03-01', 'week', '2026-02-23'], // a Sunday belongs to the week that began on Monday
    ['2025-12-29', 'week', '2025-12-29'],
    ['2024-02-29', 'month', '2024-02-01'],
    ['2026-12-31', 'quarter', '2026-10-01'],
    ['2026-06-30', 'half-year', '2026-01-01'],
    ['2026-07-01', 'half-year', '2026-07-01'],
    ['2026-12-31', 'year', '2026-01-01'],
  ]
  for (const [day, grain, start] of cases)
    test(`${day} by ${grain}`, () => expect(periodStartOf(day, grain)).toBe(start))
})

test('going forward and back comes home, and neighbours touch', () => {
  const day = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const grain = fc.constantFrom<Grain>('day', 'week', 'month', 'quarter', 'half-year', 'year')
  fc.assert(
    fc.property(day, grain, fc.integer({ min: -60, max: 60 }), (from, size, count) => {
      const start = periodStartOf(from, size)
      expect(addPeriods(addPeriods(start, size, count), size, -count)).toBe(start)
      const next = addPeriods(start, size, 1)
      const dayBefore = addPeriods(next, 'day', -1)
      expect(periodStartOf(dayBefore, size)).toBe(start)
      expect(start <= from && from < next).toBe(true)
    }),
  )
})

test('the last complete period depends on the zone', () => {
  const now = Temporal.Instant.from('2026-02-28T17:00:00Z') // already March in Shanghai
  expect(lastCompletePeriod(now, 'Asia/Shanghai', 'month')).toBe('2026-02-01')
  expect(lastCompletePeriod(now, 'Europe/London', 'month')).toBe('2026-01-01')
  expect(dayOf(now, 'Asia/Shanghai')).toBe('2026-03-01')
})

test('a day with a clock change has 23 or 25 hours', () => {
  const hours = (day: string) =>
    periodInstant(addPeriods(day, 'day', 1), 'Europe/London')
      .since(periodInstant(day, 'Europe/London'))
      .total('hours')
  expect(hours('2026-03-29')).toBe(23)
  expect(hours('2026-10-25')).toBe(25)
})
