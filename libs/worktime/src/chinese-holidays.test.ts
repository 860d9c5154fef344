import { expect, test } from 'vitest'
import { calendarDays } from './calendar.ts'
import { checkCalendar } from './check-calendar.ts'
import { chineseHolidays, coveredYears, noticeOf } from './chinese-holidays.ts'
import { dayNumber, weekdayOf } from './days.ts'

const office = [{ openMinute: 540, closeMinute: 1050 }]
const weekdays = [office, office, office, office, office, [], []]
const of = (year: number) => chineseHolidays([year], weekdays)

test('the years are told, and others give nothing', () => {
  expect(coveredYears).toEqual([2024, 2025, 2026])
  expect(of(2027)).toEqual([])
  expect(noticeOf(2026)).toBe('国办发明电〔2025〕7号')
  expect(noticeOf(2027)).toBeUndefined()
})

// Read from the notices: days off and make-up workdays of each year.
test.each([
  [2024, 28, ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12']],
  [2025, 28, ['01-26', '02-08', '04-27', '09-28', '10-11']],
  [2026, 33, ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']],
])('%d has %d days off, and its make-up workdays', (year, daysOff, makeUp) => {
  const days = of(year)
  expect(days.filter((one) => one.kind === 'holiday')).toHaveLength(daysOff)
  const worked = days.filter((one) => one.kind === 'make-up-workday')
  expect(worked.map((one) => one.day.slice(5))).toEqual(makeUp)
  for (const one of worked) {
    expect(weekdayOf(dayNumber(one.day)), one.day).toBeGreaterThan(5)
    expect(one.intervals).toEqual(office)
  }
})

test('Spring Festival of 2026 by the notice: nine days off, worked on 14 and 28 February', () => {
  const calendar = { weekdays, overrides: of(2026) }
  expect(checkCalendar(calendar)).toEqual([])
  const open = calendarDays(calendar, '2026-02-13', '2026-03-01').map((one) => (one.intervals.length > 0 ? 'x' : '.'))
  expect(open.join('')).toBe('xx.........xxxxx.')
})

test('every day once, in order, over all years', () => {
  const days = chineseHolidays(coveredYears, weekdays).map((one) => one.day)
  expect(days).toEqual([...new Set(days)].toSorted())
})
