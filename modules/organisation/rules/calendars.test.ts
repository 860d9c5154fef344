import { describe, expect, test } from 'vitest'
import type { CalendarContent } from '../contract.ts'
import { holidayGaps, holidayYearsOf, monthDays, versionStates, withHolidays } from './calendars.ts'

const office = [{ openMinute: 540, closeMinute: 1050 }]
const name = { zh: '名称', en: 'name' }
const content = (overrides: CalendarContent['overrides'] = []): CalendarContent => ({
  weekdays: [[], office, office, office, office, [], []],
  overrides,
})
const holiday = { day: '2026-10-01', kind: 'holiday' as const, name }
const worked = { day: '2026-10-10', kind: 'make-up-workday' as const, name }

describe('importing holidays', () => {
  test('holidays are closed, make-up workdays have the hours of an ordinary day, in order', () => {
    expect(withHolidays(content(), [worked, holiday]).overrides).toEqual([
      { ...holiday, intervals: [] },
      { ...worked, intervals: office },
    ])
  })
  test('what somebody entered stays, earlier imports are replaced, importing twice changes nothing', () => {
    const special = { day: '2026-10-01', kind: 'special' as const, intervals: office, name: { zh: '照常', en: 'Open' } }
    const before = content([special, { ...worked, intervals: [] }, { ...holiday, day: '2025-10-01', intervals: [] }])
    const after = withHolidays(before, [worked, holiday])
    expect(after.overrides.map((one) => [one.day, one.kind, one.intervals.length])).toEqual([
      ['2025-10-01', 'holiday', 0],
      ['2026-10-01', 'special', 1],
      ['2026-10-10', 'make-up-workday', 1],
    ])
    expect(withHolidays(after, [worked, holiday])).toEqual(after)
  })
})

describe('years without holidays', () => {
  const cases: [string, number[], number[], number, [number, boolean][]][] = [
    ['all is well', [2026, 2027], [2026, 2027], 2026, []],
    ['the next year is not known yet', [2025, 2026], [2024, 2025, 2026], 2026, [[2027, false]]],
    [
      'this year was not imported',
      [2025],
      [2025, 2026],
      2026,
      [
        [2026, true],
        [2027, false],
      ],
    ],
    ['a calendar that follows no holidays', [], [2026], 2026, []],
  ]
  test.each(cases)('%s', (_name, followed, known, year, gaps) => {
    expect(holidayGaps(followed, known, year).map((one) => [one.year, one.known])).toEqual(gaps)
  })
  test('the years a calendar follows', () => {
    const followed = withHolidays(content(), [
      holiday,
      { ...holiday, day: '2025-10-01' },
      { ...worked, day: '2027-02-07' },
    ])
    expect(holidayYearsOf(followed)).toEqual([2025, 2026])
  })
})

describe('a month as a sheet', () => {
  const cases: [string, number, string, string, number][] = [
    ['2026-02', 1, '2026-01-26', '2026-03-01', 35],
    ['2026-02', 7, '2026-02-01', '2026-02-28', 28],
    ['2026-11', 1, '2026-10-26', '2026-12-06', 42],
    ['2026-12', 6, '2026-11-28', '2027-01-01', 35],
  ]
  test.each(cases)('%s with weeks from %d: %s to %s', (month, weekStart, first, last, count) => {
    const days = monthDays([{ version: 1, effectiveFrom: '2026-01-01', content: content() }], month, weekStart)
    expect([days[0]!.day, days.at(-1)!.day, days.length]).toEqual([first, last, count])
  })
  test('each day as the version of that day has it', () => {
    const closed = { ...content(), weekdays: [[], [], [], [], [], [], office] }
    const versions = [
      { version: 1, effectiveFrom: '2026-01-01', content: content() },
      { version: 2, effectiveFrom: '2026-11-16', content: closed },
    ]
    const open = monthDays(versions, '2026-11', 1).map((one) => (one.intervals.length > 0 ? 'x' : '.'))
    expect(open.join('').match(/.{7}/g)).toEqual(['.xxxx..', '.xxxx..', '.xxxx..', '......x', '......x', '......x'])
  })
})

test('what each version is today', () => {
  const versions = [
    { version: 1, effectiveFrom: '2024-01-01' },
    { version: 2, effectiveFrom: '2026-03-01' },
    { version: 3, effectiveFrom: '2026-03-01' },
    { version: 4, effectiveFrom: '2027-01-01' },
  ]
  expect([...versionStates(versions, '2026-11-21').values()]).toEqual(['over', 'corrected', 'now', 'later'])
  expect([...versionStates(versions, '2020-01-01').values()]).toEqual(['now', 'corrected', 'later', 'later'])
})
