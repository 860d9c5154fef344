import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pairSumsOf } from '../estimates/pair-sums.ts'
import { ratioOfMeans } from '../estimates/ratio-of-means.ts'
import { clusteredEstimate, clusteredLeastSquares } from './clustered-least-squares.ts'
import { clusteredRatio } from './clustered-ratio.ts'
import { cholesky, choleskySolve, timesVector } from './dense.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/linear.json', import.meta.url), 'utf8'))
const { cluster, treated, x, y, own } = golden as Record<string, number[]>
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const fitOf = (rows: number[][]) => answered(clusteredLeastSquares({ rows, response: y!, clusters: cluster! }))

describe('least squares by cluster against clubSandwich (reference/make-linear.R)', () => {
  const models = {
    plain: y!.map((_, t) => [1, treated![t]!, x![t]!]),
    special: y!.map((_, t) => [1, treated![t]!, x![t]!, own![t]!]),
    constant: y!.map(() => [1]),
  }
  for (const [name, rows] of Object.entries(models)) {
    test(name, () => {
      const exact = golden[name]
      const fit = fitOf(rows)
      fit.covariance.forEach((row, i) =>
        row.forEach((value, j) => expect(value).toBeCloseTo([exact.covariance].flat(2)[i * row.length + j], 10)),
      )
      fit.coefficients.forEach((_, j) => {
        // The whole-cluster dummy has no error of its own under CR2; clubSandwich reports rounding for it.
        if (name === 'special' && j === 3) return
        const got = answered(
          clusteredEstimate(
            fit,
            rows[0]!.map((_value, i) => (i === j ? 1 : 0)),
          ),
        )
        expect(got.estimate / [exact.coefficients].flat()[j]).toBeCloseTo(1, 10)
        expect(got.standardError / [exact.se].flat()[j]).toBeCloseTo(1, 9)
        expect(got.degreesOfFreedom / [exact.df].flat()[j]).toBeCloseTo(1, 9)
        expect(got.pValue / [exact.p].flat()[j]).toBeCloseTo(1, 8)
      })
    })
  }
  test('a difference of coefficients', () => {
    const got = answered(clusteredEstimate(fitOf(models.plain), [0, 1, -1]))
    expect(got.estimate).toBeCloseTo(golden.contrast.estimate, 10)
    expect(got.standardError).toBeCloseTo(golden.contrast.se, 10)
    expect(got.degreesOfFreedom).toBeCloseTo(golden.contrast.df, 9)
  })
  test('the ratio over clusters is the fit with a constant only', () => {
    const names = [...new Set(cluster)]
    const sum = (name: number, values: number[]) =>
      values.reduce((all, v, t) => (cluster![t] === name ? all + v : all), 0)
    const got = answered(
      clusteredRatio({
        numerators: names.map((name) => sum(name, y!)),
        denominators: names.map((name) =>
          sum(
            name,
            y!.map(() => 1),
          ),
        ),
      }),
    )
    expect(got.standardError).toBeCloseTo(golden.constant.se, 11)
    expect(got.degreesOfFreedom).toBeCloseTo(golden.constant.df, 9)
  })
})

describe('properties', () => {
  test('clusters of one row each: CR2 is HC2, and names of clusters do not matter', () => {
    const rows = x!.map((value) => [1, value])
    const single = answered(clusteredLeastSquares({ rows, response: y!, clusters: y!.map((_, t) => t) }))
    const renamed = answered(clusteredLeastSquares({ rows, response: y!, clusters: y!.map((_, t) => `row ${t}`) }))
    expect(renamed.covariance).toEqual(single.covariance)
    // HC2 by its definition: the sum of x x' e^2 / (1 - h).
    const bread = single.unscaledCovariance
    const residuals = rows.map(
      (row, t) => y![t]! - row[0]! * single.coefficients[0]! - row[1]! * single.coefficients[1]!,
    )
    let slope = 0
    rows.forEach((row, t) => {
      const image = timesVector(bread, row)
      const leverage = row[0]! * image[0]! + row[1]! * image[1]!
      slope += (image[1]! * residuals[t]!) ** 2 / (1 - leverage)
    })
    expect(single.covariance[1]![1]! / slope).toBeCloseTo(1, 10)
  })
  test('many equal clusters: degrees of freedom are clusters - 1 and the delta method agrees', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 5, maxLength: 60 }), (numerators) => {
        const denominators = numerators.map(() => 4)
        const got = clusteredRatio({ numerators, denominators })
        const delta = ratioOfMeans({ sums: pairSumsOf(denominators, numerators) })
        if (got.kind === 'cannot' || delta.kind === 'cannot') return
        expect(got.degreesOfFreedom / (numerators.length - 1)).toBeCloseTo(1, 9)
        expect(got.standardError / delta.standardError).toBeCloseTo(1, 6)
      }),
    )
  })
  test('a triangle solves its system', () => {
    const matrix = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ]
    timesVector(matrix, choleskySolve(cholesky(matrix), [1, 2, 3])).forEach((v, i) => expect(v).toBeCloseTo(i + 1, 12))
    expect(() => cholesky([[-1]])).toThrow(/positive definite/)
  })
})

test('data conditions are results, mistakes are errors', () => {
  expect(clusteredLeastSquares({ rows: [[1], [1]], response: [1, 2], clusters: [1, 1] })).toMatchObject({
    because: 'too-few',
  })
  expect(
    clusteredLeastSquares({
      rows: [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      response: [1, 2, 3],
      clusters: [1, 2, 3],
    }),
  ).toMatchObject({
    because: 'collinear',
  })
  expect(clusteredRatio({ numerators: [1, 5], denominators: [2, 0] })).toMatchObject({ because: 'too-few' })
  expect(clusteredRatio({ numerators: [1, 2], denominators: [2, 4] })).toMatchObject({ because: 'constant' })
  expect(clusteredRatio({ numerators: [1, Number.NaN], denominators: [2, 4] })).toMatchObject({ because: 'not-finite' })
  expect(() => clusteredRatio({ numerators: [1], denominators: [-1] })).toThrow(/denominators/)
  expect(() => clusteredRatio({ numerators: [1], denominators: [] })).toThrow(/one length/)
  expect(() => clusteredLeastSquares({ rows: [[1]], response: [1], clusters: [] })).toThrow(/clusters/)
  expect(() => clusteredEstimate(fitOf(y!.map(() => [1])), [1, 2])).toThrow(/combination/)
})
