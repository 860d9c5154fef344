import { describe, expect, test } from 'vitest'
import { seededChance } from '#platform/seeded-random'
import { exponential, meanWaiting, nextArrival, openWindows, pass } from './queue.ts'

const SERVICE_MEAN_MINUTES = 4
const LOAD = 12 / 13

test('theory: three windows of their own wait 48.0 minutes, pooled 14.9', () => {
  expect(meanWaiting(1, LOAD, SERVICE_MEAN_MINUTES)).toBeCloseTo(48, 10)
  expect(meanWaiting(3, LOAD, SERVICE_MEAN_MINUTES)).toBeCloseTo(14.9, 1)
  expect(() => meanWaiting(1, 1, 4)).toThrow(RangeError)
})

/** Mean waiting and its standard error from the means of long batches, which are nearly independent. */
function simulate(windowCount: number, customers: number, batches: number): { mean: number; standardError: number } {
  const random = seededChance(20_260)
  const windows = openWindows(windowCount)
  const gap = SERVICE_MEAN_MINUTES / (LOAD * windowCount)
  const means: number[] = []
  let minutes = 0
  for (let batch = -1; batch < batches; batch += 1) {
    let sum = 0
    for (let index = 0; index < customers; index += 1) {
      minutes = nextArrival(random, minutes, gap)
      sum += pass(windows, minutes, exponential(random, SERVICE_MEAN_MINUTES)).waitingMinutes
    }
    // The first batch fills the empty queue and is left out.
    if (batch >= 0) means.push(sum / customers)
  }
  const mean = means.reduce((total, each) => total + each, 0) / batches
  const variance = means.reduce((total, each) => total + (each - mean) ** 2, 0) / (batches - 1)
  return { mean, standardError: Math.sqrt(variance / batches) }
}

describe('the simulation agrees with theory within three of its own standard errors', () => {
  for (const [windows, name] of [
    [1, 'one window'],
    [3, 'three pooled windows'],
  ] as const) {
    test(name, () => {
      const { mean, standardError } = simulate(windows, 20_000, 60)
      const theory = meanWaiting(windows, LOAD, SERVICE_MEAN_MINUTES)
      expect(standardError).toBeLessThan(theory / 10)
      expect(Math.abs(mean - theory)).toBeLessThan(3 * standardError)
    })
  }
})

test('the window that is free for longest serves next, and nobody overtakes', () => {
  const windows = openWindows(2)
  expect(pass(windows, 0, 10)).toMatchObject({ window: 0, waitingMinutes: 0 })
  expect(pass(windows, 1, 2)).toMatchObject({ window: 1, waitingMinutes: 0 })
  expect(pass(windows, 2, 5)).toMatchObject({ window: 1, waitingMinutes: 1 })
  expect(pass(windows, 3, 5)).toMatchObject({ window: 1, waitingMinutes: 5 })
})
