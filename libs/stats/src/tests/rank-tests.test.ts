import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../../platform/seeded-random.ts'
import { pairwiseDifferences, walshAverages } from './pairwise-order.ts'
import { rankSumTest } from './rank-sum-test.ts'
import { doubledRanks } from './ranks.ts'
import { signSumDistribution, subsetSumDistribution } from './shift-algorithm.ts'
import { signedRankTest } from './signed-rank-test.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/tests.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const close = (got: number, exact: number) => expect(got / exact).toBeCloseTo(1, 10)

describe('rank sum test against R coin, exactRankTests and wilcox.test (reference/make-tests.R)', () => {
  for (const row of golden.ranksum) {
    test(`${row.first.join(' ')} against ${row.second.join(' ')}`, () => {
      const got = answered(rankSumTest(row))
      expect(got.statistic).toBe(row.statistic)
      expect(got.shift).toBeCloseTo(row.shift, 12)
      close(got.pValue, row.two)
      close(answered(rankSumTest({ ...row, alternative: 'greater' })).pValue, row.greater)
      close(answered(rankSumTest({ ...row, alternative: 'less' })).pValue, row.less)
      close(answered(rankSumTest({ ...row, method: 'normal' })).pValue, row.normal)
      close(answered(rankSumTest({ ...row, method: 'normal', alternative: 'greater' })).pValue, row.normalGreater)
      if (row.limits) {
        expect(got.lower).toBeCloseTo(row.limits[0], 12)
        expect(got.upper).toBeCloseTo(row.limits[1], 12)
      } else expect(got.pValue).toBeCloseTo(row.exactRankTests, 10)
    })
  }
  test('normal for 560 tied values', () => {
    const got = answered(rankSumTest(golden.big))
    expect(got.method).toBe('normal')
    expect(got.statistic).toBe(golden.big.statistic)
    close(got.pValue, golden.big.p)
  })
})

describe('signed rank test against R coin and wilcox.test', () => {
  for (const row of golden.signed) {
    test(row.differences.join(' '), () => {
      const { differences } = row
      const got = answered(signedRankTest({ differences }))
      expect(got.statistic).toBe(row.statistic)
      close(got.pValue, row.dropped)
      close(answered(signedRankTest({ differences, zeros: 'pratt' })).pValue, row.pratt)
      close(answered(signedRankTest({ differences, method: 'normal' })).pValue, row.normal)
      if (row.limits) {
        expect([got.shift, got.lower, got.upper]).toEqual([row.shift, ...row.limits].map((v) => expect.closeTo(v, 10)))
      }
    })
  }
})

describe('the shift algorithm', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 })
  test('is the list of all subsets', () => {
    fc.assert(
      fc.property(scores, fc.nat(), (values, choice) => {
        const size = choice % (values.length + 1)
        const sums = new Map<number, number>()
        let subsets = 0
        for (let mask = 0; mask < 2 ** values.length; mask++) {
          const members = values.filter((_, i) => (mask >> i) & 1)
          if (members.length !== size) continue
          const sum = members.reduce((all, value) => all + value, 0)
          sums.set(sum, (sums.get(sum) ?? 0) + 1)
          subsets++
        }
        subsetSumDistribution(values, size).forEach((chance, sum) =>
          expect(chance).toBeCloseTo((sums.get(sum) ?? 0) / subsets, 12),
        )
      }),
    )
  })
  test('chances of sums of signs make 1 and mirror', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const chances = signSumDistribution(values)
        expect(chances.reduce((all, chance) => all + chance, 0)).toBeCloseTo(1, 12)
        chances.forEach((chance, s) => expect(chance).toBeCloseTo(chances[chances.length - 1 - s]!, 12))
      }),
    )
  })
  test('refuses scores that are not whole', () => {
    expect(() => subsetSumDistribution([1.5], 1)).toThrow(/scores\[0\]/)
    expect(() => subsetSumDistribution([1], 2)).toThrow(/size/)
    expect(() => signSumDistribution([-1])).toThrow(/scores\[0\]/)
  })
})

describe('order statistics of pairs are those of the list', () => {
  const sample = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 14 })
  const median = (values: number[]) => {
    const sorted = Float64Array.from(values).sort()
    const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.floor(sorted.length / 2)]!]
    return { sorted, median: low + (high - low) / 2 }
  }
  test('differences', () => {
    fc.assert(
      fc.property(sample, sample, fc.nat(), (a, b, choice) => {
        const { sorted, median: exact } = median(a.flatMap((x) => b.map((y) => y - x)))
        const got = pairwiseDifferences(Float64Array.from(a).sort(), Float64Array.from(b).sort())
        expect(got.median === exact).toBe(true)
        const k = 1 + (choice % got.count)
        expect(got.fromBelow(k) === sorted[k - 1]).toBe(true)
        expect(got.fromAbove(k) === sorted[sorted.length - k]).toBe(true)
      }),
    )
  })
  test('averages', () => {
    fc.assert(
      fc.property(sample, fc.nat(), (a, choice) => {
        const ordered = Float64Array.from(a).sort()
        const all: number[] = []
        for (let i = 0; i < ordered.length; i++)
          for (let j = i; j < ordered.length; j++) all.push((ordered[i]! + ordered[j]!) / 2)
        const { sorted, median: exact } = median(all)
        const got = walshAverages(ordered)
        expect(got.median === exact).toBe(true)
        const k = 1 + (choice % got.count)
        expect(got.fromBelow(k) === sorted[k - 1]).toBe(true)
      }),
    )
  })
})

test('swapping the sides turns the shift and leaves p; a shift moves the limits', () => {
  const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: -9, max: 9 }), (first, second, move) => {
      const got = rankSumTest({ first, second })
      const swapped = rankSumTest({ first: second, second: first })
      const moved = rankSumTest({ first, second: second.map((value) => value + move) })
      if (got.kind === 'cannot' || swapped.kind === 'cannot' || moved.kind === 'cannot') return
      expect(swapped.pValue).toBeCloseTo(got.pValue, 10)
      expect(swapped.shift).toBeCloseTo(-got.shift, 12)
      expect(moved.lower).toBeCloseTo(got.lower + move, 12)
    }),
  )
})

test('under no effect p at most 0.05 in at most 5 % of samples, exact at 12 against 9', () => {
  const chance = seededChance(5)
  let rejected = 0
  for (let run = 0; run < 800; run++) {
    const draw = (count: number) => Array.from({ length: count }, () => Math.floor(6 * chance() ** 2))
    const got = rankSumTest({ first: draw(12), second: draw(9) })
    if (got.kind === 'test' && got.pValue <= 0.05) rejected++
  }
  // Three standard errors above 5 %.
  expect(rejected / 800).toBeLessThan(0.073)
  expect(rejected / 800).toBeGreaterThan(0.02)
})

test('data conditions are results, mistakes are errors', () => {
  expect(rankSumTest({ first: [], second: [1] })).toMatchObject({ because: 'too-few' })
  expect(rankSumTest({ first: [1, 1], second: [1] })).toMatchObject({ because: 'constant' })
  expect(rankSumTest({ first: [1, Number.NaN], second: [1] })).toMatchObject({ because: 'not-finite' })
  expect(rankSumTest({ first: new Float64Array(400), second: [1], method: 'exact' })).toMatchObject({
    because: 'too-many',
  })
  expect(signedRankTest({ differences: [0, 0] })).toMatchObject({ because: 'too-few' })
  expect(signedRankTest({ differences: [Number.NaN] })).toMatchObject({ because: 'not-finite' })
  expect(() => rankSumTest({ first: [1], second: [2], confidence: 1 })).toThrow(/confidence/)
  expect(doubledRanks([3, 1, 3])).toEqual({ ranks: Int32Array.of(5, 2, 5), tieSum: 6 })
})
