import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { interruptedSeries } from './interrupted-series.ts'
import type { InterruptedSeriesEstimate, InterruptedSeriesInput, SeriesPoint } from './series-contract.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/regression.json', import.meta.url), 'utf8'))
const series = golden.series as Required<SeriesPoint>[]
const unweighted = series.map(({ time, value }) => ({ time, value }))

function estimated(input: InterruptedSeriesInput): InterruptedSeriesEstimate {
  const result = interruptedSeries(input)
  if (result.kind !== 'estimate') throw new Error(`no estimate: ${result.because}, ${result.detail}`)
  return result
}

const near = (got: number, exact: number) => expect(Math.abs(got / exact - 1), `${got} for ${exact}`).toBeLessThan(1e-9)

describe('against R lm and sandwich (reference/make-regression.R)', () => {
  const cases: [string, InterruptedSeriesInput, (typeof golden)['plain']][] = [
    ['plain', { points: unweighted, interventionTime: 25, lag: 3 }, golden.plain],
    ['weighted', { points: series, interventionTime: 25, lag: 3 }, golden.weighted],
    [
      'with one Fourier pair',
      { points: unweighted, interventionTime: 25, lag: 2, season: { kind: 'fourier', period: 12, harmonics: 1 } },
      golden.season,
    ],
  ]
  for (const [name, input, exact] of cases) {
    test(name, () => {
      const got = estimated(input)
      near(got.baseline.level, exact.coefficients[0])
      near(got.baseline.slope, exact.coefficients[1])
      near(got.levelChange.estimate, exact.coefficients[2])
      near(got.levelChange.standardError, exact.se[2])
      near(got.levelChange.pValue, exact.p[2])
      near(got.slopeChange!.estimate, exact.coefficients[3])
      near(got.slopeChange!.standardError, exact.se[3])
      near(got.slopeChange!.pValue, exact.p[3])
      near(got.averageEffect.estimate, exact.average)
      near(got.averageEffect.standardError, exact.averageSe)
      expect(got.diagnostics.degreesOfFreedom).toBe(exact.df)
      const ordinary = estimated({ ...input, standardErrors: 'ordinary' })
      near(ordinary.levelChange.standardError, exact.ordinarySe[2])
      expect(ordinary.diagnostics.lag).toBeNull()
    })
  }
  test('Durbin-Watson and the shape of the lines', () => {
    const got = estimated({ points: unweighted, interventionTime: 25 })
    near(got.diagnostics.durbinWatson, golden.durbinWatson)
    expect(got.diagnostics).toMatchObject({ before: 24, after: 16, coefficients: 4, lag: 3 })
    expect(got.fitted).toHaveLength(40)
    expect(got.counterfactual.map((point) => point.time)[0]).toBe(25)
    const gap = got.fitted[24]!.fitted - got.counterfactual[0]!.fitted
    expect(gap).toBeCloseTo(got.levelChange.estimate, 10)
    expect(got.fitted.every((point) => point.lower < point.fitted && point.fitted < point.upper)).toBe(true)
  })
})

/** A small fixed disturbance that no line can follow. */
const wobble = (i: number) => 1e-7 * Math.sin(i * i)

describe('recovers what was planted', () => {
  const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true })
  test('level, slope and average, whatever the season and the unit', () => {
    fc.assert(
      fc.property(number(100), number(2), number(20), number(2), number(5), (level, slope, jump, bend, swing) => {
        const points = Array.from({ length: 48 }, (_, i) => {
          const after = i >= 30 ? jump + bend * (i - 30) : 0
          return { time: i, value: level + slope * i + after + swing * Math.cos((2 * Math.PI * i) / 12) + wobble(i) }
        })
        for (const season of [
          { kind: 'fourier', period: 12, harmonics: 6 },
          { kind: 'dummies', period: 12 },
        ] as const) {
          const got = estimated({ points, interventionTime: 30, season })
          expect(got.levelChange.estimate).toBeCloseTo(jump, 5)
          expect(got.slopeChange!.estimate).toBeCloseTo(bend, 5)
          expect(got.averageEffect.estimate).toBeCloseTo(jump + bend * 8.5, 5)
        }
      }),
      { numRuns: 40 },
    )
  })
  test('scaling the values scales effects and errors and leaves the p-value', () => {
    const plain = estimated({ points: unweighted, interventionTime: 25 })
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), number(1000), (factor, shift) => {
        const points = unweighted.map(({ time, value }) => ({ time: time + 7, value: (value + shift) * factor }))
        const got = estimated({ points, interventionTime: 32 })
        expect(got.levelChange.estimate / factor).toBeCloseTo(plain.levelChange.estimate, 7)
        expect(got.levelChange.standardError / factor).toBeCloseTo(plain.levelChange.standardError, 7)
        expect(got.averageEffect.pValue).toBeCloseTo(plain.averageEffect.pValue, 7)
      }),
    )
  })
  test('a jump alone', () => {
    const points = Array.from({ length: 30 }, (_, i) => ({ time: i, value: 5 + (i >= 20 ? 3 : 0) + wobble(i) }))
    const got = estimated({ points, interventionTime: 20, shape: 'level' })
    expect(got.slopeChange).toBeNull()
    expect(got.averageEffect.estimate).toBe(got.levelChange.estimate)
    expect(got.levelChange.estimate).toBeCloseTo(3, 5)
  })
})

test('Prais-Winsten widens the intervals of autocorrelated series, and not those of others', () => {
  // Errors that alternate need no widening; errors that persist do.
  const series = (errors: (i: number) => number) =>
    Array.from({ length: 45 }, (_, time) => ({ time, value: 3 + errors(time) }))
  const of = (errors: (i: number) => number, standardErrors: 'prais-winsten' | 'ordinary') =>
    estimated({ points: series(errors), interventionTime: 30, standardErrors })
  const alternating = (i: number) => (i % 2) + 0.1 * Math.sin(i * i)
  const persisting = (i: number) => Math.sin(i / 3) + 0.1 * Math.sin(i * i)
  const none = of(alternating, 'prais-winsten')
  expect(none.diagnostics.autocorrelation).toBe(0)
  expect(none.averageEffect.standardError).toBeCloseTo(of(alternating, 'ordinary').averageEffect.standardError, 12)
  const strong = of(persisting, 'prais-winsten')
  expect(strong.diagnostics.autocorrelation).toBeGreaterThan(0.6)
  expect(strong.diagnostics.degreesOfFreedom).toBeLessThan(41)
  expect(strong.averageEffect.standardError).toBeGreaterThan(
    1.3 * of(persisting, 'ordinary').averageEffect.standardError,
  )
})

describe('cannot tell, because', () => {
  const of = (values: number[], interventionTime: number, more: Partial<InterruptedSeriesInput> = {}) =>
    interruptedSeries({ points: values.map((value, time) => ({ time, value })), interventionTime, ...more })
  const uneven = (count: number) => Array.from({ length: count }, (_, i) => (i * 7) % 5)
  test.each([
    ['baseline-too-short', of(uneven(20), 11)],
    ['baseline-too-short', of([], 3)],
    ['baseline-too-short', of(uneven(40), 14, { season: { kind: 'fourier', period: 52, harmonics: 1 } })],
    ['after-too-short', of(uneven(20), 13)],
    [
      'constant',
      of(
        Array.from({ length: 30 }, () => 4),
        15,
      ),
    ],
    [
      'constant',
      of(
        Array.from({ length: 30 }, (_, i) => 2 * i),
        15,
      ),
    ],
    ['not-finite', of([...uneven(20), Number.NaN, ...uneven(9)], 15)],
    ['not-finite', of(uneven(30), Number.NaN)],
    ['intervention-outside', of(uneven(30), 40)],
    ['intervention-outside', of(uneven(30), 0)],
    ['unordered', interruptedSeries({ points: [3, 2, 1].map((time) => ({ time, value: time })), interventionTime: 2 })],
  ])('%s', (because, result) => {
    expect(result).toMatchObject({ kind: 'cannot', because })
  })
  test('collinear: observations only at two times of the season', () => {
    const points = Array.from({ length: 40 }, (_, i) => ({ time: 2 * i, value: (i * 7) % 5 }))
    const season = { kind: 'dummies', period: 4 } as const
    expect(interruptedSeries({ points, interventionTime: 40, season })).toMatchObject({
      kind: 'cannot',
      because: 'collinear',
    })
  })
  test('programmer mistakes are refused by name', () => {
    expect(() => of(uneven(30), 15, { confidence: 1 })).toThrow(/confidence/)
    expect(() => of(uneven(30), 15, { lag: 1.5 })).toThrow(/lag/)
    expect(() => of(uneven(30), 15, { minimumAfter: 2 })).toThrow(/minimumAfter/)
    expect(() => of(uneven(30), 15, { season: { kind: 'fourier', period: 12, harmonics: 7 } })).toThrow(/harmonics/)
  })
})
