import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HoursProblem, hoursProblem, readHours, writeHours } from './hours.ts'

describe('hours as people type them', () => {
  const cases: [string, string | null][] = [
    ['', ''],
    ['  ', ''],
    ['9-12', '09:00–12:00'],
    ['9:00-12:00, 13:30-17:30', '09:00–12:00, 13:30–17:30'],
    ['13:30~17:30 9~12', '09:00–12:00, 13:30–17:30'],
    ['０９：００－１２：００，１３：３０－１７：３０', '09:00–12:00, 13:30–17:30'],
    ['9至12、14到18', '09:00–12:00, 14:00–18:00'],
    ['0900-1730', '09:00–17:30'],
    ['9 – 17', '09:00–17:00'],
    ['0-24', '00:00–24:00'],
    ['24小时', '00:00–24:00'],
    ['all day', '00:00–24:00'],
    ['休息', ''],
    ['closed', ''],
    ['9', null],
    ['9-25', null],
    ['9-24:30', null],
    ['9:75-12', null],
    ['morning', null],
    ['9-12-15', null],
  ]
  test.each(cases)('%j is %j', (text, meant) => {
    const intervals = readHours(text)
    expect(intervals === null ? null : writeHours(intervals)).toBe(meant)
  })
  const problems: [string, HoursProblem | null][] = [
    ['9-12, 12-13', null],
    ['', null],
    ['9-12, 11-13', 'overlap'],
    ['22-6', 'open-before-close'],
    ['9-9', 'open-before-close'],
    ['?', 'unreadable'],
  ]
  test.each(problems)('%j: %j', (text, problem) => expect(hoursProblem(text)).toBe(problem))
  test('what is written is read as it was', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(cuts, (minutes) => {
        const sorted = minutes.toSorted((a, b) => a - b)
        const hours = Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
          openMinute: sorted[2 * index]!,
          closeMinute: sorted[2 * index + 1]!,
        }))
        expect(readHours(writeHours(hours))).toEqual(hours)
      }),
    )
  })
  test('whatever is typed is read or refused, never thrown', () => {
    fc.assert(fc.property(fc.string(), (text) => void hoursProblem(text)))
  })
})
