import { expect, test } from 'vitest'
import type { Measurements } from '#platform/measurements/measurements'
import { noteReceived, recentAnswers } from './recent-events.ts'

const HOUR = 3_600_000
const store = () => ({ opening: {} }) as Measurements
const NOW = Temporal.Instant.from('2026-03-10T00:00:00Z').epochMilliseconds

test('the copy answers about the last day and a half', () => {
  const measurements = store()
  noteReceived(measurements, NOW - HOUR)
  expect(recentAnswers(measurements, NOW, NOW - 36 * HOUR)).toBe(true)
  expect(recentAnswers(measurements, NOW, NOW - 37 * HOUR)).toBe(false)
})

test('a clock that went back finds what was old when it came: not in the copy', () => {
  const measurements = store()
  noteReceived(measurements, NOW)
  noteReceived(measurements, NOW - 5 * HOUR)
  const then = NOW - 400 * 24 * HOUR
  expect(recentAnswers(measurements, then, then - HOUR)).toBe(false)
  expect(recentAnswers(measurements, NOW, NOW - HOUR)).toBe(true)
  // Another opening of the store begins anew.
  expect(recentAnswers(store(), then, then - HOUR)).toBe(true)
})
