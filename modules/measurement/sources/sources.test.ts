import { describe, expect, test } from 'vitest'
import { freshnessOf } from '../rules/freshness.ts'
import { nextDue } from './due.ts'
import { matchesPattern } from './folder.ts'

const NOW = Temporal.Instant.from('2026-03-02T01:00:00Z')

describe('freshness', () => {
  const ago = (minutes: number) => NOW.subtract({ minutes })
  const cases: [string, boolean, number | null, number | null, number, string][] = [
    ['just arrived', true, 10, 0, 100, 'fresh'],
    ['eight of ten minutes', true, 10, 8, 100, 'fresh'],
    ['more than eight', true, 10, 9, 100, 'late'],
    ['at the limit', true, 10, 10, 100, 'late'],
    ['beyond', true, 10, 11, 100, 'silent'],
    ['never arrived, made just now', true, 10, null, 0, 'fresh'],
    ['never arrived, made long ago', true, 10, null, 11, 'silent'],
    ['set to work again after an older arrival', true, 10, 500, 3, 'fresh'],
    ['nobody waits', true, null, 500, 900, 'unwatched'],
    ['paused', false, 10, 500, 900, 'paused'],
  ]
  for (const [name, enabled, expectWithinMinutes, arrived, watched, expected] of cases) {
    test(name, () => {
      const lastArrivalAt = arrived === null ? null : ago(arrived)
      expect(freshnessOf({ enabled, expectWithinMinutes, lastArrivalAt, watchedSince: ago(watched) }, NOW)).toBe(
        expected,
      )
    })
  }
})

test('names of files', () => {
  expect(matchesPattern('Export-1.CSV', 'export-*.csv')).toBe(true)
  expect(matchesPattern('xcsv', '*.csv')).toBe(false)
  expect(matchesPattern('a(b)+.csv', 'a(b)+.*')).toBe(true)
})

test('when a pull is due', () => {
  const pull = (schedule: { cron: string } | { everyMinutes: number }) =>
    nextDue({ kind: 'pull', url: 'https://x.example', headers: [], schedule }, NOW, 'Asia/Shanghai')?.toString()
  expect(pull({ everyMinutes: 15 })).toBe('2026-03-02T01:15:00Z')
  // Nine in the morning in Shanghai; six o'clock there is ten in the evening in London.
  expect(pull({ cron: '0 6 * * 1-5' })).toBe('2026-03-02T22:00:00Z')
  expect(pull({ cron: '0 6 * *' })).toBeUndefined()
  expect(nextDue({ kind: 'webhook' }, NOW, 'UTC')).toBeNull()
})
