import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeanSummary } from '../comparisons/welch-test.ts'
import { differenceOfEstimates } from '../estimates/compare-estimates.ts'
import { meanEstimate } from '../estimates/estimate.ts'
import { pairSumsOf } from '../estimates/pair-sums.ts'
import { summariseSample } from '../intervals/summarise-sample.ts'
import { seededChance } from '../../../../platform/seeded-random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { clusteredQuantile } from './clustered-quantile.ts'
import { compareArms } from './compare-arms.ts'
import { compareShares } from './compare-shares.ts'
import { cupedRatio } from './cuped-ratio.ts'
import { cuped } from './cuped.ts'
import { momentSumsOf, momentSumsOfPairs, momentsOf } from './moment-sums.ts'
import { postStratified } from './post-stratification.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/experiments.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const close = (got: number, exact: number, relative = 1e-10) => expect(Math.abs(got / exact - 1)).toBeLessThan(relative)
const { arm, x, y, num, d, past, b } = golden as Record<string, number[]>
const of = (side: number, values: number[]) => values.filter((_, i) => arm![i] === side)
const sums = { first: pairSumsOf(of(0, x!), of(0, y!)), second: pairSumsOf(of(1, x!), of(1, y!)) }

describe('CUPED against R (reference/make-experiments.R)', () => {
  test('equal variances: lm(y ~ arm + x)', () => {
    const got = answered(cuped({ ...sums, variance: 'equal' }))
    close(got.estimate, golden.equal.estimate, 1e-9)
    close(got.standardError, golden.equal.se, 1e-9)
    close(got.pValue, golden.equal.p, 1e-7)
    close(got.theta, golden.equal.theta, 1e-9)
  })
  test('slopes by arm: two regressions read at the common mean', () => {
    const got = answered(cuped({ ...sums, slopes: 'by-arm' }))
    close(got.estimate, golden.byArm.estimate, 1e-9)
    close(got.standardError, golden.byArm.se, 1e-9)
  })
  test('ratios, from sums against row by row', () => {
    const rows = num!.map((value, i) => [value, d![i]!, past![i]!, b![i]!])
    const side = (name: number) => momentSumsOf(rows.filter((_, i) => arm![i] === name))
    const got = answered(cupedRatio({ first: side(0), second: side(1) }))
    close(got.theta, golden.ratio.theta, 1e-9)
    close(got.estimate, golden.ratio.estimate, 1e-9)
    close(got.standardError, golden.ratio.se, 1e-9)
    expect(got.varianceRatio).toBeLessThan(0.9)
  })
  test('a ratio with denominators of 1 is the adjusted mean', () => {
    const rows = y!.map((value, i) => [value, 1, x![i]!, 1])
    const side = (name: number) => momentSumsOf(rows.filter((_, i) => arm![i] === name))
    const ratio = answered(cupedRatio({ first: side(0), second: side(1) }))
    const mean = answered(cuped(sums))
    close(ratio.estimate, mean.estimate, 1e-9)
    close(ratio.standardError, mean.standardError, 1e-9)
    close(ratio.first.estimate, mean.first.estimate, 1e-9)
  })
  test('a treatment effect does not leak into theta, whatever its size', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), (effect) => {
        const moved = {
          first: sums.first,
          second: pairSumsOf(
            of(1, x!),
            of(1, y!).map((value) => value + effect),
          ),
        }
        const [one, two] = [answered(cuped(sums)), answered(cuped(moved))]
        expect(two.theta).toBeCloseTo(one.theta, 8)
        expect(two.estimate - one.estimate).toBeCloseTo(effect, 8)
        expect(two.standardError).toBeCloseTo(one.standardError, 8)
      }),
    )
  })
  test('the adjusted difference is that of the adjusted arms, and moving the covariate changes nothing', () => {
    const got = answered(cuped(sums))
    expect(got.second.estimate - got.first.estimate).toBeCloseTo(got.estimate, 10)
    const moved = answered(
      cuped({
        first: pairSumsOf(
          of(0, x!).map((v) => 3 * v - 50),
          of(0, y!),
        ),
        second: pairSumsOf(
          of(1, x!).map((v) => 3 * v - 50),
          of(1, y!),
        ),
      }),
    )
    close(moved.estimate, got.estimate, 1e-8)
    close(moved.standardError, got.standardError, 1e-8)
  })
  test('coverage near 95 % in small arms of unequal spread, by simulation', () => {
    const chance = seededChance(3)
    const draw = () => normalQuantile(chance() || 0.5)
    let covered = 0
    for (let run = 0; run < 1500; run++) {
      const side = (count: number, spread: number, effect: number) => {
        const covariate = Array.from({ length: count }, draw)
        return pairSumsOf(
          covariate,
          covariate.map((value) => value + effect + spread * draw()),
        )
      }
      const got = answered(cuped({ first: side(14, 1, 0), second: side(22, 2, 1) }))
      if (got.lower <= 1 && 1 <= got.upper) covered++
    }
    expect(Math.abs(covered / 1500 - 0.95)).toBeLessThan(0.017)
  })
})

describe('strata, clusters, arms', () => {
  const strata = golden.cells.map(([first, second]: [MeanSummary, MeanSummary]) => ({ first, second }))
  test('post-stratification against R; one stratum is Welch', () => {
    const got = answered(postStratified({ strata }))
    close(got.estimate, golden.post.estimate)
    close(got.standardError, golden.post.se)
    const [first, second] = [0, 1].map((side) => summariseSample(of(side, y!)) as MeanSummary)
    const one = answered(postStratified({ strata: [{ share: 1, first: first!, second: second! }] }))
    const welch = answered(
      differenceOfEstimates({ first: answered(meanEstimate(first!)), second: answered(meanEstimate(second!)) }),
    )
    close(one.pValue, welch.pValue)
  })
  test('quantile over clusters against clubSandwich and R quantile', () => {
    const got = answered(clusteredQuantile({ clusters: golden.clustered.clusters, probability: 0.8 }))
    expect(got.estimate).toBeCloseTo(golden.clustered.estimate, 10)
    close(got.degreesOfFreedom, golden.clustered.df, 1e-8)
    expect(got.lower).toBeCloseTo(golden.clustered.limits[0], 8)
    expect(got.upper).toBeCloseTo(golden.clustered.limits[1], 8)
  })
  test('coverage of a clustered 90th percentile, by simulation: independent errors would cover far less', () => {
    const chance = seededChance(7)
    // Cluster factor 1 or 3 in turn of chance; values exponential: the true percentile solves 0.5 e^-q + 0.5 e^(-q/3) = 0.1.
    let [low, high] = [1, 12]
    for (let i = 0; i < 60; i++) {
      const q = (low + high) / 2
      if (0.5 * Math.exp(-q) + 0.5 * Math.exp(-q / 3) > 0.1) low = q
      else high = q
    }
    let [covered, answers] = [0, 0]
    for (let run = 0; run < 500; run++) {
      const clusters = Array.from({ length: 60 }, () => {
        const factor = chance() < 0.5 ? 1 : 3
        return Array.from({ length: 4 + Math.floor(12 * chance()) }, () => -factor * Math.log(1 - chance()))
      })
      const got = clusteredQuantile({ clusters, probability: 0.9 })
      if (got.kind === 'cannot') continue
      answers++
      if (got.lower <= low && low <= got.upper) covered++
    }
    expect(answers).toBe(500)
    expect(covered / answers).toBeGreaterThan(0.92)
    expect(covered / answers).toBeLessThan(0.98)
  })
  const arms = Object.entries(golden.three as Record<string, number[]>).map(([name, values]) => {
    const measured = answered(meanEstimate(summariseSample(values) as MeanSummary))
    return { ...measured, name }
  })
  test('several arms: overall against R oneway.test, pairs adjusted by Holm', () => {
    const got = answered(compareArms({ arms, pairs: 'all' }))
    close(got.overall.statistic, golden.overall.f)
    close(got.overall.pValue, golden.overall.p)
    expect(got.comparisons.map(({ first, second }) => `${first} ${second}`)).toEqual(['a b', 'a c', 'b c'])
    const [ab] = got.comparisons
    expect(ab!.adjustedP).toBeGreaterThanOrEqual(ab!.pValue)
    expect(ab!.matched!.lower).toBeLessThan(ab!.lower)
    expect(ab!.relative!.estimate).toBeCloseTo(arms[1]!.estimate / arms[0]!.estimate - 1, 12)
  })
  test('two arms: the overall test is the pair; normal arms take chi-square', () => {
    const got = answered(compareArms({ arms: arms.slice(0, 2), adjustment: 'benjamini-hochberg' }))
    close(got.overall.pValue, got.comparisons[0]!.pValue, 1e-9)
    const normal = arms.map((side) => ({ ...side, degreesOfFreedom: Number.POSITIVE_INFINITY }))
    const two = answered(compareArms({ arms: normal.slice(0, 2) }))
    close(two.overall.pValue, two.comparisons[0]!.pValue, 1e-9)
  })
  test('shares: overall and pairs', () => {
    const shares = [
      { name: 'control', successes: 120, trials: 200 },
      { name: 'call back', successes: 150, trials: 200 },
      { name: 'message', successes: 131, trials: 210 },
    ]
    const got = answered(compareShares({ arms: shares }))
    expect(got.comparisons).toHaveLength(2)
    expect(got.comparisons[0]!.adjustedP).toBeCloseTo(2 * got.comparisons[0]!.pValue, 12)
    expect(got.comparisons[0]!.simultaneous.lower).toBeLessThan(got.comparisons[0]!.lower)
    expect(got.comparisons[0]!.ratio!.estimate).toBeCloseTo(1.25, 12)
    expect(got.overall!.degreesOfFreedom).toBe(2)
    const same = answered(compareShares({ arms: shares.map((side) => ({ ...side, successes: 0 })), pairs: 'all' }))
    expect(same.overall).toBeNull()
    expect(same.comparisons).toHaveLength(3)
  })
})

test('data conditions are results, mistakes are errors', () => {
  const flat = pairSumsOf([1, 1, 1, 1], [1, 2, 3, 5])
  const summary = { count: 3, mean: 1, standardDeviation: 1 }
  const thin = { ...summary, count: 1 }
  const side = { name: 'a', estimate: 1, standardError: 1, degreesOfFreedom: 3 }
  const zero = momentSumsOf([
    [1, 0, 1, 0],
    [2, 0, 1, 0],
    [1, 0, 1, 0],
  ])
  expect(cuped({ first: flat, second: flat })).toMatchObject({ because: 'covariate-constant' })
  expect(cuped({ first: pairSumsOf([1, 2], [1, 2]), second: flat })).toMatchObject({ because: 'too-few' })
  const line = pairSumsOf([1, 2, 3, 4], [2, 4, 6, 8])
  expect(cuped({ first: line, second: line })).toMatchObject({ because: 'constant' })
  expect(cupedRatio({ first: zero, second: zero })).toMatchObject({ because: 'denominator-zero' })
  const steady = momentSumsOf([
    [1, 2, 300, 100],
    [2, 3, 600, 200],
    [1, 1, 900, 300],
    [4, 2, 300, 100],
  ])
  expect(cupedRatio({ first: steady, second: steady })).toMatchObject({ because: 'covariate-constant' })
  const high = momentsOf(momentSumsOf([[1e8 + 0.1], [1e8 + 0.1], [1e8 + 0.1]]))
  expect(high).toMatchObject({ covariance: [[0]] })
  expect(momentsOf({ ...zero, sums: [Number.NaN, 0, 0, 0] })).toMatchObject({ because: 'not-finite' })
  expect(momentsOf({ count: 3, sums: [9], products: [[1]] })).toMatchObject({ because: 'inconsistent' })
  expect(postStratified({ strata: [{ name: 'north', first: thin, second: summary }] })).toMatchObject({
    because: 'too-few',
    detail: expect.stringContaining('north'),
  })
  expect(postStratified({ strata: [] })).toMatchObject({ because: 'too-few' })
  expect(clusteredQuantile({ clusters: [[1], [2]], probability: 0.5 })).toMatchObject({ because: 'too-few' })
  expect(clusteredQuantile({ clusters: [[1, Number.NaN], [2]], probability: 0.5 })).toMatchObject({
    because: 'not-finite',
  })
  expect(compareArms({ arms: [side] })).toMatchObject({ because: 'too-few' })
  expect(compareArms({ arms: [side, { ...side, name: 'b', standardError: 0 }] })).toMatchObject({ because: 'constant' })
  expect(
    compareShares({
      arms: [
        { name: 'a', successes: 0, trials: 0 },
        { name: 'b', successes: 1, trials: 2 },
      ],
    }),
  ).toMatchObject({ because: 'too-few' })
  expect(() => compareArms({ arms: [side, side] })).toThrow(/different names/)
  expect(() =>
    compareShares({
      arms: [
        { name: 'a', successes: 3, trials: 2 },
        { name: 'b', successes: 1, trials: 2 },
      ],
    }),
  ).toThrow(/first.successes/)
  expect(() => postStratified({ strata: [{ share: 0.5, first: summary, second: summary }] })).toThrow(/add up to 1/)
  expect(() =>
    postStratified({
      strata: [
        { share: 1, first: summary, second: summary },
        { first: summary, second: summary },
      ],
    }),
  ).toThrow(/all or for none/)
  expect(() => cupedRatio({ first: momentSumsOfPairs(flat), second: zero })).toThrow(/first/)
  expect(() => momentSumsOf([[1], [1, 2]])).toThrow(/one length/)
  expect(() => momentsOf({ count: 2, sums: [1], products: [[1, 2]] })).toThrow(/products/)
  expect(() => clusteredQuantile({ clusters: [], probability: 2 })).toThrow(/probability/)
})
