import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LeastSquaresFit, leastSquares } from './least-squares.ts'
import { neweyWestCovariance } from './newey-west-covariance.ts'
import { neweyWestLag } from './newey-west-lag.ts'
import { praisWinsten } from './prais-winsten.ts'

const reference = new URL('../../reference/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(name, reference), 'utf8'))
const golden = read('regression.json')
const nist = read('nist-strd.json') as {
  name: string
  rows: number[][]
  response: number[]
  certified: number[]
  standardErrors: number[]
  residualStandardDeviation: number
}[]

function fitted(input: Parameters<typeof leastSquares>[0]): LeastSquaresFit {
  const fit = leastSquares(input)
  if (fit.kind !== 'fit') throw new Error(`no fit: ${fit.because}, ${fit.detail}`)
  return fit
}

/** Correct decimal digits, at most 15. */
function digits(got: number, exact: number): number {
  return got === exact ? 15 : Math.min(15, -Math.log10(Math.abs(got - exact) / Math.abs(exact)))
}

describe('least squares', () => {
  const wanted: Record<string, number> = { Norris: 11, Longley: 10.5, Filip: 6.5, Wampler4: 8 }
  for (const set of nist) {
    test(`NIST StRD ${set.name}: certified coefficients and standard errors`, () => {
      const fit = fitted({ rows: set.rows, response: set.response, rankTolerance: 1e-15 })
      const least = Math.min(...fit.coefficients.map((b, j) => digits(b, set.certified[j]!)))
      const errors = fit.unscaledCovariance.map((row, j) => Math.sqrt(row[j]! * fit.residualVariance))
      const leastOfErrors = Math.min(...errors.map((e, j) => digits(e, set.standardErrors[j]!)))
      if (process.env.SHOW_ACCURACY) console.log(set.name, least.toFixed(1), leastOfErrors.toFixed(1))
      expect(least).toBeGreaterThan(wanted[set.name]!)
      expect(leastOfErrors).toBeGreaterThan(6.5)
      expect(digits(Math.sqrt(fit.residualVariance), set.residualStandardDeviation)).toBeGreaterThan(7)
    })
  }
  test('a column that follows from the others is refused, not solved', () => {
    const rows = Array.from({ length: 10 }, (_, i) => [1, i, 2 * i + 3])
    const result = leastSquares({ rows, response: rows.map((row) => row[1]!) })
    expect(result).toMatchObject({ kind: 'cannot', because: 'collinear', detail: expect.stringContaining('column 2') })
    expect(
      leastSquares({
        rows: [
          [1, 0],
          [1, 0],
        ],
        response: [1, 2],
      }),
    ).toMatchObject({ because: 'collinear' })
  })
  test('data conditions are results, wrong shapes are errors', () => {
    expect(leastSquares({ rows: [[1, 2]], response: [1] })).toMatchObject({ because: 'too-few' })
    expect(leastSquares({ rows: [[1], [1]], response: [1, Number.NaN] })).toMatchObject({ because: 'not-finite' })
    expect(() => leastSquares({ rows: [], response: [] })).toThrow(RangeError)
    expect(() => leastSquares({ rows: [[1]], response: [1, 2] })).toThrow(/response/)
    expect(() => leastSquares({ rows: [[1]], response: [1], weights: [-1] })).toThrow(/weights/)
  })
  test('weights of whole numbers equal repeated rows', () => {
    const rows = [
      [1, 0],
      [1, 1],
      [1, 3],
      [1, 4],
    ]
    const response = [1, 3, 2, 6]
    const weighted = fitted({ rows, response, weights: [1, 2, 1, 3] })
    const order = [0, 1, 1, 2, 3, 3, 3]
    const repeated = fitted({ rows: order.map((i) => rows[i]!), response: order.map((i) => response[i]!) })
    weighted.coefficients.forEach((b, j) => expect(b).toBeCloseTo(repeated.coefficients[j]!, 12))
  })
  test('three hundred thousand rows are no more than three', () => {
    const rows = Array.from({ length: 300_000 }, (_unused, i) => [1, i % 10])
    const fit = fitted({ rows, response: rows.map(([, x], i) => 2 + 3 * x! + (i % 2)) })
    expect(fit.coefficients[1]).toBeCloseTo(3 + 5 / 165, 6)
  })
  test('scaling a column divides its coefficient', () => {
    const scale = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 8, maxLength: 20 })
    fc.assert(
      fc.property(scale, values, (factor, response) => {
        const plain = fitted({ rows: response.map((_, i) => [1, i]), response })
        const scaled = fitted({ rows: response.map((_, i) => [1, i * factor]), response })
        expect(scaled.coefficients[1]! * factor).toBeCloseTo(plain.coefficients[1]!, 9)
        expect(scaled.residualSumOfSquares).toBeCloseTo(plain.residualSumOfSquares, 6)
      }),
    )
  })
})

describe('Newey-West against R sandwich (reference/make-regression.R)', () => {
  const compare = (got: number[][], exact: number[][]) => {
    got.forEach((row, i) =>
      row.forEach((value, j) => {
        const scale = Math.sqrt(exact[i]![i]! * exact[j]![j]!)
        expect(Math.abs(value - exact[i]![j]!) / scale).toBeLessThan(1e-9)
      }),
    )
  }
  test('Longley, lags 3 and 0, with and without the small-sample factor', () => {
    const { scores, unscaledCovariance, coefficients } = fitted(golden.longley)
    coefficients.forEach((b, j) => expect(b / golden.longley.coefficients[j]).toBeCloseTo(1, 9))
    const of = (lag: number, smallSample: 'adjusted' | 'none') =>
      neweyWestCovariance({ scores, unscaledCovariance, lag, smallSample })
    compare(of(3, 'adjusted'), golden.longley.lag3adjusted)
    compare(of(3, 'none'), golden.longley.lag3none)
    compare(of(0, 'none'), golden.longley.lag0none)
  })
  test('weighted regression', () => {
    const series = golden.series as { time: number; value: number; weight: number }[]
    const rows = series.map(({ time }) => [1, time - 25, time >= 25 ? 1 : 0, time >= 25 ? time - 25 : 0])
    const fit = fitted({ rows, response: series.map((row) => row.value), weights: series.map((row) => row.weight) })
    const { scores, unscaledCovariance } = fit
    compare(neweyWestCovariance({ scores, unscaledCovariance, lag: 4, smallSample: 'none' }), golden.weightedLag4none)
  })
  test('automatic lag', () => {
    expect([10, 24, 36, 48, 100, 200].map(neweyWestLag)).toEqual([2, 2, 3, 3, 4, 4])
    expect(() => neweyWestLag(0)).toThrow(RangeError)
  })
  test('arguments outside their range are refused by name', () => {
    const one = { scores: [[1]], unscaledCovariance: [[1]] }
    expect(() => neweyWestCovariance({ ...one, lag: -1, smallSample: 'none' })).toThrow(/lag/)
    expect(() => neweyWestCovariance({ ...one, lag: 0, smallSample: 'adjusted' })).toThrow(/scores/)
  })
})

test('Prais-Winsten against dense matrices in R (reference/make-prais-winsten.R)', () => {
  const exact = read('prais-winsten.json')
  const series = golden.series as { time: number; value: number; weight: number }[]
  const rows = series.map(({ time }) => {
    const angle = (2 * Math.PI * time) / 12
    return [1, time - 25, time >= 25 ? 1 : 0, Math.max(0, time - 25), Math.cos(angle), Math.sin(angle)]
  })
  const response = series.map((row) => row.value)
  for (const [name, weights] of [
    ['plain', undefined],
    ['weighted', series.map((row) => row.weight)],
  ] as const) {
    const got = praisWinsten({ rows, response, weights })
    if (got.kind === 'cannot') throw new Error(got.detail)
    expect(got.autocorrelation).toBeCloseTo(exact[name].rho, 8)
    got.coefficients.forEach((b, j) => expect(b / exact[name].coefficients[j]).toBeCloseTo(1, 8))
    got.covariance.forEach((row, j) => expect(Math.sqrt(row[j]!) / exact[name].se[j]).toBeCloseTo(1, 8))
  }
  expect(praisWinsten({ rows: rows.slice(0, 7), response: response.slice(0, 7) })).toMatchObject({ kind: 'cannot' })
})
