import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gradeByCuts, gradeWithHysteresis } from './grade-by-cuts.ts'
import { optimalClusters } from './optimal-clusters.ts'
import { quantileCuts } from './quantile-cuts.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/grades.json', import.meta.url), 'utf8'))
const clustered = (values: readonly number[], k: number, weights?: readonly number[]) => {
  const result = optimalClusters(values, k, weights)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

describe('fixed cuts and hysteresis', () => {
  const cuts = [60, 75, 90]
  test('a score on a cut has reached it', () => {
    expect([59.9, 60, 74, 75, 90, 100].map((score) => gradeByCuts(score, cuts))).toEqual([0, 1, 1, 2, 3, 3])
    expect(gradeByCuts(5, [])).toBe(0)
  })
  test('a grade moves only past the margin, and then as far as it must', () => {
    const from = (previous: number | null, score: number) => gradeWithHysteresis(score, previous, cuts, 2)
    expect([from(1, 76), from(1, 77), from(2, 74), from(2, 73), from(2, 72.9)]).toEqual([1, 2, 2, 2, 1])
    expect([from(0, 95), from(3, 10), from(null, 75)]).toEqual([3, 0, 2])
    expect(from(0, 91)).toBe(2)
  })
  test('without margin it is the plain grade; with one it never leaves the neighbourhood; repeating changes nothing', () => {
    const score = fc.double({ min: 0, max: 120, noNaN: true })
    fc.assert(
      fc.property(
        score,
        fc.integer({ min: 0, max: 3 }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (x, previous, margin) => {
          expect(gradeWithHysteresis(x, previous, cuts, 0)).toBe(gradeByCuts(x, cuts))
          const got = gradeWithHysteresis(x, previous, cuts, margin)
          expect(got).toBeGreaterThanOrEqual(gradeByCuts(x - margin, cuts))
          expect(got).toBeLessThanOrEqual(gradeByCuts(x + margin, cuts))
          expect(gradeWithHysteresis(x, got, cuts, margin)).toBe(got)
          expect(gradeWithHysteresis(x + 1, previous, cuts, margin)).toBeGreaterThanOrEqual(got)
        },
      ),
    )
  })
  test('mistakes are refused by name', () => {
    expect(() => gradeByCuts(Number.NaN, cuts)).toThrow(/score/)
    expect(() => gradeByCuts(1, [2, 2])).toThrow(/cutPoints\[1\]/)
    expect(() => gradeWithHysteresis(1, 4, cuts, 1)).toThrow(/previousGrade/)
    expect(() => gradeWithHysteresis(1, 0, cuts, -1)).toThrow(/margin/)
  })
})

describe('quantile cuts', () => {
  test('against R quantile(), types 7 and 1', () => {
    const seven = quantileCuts(golden.scores, golden.shares)
    if (seven.kind === 'cannot') throw new Error(seven.detail)
    seven.cutPoints.forEach((cut, i) => expect(cut).toBeCloseTo(golden.type7[i], 12))
    expect(quantileCuts(golden.scores, golden.shares, 1)).toMatchObject({ cutPoints: golden.type1 })
  })
  test('0.3 of ten is three, gaps are ignored', () => {
    const ten = Array.from({ length: 10 }, (_, i) => i + 1)
    expect(quantileCuts([...ten, null], [0.1, 0.3, 0.7], 1)).toMatchObject({ cutPoints: [1, 3, 7] })
  })
  test('what cannot be, and mistakes by name', () => {
    expect(quantileCuts([null], [0.5])).toMatchObject({ because: 'no-data' })
    expect(quantileCuts([5, 5, 5, 9], [0.3, 0.5])).toMatchObject({ because: 'tied-cuts' })
    expect(() => quantileCuts([1], [0.5, 0.5])).toThrow(/shares\[1\]/)
    expect(() => quantileCuts([1], [1])).toThrow(/shares\[0\]/)
    expect(() => quantileCuts([Number.NaN], [0.5])).toThrow(/scores/)
    expect(() => quantileCuts([1], [0.5], 2 as 1)).toThrow(/type/)
  })
})

describe('optimal clusters', () => {
  test('against the quadratic dynamic programme in R, with and without weights', () => {
    for (const name of ['unweighted', 'weighted'] as const) {
      for (const { k, withinSquares, lowest } of golden[name]) {
        const got = clustered(golden.values, k, name === 'weighted' ? golden.weights : undefined)
        expect(got.withinSquares).toBeCloseTo(withinSquares, 8)
        expect(got.clusters.map((cluster) => cluster.lowest)).toEqual([lowest].flat())
        expect(got.cutPoints).toEqual([lowest].flat().slice(1))
      }
    }
  })
  test('the example of Wang and Song (2011): -1, 2, -1, 2, 4, 5, 6, -1, 2, -1 in three', () => {
    const got = clustered([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], 3)
    expect(got.clusters.map(({ centre, weight, withinSquares }) => [centre, weight, withinSquares])).toEqual([
      [-1, 4, 0],
      [2, 3, 0],
      [5, 3, 2],
    ])
    expect(got.totalSquares).toBeCloseTo(64.1, 9)
  })
  test('no other grouping is better; weights are repetitions; order is irrelevant', () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 11 })
    const squares = (list: number[]) => {
      const mean = list.reduce((sum, x) => sum + x, 0) / list.length
      return list.reduce((sum, x) => sum + (x - mean) ** 2, 0)
    }
    fc.assert(
      fc.property(values, (list) => {
        if (new Set(list).size < 3) return
        const sorted = [...list].sort((a, b) => a - b)
        let least = Number.POSITIVE_INFINITY
        for (let a = 1; a < sorted.length - 1; a++) {
          for (let b = a + 1; b < sorted.length; b++) {
            least = Math.min(
              least,
              squares(sorted.slice(0, a)) + squares(sorted.slice(a, b)) + squares(sorted.slice(b)),
            )
          }
        }
        const got = clustered(list, 3)
        expect(got.withinSquares).toBeCloseTo(least, 8)
        const distinct = [...new Set(list)]
        const counts = distinct.map((x) => list.filter((y) => y === x).length)
        expect(clustered(distinct, 3, counts)).toEqual(got)
        expect(got.clusters.reduce((sum, cluster) => sum + cluster.weight, 0)).toBe(list.length)
      }),
    )
  })
  test('far from zero digits are kept', () => {
    const got = clustered([1e9 + 1, 1e9 + 2, 1e9 + 8, 1e9 + 9], 2)
    expect(got.withinSquares).toBeCloseTo(1, 9)
    expect(got.cutPoints).toEqual([1e9 + 8])
  })
  test('what cannot be, and mistakes by name', () => {
    expect(optimalClusters([1, 1, 1], 2)).toMatchObject({ because: 'too-few-distinct' })
    expect(optimalClusters([], 1)).toMatchObject({ because: 'too-few-distinct' })
    expect(optimalClusters([1, 2], 2, [1, 0])).toMatchObject({ because: 'too-few-distinct' })
    expect(() => optimalClusters([1], 0)).toThrow(/clusters/)
    expect(() => optimalClusters([Number.NaN], 1)).toThrow(/values/)
    expect(() => optimalClusters([1], 1, [-1])).toThrow(/weights/)
    expect(() => optimalClusters([1], 1, [])).toThrow(/weights/)
  })
})
