import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../../platform/seeded-random.ts'
import { sortedCopy, sortedQuantile } from '../estimates/quantile-interval.ts'
import { bootstrap, bootstrapDifference, bootstrapMean, bootstrapRatio } from './bootstrap.ts'
import { bootstrapInterval, jackknifeAcceleration } from './bootstrap-interval.ts'
import { permutationTest, signChangeTest } from './permutation-test.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/resampling.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const meanOf = (values: readonly number[]) => (rows: Int32Array) =>
  rows.reduce((sum, i) => sum + values[i]!, 0) / rows.length

describe('intervals from resamples against R boot.ci (reference/make-resampling.R)', () => {
  const left = golden.values.map((_: number, i: number) => {
    const rest = golden.values.filter((_value: number, j: number) => j !== i)
    return rest.reduce((sum: number, value: number) => sum + value, 0) / rest.length
  })
  test('acceleration', () => expect(jackknifeAcceleration(left)).toBeCloseTo(golden.acceleration, 12))
  for (const method of ['percentile', 'basic', 'bca'] as const) {
    test(method, () => {
      const got = answered(
        bootstrapInterval({
          estimate: golden.estimate,
          statistics: Float64Array.from(golden.resampled),
          method,
          confidence: golden.confidence,
          acceleration: golden.acceleration,
        }),
      )
      expect(got.lower).toBeCloseTo(golden[method][0], 9)
      expect(got.upper).toBeCloseTo(golden[method][1], 9)
    })
  }
})

describe('bootstrap', () => {
  const values = golden.values as number[]
  test('the fast mean is the general one on the same draws', () => {
    const fast = answered(bootstrapMean({ values, random: seededChance(1), resamples: 500 }))
    const slow = answered(
      bootstrap({ rows: values.length, statistic: meanOf(values), random: seededChance(1), resamples: 500 }),
    )
    expect(fast.lower).toBeCloseTo(slow.lower, 10)
    expect(fast.upper).toBeCloseTo(slow.upper, 10)
    expect(fast.standardError).toBeCloseTo(slow.standardError, 10)
  })
  test('a ratio with denominators of 1 is a mean; scaling numerators scales the limits', () => {
    const ones = values.map(() => 1)
    const mean = answered(bootstrapMean({ values, random: seededChance(2), resamples: 400 }))
    const ratio = answered(
      bootstrapRatio({
        numerators: values.map((v) => v * 3),
        denominators: ones,
        random: seededChance(2),
        resamples: 400,
      }),
    )
    expect(ratio.lower).toBeCloseTo(3 * mean.lower, 9)
  })
  test('standard error near the formula', () => {
    const got = answered(bootstrapMean({ values, random: seededChance(3), resamples: 4000 }))
    const mean = got.estimate
    const exact = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / values.length
    expect(got.standardError / exact).toBeGreaterThan(0.95)
    expect(got.standardError / exact).toBeLessThan(1.05)
  })
  test('10,000 resamples of 10,000 values take some 1.5 seconds: a part is run here, with room for a slow machine', () => {
    const chance = seededChance(4)
    const many = Float64Array.from({ length: 10_000 }, () => -Math.log(1 - chance()))
    const sizes = Float64Array.from({ length: 10_000 }, () => 1 + Math.floor(5 * chance()))
    // The best of five, since the machine may be busy with other things.
    const milliseconds = Math.min(
      ...Array.from({ length: 5 }, () => {
        const start = performance.now()
        answered(bootstrapRatio({ numerators: many, denominators: sizes, random: chance, resamples: 200 }))
        return performance.now() - start
      }),
    )
    if (process.env.SHOW_ACCURACY) console.log('ratio, ms for 10,000 resamples', 50 * milliseconds)
    expect(50 * milliseconds).toBeLessThan(6000)
  })
  test('difference of medians', () => {
    const statistic = (drawn: Float64Array) => sortedQuantile(sortedCopy(drawn), 0.5)
    const got = answered(
      bootstrapDifference({
        first: values,
        second: values.map((v) => v + 9),
        statistic,
        random: seededChance(6),
        resamples: 600,
      }),
    )
    expect(got.estimate).toBeCloseTo(9, 10)
    expect(got.lower).toBeLessThan(9)
    expect(got.upper).toBeGreaterThan(9)
  })
})

describe('permutation tests', () => {
  const { first, second, differences } = golden
  test('exact against R coin', () => {
    for (const [alternative, p] of [
      ['two-sided', golden.two],
      ['greater', golden.greater],
      ['less', golden.less],
    ] as const) {
      const got = answered(permutationTest({ first, second, alternative }))
      expect(got.method).toBe('exact')
      expect(got.pValue).toBeCloseTo(p, 12)
    }
  })
  test('sign changes against the list of all signs in R', () => {
    expect(answered(signChangeTest({ differences })).pValue).toBeCloseTo(golden.signs, 12)
    expect(answered(signChangeTest({ differences, alternative: 'greater' })).pValue).toBeCloseTo(
      golden.signsGreater,
      12,
    )
  })
  test('sampled p is near the exact one; strata of one kind change nothing in law', () => {
    const random = seededChance(8)
    const strata = [...first, ...second].map(() => 'all')
    const got = answered(permutationTest({ first, second, strata, random, samples: 4000 }))
    expect(got.method).toBe('sampled')
    expect(Math.abs(got.pValue - golden.two)).toBeLessThan(4 * Math.sqrt(golden.two / 4000))
  })
  test('within strata that hold one side only nothing can be exchanged', () => {
    const strata = [...first.map(() => 'a'), ...second.map(() => 'b')]
    expect(answered(permutationTest({ first, second, strata, random: seededChance(9), samples: 50 })).pValue).toBe(1)
  })
  test('shifting and scaling all values leaves p; the studentised test too', () => {
    const sample = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(sample, sample, fc.constantFrom('difference', 'studentised'), (one, two, statistic) => {
        const got = permutationTest({ first: one, second: two, statistic })
        const moved = permutationTest({
          first: one.map((v) => 3 * v + 7),
          second: two.map((v) => 3 * v + 7),
          statistic,
        })
        if (got.kind === 'cannot' || moved.kind === 'cannot') return
        expect(moved.pValue).toBeCloseTo(got.pValue, 12)
        expect(got.pValue).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

test('data conditions are results, mistakes are errors', () => {
  const random = seededChance(1)
  expect(bootstrapMean({ values: [1], random })).toMatchObject({ because: 'too-few' })
  expect(bootstrapMean({ values: [1, 1], random, resamples: 9 })).toMatchObject({ because: 'constant' })
  expect(bootstrapMean({ values: [1, Number.NaN], random, resamples: 9 })).toMatchObject({ because: 'not-finite' })
  expect(permutationTest({ first: [], second: [1] })).toMatchObject({ because: 'too-few' })
  expect(permutationTest({ first: [1], second: [1] })).toMatchObject({ because: 'constant' })
  expect(permutationTest({ first: [1], second: [Number.NaN] })).toMatchObject({ because: 'not-finite' })
  expect(signChangeTest({ differences: [0] })).toMatchObject({ because: 'too-few' })
  expect(() => bootstrapMean({ values: [1, 2], random, resamples: 0 })).toThrow(/resamples/)
  expect(() => bootstrapRatio({ numerators: [1, 2], denominators: [1], random })).toThrow(/one length/)
  expect(() => bootstrap({ rows: -1, statistic: () => 0, random })).toThrow(/rows/)
  expect(() =>
    permutationTest({ first: new Float64Array(40), second: Float64Array.from({ length: 40 }, (_, i) => i) }),
  ).toThrow(/random/)
  expect(() => permutationTest({ first: [1], second: [2], strata: [1] })).toThrow(/strata/)
})
