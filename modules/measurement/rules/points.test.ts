import { describe, expect, test } from 'vitest'
import { indicatorDefinition } from '../contract/definition.ts'
import type { Sums } from './plan/plan.ts'
import { emptyPoint, poolPoints, shrunk, toPoint } from './points.ts'

const draft = (kind: string, unit = 'number', rest: object = {}) => ({
  definition: indicatorDefinition.parse({ kind, eventType: 'visit', numerator: [{ of: 'x' }], ...rest }),
  unit: unit as 'number',
  minimumN: 5,
})
const denominator = [{ of: 'y' }]
const proportion = draft('proportion', 'percent', { denominator })
const sums = (numerator: number, n: number, sumOfSquares = 0, value: number | null = numerator / n): Sums => ({
  numerator,
  denominator: n,
  n,
  sumOfSquares,
  value,
  excluded: 0,
})

describe('points', () => {
  test('a share in percent with the Wilson interval', () => {
    const point = toPoint(proportion, '2026-03-01', sums(81, 263), true)
    expect(point.value).toBeCloseTo((100 * 81) / 263, 12)
    // Wilson (1927) for 81 of 263: 0.2553 to 0.3662 (Newcombe, 1998, Table I, method 3).
    expect(point.low).toBeCloseTo(25.53, 2)
    expect(point.high).toBeCloseTo(36.62, 2)
    expect(point.standardError).toBeCloseTo(100 * Math.sqrt(((81 / 263) * (182 / 263)) / 263), 12)
    expect(point).toMatchObject({ tooFew: false, complete: true })
  })
  test('per thousand, a ratio has no interval', () => {
    const point = toPoint(draft('ratio', 'per-thousand', { denominator }), '2026-03-01', sums(3, 400), true)
    expect(point).toMatchObject({ value: 7.5, low: null, high: null, standardError: null })
  })
  test('a share that is none has no interval', () => {
    expect(toPoint(proportion, '2026-03-01', sums(9, 6), true)).toMatchObject({ low: null, standardError: null })
  })
  test('nothing in the denominator is no value, and too few', () => {
    expect(toPoint(proportion, '2026-03-01', sums(0, 0, 0, null), false)).toMatchObject({
      value: null,
      tooFew: true,
      complete: false,
    })
    expect(emptyPoint(proportion, '2026-03-01', true)).toMatchObject({ value: null, n: 0, tooFew: true })
  })
  test('a mean with the t interval', () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sample deviation sqrt(32 / 7).
    const point = toPoint(draft('mean'), '2026-03-01', sums(40, 8, 232), true)
    const error = Math.sqrt(32 / 7 / 8)
    expect(point.value).toBe(5)
    expect(point.standardError).toBeCloseTo(error, 12)
    expect(point.high).toBeCloseTo(5 + 2.364624251592784 * error, 9)
  })
  test('one value has no spread', () => {
    expect(toPoint(draft('mean'), '2026-03-01', sums(7, 1, 49), true)).toMatchObject({ value: 7, low: null })
  })
  test('a count with the exact Poisson interval', () => {
    const count = draft('count', 'count', { numerator: [{ of: 'events' }] })
    const point = toPoint(count, '2026-03-01', { ...sums(10, 1), n: 10 }, true)
    // Garwood (1936): 10 events, 4.795 to 18.390.
    expect(point.low).toBeCloseTo(4.795, 3)
    expect(point.high).toBeCloseTo(18.39, 2)
    expect(point.standardError).toBeCloseTo(Math.sqrt(10), 12)
  })
})

describe('pooling', () => {
  test('is the ratio of sums, never the mean of ratios', () => {
    const points = [toPoint(proportion, 'a', sums(1, 2), true), toPoint(proportion, 'b', sums(90, 998), true)]
    const pooled = poolPoints(proportion, points)!
    expect(pooled.value).toBeCloseTo(9.1, 12)
    expect(pooled.standardError).toBeCloseTo(100 * Math.sqrt((0.091 * 0.909) / 1000), 12)
  })
  test('means pool as if all cases were one sample', () => {
    const values = [[1, 2, 3.5], [1000, 1001], [7]]
    const points = values.map((own) =>
      toPoint(
        draft('mean'),
        'a',
        sums(
          own.reduce((a, b) => a + b, 0),
          own.length,
          own.reduce((a, b) => a + b * b, 0),
        ),
        true,
      ),
    )
    const all = values.flat()
    const mean = all.reduce((a, b) => a + b, 0) / all.length
    const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / (all.length - 1)
    const pooled = poolPoints(draft('mean'), points)!
    expect(pooled.value).toBeCloseTo(mean, 9)
    expect(pooled.standardError).toBeCloseTo(Math.sqrt(variance / all.length), 6)
  })
  test('counts pool to their mean, quantiles and nothing not at all', () => {
    const count = draft('count', 'count', { numerator: [{ of: 'events' }] })
    const points = [4, 12].map((events) => toPoint(count, 'a', { ...sums(events, 1), n: events }, true))
    const pooled = poolPoints(count, points)!
    expect(pooled.value).toBe(8)
    expect(pooled.standardError).toBeCloseTo(Math.sqrt(16) / 2, 12)
    expect(poolPoints(draft('quantile', 'minutes', { quantile: 0.9 }), points)).toBe(null)
    expect(poolPoints(proportion, [emptyPoint(proportion, 'a', true)])).toBe(null)
  })
})

describe('small samples', () => {
  const small = (belowMinimum: 'hide' | 'provisional' | 'shrink') => ({ ...proportion, minimumN: 20, belowMinimum })
  test('hidden: no value, but n and the reason', () => {
    const point = toPoint(small('hide'), '2026-03-01', sums(3, 5), true)
    expect(point).toMatchObject({ value: null, low: null, standardError: null, n: 5, tooFew: true, notes: ['hidden'] })
  })
  test('provisional: the value, marked', () => {
    expect(toPoint(small('provisional'), '2026-03-01', sums(3, 5), true)).toMatchObject({ value: 60, tooFew: true })
  })
  test('shrunk: (n v + m c) / (n + m), its error that of its own part', () => {
    const point = toPoint(small('shrink'), '2026-03-01', sums(3, 5), true)
    const drawn = shrunk(small('shrink'), point, 90)
    expect(drawn.value).toBeCloseTo((5 * 60 + 20 * 90) / 25, 12)
    expect(drawn.standardError).toBeCloseTo((point.standardError! * 5) / 25, 12)
    expect(drawn.notes).toEqual(['shrunk'])
    // Enough cases, or no whole to draw to: as it is.
    const enough = toPoint(small('shrink'), '2026-03-01', sums(12, 20), true)
    expect(shrunk(small('shrink'), enough, 90)).toBe(enough)
    expect(shrunk(small('shrink'), point, null)).toBe(point)
  })
})

describe('other kinds', () => {
  test('a net promoter score is the mean of +1, 0 and -1, in points', () => {
    const survey = indicatorDefinition.parse({
      kind: 'survey',
      eventType: 'rating',
      value: 'stars',
      scale: { low: 0, high: 10 },
      score: { of: 'net-promoter', promotersFrom: 9, detractorsTo: 6 },
    })
    // 5 promoters, 2 detractors, 3 between: mean 0.3, squares 7.
    const point = toPoint({ definition: survey, unit: 'points', minimumN: 0 }, '2026-03-01', sums(3, 10, 7), true)
    expect(point.value).toBeCloseTo(30, 12)
    expect(point.standardError).toBeCloseTo(100 * Math.sqrt((7 - 10 * 0.09) / 9 / 10), 9)
  })
  test('what was left out is told, and when nothing may be', () => {
    const excluded = (count: number | null) =>
      toPoint(proportion, '2026-03-01', { ...sums(81, 263), excluded: count }, true).notes
    expect([excluded(0), excluded(4), excluded(null)]).toEqual([undefined, ['excluded'], ['exclusion-void']])
  })
})
