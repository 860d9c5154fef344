import { expect, test } from 'vitest'
import { seededChance } from '../../../platform/seeded-random.ts'
import { watchEffect } from './watching.ts'

/** Twenty weeks after the measure at 25 where 40 would have been, then as `later` says; `common` moves everybody. */
function watched(later: (week: number) => number, common: (week: number) => number = () => 0, seed = 1) {
  const random = seededChance(seed)
  const noise = () => 3 * (random() + random() - 1)
  const day = (index: number) => Temporal.PlainDate.from('2025-01-06').add({ weeks: index }).toString()
  const unit = Array.from({ length: 20 }, (_, i) => ({ periodStart: day(i), value: 30 + noise(), n: 1, weight: 1 }))
  return watchEffect({
    interventionOn: day(0),
    endsOn: day(20),
    effect: -15,
    points: Array.from({ length: 20 }, (_, i) => ({ periodStart: day(i), value: 25 + noise(), counterfactual: 40 })),
    comparison: [{ points: unit }],
    later: Array.from({ length: 26 }, (_, i) => ({
      periodStart: day(20 + i),
      value: later(i) + common(i) + noise(),
      comparison: [30 + common(i) + noise()],
    })),
  })
}

test('an effect that lasts is left alone, also when everybody moves', () => {
  for (let seed = 1; seed <= 40; seed++) {
    expect(
      watched(
        () => 25,
        () => 0,
        seed,
      ).relapsedSince,
    ).toBeNull()
    expect(
      watched(
        () => 25,
        (week) => week,
        seed,
      ).relapsedSince,
    ).toBeNull()
  }
})

test('an effect that is gone is found within some weeks', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { relapsedSince } = watched(
      (week) => (week < 8 ? 25 : 40),
      () => 0,
      seed,
    )
    const weeks = Temporal.PlainDate.from('2025-01-06').until(relapsedSince!, { largestUnit: 'week' }).weeks - 28
    expect(weeks).toBeGreaterThanOrEqual(0)
    expect(weeks).toBeLessThanOrEqual(4)
  }
})

test('an effect that fades away is found, with its half-life; nothing later is no answer', () => {
  const fading = watched((week) => 25 + week * 0.6)
  expect(fading.relapsedSince).not.toBeNull()
  expect(fading.fadingP).toBeLessThan(0.01)
  expect(fading.halfLifePeriods).toBeGreaterThan(8)
  expect(fading.halfLifePeriods).toBeLessThan(16)
  expect(watchEffect({ interventionOn: '', endsOn: '', effect: -1, points: [], comparison: [], later: [] })).toEqual({
    periods: [],
    relapsedSince: null,
    fadingP: null,
    halfLifePeriods: null,
  })
})
