import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calendar, calendarDays, dayIntervals, type Interval, openMinutes, type WeeklyHours } from './calendar.ts'
import { type CalendarRule, checkCalendar } from './check-calendar.ts'
import { dayNumber, dayText, isDay, monthStart, weekdayOf } from './days.ts'
import { dayMinutes, instantAt, isOpen, openSpans } from './instants.ts'
import { versionFor } from './versions.ts'

const at = (open: number, close: number): Interval => ({ openMinute: open * 60, closeMinute: close * 60 })
const office = [at(9, 12), at(13.5, 17.5)]
const name = { zh: '名称', en: 'name' }
const weekly: WeeklyHours = {
  weekdays: [office, office, office, office, office, [], []],
  overrides: [
    { day: '2026-10-01', kind: 'holiday', intervals: [], name },
    { day: '2026-10-10', kind: 'make-up-workday', intervals: office, name },
    { day: '2026-10-12', kind: 'special', intervals: [at(14, 16), at(9, 10)], name },
  ],
}
const inZone = (timeZone: string, hours: readonly Interval[]): Calendar => ({
  timeZone,
  weekdays: Array.from({ length: 7 }, () => hours),
  overrides: [],
})

describe('days', () => {
  const texts: [string, boolean][] = [
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2026-13-01', false],
    ['2026-1-01', false],
    ['0001-01-01', true],
    ['', false],
    ['2026-01-01T00:00', false],
  ]
  test.each(texts)('%s is a day: %s', (text, is) => expect(isDay(text)).toBe(is))
  test('a text that is no day is refused', () => expect(() => dayNumber('2025-02-29')).toThrow(RangeError))
  test('agrees with Temporal on every day of four centuries', () => {
    for (let number = dayNumber('1800-01-01'); number <= dayNumber('2200-01-01'); number += 7) {
      const date = Temporal.PlainDate.from('1970-01-01').add({ days: number })
      expect([dayText(number), weekdayOf(number)]).toEqual([date.toString(), date.dayOfWeek])
      expect(dayNumber(dayText(number))).toBe(number)
    }
  })
  test('months run past the year', () => {
    expect(dayText(monthStart(2026, 13))).toBe('2027-01-01')
    expect(dayText(monthStart(2026, 0))).toBe('2025-12-01')
  })
})

describe('days of a calendar', () => {
  const cases: [string, number, string][] = [
    ['2026-09-30', 420, 'pattern'],
    ['2026-10-01', 0, 'holiday'],
    ['2026-10-03', 0, 'pattern'],
    ['2026-10-10', 420, 'make-up-workday'],
    ['2026-10-12', 180, 'special'],
  ]
  test.each(cases)('%s is open %d minutes, as %s', (day, minutes, kind) => {
    expect(openMinutes(dayIntervals(weekly, day))).toBe(minutes)
    expect(calendarDays(weekly, day, day)[0]).toMatchObject({ day, kind })
  })
  test('intervals come in order, and days one by one', () => {
    expect(dayIntervals(weekly, '2026-10-12').map((one) => one.openMinute)).toEqual([540, 840])
    const days = calendarDays(weekly, '2026-09-28', '2026-10-12')
    expect(days.map((one) => one.day)).toEqual(
      Array.from({ length: 15 }, (_, index) => dayText(dayNumber('2026-09-28') + index)),
    )
    expect(calendarDays(weekly, '2026-10-02', '2026-10-01')).toEqual([])
  })
})

describe('what a calendar must not be', () => {
  const seven = (monday: Interval[]) => [monday, [], [], [], [], [], []]
  const of = (weekdays: Interval[][], overrides: WeeklyHours['overrides'] = []) => ({ weekdays, overrides })
  const special = (day: string, intervals = [at(9, 10)]) => ({ day, kind: 'special' as const, intervals, name })
  const cases: [string, WeeklyHours, [string, CalendarRule][]][] = [
    ['sound', weekly, []],
    ['touching intervals', of(seven([at(9, 12), at(12, 13)])), []],
    ['the whole day', of(seven([at(0, 24)])), []],
    ['overlap', of(seven([at(9, 12), at(11, 13)])), [['weekdays.0.1', 'overlap']]],
    ['overlap out of order', of(seven([at(11, 13), at(9, 12)])), [['weekdays.0.0', 'overlap']]],
    ['the same twice', of(seven([at(9, 12), at(9, 12)])), [['weekdays.0.1', 'overlap']]],
    ['closing before opening', of(seven([at(9, 9)])), [['weekdays.0.0', 'open-before-close']]],
    ['a night in one piece', of(seven([at(22, 6)])), [['weekdays.0.0', 'open-before-close']]],
    ['past midnight', of(seven([at(22, 25)])), [['weekdays.0.0', 'minute-of-day']]],
    ['half a minute', of(seven([{ openMinute: 0.5, closeMinute: 9 }])), [['weekdays.0.0', 'minute-of-day']]],
    [
      'six days',
      of(
        seven([at(9, 10)])
          .slice(1)
          .with(0, [at(9, 10)]),
      ),
      [['weekdays', 'seven-weekdays']],
    ],
    ['no working time', of(seven([])), [['weekdays', 'no-working-time']]],
    ['open on one special day only', of(seven([]), [special('2026-01-01')]), []],
    [
      'a day twice',
      of(seven([at(9, 10)]), [special('2026-01-01'), special('2026-01-01')]),
      [['overrides.1', 'duplicate-day']],
    ],
    ['no such day', of(seven([at(9, 10)]), [special('2026-02-30')]), [['overrides.0', 'not-a-day']]],
    [
      'overlap on a special day',
      of(seven([at(9, 10)]), [special('2026-01-01', [at(1, 3), at(2, 4)])]),
      [['overrides.0.intervals.1', 'overlap']],
    ],
  ]
  test.each(cases)('%s', (_name, calendar, issues) => {
    expect(checkCalendar(calendar).map(({ field, rule }) => [field, rule])).toEqual(issues)
  })
})

describe('instants', () => {
  const zones: [string, string, number][] = [
    ['Europe/London', '2026-03-29', 1380],
    ['Europe/London', '2026-10-25', 1500],
    ['Europe/London', '2026-06-01', 1440],
    // Midnight itself was left out and came twice.
    ['America/Sao_Paulo', '2018-11-04', 1380],
    ['America/Sao_Paulo', '2018-02-17', 1500],
    ['Asia/Shanghai', '2026-10-25', 1440],
    ['Asia/Shanghai', '1990-04-15', 1380],
    // A zone that crossed the date line had no such day.
    ['Pacific/Apia', '2011-12-30', 0],
  ]
  test.each(zones)('%s: %s has %d minutes', (zone, day, minutes) => {
    expect(dayMinutes(day, zone)).toBe(minutes)
    const spans = openSpans(inZone(zone, [at(0, 24)]), day)
    expect(spans.reduce((sum, { from, to }) => sum + to.since(from).total('minutes'), 0)).toBe(minutes)
  })

  const london = inZone('Europe/London', [at(1.5, 9)])
  const cases: [string, Calendar, string, boolean][] = [
    ['opening counts', london, '2026-06-01T00:30:00Z', true],
    ['a moment before does not', london, '2026-06-01T00:29:59.999999999Z', false],
    ['closing does not', london, '2026-06-01T08:00:00Z', false],
    ['01:30 left out opens at 02:30', london, '2026-03-29T01:29:59Z', false],
    ['01:30 left out: open from 02:30 summer time', london, '2026-03-29T01:30:00Z', true],
    ['01:30 twice opens the first time', london, '2026-10-25T00:30:00Z', true],
    ['and stays open when the clock says 01:15 again', london, '2026-10-25T01:15:00Z', true],
    ['closing at 01:30 happens once', inZone('Europe/London', [at(0, 1.5)]), '2026-10-25T01:15:00Z', false],
    ['an hour left out is no hour', inZone('Europe/London', [at(1, 1.5)]), '2026-03-29T01:15:00Z', true],
    ['a night goes on after midnight', inZone('Asia/Shanghai', [at(0, 6), at(22, 24)]), '2026-05-01T16:00:00Z', true],
    ['Shanghai at noon', { timeZone: 'Asia/Shanghai', ...weekly }, '2026-09-30T04:00:00Z', false],
    ['Shanghai on a make-up Saturday', { timeZone: 'Asia/Shanghai', ...weekly }, '2026-10-10T01:00:00Z', true],
    ['Shanghai on a holiday', { timeZone: 'Asia/Shanghai', ...weekly }, '2026-10-01T02:00:00Z', false],
  ]
  test.each(cases)('%s', (_name, calendar, instant, open) => {
    expect(isOpen(calendar, Temporal.Instant.from(instant))).toBe(open)
  })

  test('minutes of the clock become instants', () => {
    expect(instantAt('2018-11-04', 0, 'America/Sao_Paulo').toString()).toBe('2018-11-04T03:00:00Z')
    expect(instantAt('2026-03-29', 90, 'Europe/London').toString()).toBe('2026-03-29T01:30:00Z')
    expect(instantAt('2026-10-25', 90, 'Europe/London').toString()).toBe('2026-10-25T00:30:00Z')
  })
})

/** Sound hours of a day: an even number of different cuts, taken in pairs. */
const soundDay = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 8 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, index) => ({
      openMinute: cuts[2 * index]!,
      closeMinute: cuts[2 * index + 1]!,
    })),
  )
const anyZone = fc.constantFrom('Europe/London', 'America/Sao_Paulo', 'Asia/Shanghai', 'Australia/Lord_Howe')
const anyDay = fc.integer({ min: dayNumber('2010-01-01'), max: dayNumber('2030-12-31') }).map(dayText)

describe('whatever the hours', () => {
  test('open spans are in order, apart, within the day, and say the same as isOpen', () => {
    fc.assert(
      fc.property(anyZone, soundDay, anyDay, fc.integer({ min: 0, max: 1499 }), (zone, hours, day, minute) => {
        const calendar = inZone(zone, hours)
        const spans = openSpans(calendar, day)
        const edges = spans.flatMap(({ from, to }) => [from.epochMilliseconds, to.epochMilliseconds])
        expect(edges).toEqual(edges.toSorted((a, b) => a - b))
        if (minute >= dayMinutes(day, zone)) return
        const instant = instantAt(day, 0, zone).add({ minutes: minute })
        const inSpan = spans.some(
          ({ from, to }) =>
            from.epochMilliseconds <= instant.epochMilliseconds && instant.epochMilliseconds < to.epochMilliseconds,
        )
        expect(isOpen(calendar, instant)).toBe(inSpan)
      }),
    )
  })
  test('where the clock runs straight, isOpen is what the clock on the wall says', () => {
    fc.assert(
      fc.property(soundDay, anyDay, fc.integer({ min: 0, max: 1439 }), (hours, day, minute) => {
        const open = hours.some((one) => one.openMinute <= minute && minute < one.closeMinute)
        const instant = instantAt(day, minute, 'Asia/Shanghai')
        expect(isOpen(inZone('Asia/Shanghai', hours), instant)).toBe(open)
      }),
    )
  })
  test('sound hours pass the check, and an interval put twice does not', () => {
    fc.assert(
      fc.property(
        soundDay.filter((hours) => hours.length > 0),
        (hours) => {
          const calendar = inZone('Asia/Shanghai', hours)
          expect(checkCalendar(calendar)).toEqual([])
          expect(
            checkCalendar({ ...calendar, weekdays: calendar.weekdays.with(3, [...hours, hours[0]!]) }),
          ).toHaveLength(1)
        },
      ),
    )
  })
})

describe('versions', () => {
  const versions = [
    { version: 1, effectiveFrom: '2024-01-01' },
    { version: 2, effectiveFrom: '2026-03-01' },
    { version: 3, effectiveFrom: '2026-03-01' },
    { version: 4, effectiveFrom: '2027-01-01' },
  ]
  const cases: [string, number][] = [
    ['2020-01-01', 1],
    ['2026-02-28', 1],
    ['2026-03-01', 3],
    ['2026-12-31', 3],
    ['2027-01-01', 4],
  ]
  test.each(cases)('%s is judged by version %d', (day, version) => {
    expect(versionFor(versions, day)?.version).toBe(version)
    expect(versionFor(versions.toReversed(), day)?.version).toBe(version)
  })
  test('without versions there is none', () => expect(versionFor([], '2026-01-01')).toBeUndefined())
  test('a corrected first version reaches back corrected', () => {
    const corrected = [
      { version: 1, effectiveFrom: '2026-01-01' },
      { version: 2, effectiveFrom: '2026-01-01' },
    ]
    expect(versionFor(corrected, '2020-01-01')?.version).toBe(2)
  })
})
