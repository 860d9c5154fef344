import { describe, expect, test } from 'vitest'
import type { Grades } from '../../contract.ts'
import { starBorders, starsOf } from './stars.ts'

const scores = Float64Array.from([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])

describe('borders of the grades', () => {
  test('fixed ones are as given', () => {
    expect(starBorders({ bands: { kind: 'fixed', from: [60, 80] }, hysteresisPoints: 0 }, scores)).toEqual([60, 80])
  })
  test('quantiles of the ranked; ties bring borders together, never out of order', () => {
    const bands: Grades['bands'] = { kind: 'quantile', shares: [0.2, 0.3, 0.5] }
    const borders = starBorders({ bands, hysteresisPoints: 0 }, scores)
    expect(borders).toEqual([28, 55])
    const tied = starBorders({ bands, hysteresisPoints: 0 }, Float64Array.from([5, 5, 5, 5]))
    expect(tied.length).toBeLessThanOrEqual(1)
    expect(starBorders({ bands, hysteresisPoints: 0 }, new Float64Array(0))).toEqual([])
  })
  test('k-means finds the gaps, and as many groups as there are different scores at most', () => {
    const bands = { kind: 'k-means', count: 3 } as const
    const clear = Float64Array.from([1, 2, 3, 50, 51, 52, 98, 99])
    expect(starBorders({ bands, hysteresisPoints: 0 }, clear)).toEqual([50, 98])
    expect(starBorders({ bands, hysteresisPoints: 0 }, Float64Array.from([4, 4, 7]))).toEqual([7])
    expect(starBorders({ bands, hysteresisPoints: 0 }, Float64Array.from([4, 4]))).toEqual([])
  })
})

describe('the grade of a unit', () => {
  const borders = [60, 70, 80, 90]
  const cases: [string, number, number | null, number | null, { stars: number; held: boolean }][] = [
    ['on a border counts as reached', 70, null, null, { stars: 3, held: false }],
    ['a little above the border is not enough to rise', 70.5, 2, null, { stars: 2, held: true }],
    ['far enough above is', 71, 2, null, { stars: 3, held: false }],
    ['a little below is not enough to fall', 69.5, 3, null, { stars: 3, held: true }],
    ['far below falls, several at once', 58, 4, null, { stars: 1, held: false }],
    ['a gate caps it', 95, 5, 2, { stars: 2, held: false }],
    ['a gate caps nothing that is lower', 65, null, 3, { stars: 2, held: false }],
  ]
  test.each(cases)('%s', (_name, composite, before, most, expected) => {
    const found = starsOf({ composite, uncapped: composite }, borders, 1, before, most)
    expect({ stars: found.stars, held: found.held }).toEqual(expected)
  })
  test('grades that are not given any more cannot be held', () => {
    expect(starsOf({ composite: 75, uncapped: 75 }, [60], 1, 5, null).stars).toBe(2)
  })
  test('what the score alone would give is told', () => {
    expect(starsOf({ composite: 55, uncapped: 95 }, borders, 0, null, null).uncapped).toBe(5)
  })
})
