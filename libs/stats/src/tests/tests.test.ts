import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeanSummary } from '../comparisons/welch-test.ts'
import { differenceOfEstimates } from '../estimates/compare-estimates.ts'
import { meanEstimate } from '../estimates/estimate.ts'
import { summariseSample } from '../intervals/summarise-sample.ts'
import { analysisOfVariance } from './analysis-of-variance.ts'
import { chiSquareTest } from './chi-square-test.ts'
import { equivalence, nonInferiority } from './equivalence.ts'
import { binomialTest, poissonTest } from './one-count-tests.ts'
import { scoreEquivalence, scoreNonInferiority } from './score-equivalence.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/tests.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const summary = (values: readonly number[]) => summariseSample(values) as MeanSummary
const close = (got: number, exact: number, relative = 1e-10) =>
  expect(got / exact).toBeCloseTo(1, -Math.log10(relative))
const digits = (got: number, exact: number) => Math.min(15, -Math.log10(Math.abs(got / exact - 1)))

describe('analysis of variance', () => {
  test('Welch and equal variances against R oneway.test', () => {
    const groups = golden.groups.map(summary)
    const welch = answered(analysisOfVariance({ groups }))
    close(welch.f, golden.welch.f)
    close(welch.denominator, golden.welch.df[1])
    close(welch.pValue, golden.welch.p)
    const equal = answered(analysisOfVariance({ groups, method: 'equal-variances' }))
    close(equal.f, golden.equal.f)
    close(equal.pValue, golden.equal.p)
  })
  // NIST StRD, Simon and Lesage (1989): 9 treatments; the first column is about .4, the others about .3 and .5 in turn; each holds its centre
  // once, then centre - .1 and centre + .1 in turn. Certified: F = replicates, within mean square 0.01.
  const treatment = (constant: number, column: number, replicates: number) => {
    const tenths = column === 0 ? 4 : column % 2 === 1 ? 3 : 5
    return Array.from({ length: replicates }, (_, i) => {
      const tenth = tenths + (i === 0 ? 0 : i % 2 === 1 ? -1 : 1)
      return Number(`${constant}.${tenth}`)
    })
  }
  const sets = [
    ['SmLs01', 1, 21, 12],
    ['SmLs02', 1, 201, 12],
    ['SmLs03', 1, 2001, 12],
    ['SmLs04', 1000000, 21, 8.5],
    ['SmLs05', 1000000, 201, 8.5],
    ['SmLs06', 1000000, 2001, 8.5],
    // The numbers themselves are rounded at 1e-4 here: no method on doubles can do better.
    ['SmLs07', 1000000000000, 21, 2],
    ['SmLs08', 1000000000000, 201, 1.5],
    ['SmLs09', 1000000000000, 2001, 1.5],
  ] as const
  for (const [name, constant, replicates, wanted] of sets) {
    test(`NIST StRD ${name}`, () => {
      const groups = Array.from({ length: 9 }, (_, column) => summary(treatment(constant, column, replicates)))
      const got = answered(analysisOfVariance({ groups, method: 'equal-variances' }))
      if (process.env.SHOW_ACCURACY)
        console.log(name, digits(got.f, replicates), digits(got.within, (replicates - 1) * 0.09))
      expect(digits(got.f, replicates)).toBeGreaterThan(wanted)
      expect(digits(got.within, (replicates - 1) * 0.09)).toBeGreaterThan(wanted)
      expect(digits(got.between, replicates * 0.08)).toBeGreaterThan(wanted)
    })
  }
  test('NIST StRD SmLs07 to SmLs09 with the constant subtracted first, as the docstring of sums advises', () => {
    for (const replicates of [21, 201, 2001]) {
      const groups = Array.from({ length: 9 }, (_, column) => summary(treatment(0, column, replicates)))
      expect(digits(answered(analysisOfVariance({ groups, method: 'equal-variances' })).f, replicates)).toBeGreaterThan(
        10,
      )
    }
  })
  test('NIST StRD AtmWtAg (Powell, Murphy and Gramlich 1982)', () => {
    const millionths = [
      [
        568, 465, 572, 785, 446, 903, 526, 494, 616, 587, 519, 486, 419, 569, 508, 672, 385, 518, 662, 424, 360, 333,
        610, 477,
      ],
      [
        79, 344, 513, 197, 604, 385, 642, 365, 151, 82, 517, 448, 198, 482, 334, 609, 101, 512, 469, 360, 254, 261, 450,
        368,
      ],
    ]
    const groups = millionths.map((side) =>
      summary(side.map((value) => Number(`107.8681${String(value).padStart(3, '0')}`))),
    )
    const got = answered(analysisOfVariance({ groups, method: 'equal-variances' }))
    if (process.env.SHOW_ACCURACY) console.log('AtmWtAg', digits(got.f, 15.946733567793))
    expect(digits(got.f, 15.946733567793)).toBeGreaterThan(8.5)
    expect(digits(got.within, 1.04951729166667e-8)).toBeGreaterThan(8.5)
  })
  test('two groups: F is the square of t, for any shift of all values', () => {
    const values = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(values, values, fc.integer({ min: -1000, max: 1000 }), (a, b, shift) => {
        const [one, two] = [summary(a), summary(b)]
        const got = analysisOfVariance({ groups: [one, two] })
        const moved = analysisOfVariance({ groups: [a, b].map((side) => summary(side.map((v) => v + shift))) })
        const [first, second] = [meanEstimate(one), meanEstimate(two)]
        if (got.kind === 'cannot' || moved.kind === 'cannot' || first.kind === 'cannot' || second.kind === 'cannot')
          return
        const t = answered(differenceOfEstimates({ first, second }))
        expect(got.f).toBeCloseTo((t.estimate / t.standardError) ** 2, 8)
        expect(got.pValue).toBeCloseTo(t.pValue, 9)
        expect(moved.f).toBeCloseTo(got.f, 6)
      }),
    )
  })
})

describe('counts', () => {
  test('against R poisson.test and binom.test', () => {
    for (const row of golden.counts) {
      close(poissonTest(row), row.two, 1e-9)
      close(poissonTest({ ...row, alternative: 'greater' }), row.greater)
      close(poissonTest({ ...row, alternative: 'less' }), row.less)
    }
    for (const row of golden.shares) {
      close(binomialTest(row), row.two, 1e-9)
      close(binomialTest({ ...row, alternative: 'greater' }), row.greater)
      close(binomialTest({ ...row, alternative: 'less' }), row.less)
    }
  })
  test('chi-square against R chisq.test, far tails included', () => {
    const got = answered(chiSquareTest(golden.table))
    close(got.chiSquare, golden.chi.x)
    expect(got.degreesOfFreedom).toBe(golden.chi.df)
    close(got.pValue, golden.chi.p)
    const far = answered(
      chiSquareTest([
        [9000, 7000],
        [1000, 3000],
      ]),
    )
    expect(far.pValue).toBeGreaterThan(0)
    close(far.pValue, golden.huge, 1e-9)
  })
})

describe('equivalence and non-inferiority', () => {
  const sides = [golden.tost.first, golden.tost.second].map((values) => answered(meanEstimate(summary(values))))
  const measured = answered(differenceOfEstimates({ first: sides[0]!, second: sides[1]! }))
  test('means against R t.test with shifted null', () => {
    const got = answered(equivalence({ measured, lowerMargin: -4, upperMargin: 1.5 }))
    close(got.pLower, golden.tost.pLower)
    close(got.pUpper, golden.tost.pUpper)
    close(got.lower, golden.tost.limits[0])
    close(got.upper, golden.tost.limits[1])
    const lower = answered(nonInferiority({ measured, margin: 1.5, better: 'lower' }))
    close(lower.pValue, golden.tost.pUpper)
    close(lower.pSuperior, golden.tost.pSuperior)
    const higher = answered(nonInferiority({ measured, margin: 4, better: 'higher' }))
    close(higher.pValue, golden.tost.pLower)
    // At 5 % one-sided the bounds are the ends of the 90 % interval.
    close(answered(nonInferiority({ measured, margin: 4, better: 'higher', alpha: 0.05 })).bound, golden.tost.limits[0])
    close(answered(nonInferiority({ measured, margin: 4, better: 'lower', alpha: 0.05 })).bound, golden.tost.limits[1])
    expect(higher.nonInferior).toBe(higher.pValue <= 0.025)
    expect(lower.superior).toBe(lower.pSuperior <= 0.025)
  })
  test('shares (Farrington-Manning) and rates against R', () => {
    const of = { first: { successes: 80, trials: 100 }, second: { successes: 76, trials: 95 } }
    const shares = answered(
      scoreNonInferiority({ of: 'proportions', ...of, measure: 'difference', margin: -0.1, better: 'higher' }),
    )
    close(shares.pValue, golden.fm, 1e-9)
    const rates = answered(
      scoreNonInferiority({
        of: 'rates',
        first: { events: 40, exposure: 20 },
        second: { events: 43, exposure: 21 },
        measure: 'ratio',
        margin: 1.5,
        better: 'lower',
      }),
    )
    close(rates.pValue, golden.rateRatio, 1e-9)
  })
  test('equivalence holds exactly when the 1 - 2 alpha interval lies within the margins', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(number(-2, 2), number(0.01, 2), number(2, 90), (estimate, standardError, degreesOfFreedom) => {
        const got = answered(
          equivalence({ measured: { estimate, standardError, degreesOfFreedom }, lowerMargin: -1, upperMargin: 1.2 }),
        )
        if (Math.abs(got.pValue - 0.05) > 1e-9) expect(got.equivalent).toBe(got.lower > -1 && got.upper < 1.2)
      }),
    )
  })
})

test('data conditions are results, mistakes are errors', () => {
  const group = { count: 3, mean: 1, standardDeviation: 1 }
  const measured = { estimate: 1, standardError: 1, degreesOfFreedom: 4 }
  const none = { successes: 0, trials: 0 }
  const shares = { of: 'proportions', first: none, second: none, measure: 'difference' } as const
  const rates = {
    of: 'rates',
    first: { events: 0, exposure: 1 },
    second: { events: 0, exposure: 1 },
    measure: 'ratio',
  } as const
  expect(analysisOfVariance({ groups: [group] })).toMatchObject({ because: 'too-few' })
  expect(analysisOfVariance({ groups: [group, { ...group, standardDeviation: 0 }] })).toMatchObject({
    because: 'constant',
  })
  expect(analysisOfVariance({ groups: [group, { ...group, mean: Number.NaN }] })).toMatchObject({
    because: 'not-finite',
  })
  expect(
    chiSquareTest([
      [1, 2],
      [0, 0],
    ]),
  ).toMatchObject({ because: 'too-few' })
  expect(equivalence({ measured: { ...measured, standardError: 0 }, lowerMargin: 0, upperMargin: 1 })).toMatchObject({
    because: 'constant',
  })
  expect(scoreEquivalence({ ...shares, lowerMargin: -0.1, upperMargin: 0.1 })).toMatchObject({ because: 'no-data' })
  expect(scoreNonInferiority({ ...rates, margin: 1.1, better: 'lower' })).toMatchObject({ because: 'no-events' })
  expect(poissonTest({ events: 0, exposure: 1, rate: 0 })).toBe(1)
  expect(binomialTest({ successes: 1, trials: 2, probability: 0 })).toBe(0)
  expect(() => analysisOfVariance({ groups: [{ ...group, count: -1 }, group] })).toThrow(/groups\[0\].count/)
  expect(() => chiSquareTest([[1, 2], [3]])).toThrow(/one length/)
  expect(() =>
    chiSquareTest([
      [1, 2],
      [3, -1],
    ]),
  ).toThrow(/table\[1\]\[1\]/)
  expect(() => equivalence({ measured, lowerMargin: 1, upperMargin: 1 })).toThrow(/lowerMargin/)
  expect(() => nonInferiority({ measured, margin: 0, better: 'higher' })).toThrow(/margin/)
  expect(() => nonInferiority({ measured, margin: 1, better: 'higher', alpha: 0.5 })).toThrow(/alpha/)
  expect(() => scoreNonInferiority({ ...rates, margin: -1, better: 'lower' })).toThrow(/margin/)
  expect(() => scoreEquivalence({ ...shares, lowerMargin: -1, upperMargin: 0.1 })).toThrow(/lowerMargin/)
  expect(() => poissonTest({ events: 1, exposure: -1, rate: 1 })).toThrow(/exposure/)
  expect(() => binomialTest({ successes: 3, trials: 2, probability: 0.5 })).toThrow(/successes/)
})
