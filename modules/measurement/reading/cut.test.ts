import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SeriesGrain, seriesGrain } from '../contract/grain.ts'
import { cutOf, endOf, PERIODS_LIMIT } from './cut.ts'

const PERIODS = {
  weekStart: 1,
  fiscalYearStartMonth: 4,
  retailYear: { pattern: '4-4-5', weekday: 6, month: 1, rule: 'last' },
} as const
const cut = (grain: SeriesGrain, from: string, to: string, timeZone = 'Asia/Shanghai', periods: object = PERIODS) =>
  cutOf(grain, from, to, { timeZone, periods: periods as typeof PERIODS })
const HOUR = 3_600_000

describe('days of 23 and 25 hours', () => {
  const cases: [string, string, string, number][] = [
    ['London, forward', 'Europe/London', '2024-03-31', 23],
    ['London, back', 'Europe/London', '2024-10-27', 25],
    ['London, any other', 'Europe/London', '2024-07-01', 24],
    ['São Paulo, forward at midnight', 'America/Sao_Paulo', '2018-11-04', 23],
    ['São Paulo, back at midnight', 'America/Sao_Paulo', '2018-02-17', 25],
    ['Shanghai', 'Asia/Shanghai', '2024-03-31', 24],
    ['Shanghai in 1990', 'Asia/Shanghai', '1990-04-15', 23],
  ]
  test.each(cases)('%s', (_name, timeZone, day, hours) => {
    const [period] = cut('day', day, day, timeZone).periods
    expect((period!.until - period!.from) / HOUR).toBe(hours)
    // Hours of the clock run through: as many as the day has.
    expect(cut('hour', day, day, timeZone).periods).toHaveLength(hours)
  })
})

describe('periods', () => {
  const cases: [SeriesGrain, string, string, string[]][] = [
    ['week', '2026-03-04', '2026-03-10', ['2026-03-02', '2026-03-09']],
    ['month', '2026-01-31', '2026-02-01', ['2026-01-01', '2026-02-01']],
    ['quarter', '2026-05-05', '2026-05-05', ['2026-04-01']],
    ['fiscal-year', '2026-03-31', '2026-04-01', ['2025-04-01', '2026-04-01']],
    ['fiscal-quarter', '2026-06-30', '2026-07-01', ['2026-04-01', '2026-07-01']],
  ]
  test.each(cases)('%s from %s to %s', (grain, from, to, starts) => {
    expect(cut(grain, from, to).periods.map((period) => period.start)).toEqual(starts)
  })
  test('weeks begin where the organisation begins them', () => {
    const [first] = cut('week', '2026-03-04', '2026-03-04', 'Asia/Shanghai', { ...PERIODS, weekStart: 7 }).periods
    expect(first!.start).toBe('2026-03-01')
  })
  test('minutes between two instants', () => {
    const { periods } = cut('minute', '2026-03-01T10:00:30Z', '2026-03-01T10:03:00Z')
    expect(periods.map((period) => period.start)).toEqual([
      '2026-03-01T10:00:00Z',
      '2026-03-01T10:01:00Z',
      '2026-03-01T10:02:00Z',
    ])
  })

  test('one after the other, without gaps, around the whole range', () => {
    const day = fc.integer({ min: 0, max: 12_000 }).map((days) => Temporal.PlainDate.from('1991-01-01').add({ days }))
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia')
    const grain = fc.constantFrom(...seriesGrain.options.filter((each) => each !== 'minute' && each !== 'hour'))
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), zone, grain, (from, days, timeZone, each) => {
        const to = from.add({ days })
        fc.pre(!(timeZone === 'Pacific/Apia' && days === 0 && from.toString() === '2011-12-30'))
        const made = cut(each, from.toString(), to.toString(), timeZone)
        for (const [index, period] of made.periods.entries()) {
          expect(period.until).toBeGreaterThan(period.from)
          if (index > 0) expect(period.from).toBe(made.periods[index - 1]!.until)
        }
        expect(made.periods[0]!.from).toBeLessThanOrEqual(from.toZonedDateTime(timeZone).epochMilliseconds)
        expect(endOf(made)).toBeGreaterThanOrEqual(to.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds)
      }),
      { numRuns: 300 },
    )
  })
})

test('a day the zone left out is no period, and alone it is refused', () => {
  const around = cut('day', '2011-12-29', '2011-12-31', 'Pacific/Apia').periods
  expect(around.map((period) => period.start)).toEqual(['2011-12-29', '2011-12-31'])
  expect(around[1]!.from).toBe(around[0]!.until)
  expect(() => cut('day', '2011-12-30', '2011-12-30', 'Pacific/Apia')).toThrow()
})

describe('what cannot be cut', () => {
  const cases: [string, SeriesGrain, string, string][] = [
    ['upside down', 'day', '2026-03-02', '2026-03-01'],
    ['upside down by the clock', 'minute', '2026-03-01T10:00:00Z', '2026-03-01T09:00:00Z'],
    ['too many minutes', 'minute', '2026-03-01', '2026-03-10'],
    ['too many days', 'day', '1990-01-01', '2026-01-01'],
    ['days by instants', 'day', '2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z'],
  ]
  test.each(cases)('%s', (_name, grain, from, to) => {
    expect(() => cut(grain, from, to)).toThrow(expect.objectContaining({ code: 'INVALID' }))
  })
  test('the limit itself is allowed', () => {
    const to = Temporal.PlainDate.from('2020-01-01')
      .add({ days: PERIODS_LIMIT - 1 })
      .toString()
    expect(cut('day', '2020-01-01', to).periods).toHaveLength(PERIODS_LIMIT)
  })
})
