import { describe, expect, test } from 'vitest'
import type { CalendarContent } from '../contract.ts'
import { coversYear, withHolidays } from './calendars.ts'

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
  test('a year is covered by its holidays', () => {
    const with_ = withHolidays(content(), [holiday])
    expect([coversYear(with_, 2026), coversYear(with_, 2027)]).toEqual([true, false])
  })
})
