import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oddsRatio, proportionDifference, riskRatio } from './compare-proportions.ts'
import { quantileDifference } from './quantile-difference.ts'
import { quantileInterval, sortedQuantile } from './quantile-interval.ts'
import { proportionScore } from './score-proportions.ts'
import { rateDifference, rateRatio, rateScoreInterval } from './rates.ts'
import { seededChance } from '../../../../platform/seeded-random.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/estimates.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const close = (got: number, exact: number | null, relative: number) => {
  if (exact !== null) expect(Math.abs(got - exact)).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(exact)))
}
const limits = (result: { lower: number; upper: number }) => [result.lower, result.upper] as const
const side = fc
  .integer({ min: 1, max: 150 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }))

describe('shares against likelihoods maximised numerically in R (reference/make-estimates.R)', () => {
  for (const row of golden.proportions) {
    const { first, second } = row
    test(`${second.successes}/${second.trials} against ${first.successes}/${first.trials}`, () => {
      const difference = answered(proportionDifference({ first, second }))
      limits(difference).forEach((limit, i) => close(limit, row.difference[i], 1e-8))
      close(difference.pValue, row.pValue, 1e-8)
      limits(answered(riskRatio({ first, second }))).forEach((limit, i) => close(limit, row.ratio[i], 1e-7))
      limits(answered(oddsRatio({ first, second }))).forEach((limit, i) => close(limit, row.odds[i], 1e-7))
      if (Array.isArray(row.katz))
        limits(answered(riskRatio({ first, second, method: 'log' }))).forEach((limit, i) =>
          close(limit, row.katz[i], 1e-10),
        )
      const exact = answered(oddsRatio({ first, second, method: 'exact' }))
      close(exact.estimate, row.fisher.estimate, 1e-8)
      limits(exact).forEach((limit, i) => close(limit, row.fisher.limits[i], 1e-8))
      close(exact.pValue, row.fisher.p, 1e-9)
    })
  }
})

describe('published values', () => {
  test('Newcombe (1998), table II, 56/70 - 48/80: Miettinen-Nurminen 0.0528 to 0.3382, Newcombe 0.0524 to 0.3339', () => {
    const sides = { first: { successes: 48, trials: 80 }, second: { successes: 56, trials: 70 } }
    const score = answered(proportionDifference(sides))
    expect([score.lower, score.upper].map((value) => Number(value.toFixed(4)))).toEqual([0.0528, 0.3382])
    const square = answered(proportionDifference({ ...sides, method: 'newcombe' }))
    expect([square.lower, square.upper].map((value) => Number(value.toFixed(4)))).toEqual([0.0524, 0.3339])
  })
  test('Agresti (2002), myocardial infarction and aspirin, 189/11034 against 104/11037: odds ratio 1.832 (1.440, 2.331)', () => {
    const got = answered(
      oddsRatio({
        first: { successes: 104, trials: 11037 },
        second: { successes: 189, trials: 11034 },
        method: 'log',
      }),
    )
    expect([got.estimate, got.lower, got.upper].map((value) => Number(value.toFixed(2)))).toEqual([1.83, 1.44, 2.33])
  })
})

test('restricted shares keep their digits for rare outcomes in millions of cases', () => {
  const [first, second] = [
    { successes: 3, trials: 1e6 },
    { successes: 9, trials: 2e6 },
  ]
  close(proportionScore(first, second, 'difference', 0).shares[0] * 1e6, 4, 1e-12)
  // At the observed difference the restricted shares are the observed ones.
  close(proportionScore(first, second, 'difference', 1.5e-6).shares[0] * 1e6, 3, 1e-9)
})

describe('properties', () => {
  test('score intervals hold the estimate, agree with their p-value and turn over when the sides are swapped', () => {
    fc.assert(
      fc.property(side, side, (first, second) => {
        const got = answered(proportionDifference({ first, second }))
        const swapped = answered(proportionDifference({ first: second, second: first }))
        expect(got.lower).toBeCloseTo(-swapped.upper, 9)
        expect(got.lower).toBeLessThanOrEqual(got.estimate + 1e-12)
        expect(got.upper).toBeGreaterThanOrEqual(got.estimate - 1e-12)
        expect(got.lower).toBeGreaterThanOrEqual(-1)
        if (Math.abs(got.pValue - 0.05) > 1e-6) expect(got.lower > 0 || got.upper < 0).toBe(got.pValue < 0.05)
        const ratio = riskRatio({ first, second })
        if (ratio.kind === 'estimate' && Math.abs(got.pValue - 0.05) > 1e-6)
          expect(ratio.lower > 1 || ratio.upper < 1).toBe(got.pValue < 0.05)
      }),
      { numRuns: 150 },
    )
  })
  test('rates: swapping the sides inverts the ratio; more exposure of both narrows it', () => {
    const rate = fc.record({
      events: fc.integer({ min: 1, max: 400 }),
      exposure: fc.double({ min: 0.5, max: 90, noNaN: true }),
    })
    fc.assert(
      fc.property(rate, rate, (first, second) => {
        const got = answered(rateRatio({ first, second }))
        const other = answered(rateRatio({ first: second, second: first }))
        expect(got.lower * other.upper).toBeCloseTo(1, 9)
        const wide = answered(rateRatio({ first, second, dispersion: 3 }))
        expect(wide.lower).toBeLessThan(got.lower)
        const difference = answered(rateDifference({ first, second }))
        expect(difference.lower).toBeLessThanOrEqual(difference.estimate)
        expect(difference.upper).toBeGreaterThanOrEqual(difference.estimate)
      }),
    )
  })
})

test('rates against R', () => {
  for (const row of golden.rates) {
    const sides = { first: row.first, second: row.second }
    const difference = answered(rateDifference(sides))
    limits(difference).forEach((limit, i) => close(limit, row.difference[i], 1e-8))
    close(difference.pValue, row.pValue, 1e-8)
    limits(answered(rateRatio({ ...sides, dispersion: 1.7 }))).forEach((limit, i) => close(limit, row.ratio17[i], 1e-8))
    const one = answered(rateScoreInterval(row.second))
    limits(one).forEach((limit, i) => close(limit, row.one[i], 1e-8))
    close(one.estimate, row.second.events / row.second.exposure, 1e-12)
    close(answered(rateRatio(sides)).pValue, row.pRatio, 1e-8)
  }
})

describe('quantiles', () => {
  const { values, other, ranks, boot } = golden.quantiles
  test('order-statistic intervals against R qbinom', () => {
    for (const row of ranks) {
      const got = answered(quantileInterval({ values, probability: row.p }))
      expect([got.estimate, got.lower, got.upper]).toEqual(
        [row.estimate, ...row.limits].map((value) => expect.closeTo(value, 10)),
      )
      close(got.coverage, row.coverage, 1e-10)
      close(got.standardError, (row.limits[1] - row.limits[0]) / 2 / 1.959963984540054, 1e-10)
    }
  })
  test('the bootstrap drawn by ranks is that of R drawn value by value, within sampling error', () => {
    const input = {
      first: values,
      second: other,
      probability: 0.9,
      method: 'bootstrap' as const,
      random: seededChance(3),
    }
    const wide = answered(quantileDifference(input))
    close(wide.lower, boot[0], 0.06)
    close(wide.upper, boot[4], 0.06)
    const middle = answered(quantileDifference({ ...input, confidence: 0.5 }))
    close(middle.lower, boot[1], 0.06)
    close(middle.upper, boot[3], 0.08)
  })
  test('combined order statistics: p is the level at which the interval touches 0', () => {
    const shifted = other.map((value: number) => value - 6)
    const got = answered(quantileDifference({ first: values, second: shifted, probability: 0.5 }))
    for (const [factor, excluded] of [
      [0.99, false],
      [1.01, true],
    ] as const) {
      const at = answered(
        quantileDifference({ first: values, second: shifted, probability: 0.5, confidence: 1 - got.pValue * factor }),
      )
      expect(at.lower > 0 || at.upper < 0).toBe(excluded)
    }
    expect(
      answered(quantileDifference({ first: values, second: other, probability: 0.5, method: 'density' })).pValue,
    ).toBeGreaterThan(0.05)
  })
  test('density: the two widths as standard errors', () => {
    const got = answered(quantileDifference({ first: values, second: other, probability: 0.5, method: 'density' }))
    const [one, two] = [values, other].map((sample) => answered(quantileInterval({ values: sample, probability: 0.5 })))
    const half = Math.hypot(one!.upper - one!.lower, two!.upper - two!.lower) / 2
    close(got.upper - got.estimate, half, 1e-9)
    close(got.estimate, two!.estimate - one!.estimate, 1e-12)
  })
  test('a shift of both samples leaves the difference', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 20, maxLength: 60 }),
        fc.integer({ min: -9, max: 9 }),
        (sample, shift) => {
          const moved = sample.map((value) => value + shift)
          const got = quantileDifference({ first: sample, second: moved, probability: 0.5 })
          if (got.kind === 'estimate') expect(got.estimate).toBeCloseTo(shift, 10)
        },
      ),
    )
  })
  test('sorted values are taken as they are', () => {
    expect(sortedQuantile([1, 2, 3, 4], 0.25)).toBe(1.75)
    expect(quantileInterval({ values: new Float64Array(20).fill(3), probability: 0.5, sorted: true })).toMatchObject({
      lower: 3,
      standardError: 0,
    })
  })
})

test('data conditions are results, mistakes are errors', () => {
  const none = { successes: 0, trials: 0 }
  const few = { successes: 0, trials: 5 }
  const some = { successes: 2, trials: 5 }
  expect(proportionDifference({ first: none, second: few })).toMatchObject({ because: 'no-data' })
  expect(proportionDifference({ first: few, second: few })).toMatchObject({ pValue: 1 })
  const single = { first: { successes: 0, trials: 1 }, second: { successes: 1, trials: 1 } }
  expect(answered(proportionDifference(single)).lower).toBeLessThan(0)
  expect(answered(proportionDifference(single)).upper).toBe(1)
  expect(riskRatio({ first: few, second: few })).toMatchObject({ because: 'no-events' })
  expect(riskRatio({ first: few, second: some, method: 'log' })).toMatchObject({ because: 'no-events' })
  expect(riskRatio({ first: few, second: some })).toMatchObject({ upper: Number.POSITIVE_INFINITY })
  expect(oddsRatio({ first: few, second: few })).toMatchObject({ because: 'no-events' })
  expect(oddsRatio({ first: few, second: some, method: 'log' })).toMatchObject({ because: 'no-events' })
  expect(rateRatio({ first: { events: 1, exposure: 0 }, second: { events: 1, exposure: 1 } })).toMatchObject({
    because: 'no-data',
  })
  expect(rateRatio({ first: { events: 0, exposure: 1 }, second: { events: 0, exposure: 1 } })).toMatchObject({
    because: 'no-events',
  })
  expect(rateDifference({ first: { events: 0, exposure: 1 }, second: { events: 0, exposure: 1 } })).toMatchObject({
    pValue: 1,
  })
  expect(rateScoreInterval({ events: 0, exposure: 0 })).toMatchObject({ because: 'no-data' })
  expect(quantileInterval({ values: [1, 2, 3], probability: 0.5 })).toMatchObject({
    because: 'too-few',
    detail: '3 values, at least 6 are needed',
  })
  expect(quantileInterval({ values: [1, Number.NaN], probability: 0.5 })).toMatchObject({ because: 'not-finite' })
  expect(
    quantileDifference({ first: new Array(9).fill(1), second: new Array(9).fill(2), probability: 0.5 }),
  ).toMatchObject({ because: 'constant' })
  expect(() => proportionDifference({ first: { successes: 3, trials: 2 }, second: few })).toThrow(/first.successes/)
  expect(() => proportionDifference({ first: few, second: { successes: 1.5, trials: 2 } })).toThrow(/second.successes/)
  expect(() => rateRatio({ first: { events: 1, exposure: -1 }, second: { events: 1, exposure: 1 } })).toThrow(
    /first.exposure/,
  )
  expect(() =>
    rateRatio({ first: { events: 1, exposure: 1 }, second: { events: 1, exposure: 1 }, dispersion: 0 }),
  ).toThrow(/dispersion/)
  expect(() => quantileInterval({ values: [1], probability: 1 })).toThrow(/probability/)
  expect(() =>
    quantileDifference({
      first: golden.quantiles.values,
      second: golden.quantiles.other,
      probability: 0.5,
      method: 'bootstrap',
    }),
  ).toThrow(/random/)
})
