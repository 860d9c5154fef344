import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchPredictors } from './predictor-importance.ts'
import { simplexLeastSquares } from './simplex-least-squares.ts'
import { syntheticControl } from './synthetic-control.ts'
import type { SyntheticInput, SyntheticUnit } from './synthetic-contract.ts'
import { syntheticDifference } from './synthetic-difference.ts'
import { leaveDonorsOut, spacePlacebos } from './synthetic-placebos.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/synthetic.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-8) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
function done<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const units = golden.Y.map(
  (values: number[], i: number): SyntheticUnit => ({ unit: `u${i}`, values, predictors: golden.P[i] }),
) as SyntheticUnit[]
const of = (positions: number[]) => positions.map((i) => units[i]!)
const base: SyntheticInput = {
  treated: units[0]!,
  donors: of(golden.few),
  interventionAt: golden.T0,
  match: 'outcomes',
}

describe('weights on the simplex', () => {
  const figures = fc.double({ min: -10, max: 10, noNaN: true })
  test('optimality holds, and no other mixture does better', () => {
    const problem = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 })).chain(([count, rows]) =>
      fc.record({
        columns: fc.array(fc.array(figures, { minLength: rows, maxLength: rows }), {
          minLength: count,
          maxLength: count,
        }),
        target: fc.array(figures, { minLength: rows, maxLength: rows }),
        other: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: count, maxLength: count }),
        ridge: fc.constantFrom(0, 0.5),
      }),
    )
    fc.assert(
      fc.property(problem, ({ columns, target, other, ridge }) => {
        const fit = simplexLeastSquares({ columns, target, ridge })
        near(
          fit.weights.reduce((sum, w) => sum + w, 0),
          1,
          1e-12,
        )
        expect(Math.min(...fit.weights)).toBeGreaterThanOrEqual(0)
        const total = other.reduce((sum, w) => sum + w, 0)
        fc.pre(total > 0)
        const lossOf = (weights: number[]) =>
          target.reduce(
            (sum, y, row) => sum + (y - columns.reduce((all, column, j) => all + weights[j]! * column[row]!, 0)) ** 2,
            0,
          ) +
          ridge * weights.reduce((sum, w) => sum + w * w, 0)
        const size = 1e-9 * (1 + target.reduce((sum, y) => sum + y * y, 0))
        expect(lossOf(fit.weights)).toBeLessThanOrEqual(lossOf(other.map((w) => w / total)) + size)
        columns.forEach((_, j) =>
          expect(lossOf(fit.weights)).toBeLessThanOrEqual(lossOf(columns.map((_unused, i) => Number(i === j))) + size),
        )
      }),
      { numRuns: 300 },
    )
  })
  test('a mixture is found again', () => {
    const columns = [0, 1, 2, 3].map((j) => Array.from({ length: 9 }, (_, row) => Math.sin(row * (j + 1)) + j))
    const weights = [0.2, 0, 0.5, 0.3]
    const target = columns[0]!.map((_, row) => columns.reduce((sum, column, j) => sum + weights[j]! * column[row]!, 0))
    const fit = simplexLeastSquares({ columns, target })
    fit.weights.forEach((weight, j) => near(weight, weights[j]!, 1e-6))
    expect(() => simplexLeastSquares({ columns: [], target })).toThrow(/columns/)
    expect(() => simplexLeastSquares({ columns, target: [1] })).toThrow(/columns/)
    expect(() => simplexLeastSquares({ columns, target, ridge: -1 })).toThrow(/ridge/)
    expect(() => simplexLeastSquares({ columns, target, importance: [1] })).toThrow(/importance/)
  })
})

describe('synthetic control against quadprog', () => {
  test.each([
    ['outcomes', golden.main],
    ['demeaned-outcomes', golden.demeaned],
  ] as const)('%s', (match, exact) => {
    const got = done(syntheticControl({ ...base, match }))
    got.weights.forEach(({ weight }, j) => near(weight, exact.w[j], 1e-6))
    got.gaps.forEach((gap, t) => near(gap, exact.gaps[t], 1e-6))
    near(got.before ** 2 * golden.T0, exact.loss, 1e-8)
    near(got.ratio, exact.ratio, 1e-6)
    near(got.averageEffect, exact.effect, 1e-6)
    expect(got.breach).toBeLessThan(1e-9)
  })
  test('all 38 donors, more than times: the same least loss; placebo ranks', () => {
    const got = done(spacePlacebos({ ...base, donors: units.slice(1), worstFit: Number.POSITIVE_INFINITY }))
    expect(got.control.before ** 2 * golden.T0).toBeLessThan(golden.wide.loss * (1 + 1e-6))
    near(got.control.averageEffect, golden.wide.effect, 1e-4)
    near(got.pValue, golden.p, 1e-12)
    near(got.leastPValue, 1 / 39, 1e-12)
    expect(got.oneSidedPValue).toBeGreaterThanOrEqual(got.leastPValue)
    // A unit without an effect, somewhere in the ranks.
    const usual = done(
      spacePlacebos({
        ...base,
        treated: units[7]!,
        donors: units.filter((_, i) => i !== 7 && i !== 0),
        worstFit: Number.POSITIVE_INFINITY,
      }),
    )
    const atLeast = usual.placebos.filter(({ ratio }) => ratio >= usual.control.ratio).length
    near(usual.pValue, (1 + atLeast) / 38, 1e-12)
    expect(usual.pValue).toBeGreaterThan(0.05)
    const strict = done(spacePlacebos({ ...base, donors: units.slice(1), worstFit: 2 }))
    expect(strict.leftOut.length + strict.placebos.length).toBe(38)
    expect(strict.leftOut.length).toBeGreaterThan(0)
  })
  test('leaving donors out', () => {
    const got = done(leaveDonorsOut(base))
    got.effects.forEach(({ averageEffect }, j) => near(averageEffect, golden.left[j], 1e-6))
    expect(got.least).toBeLessThanOrEqual(got.most)
  })
  test('predictors: given importances, and no worse than the best of twelve searches in R', () => {
    const columns = (i: number) => {
      const all = units.map(({ predictors }) => predictors!)
      return units[i]!.predictors!.map((x, p) => {
        const own = all.map((row) => row[p]!)
        const mean = own.reduce((sum, value) => sum + value, 0) / own.length
        return x / Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (own.length - 1))
      })
    }
    const given = simplexLeastSquares({
      columns: golden.few.map(columns),
      target: columns(0),
      importance: golden.vgiven,
    })
    given.weights.forEach((weight, j) => near(weight, golden.given.w[j], 1e-5))
    near(given.loss, golden.given.loss, 1e-8)
    const got = done(syntheticControl({ ...base, match: 'predictors' }))
    near(
      got.importance!.reduce((sum, v) => sum + v, 0),
      1,
      1e-12,
    )
    expect(got.before ** 2 * golden.T0).toBeLessThan(golden.best * 1.01)
    expect(got.before ** 2 * golden.T0).toBeGreaterThanOrEqual(golden.main.loss * (1 - 1e-9))
    const single = units.map((unit) => ({ ...unit, predictors: [unit.predictors![0]!] }))
    expect(matchPredictors(single[0]!, single.slice(1, 5), golden.T0, 0).importance).toEqual([1])
  })
  test('units and scale', () => {
    const scaled = (unit: SyntheticUnit) => ({ ...unit, values: unit.values.map((value) => 3 + 0.1 * value) })
    const got = done(syntheticControl({ ...base, treated: scaled(base.treated), donors: base.donors.map(scaled) }))
    near(got.averageEffect, 0.1 * golden.main.effect, 1e-6)
  })
})

describe('synthetic difference in differences against quadprog', () => {
  const controls = of(golden.co)
  test('one treated unit, placebo error of every control', () => {
    const got = done(
      syntheticDifference({ treated: [units[0]!], controls, interventionAt: golden.T0, standardError: 'placebo' }),
    )
    near(got.estimate, golden.sdid.estimate, 1e-6)
    near(got.standardError!, golden.sdid.se, 1e-5)
    near(got.zeta, golden.sdid.zeta)
    near(got.plainDifference, golden.sdid.plain)
    got.unitWeights.forEach(({ weight }, j) => near(weight, golden.sdid.om[j], 1e-6))
    got.timeWeights.forEach((weight, t) => near(weight, golden.sdid.la[t], 1e-5))
  })
  test('three treated units, jackknife; placebos by chance', () => {
    const input = { treated: units.slice(0, 3), controls, interventionAt: golden.T0 } as const
    const got = done(syntheticDifference({ ...input, standardError: 'jackknife' }))
    near(got.estimate, golden.three.estimate, 1e-6)
    near(got.standardError!, golden.three.jack, 1e-6)
    let state = 1
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 4294967296
    }
    const drawn = done(syntheticDifference({ ...input, standardError: 'placebo', placebo: { draws: 50, random } }))
    expect(drawn.standardError!).toBeGreaterThan(0)
    expect(drawn.estimate).toBe(got.estimate)
  })
})

test('bad input', () => {
  const flat = { unit: 'flat', values: golden.Y[0].map(() => 1) }
  expect(syntheticControl({ ...base, donors: base.donors.slice(0, 1) })).toMatchObject({ because: 'too-few-donors' })
  expect(syntheticControl({ ...base, interventionAt: 2 })).toMatchObject({ because: 'too-short' })
  expect(syntheticControl({ ...base, interventionAt: 31 })).toMatchObject({ because: 'too-short' })
  expect(syntheticControl({ ...base, treated: flat, match: 'demeaned-outcomes' })).toMatchObject({
    because: 'constant',
  })
  expect(
    syntheticControl({ ...base, treated: { unit: 'n', values: golden.Y[0].map(() => Number.NaN) } }),
  ).toMatchObject({ because: 'not-finite' })
  expect(() => syntheticControl({ ...base, interventionAt: 1.5 })).toThrow(/interventionAt/)
  expect(() => syntheticControl({ ...base, treated: { ...base.treated, unit: base.donors[0]!.unit } })).toThrow(
    /donors/,
  )
  expect(() => syntheticControl({ ...base, treated: { unit: 'x', values: [1] } })).toThrow()
  expect(() =>
    syntheticControl({ ...base, match: 'predictors', treated: { ...base.treated, predictors: [] } }),
  ).toThrow(/predictors/)
  expect(() => spacePlacebos({ ...base, worstFit: 0 })).toThrow(/worstFit/)
  const perfect = done(syntheticControl({ ...base, treated: { unit: 'twin', values: base.donors[2]!.values } }))
  expect(perfect.before).toBeLessThan(1e-5)
  const difference = {
    treated: [units[0]!],
    controls: of(golden.co),
    interventionAt: golden.T0,
    standardError: 'none',
  } as const
  expect(
    syntheticDifference({ ...difference, controls: of(golden.co).map(({ unit }) => ({ ...flat, unit })) }),
  ).toMatchObject({ because: 'constant' })
  expect(syntheticDifference({ ...difference, standardError: 'jackknife' })).toMatchObject({
    because: 'too-few-donors',
  })
  expect(syntheticDifference({ ...difference, interventionAt: 1 })).toMatchObject({ because: 'too-short' })
  expect(() => syntheticDifference({ ...difference, treated: [] })).toThrow(/treated/)
  expect(() => syntheticDifference({ ...difference, treated: units.slice(0, 2), standardError: 'placebo' })).toThrow(
    /placebo/,
  )
})
