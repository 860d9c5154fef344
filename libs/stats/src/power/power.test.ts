import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rateRatio } from '../estimates/rates.ts'
import { poissonTail } from '../distributions/poisson-tail.ts'
import { clusterDesign, clusterPeriodVariances, designEffect, differenceInDifferencesDesign } from './clusters.ts'
import { type Design, detectableEffect, exactSampleSize, powerOfEstimate, sampleSize } from './design.ts'
import { interruptedSeriesDesign } from './interrupted.ts'
import { equivalenceDesign, nonInferiorityDesign, powerOfEquivalence } from './margins.ts'
import {
  adjustedDeviation,
  chiSquareDesign,
  pairedMeansDesign,
  severalMeansDesign,
  twoMeansDesign,
  unitDeviation,
} from './means.ts'
import { twoProportionsDesign, twoRatesDesign } from './shares-and-rates.ts'
import { steppedWedgeDesign, steppedWedgeLayout, steppedWedgeVariance } from './stepped-wedge.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/power.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const close = (got: number, exact: number, relative = 1e-10) => expect(Math.abs(got / exact - 1)).toBeLessThan(relative)

describe('against R pwr, power.t.test and power.prop.test (reference/make-power.R)', () => {
  test('two means, pairs', () => {
    for (const row of golden.means) {
      close(twoMeansDesign({ standardDeviation: 1, ...row }).power(row.count, row.effect), row.two, 1e-9)
      close(twoMeansDesign({ standardDeviation: 1, ...row, sided: 'one' }).power(row.count, row.effect), row.one, 1e-9)
    }
    close(pairedMeansDesign({ standardDeviation: 1, correlation: 0.6 }).power(18, 0.5), golden.paired, 1e-9)
    const design = twoMeansDesign({ standardDeviation: 1.2 })
    close(exactSampleSize(design, { effect: 0.5, power: 0.9 }), golden.size, 1e-8)
    close(answered(detectableEffect(design, { count: 50 })).effect, golden.detect, 1e-8)
    expect(answered(sampleSize(design, { effect: 0.5, power: 0.9 })).count).toBe(Math.ceil(golden.size))
  })
  test('shares', () => {
    const design = twoProportionsDesign({ share: 0.7 })
    close(design.power(150, 0.12), golden.prop)
    close(exactSampleSize(design, { effect: 0.12, power: 0.9 }), golden.propSize, 1e-8)
    close(twoProportionsDesign({ share: 0.7, allocation: 2, method: 'arcsine' }).power(150, 0.12), golden.arcsine)
  })
  test('several means, chi-square, rates, non-inferiority', () => {
    for (const row of golden.anova) close(severalMeansDesign(row).power(row.count, row.f), row.power, 1e-8)
    close(chiSquareDesign({ degreesOfFreedom: 4 }).power(800, 0.1), golden.chisq, 1e-9)
    close(twoRatesDesign({ rate: 2, dispersion: 1.4 }).power(50, 0.3), golden.rates, 1e-9)
    close(nonInferiorityDesign({ standardDeviation: 2 }).power(60, 1), golden.noninferior, 1e-9)
  })
  test('two one-sided tests against R integrate', () => {
    for (const { effect, margin, se, df, power } of golden.tost) {
      const input = { effect, lowerMargin: -margin, upperMargin: margin, standardError: se, degreesOfFreedom: df }
      close(powerOfEquivalence(input), power, 1e-8)
    }
  })
})

describe('published values', () => {
  test('Cohen (1988), table 2.3.5: d = 0.5, 64 a side gives power 0.80; table 8.3: f = 0.25, 4 groups of 45', () => {
    expect(twoMeansDesign({ standardDeviation: 1 }).power(64, 0.5)).toBeCloseTo(0.801, 2)
    expect(answered(sampleSize(twoMeansDesign({ standardDeviation: 1 }), { effect: 0.5 })).count).toBe(64)
    expect(answered(sampleSize(severalMeansDesign({ groups: 4 }), { effect: 0.25 })).count).toBe(45)
  })
  test('bioequivalence on the log scale, 2 x 2 crossover, 80 to 125 %, true ratio 0.95: 20, 28 and 40 subjects at CV 20, 25, 30 %', () => {
    // Figures as printed in the manual of the R package PowerTOST.
    for (const [cv, subjects, power] of [
      [0.2, 20, 0.83468],
      [0.25, 28, 0.807439],
      [0.3, 40, 0.815845],
    ] as const) {
      const got = powerOfEquivalence({
        effect: Math.log(0.95),
        lowerMargin: Math.log(0.8),
        upperMargin: Math.log(1.25),
        standardError: Math.sqrt((2 * Math.log1p(cv ** 2)) / subjects),
        degreesOfFreedom: subjects - 2,
      })
      expect(got).toBeCloseTo(power, 5)
    }
  })
})

describe('clusters and periods', () => {
  test('design effect: equal sizes 1 + (m - 1) rho; clusters of one case are no clusters', () => {
    expect(designEffect({ clusterSize: 20, correlation: 0.05 })).toBeCloseTo(1.95, 12)
    expect(designEffect({ clusterSize: 20, variationOfSize: 0.6, correlation: 0.05 })).toBeCloseTo(2.31, 12)
    const single = clusterDesign({ standardDeviation: 1, clusterSize: 1, correlation: 0.3 }).power(40, 0.5)
    close(single, twoMeansDesign({ standardDeviation: 1 }).power(40, 0.5), 1e-12)
  })
  test('difference in differences against generalised least squares in R', () => {
    const { did } = golden
    close(differenceInDifferencesDesign(did).power(did.count, 0.5), did.power, 1e-9)
    close(differenceInDifferencesDesign({ ...did, analysis: 'covariance' }).power(did.count, 0.5), did.covariance, 1e-9)
    const after = differenceInDifferencesDesign({ ...did, analysis: 'after-only' }).power(did.count, 0.5)
    expect(differenceInDifferencesDesign({ ...did, analysis: 'covariance' }).power(did.count, 0.5)).toBeGreaterThan(
      after,
    )
  })
  test('stepped wedge: Hussey and Hughes (2007), equation 8, and dense matrices in R', () => {
    const { wedge } = golden
    const treated = steppedWedgeLayout(wedge.periods)
    const variance = (betweenPeriods: number) =>
      steppedWedgeVariance({
        treated,
        clustersPerSequence: wedge.clusters,
        ...clusterPeriodVariances({ standardDeviation: 1, ...wedge, betweenPeriods }),
      })
    close(variance(1), wedge.hh)
    close(variance(wedge.cac), wedge.hooper)
    const design = steppedWedgeDesign({ treated, standardDeviation: 1, ...wedge, reference: 'normal' })
    close(design.power(wedge.clusters, 0.15), wedge.power, 1e-9)
    expect(
      steppedWedgeVariance({
        treated: [
          [0, 1],
          [0, 1],
        ],
        clustersPerSequence: 1,
        lasting: 1,
        passing: 1,
      }),
    ).toBe(Number.POSITIVE_INFINITY)
  })
  test('interrupted series against generalised least squares in R', () => {
    for (const row of golden.series) {
      const design = interruptedSeriesDesign({ ...row, standardDeviation: 1.3, season: { period: 12, harmonics: 1 } })
      close(design.power(row.after, row.effect), row.power, 1e-9)
    }
  })
})

test('rates: the formula is within two points of the exact power of the score test, summed over all counts', () => {
  for (const [rate, exposure, change] of [
    [1, 40, 0.5],
    [3, 30, 0.3],
  ] as const) {
    const chances = (mean: number) => {
      const high = Math.ceil(mean + 9 * Math.sqrt(mean))
      return Array.from(
        { length: high + 1 },
        (_, k) => poissonTail(k, mean, 'lower') - (k ? poissonTail(k - 1, mean, 'lower') : 0),
      )
    }
    const first = chances(rate * exposure)
    const second = chances(rate * (1 + change) * exposure)
    let exact = 0
    first.forEach((p, a) =>
      second.forEach((q, b) => {
        if (p * q < 1e-8 || a + b === 0) return
        const got = rateRatio({ first: { events: a, exposure }, second: { events: b, exposure } })
        if (got.kind === 'estimate' && got.pValue <= 0.05) exact += p * q
      }),
    )
    expect(Math.abs(twoRatesDesign({ rate }).power(exposure, change) - exact)).toBeLessThan(0.02)
  }
})

describe('three directions of one relation', () => {
  const designs: [string, Design, number][] = [
    ['means', twoMeansDesign({ standardDeviation: 3, allocation: 2 }), 1],
    ['one-sided', twoMeansDesign({ standardDeviation: 3, sided: 'one', deviationOfSecond: 4 }), 1],
    ['shares', twoProportionsDesign({ share: 0.3 }), 0.1],
    ['rates', twoRatesDesign({ rate: 4 }), 0.2],
    ['clusters', clusterDesign({ standardDeviation: 1, clusterSize: 30, correlation: 0.04 }), 0.3],
    ['equivalence', equivalenceDesign({ standardDeviation: 1, trueEffect: 0.1 }), 0.5],
    [
      'interrupted',
      interruptedSeriesDesign({ before: 30, standardDeviation: 1, correlation: 0.3, target: 'average' }),
      3,
    ],
  ]
  for (const [name, design, effect] of designs) {
    test(name, () => {
      const size = answered(sampleSize(design, { effect, power: 0.85 }))
      expect(design.power(size.count, effect)).toBeGreaterThanOrEqual(0.85)
      if (size.count > design.leastCount) expect(design.power(size.count - 1, effect)).toBeLessThan(0.85)
      const found = answered(detectableEffect(design, { count: size.count, power: 0.85 }))
      expect(found.effect).toBeLessThanOrEqual(effect * (1 + 1e-9))
      expect(design.power(size.count, found.effect)).toBeCloseTo(0.85, 8)
    })
  }
  test('down as well as up, and out of reach', () => {
    const design = twoProportionsDesign({ share: 0.3 })
    expect(answered(detectableEffect(design, { count: 200, direction: 'down' })).effect).toBeLessThan(0)
    expect(detectableEffect(twoProportionsDesign({ share: 0.97 }), { count: 20 })).toMatchObject({
      because: 'out-of-reach',
    })
    expect(detectableEffect(design, { count: 0 })).toMatchObject({ because: 'out-of-reach' })
    expect(sampleSize(design, { effect: 0 })).toMatchObject({ because: 'out-of-reach' })
    const series = interruptedSeriesDesign({ before: 12, standardDeviation: 1, correlation: 0.5, target: 'average' })
    expect(sampleSize(series, { effect: 0.3 })).toMatchObject({ because: 'out-of-reach' })
  })
  test('at no effect the power is alpha, and it grows with the count', () => {
    const share = fc.double({ min: 0.001, max: 0.3, noNaN: true })
    fc.assert(
      fc.property(
        share,
        fc.integer({ min: 2, max: 300 }),
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (alpha, count, effect) => {
          const design = twoMeansDesign({ standardDeviation: 1, alpha })
          expect(design.power(count, 0)).toBeCloseTo(alpha, 10)
          expect(design.power(count + 1, effect)).toBeGreaterThanOrEqual(design.power(count, effect) - 1e-12)
        },
      ),
      { numRuns: 25 },
    )
  })
})

test('covariates and ratio metrics enter by their deviation', () => {
  expect(adjustedDeviation(2, 0.6)).toBeCloseTo(1.6, 12)
  expect(unitDeviation({ standardError: 0.1, count: 400 })).toBeCloseTo(2, 12)
  const plain = exactSampleSize(twoMeansDesign({ standardDeviation: 2 }), { effect: 0.1 })
  const adjusted = exactSampleSize(twoMeansDesign({ standardDeviation: adjustedDeviation(2, 0.6) }), { effect: 0.1 })
  expect(adjusted / plain).toBeCloseTo(0.64, 3)
})

test('mistakes are errors that name the argument', () => {
  const cases: [() => unknown, RegExp][] = [
    [() => twoMeansDesign({ standardDeviation: 0 }), /standardDeviation/],
    [() => twoMeansDesign({ standardDeviation: 1, allocation: -1 }), /allocation/],
    [() => twoMeansDesign({ standardDeviation: 1, alpha: 0 }).power(9, 1), /alpha/],
    [() => pairedMeansDesign({ standardDeviation: 1, correlation: 1 }), /correlation/],
    [() => severalMeansDesign({ groups: 1 }), /groups/],
    [() => twoProportionsDesign({ share: 1 }), /share/],
    [() => sampleSize(twoProportionsDesign({ share: 0.5 }), { effect: 0.6 }), /effect/],
    [() => sampleSize(twoMeansDesign({ standardDeviation: 1 }), { effect: 1, power: 1 }), /power/],
    [() => twoRatesDesign({ rate: 1, dispersion: 0 }), /dispersion/],
    [() => designEffect({ clusterSize: 0.5, correlation: 0.1 }), /clusterSize/],
    [() => designEffect({ clusterSize: 5, correlation: 2 }), /correlation/],
    [
      () => clusterPeriodVariances({ standardDeviation: 1, casesPerPeriod: 2, correlation: 1, betweenPeriods: 1 }),
      /correlation/,
    ],
    [() => steppedWedgeLayout(1), /periods/],
    [() => steppedWedgeVariance({ treated: [[0, 2]], clustersPerSequence: 1, lasting: 1, passing: 1 }), /treated\[0\]/],
    [() => interruptedSeriesDesign({ before: 2, standardDeviation: 1, correlation: 0, target: 'level' }), /before/],
    [
      () => interruptedSeriesDesign({ before: 9, standardDeviation: 1, correlation: 1, target: 'level' }),
      /correlation/,
    ],
    [
      () =>
        interruptedSeriesDesign({ before: 9, standardDeviation: 1, correlation: 0, target: 'slope', shape: 'level' }),
      /target/,
    ],
    [
      () => powerOfEquivalence({ effect: 0, lowerMargin: 1, upperMargin: 0, standardError: 1, degreesOfFreedom: 9 }),
      /lowerMargin/,
    ],
    [() => powerOfEstimate({ effect: 1, standardError: 0, degreesOfFreedom: 3 }), /standardError/],
    [() => nonInferiorityDesign({ standardDeviation: 1, alpha: 0.5 }), /alpha/],
    [() => adjustedDeviation(1, -1), /correlation/],
  ]
  for (const [act, pattern] of cases) expect(act).toThrow(pattern)
})
