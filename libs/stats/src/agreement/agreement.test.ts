import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededUniform } from '../../reference/shrinkage-simulation.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { fQuantile } from './f-quantile.ts'
import { intraclassCorrelation } from './intraclass-correlation.ts'
import { krippendorffAlpha } from './krippendorff-alpha.ts'
import { weightedKappa } from './weighted-kappa.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/agreement.json', import.meta.url), 'utf8'))
const alphaOf = (input: Parameters<typeof krippendorffAlpha>[0]) => {
  const result = krippendorffAlpha(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}
const iccOf = (ratings: readonly (readonly number[])[]) => {
  const result = intraclassCorrelation(ratings)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}
const turned = <T>(rows: readonly (readonly T[])[]) => rows[0]!.map((_, j) => rows.map((row) => row[j]!))
const metrics = ['nominal', 'ordinal', 'interval', 'ratio'] as const

test('F quantiles against R qf', () => {
  for (const { args, lower, upper } of golden.f) {
    expect(fQuantile(args[0], args[1], args[2]) / lower).toBeCloseTo(1, 11)
    expect(fQuantile(args[0], args[1], args[2], 'upper') / upper).toBeCloseTo(1, 11)
  }
  expect(fQuantile(0, 2, 3)).toBe(0)
  expect(fQuantile(0, 2, 3, 'upper')).toBe(Number.POSITIVE_INFINITY)
  expect(() => fQuantile(0.5, 0, 1)).toThrow(/numerator/)
  expect(() => fQuantile(0.5, 1, 0)).toThrow(/denominator/)
})

describe("Krippendorff's alpha", () => {
  const gap = null
  // Krippendorff (2011), example D: four observers, twelve units.
  const observers = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, gap, gap, gap],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, gap, 3],
    [gap, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, gap],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, gap],
  ]
  test.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
    ['ratio', 0.797],
  ] as const)('the published example, %s', (metric, want) => {
    const got = alphaOf({ ratings: turned(observers), metric })
    expect(got.alpha).toBeCloseTo(want, 3)
    expect(got).toMatchObject({ units: 11, ratings: 40, interval: null })
  })
  test.each(metrics)('against the definition in R, %s', (metric) => {
    const got = alphaOf({ ratings: golden.alpha.ratings, metric })
    expect(got.alpha).toBeCloseTo(golden.alpha.values[metric], 12)
  })
  const table = fc.array(
    fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 4 }), { minLength: 3, maxLength: 3 }),
    { minLength: 2, maxLength: 10 },
  )
  test('at most 1, 1 for copies; order of units and raters irrelevant; interval scale may shift', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(...metrics), (ratings, metric) => {
        const got = krippendorffAlpha({ ratings, metric })
        if (got.kind === 'cannot') return
        expect(got.alpha).toBeLessThanOrEqual(1)
        const mirrored = [...ratings].reverse().map((row) => [...row].reverse())
        expect(alphaOf({ ratings: mirrored, metric }).alpha).toBeCloseTo(got.alpha, 10)
        const moved = ratings.map((row) => row.map((value) => (value === null ? null : 10 + 3 * value)))
        if (metric !== 'ratio') expect(alphaOf({ ratings: moved, metric }).alpha).toBeCloseTo(got.alpha, 10)
        const copies = ratings.map((row) => [row[0] ?? 0, row[0] ?? 0])
        const same = krippendorffAlpha({ ratings: copies, metric })
        if (same.kind === 'agreement') expect(same.alpha).toBe(1)
      }),
    )
  })
  test('bootstrap: holds the estimate, narrows with more units, repeats with the same seed', () => {
    const ratings = turned(observers)
    const bootstrap = () => ({ draws: 2000, random: seededUniform(5) })
    const few = alphaOf({ ratings, metric: 'ordinal', bootstrap: bootstrap() })
    expect(few.interval!.lower).toBeLessThan(few.alpha)
    expect(few.interval!.upper).toBeGreaterThan(few.alpha)
    expect(alphaOf({ ratings, metric: 'ordinal', bootstrap: bootstrap() })).toEqual(few)
    const many = alphaOf({
      ratings: Array.from({ length: 20 }, () => ratings).flat(),
      metric: 'ordinal',
      bootstrap: { draws: 200, random: seededUniform(6) },
    })
    const width = (result: typeof few) => result.interval!.upper - result.interval!.lower
    expect(width(many)).toBeLessThan(0.4 * width(few))
  })
  test('bootstrap: the percentiles of alpha of the units drawn, one by one', () => {
    const ratings = turned(observers).filter((row) => row.filter((value) => value !== null).length > 1)
    const { interval } = alphaOf({
      ratings,
      metric: 'ordinal',
      bootstrap: { draws: 199, random: seededUniform(7), confidence: 0.9 },
    })
    const random = seededUniform(7)
    const alphas = Array.from({ length: 199 }, () => {
      const drawn = ratings.map(() => ratings[Math.floor(random() * ratings.length)]!)
      return alphaOf({ ratings: drawn, metric: 'ordinal' }).alpha
    }).sort((a, b) => a - b)
    expect(interval).toMatchObject({ confidence: 0.9, usedDraws: 199 })
    // 5 and 95 % of 199 draws: the 10th and the 190th.
    expect(interval!.lower).toBeCloseTo(alphas[9]!, 12)
    expect(interval!.upper).toBeCloseTo(alphas[189]!, 12)
  })
  test('what cannot be, and mistakes by name', () => {
    const of = (ratings: (number | null)[][], metric: (typeof metrics)[number] = 'nominal') =>
      krippendorffAlpha({ ratings, metric })
    expect(of([[1, null]])).toMatchObject({ because: 'too-few' })
    expect(of([])).toMatchObject({ because: 'too-few' })
    expect(of([[3, 3]])).toMatchObject({ because: 'no-variation' })
    expect(of([[-1, 3]], 'ratio')).toMatchObject({ because: 'negative' })
    expect(of([[Number.NaN, 3]])).toMatchObject({ because: 'not-finite' })
    expect(
      of(
        [
          [0, 0],
          [0, 1],
        ],
        'ratio',
      ),
    ).toMatchObject({ kind: 'agreement' })
    expect(() => of([[1, 2], [1]])).toThrow(/ratings\[1\]/)
    const random = seededUniform(1)
    const ask = (bootstrap: { draws: number; random: () => number; confidence?: number }) => () =>
      krippendorffAlpha({ ratings: [[1, 2]], metric: 'nominal', bootstrap })
    expect(ask({ draws: 0, random })).toThrow(/draws/)
    expect(ask({ draws: 1, random, confidence: 2 })).toThrow(/confidence/)
  })
})

describe('intraclass correlation', () => {
  test('Shrout and Fleiss (1979), table 4', () => {
    const { single, average } = iccOf(golden.icc[0].ratings)
    expect([single.oneWay, single.absolute, single.consistency].map((c) => Number(c.estimate.toFixed(2)))).toEqual([
      0.17, 0.29, 0.71,
    ])
    expect([average.oneWay, average.absolute, average.consistency].map((c) => Number(c.estimate.toFixed(2)))).toEqual([
      0.44, 0.62, 0.91,
    ])
  })
  test('against psych::ICC: estimates, intervals, F and p', () => {
    for (const { ratings, estimate, lower, upper, f, p } of golden.icc) {
      const { single, average } = iccOf(ratings)
      const all = [single, average].flatMap((each) => [each.oneWay, each.absolute, each.consistency])
      all.forEach((coefficient, i) => {
        expect(coefficient.estimate).toBeCloseTo(estimate[i], 10)
        if (i % 3 !== 1 || estimate[i] > 0) {
          expect(coefficient.lower).toBeCloseTo(lower[i], 8)
          expect(coefficient.upper).toBeCloseTo(upper[i], 8)
        }
        expect(coefficient.f).toBeCloseTo(f[i], 9)
        expect(coefficient.pValue).toBeCloseTo(p[i], 10)
      })
    }
  })
  test('perfect agreement, constant difference', () => {
    const same = iccOf([
      [1, 1],
      [2, 2],
      [5, 5],
    ])
    expect(same.single.absolute).toMatchObject({ estimate: 1, lower: 1, upper: 1, pValue: 0 })
    expect(same.average.oneWay.estimate).toBe(1)
    const shifted = iccOf([
      [1, 3],
      [2, 4],
      [5, 7],
    ])
    expect(shifted.single.consistency).toMatchObject({ estimate: 1, lower: 1, upper: 1 })
    expect(shifted.single.absolute.estimate).toBeLessThan(0.75)
  })
  test('shift and scale pass through; estimates lie within their intervals', () => {
    const row = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 12 }), (ratings) => {
        const got = intraclassCorrelation(ratings)
        if (got.kind === 'cannot' || got.meanSquares.residual === 0) return
        const moved = iccOf(ratings.map((each) => each.map((value) => 1000 + 4 * value)))
        for (const name of ['oneWay', 'absolute', 'consistency'] as const) {
          const coefficient = got.single[name]
          expect(moved.single[name].estimate).toBeCloseTo(coefficient.estimate, 8)
          expect(coefficient.lower).toBeLessThanOrEqual(coefficient.estimate + 1e-9)
          expect(coefficient.upper).toBeGreaterThanOrEqual(coefficient.estimate - 1e-9)
        }
      }),
    )
  })
  test('what cannot be, and mistakes by name', () => {
    expect(intraclassCorrelation([[1, 2]])).toMatchObject({ because: 'too-few' })
    expect(intraclassCorrelation([[1], [2]])).toMatchObject({ because: 'too-few' })
    expect(
      intraclassCorrelation([
        [1, null],
        [2, 3],
      ]),
    ).toMatchObject({ because: 'missing' })
    expect(
      intraclassCorrelation([
        [1, Number.NaN],
        [2, 3],
      ]),
    ).toMatchObject({ because: 'not-finite' })
    expect(
      intraclassCorrelation([
        [4, 4],
        [4, 4],
      ]),
    ).toMatchObject({ because: 'no-variation' })
    expect(
      intraclassCorrelation([
        [0.1, 0.3],
        [0.1, 0.3],
      ]),
    ).toMatchObject({ because: 'no-variation' })
    expect(() => intraclassCorrelation([[1, 2], [1]])).toThrow(/ratings\[1\]/)
    expect(() =>
      intraclassCorrelation(
        [
          [1, 2],
          [1, 2],
        ],
        1,
      ),
    ).toThrow(/confidence/)
  })
})

describe('kappa', () => {
  test('against psych (estimates) and the numerical delta method (errors)', () => {
    for (const { table, ...want } of golden.kappa) {
      for (const weights of ['none', 'linear', 'quadratic'] as const) {
        const got = weightedKappa(table, weights)
        if (got.kind === 'cannot') throw new Error(got.detail)
        expect(got.kappa).toBeCloseTo(want[weights].kappa, 10)
        expect(got.standardError).toBeCloseTo(want[weights].se, 6)
        expect(got.upper - got.kappa).toBeCloseTo(1.959964 * got.standardError, 6)
        expect(got.kappa - got.lower).toBeCloseTo(1.959964 * got.standardError, 6)
      }
    }
  })
  test('two categories: weights make no difference; turning the table makes none; diagonal gives 1', () => {
    const table = fc.array(fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(table, fc.constantFrom('none', 'linear', 'quadratic'), (counts, weights) => {
        const got = weightedKappa(counts, weights)
        if (got.kind === 'cannot') return
        expect(got.kappa).toBeLessThanOrEqual(1)
        const other = weightedKappa(turned(counts), weights)
        expect(other.kind === 'agreement' && other.kappa).toBeCloseTo(got.kappa, 10)
        expect(other.kind === 'agreement' && other.standardError).toBeCloseTo(got.standardError, 8)
      }),
    )
    const two = [
      [20, 5],
      [4, 11],
    ]
    const plain = weightedKappa(two, 'none')
    expect(weightedKappa(two, 'linear')).toEqual(plain)
    if (plain.kind === 'cannot') throw new Error(plain.detail)
    // By hand: 31 of 40 agree, 21 by chance.
    expect(plain).toMatchObject({ observed: 0.775, count: 40 })
    expect(plain.expected).toBeCloseTo((25 * 24 + 15 * 16) / 1600, 12)
    const chi = plain.kappa / plain.standardErrorUnderChance
    // For a two by two table the square is Pearson's chi-square.
    expect(chi * chi).toBeCloseTo((40 * (20 * 11 - 5 * 4) ** 2) / (25 * 15 * 24 * 16), 9)
    expect(plain.pValue).toBeCloseTo(2 * normalTail(chi, 'upper'), 12)
    expect(
      weightedKappa(
        [
          [4, 0],
          [0, 9],
        ],
        'none',
      ),
    ).toMatchObject({ kappa: 1, standardError: 0 })
  })
  test('what cannot be, and mistakes by name', () => {
    expect(
      weightedKappa(
        [
          [0, 0],
          [0, 0],
        ],
        'none',
      ),
    ).toMatchObject({ because: 'no-data' })
    expect(
      weightedKappa(
        [
          [7, 0],
          [0, 0],
        ],
        'none',
      ),
    ).toMatchObject({ because: 'no-variation' })
    expect(() => weightedKappa([[1]], 'none')).toThrow(/table/)
    expect(() => weightedKappa([[1, 2], [1]], 'none')).toThrow(/table/)
    expect(() =>
      weightedKappa(
        [
          [1, 0.5],
          [1, 1],
        ],
        'none',
      ),
    ).toThrow(/table\[0\]/)
    expect(() =>
      weightedKappa(
        [
          [1, 1],
          [1, 1],
        ],
        'none',
        0,
      ),
    ).toThrow(/confidence/)
  })
})
