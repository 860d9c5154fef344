import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankIntervals } from './rank-intervals.ts'
import { rankWithTies } from './rank-with-ties.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/ranks.json', import.meta.url), 'utf8'))
const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true })

describe('ranks', () => {
  test('against R rank(ties.method = "min") and the definition of rank intervals', () => {
    expect(rankWithTies(golden.scores)).toEqual(golden.ranks)
    const scores = golden.lower.map((lower: number, i: number) => ({ lower, upper: golden.upper[i] }))
    expect(rankIntervals(scores).map((rank) => rank.best)).toEqual(golden.best)
    expect(rankIntervals(scores).map((rank) => rank.worst)).toEqual(golden.worst)
  })
  test('missing values take no position; lowest first; ties within a tolerance', () => {
    expect(rankWithTies([90, null, 90, 70])).toEqual([1, null, 1, 3])
    expect(rankWithTies([3, 1, 2], 'lowest')).toEqual([3, 1, 2])
    expect(rankWithTies([90.4, 90, 89.5], 'highest', 0.5)).toEqual([1, 1, 3])
    expect(rankWithTies([])).toEqual([])
    expect(() => rankWithTies([Number.NaN])).toThrow(/values\[0\]/)
  })
  test('the rank of any score inside its interval lies inside the rank interval', () => {
    const unit = fc.record({ middle: number(10), half: fc.double({ min: 0, max: 5, noNaN: true }) })
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('highest', 'lowest'),
        (units, best) => {
          const side = best
          const intervals = rankIntervals(
            units.map(({ middle, half }) => ({ lower: middle - half, upper: middle + half })),
            side,
          )
          rankWithTies(
            units.map(({ middle }) => middle),
            side,
          ).forEach((rank, i) => {
            expect(rank).toBeGreaterThanOrEqual(intervals[i]!.best)
            expect(rank).toBeLessThanOrEqual(intervals[i]!.worst)
          })
        },
      ),
    )
  })
  test('lowest first is highest first of the mirrored scores', () => {
    const scores = golden.lower.map((lower: number, i: number) => ({ lower, upper: golden.upper[i] }))
    const mirrored = golden.lower.map((lower: number, i: number) => ({ lower: -golden.upper[i], upper: -lower }))
    expect(rankIntervals(mirrored, 'lowest')).toEqual(rankIntervals(scores))
  })
  test('bounds the wrong way round are refused', () => {
    expect(() => rankIntervals([{ lower: 2, upper: 1 }])).toThrow(/scores\[0\]/)
  })
})
