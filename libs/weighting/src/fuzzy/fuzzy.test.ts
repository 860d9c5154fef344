import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FuzzyOperator, fuzzyEvaluation } from './fuzzy-evaluation.ts'
import { gradeMemberships, membership } from './membership.ts'

const evaluated = (input: Parameters<typeof fuzzyEvaluation>[0]) => {
  const result = fuzzyEvaluation(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

describe('membership', () => {
  const triangle = { kind: 'triangle', left: 60, peak: 75, right: 90 } as const
  const trapezoid = {
    kind: 'trapezoid',
    left: 80,
    from: 90,
    to: Number.POSITIVE_INFINITY,
    right: Number.POSITIVE_INFINITY,
  } as const
  test('triangle, trapezoid with an open shoulder, sharp edge', () => {
    expect([60, 65, 75, 84, 95].map((x) => membership(x, triangle))).toEqual([0, 1 / 3, 1, 0.4, 0])
    expect([79, 85, 90, 1e9].map((x) => membership(x, trapezoid))).toEqual([0, 0.5, 1, 1])
    expect(membership(5, { kind: 'trapezoid', left: 5, from: 5, to: 7, right: 7 })).toBe(1)
    expect(membership(4.999, { kind: 'trapezoid', left: 5, from: 5, to: 7, right: 7 })).toBe(0)
  })
  test('a row of grades adds up to 1, rising or falling', () => {
    expect(gradeMemberships(65, [60, 70, 80])).toEqual([0.5, 0.5, 0])
    expect(gradeMemberships(65, [80, 70, 60])).toEqual([0, 0.5, 0.5])
    expect(gradeMemberships(5, [60, 70])).toEqual([1, 0])
    expect(gradeMemberships(99, [60, 70])).toEqual([0, 1])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (x) => {
        expect(gradeMemberships(x, [20, 35, 70, 71]).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
      }),
    )
  })
  test('mistakes are refused by name', () => {
    expect(() => membership(Number.NaN, triangle)).toThrow(/value/)
    expect(() => membership(1, { kind: 'triangle', left: 2, peak: 1, right: 3 })).toThrow(/rising/)
    expect(() => membership(1, { kind: 'triangle', left: Number.NEGATIVE_INFINITY, peak: 1, right: 3 })).toThrow(/open/)
    expect(() => gradeMemberships(1, [])).toThrow(/centres/)
    expect(() => gradeMemberships(1, [1, 3, 2])).toThrow(/centres/)
    expect(() => gradeMemberships(1, [1, 1])).toThrow(/centres/)
  })
})

describe('fuzzy evaluation', () => {
  // Buying clothes, the classroom example of Wang (1983): style, quality, price; very good, good, fair, poor.
  const memberships = [
    [0.2, 0.5, 0.2, 0.1],
    [0.7, 0.2, 0.1, 0],
    [0, 0.4, 0.5, 0.1],
  ]
  const weights = [0.5, 0.3, 0.2]
  test.each([
    ['min-max', [0.3, 0.5, 0.2, 0.1]],
    ['product-max', [0.21, 0.25, 0.1, 0.05]],
    ['min-bounded-sum', [0.5, 0.9, 0.5, 0.2]],
    ['product-bounded-sum', [0.31, 0.39, 0.23, 0.07]],
  ] as const)('operator %s', (operator, want) => {
    const got = evaluated({ memberships, weights, operator })
    got.memberships.forEach((value, k) => expect(value).toBeCloseTo(want[k]!, 12))
    expect(got.strongestGrades).toEqual([1])
    expect(got.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })
  test('readings', () => {
    const got = evaluated({ memberships, weights, operator: 'product-bounded-sum', gradeValues: [95, 80, 65, 50] })
    expect(got.centroid).toBeCloseTo(0.31 * 95 + 0.39 * 80 + 0.23 * 65 + 0.07 * 50, 10)
    expect(got.ambiguity).toBeCloseTo(0.31 / 0.39, 12)
    const tied = evaluated({ memberships: [[0.5, 0.5]], weights: [1], operator: 'min-max' })
    expect(tied).toMatchObject({ strongestGrades: [0, 1], ambiguity: 1, centroid: null })
    const stressed = evaluated({
      memberships: [[0.8, 0.2]],
      weights: [1],
      operator: 'product-bounded-sum',
      gradeValues: [100, 0],
      centroidExponent: 2,
    })
    expect(stressed.centroid).toBeCloseTo((100 * 0.64) / 0.68, 10)
  })
  test('dominance of the weighted mean: an item moved up never lowers the centroid', () => {
    const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 3 }), fc.integer({ min: 0, max: 2 }), (raw, item) => {
        const rows = raw.map((each) => {
          const total = each.reduce((sum, value) => sum + value, 0)
          return total > 0 ? each.map((value) => value / total) : [1, 0, 0, 0]
        })
        const better = rows.map((each, i) =>
          i === item ? [0, each[0]!, each[1]!, Math.min(1, each[2]! + each[3]!)] : each,
        )
        const of = (list: number[][]) =>
          evaluated({ memberships: list, weights, operator: 'product-bounded-sum', gradeValues: [0, 1, 2, 3] })
            .centroid!
        expect(of(better)).toBeGreaterThanOrEqual(of(rows) - 1e-9)
      }),
    )
  })
  test('every operator stays in [0, 1]; bounded sums are at least the maxima', () => {
    const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const of = (operator: FuzzyOperator) => {
          const result = fuzzyEvaluation({ memberships: rows, weights: rows.map(() => 1), operator })
          return result.kind === 'evaluation' ? result.memberships : [0, 0, 0]
        }
        of('min-max').forEach((value, k) => expect(of('min-bounded-sum')[k]!).toBeGreaterThanOrEqual(value - 1e-12))
        of('product-max').forEach((value, k) => {
          expect(of('product-bounded-sum')[k]!).toBeGreaterThanOrEqual(value - 1e-12)
          expect(of('product-bounded-sum')[k]!).toBeLessThanOrEqual(1)
        })
      }),
    )
  })
  test('what cannot be, and mistakes by name', () => {
    const ask = (more: object) => () => fuzzyEvaluation({ memberships, weights, operator: 'min-max', ...more })
    expect(fuzzyEvaluation({ memberships: [[0, 0]], weights: [1], operator: 'min-max' })).toMatchObject({
      because: 'no-membership',
    })
    expect(ask({ memberships: [] })).toThrow(/memberships/)
    expect(ask({ memberships: [[1], [1, 2]] })).toThrow(/memberships\[1\]/)
    expect(ask({ memberships: [[1.1]], weights: [1] })).toThrow(/memberships\[0\]/)
    expect(ask({ weights: [1] })).toThrow(/weights/)
    expect(ask({ gradeValues: [1] })).toThrow(/gradeValues/)
    expect(ask({ centroidExponent: 0 })).toThrow(/centroidExponent/)
  })
})
