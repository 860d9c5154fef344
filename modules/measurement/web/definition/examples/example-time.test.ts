import { expect, test } from 'vitest'
import { clockTime, instantOf } from './example-time.ts'

test.each([
  ['2026-03-02T02:00:00Z', 'Asia/Shanghai', '2026-03-02T10:00:00'],
  ['2026-07-01T12:34:56Z', 'Europe/Berlin', '2026-07-01T14:34:56'],
  ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29T03:00:00'],
  ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29T01:59:59'],
  ['2026-12-31T18:30:00Z', 'Asia/Kolkata', '2027-01-01T00:00:00'],
])('%s in %s is %s, and back', (instant, zone, clock) => {
  expect(clockTime(instant, zone)).toBe(clock)
  expect(instantOf(clock, zone)).toBe(instant)
})
test('what is no time stays empty', () => {
  expect(instantOf('', 'UTC')).toBe('')
  expect(clockTime('', 'UTC')).toBe('')
})
