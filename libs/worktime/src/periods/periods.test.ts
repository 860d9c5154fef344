import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, dayText, type Weekday } from '../days.ts'
import {
  addPeriods,
  periodEnd,
  type PeriodGrain,
  periodGrains,
  periodNumber,
  type PeriodSettings,
  periodStart,
  yearStart,
} from './periods.ts'
import { type RetailYearSettings, weeksOfRetailYear } from './retail-year.ts'

const iso: RetailYearSettings = { pattern: '4-4-5', weekday: 7, month: 12, rule: 'nearest' }
const federation: RetailYearSettings = { pattern: '4-5-4', weekday: 6, month: 1, rule: 'nearest' }
const settings = (change: Partial<PeriodSettings> = {}): PeriodSettings => ({
  weekStart: 1,
  fiscalYearStartMonth: 4,
  retailYear: federation,
  ...change,
})

describe('weeks and fiscal periods', () => {
  const cases: [string, PeriodGrain, Partial<PeriodSettings>, string, string][] = [
    ['2026-11-21', 'week', {}, '2026-11-16', '2026-11-22'],
    ['2026-11-21', 'week', { weekStart: 7 }, '2026-11-15', '2026-11-21'],
    ['2026-11-21', 'week', { weekStart: 6 }, '2026-11-21', '2026-11-27'],
    ['2026-03-31', 'fiscal-year', {}, '2025-04-01', '2026-03-31'],
    ['2026-04-01', 'fiscal-year', {}, '2026-04-01', '2027-03-31'],
    ['2026-02-28', 'fiscal-quarter', {}, '2026-01-01', '2026-03-31'],
    ['2026-07-15', 'fiscal-year', { fiscalYearStartMonth: 1 }, '2026-01-01', '2026-12-31'],
    ['2026-01-15', 'fiscal-quarter', { fiscalYearStartMonth: 12 }, '2025-12-01', '2026-02-28'],
    ['2024-01-15', 'fiscal-quarter', { fiscalYearStartMonth: 12 }, '2023-12-01', '2024-02-29'],
  ]
  test.each(cases)('%s as %s with %j: %s to %s', (day, grain, change, start, end) => {
    expect([periodStart(day, grain, settings(change)), periodEnd(day, grain, settings(change))]).toEqual([start, end])
  })
  test('names', () => {
    expect(periodNumber('2026-03-31', 'fiscal-quarter', settings())).toEqual({ year: 2025, number: 4 })
    expect(periodNumber('2026-04-01', 'fiscal-year', settings())).toEqual({ year: 2026, number: 1 })
  })
})

describe('the retail year', () => {
  // Examples of 26 CFR 1.441-2(a)(4): a year ending on the last Saturday in November, or on the nearest to its end.
  test.each([
    ['last', '2001-11-24'],
    ['nearest', '2001-12-01'],
  ] as const)('by the rule %s it ends on %s', (rule, end) => {
    const november = settings({ retailYear: { ...federation, month: 11, rule } })
    expect(periodEnd(end, 'retail-year', november)).toBe(end)
    expect(periodStart(dayText(dayNumber(end) + 1), 'retail-year', november)).toBe(dayText(dayNumber(end) + 1))
  })

  // National Retail Federation, 4-5-4 calendar: fiscal 2023 ran from 29 January 2023 to 3 February 2024, 53 weeks.
  test('fiscal 2023 of the 4-5-4 calendar', () => {
    expect(yearStart(2023, 'retail-year', settings())).toBe('2023-01-29')
    expect(periodEnd('2023-01-29', 'retail-year', settings())).toBe('2024-02-03')
    expect(periodNumber('2024-02-03', 'retail-month', settings())).toEqual({ year: 2023, number: 12 })
    expect(periodStart('2024-02-03', 'retail-month', settings())).toBe('2023-12-31')
    expect(yearStart(2024, 'retail-year', settings())).toBe('2024-02-04')
  })
  test('53 weeks in 2000, 2006, 2012, 2017 and 2023', () => {
    const long = Array.from({ length: 27 }, (_, index) => 2000 + index).filter(
      (year) => weeksOfRetailYear(year, federation) === 53,
    )
    expect(long).toEqual([2000, 2006, 2012, 2017, 2023])
  })
  test('the year ending on the Sunday nearest to 31 December is the week-numbering year of ISO 8601', () => {
    for (let year = 1990; year <= 2050; year += 1) {
      const start = Temporal.PlainDate.from(yearStart(year, 'retail-year', settings({ retailYear: iso })))
      expect([start.weekOfYear, start.yearOfWeek]).toEqual([1, year])
    }
  })
  test.each([
    ['4-4-5', [28, 28, 35]],
    ['4-5-4', [28, 35, 28]],
    ['5-4-4', [35, 28, 28]],
  ] as const)('%s cuts a quarter into %j days', (pattern, lengths) => {
    const with_ = settings({ retailYear: { ...federation, pattern } })
    const starts = [0, 1, 2, 3].map((count) => addPeriods('2026-02-01', 'retail-month', count, with_))
    expect(starts.slice(1).map((start, index) => dayNumber(start) - dayNumber(starts[index]!))).toEqual(lengths)
    expect(periodStart(starts[2]!, 'retail-quarter', with_)).toBe(starts[0])
  })
})

const anySettings = fc.record({
  weekStart: fc.integer({ min: 1, max: 7 }).map((day) => day as Weekday),
  fiscalYearStartMonth: fc.integer({ min: 1, max: 12 }),
  retailYear: fc.record({
    pattern: fc.constantFrom('4-4-5' as const, '4-5-4' as const, '5-4-4' as const),
    weekday: fc.integer({ min: 1, max: 7 }).map((day) => day as Weekday),
    month: fc.integer({ min: 1, max: 12 }),
    rule: fc.constantFrom('last' as const, 'nearest' as const),
  }),
})
const anyDay = fc.integer({ min: dayNumber('1980-01-01'), max: dayNumber('2080-12-31') }).map(dayText)
const anyGrain = fc.constantFrom(...periodGrains)

describe('whatever the settings', () => {
  test('a period holds its day, begins where the one before ended, and starts are their own starts', () => {
    fc.assert(
      fc.property(anyDay, anyGrain, anySettings, (day, grain, with_) => {
        const start = periodStart(day, grain, with_)
        const end = periodEnd(day, grain, with_)
        expect(start <= day && day <= end).toBe(true)
        expect(periodStart(start, grain, with_)).toBe(start)
        expect(periodStart(end, grain, with_)).toBe(start)
        expect(periodEnd(dayText(dayNumber(start) - 1), grain, with_)).toBe(dayText(dayNumber(start) - 1))
      }),
    )
  })
  test('there and back again, and one by one as all at once', () => {
    fc.assert(
      fc.property(anyDay, anyGrain, anySettings, fc.integer({ min: -30, max: 30 }), (day, grain, with_, count) => {
        const start = periodStart(day, grain, with_)
        const there = addPeriods(start, grain, count, with_)
        expect(addPeriods(there, grain, -count, with_)).toBe(start)
        let step = start
        for (let index = 0; index < Math.abs(count); index += 1) step = addPeriods(step, grain, Math.sign(count), with_)
        expect(step).toBe(there)
      }),
    )
  })
  test('a retail year has 52 or 53 weeks, ends near its month, and is the sum of its quarters and months', () => {
    fc.assert(
      fc.property(anyDay, anySettings, (day, with_) => {
        const start = periodStart(day, 'retail-year', with_)
        const end = periodEnd(day, 'retail-year', with_)
        expect([364, 371]).toContain(dayNumber(end) - dayNumber(start) + 1)
        const { year } = periodNumber(day, 'retail-year', with_)
        const { month, rule } = with_.retailYear
        const endOfMonth = Temporal.PlainYearMonth.from({ year: month === 12 ? year : year + 1, month }).toPlainDate({
          day: 31,
        })
        const off = dayNumber(end) - dayNumber(endOfMonth.toString())
        expect(rule === 'last' ? off <= 0 && off >= -6 : Math.abs(off) <= 3).toBe(true)
        expect(addPeriods(start, 'retail-month', 12, with_)).toBe(dayText(dayNumber(end) + 1))
        expect(addPeriods(start, 'retail-quarter', 4, with_)).toBe(dayText(dayNumber(end) + 1))
      }),
    )
  })
})
