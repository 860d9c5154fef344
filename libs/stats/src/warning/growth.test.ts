import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backtest } from './backtest.ts'
import { dispersedGrowthTest } from './dispersed-growth-test.ts'
import { falseDiscovery } from './false-discovery.ts'
import { growthPValue, growthTest } from './growth-test.ts'
import { historyDispersion } from './history-dispersion.ts'
import { shareGrowthPValue } from './share-growth-p-value.ts'
import { shareGrowthTest } from './share-growth-test.ts'
import { searchThreshold } from './threshold-search.ts'
import { yearOnYearGrowth } from './year-on-year.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/warning.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-9) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(exact)))
const limit = (value: number | 'Inf' | 'NaN') => (typeof value === 'number' ? value : Number.POSITIVE_INFINITY)

function grown<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}

describe('growth of rates', () => {
  test.each(
    golden.growths as {
      x1: number
      e1: number
      x2: number
      e2: number
      r: number
      exact: number[]
      mid: number[]
      ci: number[]
      midci: number[]
    }[],
  )('$x1 in $e1, then $x2 in $e2, against $r', ({ x1, e1, x2, e2, r, exact, mid, ci, midci }) => {
    const of = (method: 'exact' | 'mid-p', alternative: 'greater' | 'less' | 'two-sided') =>
      grown(
        growthTest({
          earlier: { events: x1, exposure: e1 },
          later: { events: x2, exposure: e2 },
          nullRatio: r,
          alternative,
          method,
        }),
      )
    near(of('exact', 'greater').pValue, exact[0]!, 1e-11)
    near(of('exact', 'less').pValue, exact[1]!, 1e-11)
    near(of('mid-p', 'greater').pValue, mid[0]!, 1e-11)
    near(of('mid-p', 'less').pValue, mid[1]!, 1e-11)
    near(of('mid-p', 'two-sided').pValue, Math.min(1, 2 * Math.min(mid[0]!, mid[1]!)), 1e-11)
    near(of('exact', 'less').lower, ci[0]!)
    if (x1 > 0) near(of('exact', 'less').upper, limit(ci[1]!))
    near(of('mid-p', 'less').lower, midci[0]!, 1e-7)
    if (x1 > 0) near(of('mid-p', 'less').upper, midci[1]!, 1e-7)
  })
  test('the limits of the ratio are where the test turns', () => {
    const sides = { earlier: { events: 20, exposure: 3 }, later: { events: 35, exposure: 3.5 } }
    for (const method of ['exact', 'mid-p'] as const) {
      const { lower, upper } = grown(growthTest({ ...sides, nullRatio: 1, alternative: 'two-sided', method }))
      near(grown(growthTest({ ...sides, nullRatio: lower, alternative: 'greater', method })).pValue, 0.025, 1e-8)
      near(grown(growthTest({ ...sides, nullRatio: upper, alternative: 'less', method })).pValue, 0.025, 1e-8)
    }
  })
  test('more later events never raise the p-value of growth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        fc.constantFrom(1, 1.3),
        (first, second, nullRatio) => {
          const of = (events: number) =>
            grown(
              growthTest({
                earlier: { events: first + 1, exposure: 1 },
                later: { events, exposure: 1 },
                nullRatio,
                alternative: 'greater',
                method: 'mid-p',
              }),
            ).pValue
          expect(of(second + 1)).toBeLessThanOrEqual(of(second))
        },
      ),
    )
  })
})

describe('growth of shares', () => {
  test.each(golden.shares as Record<'x1' | 'n1' | 'x2' | 'n2' | 'r' | 'z' | 'mn', number>[])(
    '$x1/$n1, then $x2/$n2, against $r',
    ({ x1, n1, x2, n2, r, z, mn }) => {
      const of = (variance: 'score' | 'miettinen-nurminen', nullRatio = r) =>
        grown(
          shareGrowthTest({
            earlier: { successes: x1, trials: n1 },
            later: { successes: x2, trials: n2 },
            nullRatio,
            alternative: 'two-sided',
            variance,
          }),
        )
      near(of('score').z, z, 1e-6)
      near(of('miettinen-nurminen').z, mn, 1e-6)
      const { lower, upper } = of('score')
      near(of('score', lower).z, 1.959963984540054, 1e-7)
      near(of('score', upper).z, -1.959963984540054, 1e-7)
    },
  )
})

describe('counts that scatter', () => {
  const { events, exposure, pearson, successive, alpha } = golden.dispersion
  const history = events.map((count: number, i: number) => ({ events: count, exposure: exposure[i] }))
  test('dispersion against glm and hand formulas', () => {
    const found = grown(historyDispersion({ history, method: 'pearson' }))
    near(found.factor, pearson, 1e-8)
    near(found.alpha, alpha)
    near(grown(historyDispersion({ history, method: 'successive' })).factor, successive)
  })
  test('without scatter the score is the usual one; with scatter p grows', () => {
    const sides = { earlier: { events: 100, exposure: 2 }, later: { events: 80, exposure: 1 } }
    const rest = { ...sides, nullRatio: 1, alternative: 'greater' } as const
    const plain = grown(
      dispersedGrowthTest({
        ...rest,
        dispersion: { kind: 'quasi-poisson', factor: 1, degreesOfFreedom: Number.POSITIVE_INFINITY },
      }),
    )
    near(plain.statistic, (80 - 60) / Math.sqrt(180 * (1 / 3) * (2 / 3)))
    near(
      grown(
        dispersedGrowthTest({
          ...rest,
          dispersion: { kind: 'negative-binomial', alpha: 0, degreesOfFreedom: Number.POSITIVE_INFINITY },
        }),
      ).pValue,
      plain.pValue,
    )
    const wide = grown(
      dispersedGrowthTest({ ...rest, dispersion: { kind: 'quasi-poisson', factor: 3, degreesOfFreedom: 20 } }),
    )
    near(wide.statistic, plain.statistic / Math.sqrt(3))
    expect(wide.pValue).toBeGreaterThan(10 * plain.pValue)
    // Score with variance mean + alpha mean squared at the means under the null (120 and 60), by hand.
    const spread = 60 + 0.1 * 60 ** 2 + 0.25 * (120 + 0.1 * 120 ** 2)
    near(
      grown(
        dispersedGrowthTest({ ...rest, dispersion: { kind: 'negative-binomial', alpha: 0.1, degreesOfFreedom: 5 } }),
      ).statistic,
      30 / Math.sqrt(spread),
    )
  })
  test('year on year', () => {
    const season = [20, 30, 40, 50, 40, 30]
    const series = [1, 1.1, 1.2, 1.9].flatMap((level) =>
      season.map((mean, i) => ({ events: Math.round(mean * level) + (i % 2), exposure: 1 })),
    )
    const found = grown(
      yearOnYearGrowth({ series, season: 6, window: 2, nullRatio: 1.3, alternative: 'greater', method: 'mid-p' }),
    )
    // 40 and 30 at the level 1.9, one more in every second period.
    expect(found.later).toEqual({ events: 76 + 57 + 1, exposure: 2 })
    expect(found.ratio).toBeCloseTo(found.later.events / found.earlier.events, 12)
    expect(found.factor).toBeGreaterThanOrEqual(1)
    expect(found.dispersedPValue).not.toBeNull()
    expect(
      yearOnYearGrowth({
        series: series.slice(0, 7),
        season: 6,
        window: 2,
        nullRatio: 1,
        alternative: 'greater',
        method: 'exact',
      }),
    ).toMatchObject({ because: 'too-short' })
  })
})

describe('false discovery', () => {
  const { p, bh, by } = golden.fdr
  test('against p.adjust, untested units left out', () => {
    const holed = [Number.NaN, ...p, Number.NaN]
    const found = falseDiscovery({ pValues: holed, rate: 0.2, method: 'benjamini-hochberg' })
    bh.forEach((exact: number, i: number) => near(found.adjusted[i + 1]!, exact, 1e-12))
    expect(found.tested).toBe(100)
    expect(found.named).toEqual(bh.flatMap((value: number, i: number) => (value <= 0.2 ? [i + 1] : [])))
    expect(found.named.length).toBeGreaterThan(0)
    const dependent = falseDiscovery({ pValues: p, rate: 0.2, method: 'benjamini-yekutieli' })
    by.forEach((exact: number, i: number) => near(dependent.adjusted[i]!, exact, 1e-12))
  })
  test('a million units, most of them innocent', () => {
    const count = 1_000_000
    const pValues = Float64Array.from({ length: count }, (_, i) =>
      i < 1000 ? 1e-9 * (i + 1) : (i * 0.6180339887498949) % 1,
    )
    const found = falseDiscovery({ pValues, rate: 0.05, method: 'benjamini-hochberg' })
    expect(found.named.length).toBeGreaterThanOrEqual(1000)
    expect(found.named.length).toBeLessThan(1100)
  })
  test('none, all, mistakes', () => {
    const of = (pValues: number[], rate = 0.1) => falseDiscovery({ pValues, rate, method: 'benjamini-hochberg' })
    expect(of([])).toMatchObject({ named: [], threshold: 0, tested: 0 })
    expect(of([0, 0]).named).toEqual([0, 1])
    expect(() => of([1.2])).toThrow(/pValues/)
    expect(() => of([0.5], 1)).toThrow(/rate/)
  })
})

describe('backtest', () => {
  const incidents = [
    { unit: 'a', start: 30, end: 35 },
    { unit: 'a', start: 90, end: 95 },
    { unit: 'b', start: 50, end: 60 },
    { unit: 'c', start: 10, end: 12 },
  ]
  const alarms = [
    { unit: 'a', at: 25 },
    { unit: 'a', at: 28 },
    { unit: 'a', at: 31 },
    { unit: 'a', at: 85 },
    { unit: 'b', at: 55 },
    { unit: 'b', at: 46 },
    { unit: 'b', at: 44 },
    { unit: 'd', at: 5 },
    { unit: 'd', at: 6 },
    { unit: 'd', at: 40 },
    { unit: 'c', at: 40 },
  ]
  const of = { alarms, incidents, mostLead: 7, quiet: 5, unitMonths: 60 }
  test('counts, leads and exact limits', () => {
    const found = backtest(of)
    expect(found).toMatchObject({
      alarms: 10,
      trueAlarms: 7,
      falseAlarms: 3,
      incidents: 4,
      found: 3,
      leads: [5, 5, 6],
      medianLead: 5,
    })
    const limits = (interval: typeof found.recall) =>
      interval.kind === 'interval' ? [interval.lower, interval.upper] : []
    limits(found.precision).forEach((value, i) => near(value, golden.limits.precision[i]))
    limits(found.recall).forEach((value, i) => near(value, golden.limits.recall[i]))
    limits(found.falseAlarmRate).forEach((value, i) => near(value, golden.limits.rate[i]))
  })
  test('nothing raised, nothing happened', () => {
    const quietly = backtest({ ...of, alarms: [], incidents: [] })
    expect(quietly.precision).toMatchObject({ because: 'no-data' })
    expect(quietly.recall).toMatchObject({ because: 'no-data' })
    expect(quietly.medianLead).toBeNull()
    expect(() => backtest({ ...of, unitMonths: 0 })).toThrow(/unitMonths/)
    expect(() => backtest({ ...of, incidents: [{ unit: 'a', start: 3, end: 2 }] })).toThrow(/incidents/)
  })
  test('the lowest threshold that stays quiet enough', () => {
    const moments = alarms.map((alarm, i) => ({ ...alarm, score: i }))
    const search = {
      moments,
      thresholds: [0, 3, 5, 9, 10],
      incidents,
      mostLead: 7,
      quiet: 5,
      unitMonths: 60,
      judge: 'estimate',
    } as const
    const found = searchThreshold({ ...search, tolerableFalseAlarmsPerUnitMonth: 2 / 60 })
    expect(found).toMatchObject({ kind: 'threshold', threshold: 9, tried: 3 })
    expect(searchThreshold({ ...search, tolerableFalseAlarmsPerUnitMonth: 1e-6 })).toMatchObject({
      because: 'none-quiet-enough',
    })
    expect(searchThreshold({ ...search, thresholds: [], tolerableFalseAlarmsPerUnitMonth: 1 })).toMatchObject({
      because: 'no-data',
    })
    const careful = searchThreshold({ ...search, judge: 'upper', tolerableFalseAlarmsPerUnitMonth: 0.1 })
    expect(careful.kind === 'threshold' && careful.threshold).toBe(10)
  })
})

test('bad input', () => {
  expect(
    growthPValue({
      earlier: { events: 0, exposure: 1 },
      later: { events: 0, exposure: 1 },
      nullRatio: 1,
      alternative: 'greater',
      method: 'exact',
    }),
  ).toBeNaN()
  const sides = { earlier: { events: 3, exposure: 1 }, later: { events: 5, exposure: 1 } }
  const rest = { nullRatio: 1, alternative: 'greater', method: 'exact' } as const
  expect(growthTest({ ...sides, earlier: { events: 0, exposure: 0 }, ...rest })).toMatchObject({ because: 'no-data' })
  const none = { events: 0, exposure: 1 }
  expect(growthTest({ earlier: none, later: none, ...rest })).toMatchObject({ because: 'no-data' })
  expect(() => growthTest({ ...sides, later: { events: -1, exposure: 1 }, ...rest })).toThrow(/later.events/)
  expect(() => growthTest({ ...sides, later: { events: 1, exposure: Number.NaN }, ...rest })).toThrow(/later.exposure/)
  expect(() => growthTest({ ...sides, ...rest, nullRatio: 0 })).toThrow(/nullRatio/)
  const shares = { earlier: { successes: 0, trials: 5 }, later: { successes: 0, trials: 5 } }
  const shareRest = { nullRatio: 1, alternative: 'greater', variance: 'score' } as const
  expect(shareGrowthTest({ ...shares, ...shareRest })).toMatchObject({ because: 'constant' })
  expect(shareGrowthTest({ ...shares, later: { successes: 0, trials: 0 }, ...shareRest })).toMatchObject({
    because: 'no-data',
  })
  expect(() => shareGrowthTest({ ...shares, later: { successes: 9, trials: 5 }, ...shareRest })).toThrow(/successes/)
  expect(
    shareGrowthTest({ earlier: { successes: 0, trials: 5 }, later: { successes: 3, trials: 5 }, ...shareRest }),
  ).toMatchObject({ upper: Number.POSITIVE_INFINITY })
  const flat = { events: 0, exposure: 1 }
  expect(historyDispersion({ history: [flat, flat, flat], method: 'pearson' })).toMatchObject({ because: 'all-zero' })
  expect(historyDispersion({ history: [flat], method: 'pearson' })).toMatchObject({ because: 'too-few' })
  expect(() =>
    dispersedGrowthTest({
      ...sides,
      nullRatio: 1,
      alternative: 'less',
      dispersion: { kind: 'quasi-poisson', factor: -1, degreesOfFreedom: 3 },
    }),
  ).toThrow(/factor/)
  expect(() =>
    yearOnYearGrowth({ series: [], season: 12, window: 13, nullRatio: 1, alternative: 'less', method: 'exact' }),
  ).toThrow(/window/)
})

describe('growth of shares, p-value alone', () => {
  test.each(golden.fishers as { x1: number; n1: number; x2: number; n2: number; up: number; down: number }[])(
    'few cases, as R fisher.test: $x1 of $n1, then $x2 of $n2',
    ({ x1, n1, x2, n2, up, down }) => {
      const sides = { earlier: { successes: x1, trials: n1 }, later: { successes: x2, trials: n2 } }
      near(shareGrowthPValue({ ...sides, alternative: 'greater' }), up, 1e-10)
      near(shareGrowthPValue({ ...sides, alternative: 'less' }), down, 1e-10)
    },
  )
  test('many cases: the score test', () => {
    const sides = { earlier: { successes: 40, trials: 400 }, later: { successes: 70, trials: 420 } }
    const full = grown(shareGrowthTest({ ...sides, nullRatio: 1, alternative: 'greater', variance: 'score' }))
    near(shareGrowthPValue({ ...sides, alternative: 'greater' }), full.pValue, 1e-12)
  })
  test('nothing to compare', () => {
    const side = (successes: number, trials: number) => ({ successes, trials })
    expect(shareGrowthPValue({ earlier: side(0, 0), later: side(1, 2), alternative: 'greater' })).toBeNaN()
    expect(shareGrowthPValue({ earlier: side(0, 5), later: side(0, 2), alternative: 'greater' })).toBe(1)
    expect(shareGrowthPValue({ earlier: side(5, 5), later: side(2, 2), alternative: 'less' })).toBe(1)
  })
  test('up and down share the observed count', () => {
    const count = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(count, count, count, count, (x1, more1, x2, more2) => {
        fc.pre(x1 + more1 > 0 && x2 + more2 > 0)
        const sides = { earlier: { successes: x1, trials: x1 + more1 }, later: { successes: x2, trials: x2 + more2 } }
        const both =
          shareGrowthPValue({ ...sides, alternative: 'greater' }) + shareGrowthPValue({ ...sides, alternative: 'less' })
        expect(both).toBeGreaterThanOrEqual(1 - 1e-12)
        expect(both).toBeLessThanOrEqual(2)
      }),
    )
  })
})
