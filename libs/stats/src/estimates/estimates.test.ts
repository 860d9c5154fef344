import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summariseSample } from '../intervals/summarise-sample.ts'
import { welchTest } from '../comparisons/welch-test.ts'
import { differenceOfEstimates, relativeChange, satterthwaite } from './compare-estimates.ts'
import { describeEstimate, meanEstimate } from './estimate.ts'
import { fiellerLimits } from './fieller.ts'
import { momentsOfPairs, pairedDifference, pairSumsOf } from './pair-sums.ts'
import { ratioOfMeans } from './ratio-of-means.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/estimates.json', import.meta.url), 'utf8'))
/** The answer, or the test fails with its reason. */
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const close = (got: number, exact: number, relative = 1e-10) =>
  expect(Math.abs(got - exact)).toBeLessThanOrEqual(relative * Math.max(1e-12, Math.abs(exact)))
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true })

describe('pairs', () => {
  const { pairs } = golden
  const sums = pairSumsOf(pairs.x, pairs.y)
  test('ratio of means and Fieller against R (reference/make-estimates.R)', () => {
    const delta = answered(ratioOfMeans({ sums }))
    close(delta.estimate, pairs.ratio)
    close(delta.standardError, pairs.se)
    const fieller = answered(ratioOfMeans({ sums, method: 'fieller' }))
    close(fieller.lower, pairs.fieller[0], 1e-9)
    close(fieller.upper, pairs.fieller[1], 1e-9)
  })
  test('paired difference against R t.test', () => {
    const got = answered(pairedDifference({ sums }))
    close(got.estimate, pairs.paired.estimate)
    close(got.lower, pairs.paired.limits[0], 1e-9)
    close(got.upper, pairs.paired.limits[1], 1e-9)
    close(got.pValue, pairs.paired.p, 1e-9)
  })
  test('a constant denominator makes the ratio a mean', () => {
    const got = answered(ratioOfMeans({ sums: pairSumsOf(new Array(12).fill(1), pairs.y) }))
    const mean = answered(
      meanEstimate(summariseSample(pairs.y) as { count: number; mean: number; standardDeviation: number }),
    )
    close(got.estimate, mean.estimate)
    close(got.standardError, mean.standardError)
  })
  test('the sums of parts are the sums of the whole, and scaling y scales the ratio', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: -20, max: 20 })), {
          minLength: 4,
          maxLength: 30,
        }),
        finite(0.1, 9),
        (rows, factor) => {
          const x = rows.map((row) => row[0])
          const y = rows.map((row) => row[1])
          const plain = ratioOfMeans({ sums: pairSumsOf(x, y) })
          const scaled = ratioOfMeans({
            sums: pairSumsOf(
              x,
              y.map((value) => value * factor),
            ),
          })
          if (plain.kind === 'cannot' || scaled.kind === 'cannot') return
          expect(scaled.estimate).toBeCloseTo(plain.estimate * factor, 9)
          expect(scaled.standardError / (plain.standardError * factor)).toBeCloseTo(1, 6)
        },
      ),
    )
  })
  test('data conditions are results, mistakes are errors', () => {
    expect(momentsOfPairs(pairSumsOf([1], [2]))).toMatchObject({ because: 'too-few' })
    expect(momentsOfPairs({ ...sums, sumXX: Number.NaN })).toMatchObject({ because: 'not-finite' })
    expect(momentsOfPairs({ ...sums, sumXX: 1 })).toMatchObject({ because: 'inconsistent' })
    expect(momentsOfPairs({ ...sums, sumXY: 1e9 })).toMatchObject({ because: 'inconsistent' })
    expect(ratioOfMeans({ sums: pairSumsOf([1, -1], [1, 2]) })).toMatchObject({ because: 'denominator-near-zero' })
    expect(ratioOfMeans({ sums: pairSumsOf([1, 2, 3], [2, 4, 6]) })).toMatchObject({ because: 'constant' })
    expect(pairedDifference({ sums: pairSumsOf([1, 2, 3], [3, 4, 5]) })).toMatchObject({ because: 'constant' })
    expect(ratioOfMeans({ sums: pairSumsOf([1, -2, 2], [3, 4, 5]), method: 'fieller' })).toMatchObject({
      because: 'denominator-near-zero',
    })
    expect(() => pairSumsOf([1], [])).toThrow(/one length/)
    expect(() => ratioOfMeans({ sums: { ...sums, count: 1.5 } })).toThrow(/count/)
    expect(() => ratioOfMeans({ sums, confidence: 95 })).toThrow(/confidence/)
  })
})

describe('comparing estimates', () => {
  const { change } = golden
  test('relative change and difference against R', () => {
    const fieller = answered(relativeChange(change))
    close(fieller.lower, change.fieller[0], 1e-9)
    close(fieller.upper, change.fieller[1], 1e-9)
    close(fieller.pValue, change.pDifference, 1e-9)
    const delta = answered(relativeChange({ ...change, method: 'delta' }))
    close(delta.lower, change.delta[0], 1e-9)
    close(delta.upper, change.delta[1], 1e-9)
    const log = answered(relativeChange({ ...change, method: 'log' }))
    close(log.lower, change.log[0], 1e-9)
    close(log.upper, change.log[1], 1e-9)
    close(log.pValue, change.pLog, 1e-9)
    close(delta.pValue, change.pDelta, 1e-9)
    const difference = answered(differenceOfEstimates(change))
    close(difference.degreesOfFreedom, change.df)
    close(difference.pValue, change.pDifference, 1e-9)
  })
  test('of two means it is Welch, p far below 1e-16 included', () => {
    const first = { count: 400, mean: 10, standardDeviation: 1.2 }
    const second = { count: 350, mean: 14, standardDeviation: 1.9 }
    const welch = answered(welchTest({ first, second }))
    const got = answered(
      differenceOfEstimates({ first: answered(meanEstimate(first)), second: answered(meanEstimate(second)) }),
    )
    close(got.pValue, welch.pValue, 1e-9)
    expect(got.pValue).toBeGreaterThan(0)
    expect(got.pValue).toBeLessThan(1e-100)
    close(got.degreesOfFreedom, welch.degreesOfFreedom)
  })
  test('Fieller holds the ratio, excludes 1 exactly when the difference excludes 0', () => {
    const side = fc.record({
      estimate: finite(1, 50),
      standardError: finite(0.01, 0.4),
      degreesOfFreedom: fc.constant(Number.POSITIVE_INFINITY),
    })
    fc.assert(
      fc.property(side, side, (first, second) => {
        const got = relativeChange({ first, second })
        const difference = answered(differenceOfEstimates({ first, second }))
        if (got.kind === 'cannot') return
        expect(got.lower).toBeLessThanOrEqual(got.estimate)
        expect(got.upper).toBeGreaterThanOrEqual(got.estimate)
        if (Math.abs(difference.pValue - 0.05) > 1e-9)
          expect(got.lower > 0 || got.upper < 0).toBe(difference.pValue < 0.05)
        const log = answered(relativeChange({ first, second, method: 'log' }))
        expect(log.lower).toBeGreaterThan(-1)
      }),
    )
  })
  test('data conditions are results, mistakes are errors', () => {
    const one = { estimate: 1, standardError: 0.1, degreesOfFreedom: 5 }
    const still = { ...one, standardError: 0 }
    expect(differenceOfEstimates({ first: still, second: still })).toMatchObject({ because: 'constant' })
    expect(relativeChange({ first: { ...one, estimate: 0 }, second: one })).toMatchObject({
      because: 'denominator-near-zero',
    })
    expect(relativeChange({ first: one, second: { ...one, estimate: -1 }, method: 'log' })).toMatchObject({
      because: 'not-positive',
    })
    expect(describeEstimate({ ...one, estimate: Number.NaN })).toMatchObject({ because: 'not-finite' })
    expect(() => differenceOfEstimates({ first: { ...one, standardError: -1 }, second: one })).toThrow(/first/)
    expect(() => differenceOfEstimates({ first: one, second: { ...one, degreesOfFreedom: 0 } })).toThrow(/second/)
    expect(() =>
      fiellerLimits(
        { numerator: 1, denominator: 1, varianceOfNumerator: -1, varianceOfDenominator: 0, covariance: 0 },
        2,
      ),
    ).toThrow(/variance/)
    expect(meanEstimate({ count: 1, mean: 1, standardDeviation: 0 })).toMatchObject({ because: 'too-few' })
    expect(satterthwaite([{ variance: 1, degreesOfFreedom: Number.POSITIVE_INFINITY }])).toBe(Number.POSITIVE_INFINITY)
  })
})
