import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { greyRelation } from './grey-relation.ts'
import { topsis, type TopsisInput } from './topsis.ts'
import { vikor, type VikorInput } from './vikor.ts'
import { weightedProduct } from './weighted-product.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/aggregation.json', import.meta.url), 'utf8'))
const directions = golden.benefit.map((benefit: boolean) => (benefit ? 'benefit' : 'cost')) as ('benefit' | 'cost')[]
const base = { rows: golden.rows as number[][], weights: golden.weights as number[], directions }
const near = (got: readonly number[], want: readonly number[], digits = 12) => {
  expect(got).toHaveLength(want.length)
  got.forEach((value, i) => expect(value).toBeCloseTo(want[i]!, digits))
}
const closeness = (input: TopsisInput) => {
  const result = topsis(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}
const compromise = (input: VikorInput) => {
  const result = vikor(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}
const grades = (input: Parameters<typeof greyRelation>[0]) => {
  const result = greyRelation(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result.grades
}

describe('TOPSIS', () => {
  test('the fighter aircraft of Hwang and Yoon (1981), section 3.3.6', () => {
    const got = closeness({
      rows: [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
      ],
      weights: [0.2, 0.1, 0.1, 0.1, 0.2, 0.3],
      directions: ['benefit', 'benefit', 'benefit', 'cost', 'benefit', 'benefit'],
      normalisation: 'vector',
    })
    near(
      got.units.map((unit) => unit.distanceToBest),
      [0.0545, 0.1197, 0.058, 0.1009],
      3,
    )
    near(
      got.units.map((unit) => unit.distanceToWorst),
      [0.0983, 0.0439, 0.092, 0.0458],
      3,
    )
    near(
      got.units.map((unit) => unit.closeness),
      [0.643, 0.268, 0.613, 0.312],
      2,
    )
  })
  test('against R, vector, min-max and given ideals', () => {
    const check = (input: TopsisInput, want: { toBest: number[]; toWorst: number[]; closeness: number[] }) => {
      const { units } = closeness(input)
      near(
        units.map((unit) => unit.distanceToBest),
        want.toBest,
      )
      near(
        units.map((unit) => unit.distanceToWorst),
        want.toWorst,
      )
      near(
        units.map((unit) => unit.closeness),
        want.closeness,
      )
    }
    check({ ...base, normalisation: 'vector' }, golden.topsisVector)
    check({ ...base, normalisation: 'min-max' }, golden.topsisMinMax)
    check({ ...base, normalisation: 'min-max', ideals: golden.ideals }, golden.topsisGiven)
  })
  test("with ideals of one's own and min-max, a unit's closeness does not depend on the others", () => {
    const all = closeness({ ...base, normalisation: 'min-max', ideals: golden.ideals })
    const few = closeness({ ...base, rows: base.rows.slice(2, 5), normalisation: 'min-max', ideals: golden.ideals })
    near(
      few.units.map((unit) => unit.closeness),
      all.units.slice(2, 5).map((unit) => unit.closeness),
    )
  })
  test('by hand, points on one scale already', () => {
    const rows = [
      [3, 4],
      [0, 0],
    ]
    const got = closeness({ rows, weights: [1, 1], directions: ['benefit', 'benefit'], normalisation: 'none' })
    expect(got.units[1]).toEqual({ distanceToBest: 2.5, distanceToWorst: 0, closeness: 0 })
  })
  test('rank reversal exists with ideals from the units: a third unit turns the order of two', () => {
    const of = (rows: number[][]) =>
      closeness({ rows, weights: [1, 1], directions: ['benefit', 'benefit'], normalisation: 'min-max' }).units
    const two = [
      [10, 4],
      [4, 9],
    ]
    const alone = of(two)
    const joined = of([...two, [4, 0]])
    expect(Math.sign(alone[0]!.closeness - alone[1]!.closeness)).not.toBe(
      Math.sign(joined[0]!.closeness - joined[1]!.closeness),
    )
  })
})

describe('VIKOR', () => {
  test('the mountain climber of Opricovic and Tzeng (2004), section 4', () => {
    const rows = [
      [1, 3000],
      [2, 3750],
      [5, 4500],
    ]
    const got = compromise({ rows, weights: [0.5, 0.5], directions: ['cost', 'benefit'], majority: 0.5 })
    near(
      got.units.map((unit) => unit.index),
      [1, 0, 1],
    )
    near(
      got.units.map((unit) => unit.groupLoss),
      [0.5, 0.375, 0.5],
    )
    near(
      got.units.map((unit) => unit.worstRegret),
      [0.5, 0.25, 0.5],
    )
    expect(got).toMatchObject({ compromise: [1], acceptableAdvantage: true, acceptableStability: true })
  })
  test('against R', () => {
    const got = compromise({ ...base, majority: golden.vikor.v })
    near(
      got.units.map((unit) => unit.groupLoss),
      golden.vikor.S,
    )
    near(
      got.units.map((unit) => unit.worstRegret),
      golden.vikor.R,
    )
    near(
      got.units.map((unit) => unit.index),
      golden.vikor.Q,
    )
  })
  test('both conditions: no clear winner, no stable winner', () => {
    const close = compromise({
      rows: [
        [10, 9.9],
        [9.9, 10],
        [0, 0],
        [5, 5],
      ],
      weights: [1, 1],
      directions: ['benefit', 'benefit'],
      majority: 0.5,
    })
    expect(close).toMatchObject({ compromise: [0, 1], acceptableAdvantage: false })
    // First by Q, but another leads in S and a third in R.
    const unstable = compromise({
      rows: [
        [10, 30, 10],
        [0, 70, 90],
        [50, 0, 40],
        [30, 20, 40],
        [50, 40, 0],
        [90, 50, 20],
      ],
      weights: [1, 1, 1],
      directions: ['benefit', 'benefit', 'benefit'],
      majority: 0.5,
    })
    expect(unstable.order).toEqual([5, 3, 1, 0, 4, 2])
    expect(unstable).toMatchObject({ acceptableAdvantage: true, acceptableStability: false })
    expect(unstable.compromise).toEqual([5, 3])
  })
  test('the first condition is what it says, for any figures', () => {
    const rows = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 6,
    })
    fc.assert(
      fc.property(rows, (list) => {
        const got = compromise({
          rows: list,
          weights: [3, 2, 1],
          directions: ['benefit', 'cost', 'benefit'],
          majority: 0.4,
        })
        const [first, second] = got.order.map((i) => got.units[i]!.index)
        const lead = second! - first! - 1 / (list.length - 1)
        if (Math.abs(lead) > 1e-9) expect(got.acceptableAdvantage).toBe(lead > 0)
        if (got.acceptableAdvantage) expect(got.compromise).toHaveLength(got.acceptableStability ? 1 : 2)
      }),
    )
  })
  test('one unit, equal units', () => {
    expect(compromise({ rows: [[3]], weights: [1], directions: ['cost'], majority: 0.5 }).compromise).toEqual([0])
    const equal = compromise({ rows: [[3], [3]], weights: [1], directions: ['cost'], majority: 0.5 })
    expect(equal).toMatchObject({ compromise: [0, 1], acceptableAdvantage: false })
    expect(equal.units[0]).toEqual({ groupLoss: 0, worstRegret: 0, index: 0 })
  })
})

describe('grey relation', () => {
  test('against R, ideal and given reference', () => {
    near(grades({ ...base, reference: { kind: 'ideal' }, distinguishing: 0.5 }), golden.greyIdeal)
    const reference = { kind: 'given', values: golden.reference } as const
    near(grades({ ...base, reference, distinguishing: 0.3 }), golden.greyGiven)
  })
  test('by hand, with distances that do not fill [0, 1]', () => {
    // Scaled 0.4, 1, 0 and the reference 0.6: distances 0.2, 0.4, 0.6.
    const input = { rows: [[4], [10], [0]], weights: [1], directions: ['benefit' as const], distinguishing: 0.5 }
    near(grades({ ...input, reference: { kind: 'given', values: [6] } }), [1, 0.5 / 0.7, 0.5 / 0.9])
  })
  test('equal units all reach the ideal', () => {
    const input = { rows: [[3], [3]], weights: [1], directions: ['cost' as const] }
    expect(grades({ ...input, reference: { kind: 'ideal' }, distinguishing: 0.5 })).toEqual([1, 1])
  })
})

describe('weighted product', () => {
  test('figures and zeros', () => {
    expect(weightedProduct([4, 9], [1, 1], { kind: 'refuse' })).toBeCloseTo(6, 12)
    expect(weightedProduct([0, 9], [1, 1], { kind: 'annihilates' })).toBe(0)
    expect(weightedProduct([0, 8], [1, 1], { kind: 'shift', shift: 1 })).toBeCloseTo(2, 12)
    expect(weightedProduct([0, 8], [0, 1], { kind: 'refuse' })).toBeCloseTo(8, 12)
    expect(() => weightedProduct([0, 9], [1, 1], { kind: 'refuse' })).toThrow(/points\[0\]/)
  })
  test('between the least and the weighted mean', () => {
    const item = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 6 }), (items) => {
        const points = items.map(([value]) => value)
        const weights = items.map(([, weight]) => weight)
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        const mean = points.reduce((sum, value, j) => sum + (value * weights[j]!) / total, 0)
        const got = weightedProduct(points, weights, { kind: 'annihilates' })
        expect(got).toBeLessThanOrEqual(mean * (1 + 1e-9) + 1e-12)
        expect(got).toBeGreaterThanOrEqual(Math.min(...points) * (1 - 1e-9))
      }),
    )
  })
})

describe('dominance: a unit at least as good in every item never ranks below', () => {
  const row = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 })
  const weights = [0.5, 0.3, 0.2]
  const sides = ['benefit', 'cost', 'benefit'] as const
  const dominates = (a: readonly number[], b: readonly number[]) => a[0]! >= b[0]! && a[1]! <= b[1]! && a[2]! >= b[2]!
  const scores: Record<string, (rows: number[][]) => number[] | null> = {
    topsis: (rows) => {
      const result = topsis({ rows, weights, directions: sides, normalisation: 'vector' })
      return result.kind === 'closeness' ? result.units.map((unit) => unit.closeness) : null
    },
    vikor: (rows) => compromise({ rows, weights, directions: sides, majority: 0.5 }).units.map((unit) => -unit.index),
    grey: (rows) => grades({ rows, weights, directions: sides, reference: { kind: 'ideal' }, distinguishing: 0.5 }),
    product: (rows) => rows.map(([a, b, c]) => weightedProduct([a!, 10 - b!, c!], weights, { kind: 'annihilates' })),
  }
  test.each(Object.keys(scores))('%s, and the order of units does not matter', (name) => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), (rows) => {
        const got = scores[name]!(rows)
        if (got === null) return
        near([...scores[name]!([...rows].reverse())!].reverse(), got, 9)
        rows.forEach((a, i) => {
          rows.forEach((b, j) => {
            if (dominates(a, b)) expect(got[i]!).toBeGreaterThanOrEqual(got[j]! - 1e-12)
          })
        })
      }),
    )
  })
})

describe('what cannot be', () => {
  const plain = { rows: [[1], [2]], weights: [1], directions: ['benefit' as const] }
  test.each([
    ['missing', topsis({ ...plain, rows: [[1], [null]], normalisation: 'vector' })],
    ['no-spread', topsis({ ...plain, rows: [[2], [2]], normalisation: 'vector' })],
    ['too-few', topsis({ ...plain, rows: [], normalisation: 'vector' })],
    ['missing', vikor({ ...plain, rows: [[null]], majority: 0.5 })],
    ['too-few', vikor({ ...plain, rows: [], majority: 0.5 })],
    ['not-finite', greyRelation({ ...plain, rows: [[Number.NaN]], reference: { kind: 'ideal' }, distinguishing: 1 })],
  ])('%s', (because, result) => {
    expect(result).toMatchObject({ kind: 'cannot', because })
  })
  test('mistakes are refused by name', () => {
    expect(() => topsis({ ...plain, weights: [], normalisation: 'vector' })).toThrow(/weights/)
    expect(() => topsis({ ...plain, directions: [], normalisation: 'vector' })).toThrow(/directions/)
    expect(() => topsis({ ...plain, normalisation: 'min-max', ideals: { best: [0], worst: [1] } })).toThrow(
      /ideals.best\[0\]/,
    )
    expect(() => topsis({ ...plain, normalisation: 'none', ideals: { best: [], worst: [1] } })).toThrow(/ideals.best/)
    expect(() => vikor({ ...plain, majority: 2 })).toThrow(/majority/)
    expect(() => vikor({ ...plain, weights: [1, 1], majority: 1 })).toThrow(/weights/)
    const ideal = { kind: 'ideal' } as const
    expect(() => greyRelation({ ...plain, reference: ideal, distinguishing: 0 })).toThrow(/distinguishing/)
    expect(() => greyRelation({ ...plain, reference: { kind: 'given', values: [] }, distinguishing: 1 })).toThrow(
      /reference/,
    )
    expect(() => weightedProduct([-1], [1], { kind: 'annihilates' })).toThrow(/points\[0\]/)
    expect(() => weightedProduct([1], [1, 1], { kind: 'annihilates' })).toThrow(/weights/)
    expect(() => weightedProduct([1], [1], { kind: 'shift', shift: 0 })).toThrow(/shift/)
  })
})
