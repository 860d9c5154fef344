import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanInterval } from './mean-interval.ts'
import { poissonRateInterval } from './poisson-rate-interval.ts'
import { summariseSample } from './summarise-sample.ts'
import { wilsonInterval } from './wilson-interval.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/intervals.json', import.meta.url), 'utf8'))
const limits = (result: ReturnType<typeof wilsonInterval>) =>
  result.kind === 'interval' ? [result.lower, result.upper] : []
/** R prints some limits with rounding errors near 0 and 1, hence absolute 1e-12. */
const same = (got: number[], exact: number[], places = 12) => {
  expect(got).toHaveLength(2)
  got.forEach((value, i) => expect(value).toBeCloseTo(exact[i]!, places))
}

test('Wilson against R prop.test(correct = FALSE)', () => {
  for (const row of golden.wilson) same(limits(wilsonInterval(row)), row.limits)
})
test('Garwood against R poisson.test', () => {
  for (const row of golden.garwood) same(limits(poissonRateInterval({ ...row, confidence: 0.99 })), row.limits, 10)
})
test('mean against R t.test', () => {
  const { count, mean, standardDeviation } = summariseSample(golden.mean.values)
  same(limits(meanInterval({ count, mean: mean!, standardDeviation: standardDeviation! })), golden.mean.limits)
})
test('a Wilson interval stays inside [0, 1], holds the share, and mirrors', () => {
  const cases = fc
    .integer({ min: 1, max: 100000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
  fc.assert(
    fc.property(cases, fc.double({ min: 0.5, max: 0.9999, noNaN: true }), ([successes, trials], confidence) => {
      const [lower, upper] = limits(wilsonInterval({ successes, trials, confidence })) as [number, number]
      const [mirrored] = limits(wilsonInterval({ successes: trials - successes, trials, confidence })) as [number]
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      expect(lower).toBeLessThanOrEqual(successes / trials)
      expect(upper).toBeGreaterThanOrEqual(successes / trials)
      expect(upper + mirrored).toBeCloseTo(1, 12)
    }),
  )
})
test('data conditions are results, mistakes are errors', () => {
  expect(wilsonInterval({ successes: 0, trials: 0 })).toMatchObject({ kind: 'cannot', because: 'no-data' })
  expect(meanInterval({ count: 1, mean: 3, standardDeviation: 0 })).toMatchObject({ because: 'too-few' })
  expect(meanInterval({ count: 3, mean: Number.NaN, standardDeviation: 0 })).toMatchObject({ because: 'not-finite' })
  expect(poissonRateInterval({ events: 0, exposure: 0 })).toMatchObject({ because: 'no-data' })
  expect(summariseSample([])).toEqual({ count: 0, mean: null, standardDeviation: null })
  expect(summariseSample([4])).toEqual({ count: 1, mean: 4, standardDeviation: null })
  expect(() => wilsonInterval({ successes: 3, trials: 2 })).toThrow(/successes/)
  expect(() => wilsonInterval({ successes: 1, trials: 2, confidence: 95 })).toThrow(/confidence/)
  expect(() => poissonRateInterval({ events: 1.5, exposure: 1 })).toThrow(/events/)
  expect(() => meanInterval({ count: 2, mean: 1, standardDeviation: -1 })).toThrow(/standardDeviation/)
})
