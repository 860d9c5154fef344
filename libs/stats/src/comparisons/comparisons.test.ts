import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summariseSample } from '../intervals/summarise-sample.ts'
import { rateRatioTest } from './rate-ratio-test.ts'
import { twoProportionTest } from './two-proportion-test.ts'
import { type MeanSummary, welchTest } from './welch-test.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/intervals.json', import.meta.url), 'utf8'))
const compared = <T extends { kind: string }>(result: T) => {
  if (result.kind !== 'comparison') throw new Error('no comparison')
  return result as Extract<T, { kind: 'comparison' }>
}

describe('two proportions', () => {
  test('p-values against R fisher.test and prop.test(correct = FALSE)', () => {
    for (const row of golden.proportions) {
      expect(compared(twoProportionTest({ ...row, method: 'exact' })).pValue / row.exact).toBeCloseTo(1, 9)
      expect(compared(twoProportionTest({ ...row, method: 'large-sample' })).pValue / row.largeSample).toBeCloseTo(1, 9)
    }
  })
  test('interval: Newcombe (1998), table II, case 56/70 against 48/80: 0.2 (0.0524, 0.3339)', () => {
    const got = compared(
      twoProportionTest({ first: { successes: 48, trials: 80 }, second: { successes: 56, trials: 70 } }),
    )
    expect(got.difference).toBeCloseTo(0.2, 12)
    expect(got.lower).toBeCloseTo(0.0524, 4)
    expect(got.upper).toBeCloseTo(0.3339, 4)
    expect(got.method).toBe('large-sample')
  })
  test('few cases take the exact test, none are "no-data"', () => {
    const few = { successes: 1, trials: 6 }
    expect(compared(twoProportionTest({ first: few, second: few })).method).toBe('exact')
    expect(twoProportionTest({ first: few, second: { successes: 0, trials: 0 } })).toMatchObject({ because: 'no-data' })
    expect(() => twoProportionTest({ first: few, second: { successes: 2, trials: 1 } })).toThrow(/second.successes/)
  })
  test('swapping the sides turns the sign and leaves p', () => {
    const side = fc
      .integer({ min: 1, max: 200 })
      .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }))
    fc.assert(
      fc.property(side, side, fc.constantFrom('exact', 'large-sample'), (first, second, method) => {
        const one = compared(twoProportionTest({ first, second, method: method }))
        const other = compared(twoProportionTest({ first: second, second: first, method: method }))
        expect(one.pValue).toBeCloseTo(other.pValue, 10)
        expect(one.lower).toBeCloseTo(-other.upper, 12)
        expect(one.pValue).toBeGreaterThanOrEqual(0)
        expect(one.pValue).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('two means', () => {
  test('Welch against R t.test', () => {
    const first = summariseSample(golden.welch.first) as MeanSummary
    const second = summariseSample(golden.welch.second) as MeanSummary
    const got = compared(welchTest({ first, second }))
    // R takes first - second.
    expect(-got.difference / got.standardError).toBeCloseTo(golden.welch.t, 11)
    expect(got.degreesOfFreedom).toBeCloseTo(golden.welch.df, 10)
    expect(got.pValue / golden.welch.p).toBeCloseTo(1, 10)
    expect(-got.upper).toBeCloseTo(golden.welch.limits[0], 10)
    expect(-got.lower).toBeCloseTo(golden.welch.limits[1], 10)
  })
  test('data conditions are results', () => {
    const side = { count: 4, mean: 1, standardDeviation: 0 }
    expect(welchTest({ first: side, second: side })).toMatchObject({ because: 'constant' })
    expect(welchTest({ first: side, second: { ...side, count: 1 } })).toMatchObject({ because: 'too-few' })
    expect(() => welchTest({ first: side, second: { ...side, standardDeviation: -1 } })).toThrow(/second/)
  })
})

describe('two rates', () => {
  test('against R poisson.test', () => {
    for (const row of golden.rates) {
      // R takes first / second.
      const got = compared(rateRatioTest({ first: row.second, second: row.first }))
      expect(got.ratio).toBeCloseTo(row.ratio, 12)
      expect(got.pValue / row.p).toBeCloseTo(1, 9)
      expect(got.lower).toBeCloseTo(row.limits[0], 10)
      expect(got.upper).toBeCloseTo(row.limits[1], 10)
    }
  })
  test('data conditions are results', () => {
    const none = { events: 0, exposure: 4 }
    expect(rateRatioTest({ first: none, second: none })).toMatchObject({ because: 'no-data' })
    expect(rateRatioTest({ first: none, second: { events: 3, exposure: 4 } })).toMatchObject({
      upper: Number.POSITIVE_INFINITY,
    })
    expect(() => rateRatioTest({ first: none, second: { events: 3, exposure: -4 } })).toThrow(/second.exposure/)
  })
})
