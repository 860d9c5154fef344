import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../../../platform/seeded-random.ts'
import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { equalLooks } from '../group-sequential/boundary.ts'
import { operatingCharacteristics, requiredDrift } from '../group-sequential/operating-characteristics.ts'
import { bernoulliSequence, compareBernoulliSequences } from './bernoulli-sequence.ts'
import { confidenceSequence } from './confidence-sequence.ts'
import { logNormalMixture, mixtureTuning, normalMixtureBoundary } from './normal-mixture.ts'

describe('normal mixtures: reference values of the confseq project (five decimals)', () => {
  const two = mixtureTuning({ tightestAt: 100, alpha: 0.05 })
  const one = mixtureTuning({ tightestAt: 100, alpha: 0.05, sided: 'one' })
  test('two-sided: tuning 12.60056, log mixture -0.6510052, boundary 30.35209', () => {
    expect(two).toBeCloseTo(12.60056, 5)
    expect(logNormalMixture({ sum: 10, clock: 100, tuning: two })).toBeCloseTo(-0.6510052, 6)
    expect(normalMixtureBoundary({ clock: 100, tuning: two, alpha: 0.05 })).toBeCloseTo(30.35209, 5)
  })
  test('one-sided: log mixture -0.06502391, boundary 27.66071', () => {
    expect(logNormalMixture({ sum: 10, clock: 100, tuning: one, sided: 'one' })).toBeCloseTo(-0.06502391, 6)
    expect(normalMixtureBoundary({ clock: 100, tuning: one, alpha: 0.05, sided: 'one' })).toBeCloseTo(27.66071, 5)
  })
  test('at its boundary the mixture is 1 / alpha', () => {
    for (const sided of ['one', 'two'] as const) {
      const sum = normalMixtureBoundary({ clock: 57, tuning: 8, alpha: 0.01, sided })
      expect(logNormalMixture({ sum, clock: 57, tuning: 8, sided })).toBeCloseTo(Math.log(100), 9)
    }
  })
})

describe('confidence sequences', () => {
  const looks = [
    { estimate: 0.3, standardError: 0.2, clock: 400 },
    { estimate: 0.25, standardError: 0.1, clock: 1600 },
    { estimate: 0.28, standardError: 0.07, clock: 3265 },
  ]
  test('half widths by the formula of asymptotic sequences: se root(n) root(2 (n r2 + 1) log(root(n r2 + 1) / alpha)) / (n r)', () => {
    const [alpha, tuning] = [0.05, 5000]
    const rho = Math.sqrt((-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / tuning)
    const got = confidenceSequence({ looks, alpha, tuning: mixtureTuning({ tightestAt: tuning, alpha }) })
    looks.forEach(({ estimate, standardError, clock: n }, i) => {
      const inner = n * rho ** 2 + 1
      const half =
        (standardError * Math.sqrt(n) * Math.sqrt(2 * inner * Math.log(Math.sqrt(inner) / alpha))) / (n * rho)
      expect(got[i]!.upper - estimate).toBeCloseTo(half, 12)
    })
  })
  test('with information as the clock it is the mixture test of Johari et al.: limits and p in closed form', () => {
    const tau = 0.4
    const got = confidenceSequence({ looks: looks.map(({ clock: _clock, ...look }) => look), tuning: 1 / tau ** 2 })
    let least = 1
    looks.forEach(({ estimate, standardError }, i) => {
      const v = standardError ** 2
      const ratio = Math.sqrt(v / (v + tau ** 2)) * Math.exp((tau ** 2 * estimate ** 2) / (2 * v * (v + tau ** 2)))
      least = Math.min(least, 1 / ratio)
      expect(got[i]!.pValue).toBeCloseTo(least, 12)
      const half = Math.sqrt(((v * (v + tau ** 2)) / tau ** 2) * (2 * Math.log(20) + Math.log((v + tau ** 2) / v)))
      expect(got[i]!.upper - estimate).toBeCloseTo(half, 12)
    })
  })
  test('p below alpha exactly when the running interval has left out 0; p is not capped for one side', () => {
    for (const sided of ['one', 'two'] as const) {
      for (const { pValue, runningLower, runningUpper } of confidenceSequence({ looks, tuning: 600, sided }))
        expect(pValue < 0.05).toBe(runningLower > 0 || runningUpper < 0)
    }
    const wrong = confidenceSequence({ looks: [{ estimate: -1, standardError: 0.1 }], tuning: 5, sided: 'one' })
    expect(wrong[0]!.pValue).toBe(1)
  })
  test('at 200 looks without effect fewer than 5 % are ever significant, while the ordinary test exceeds 30 %', () => {
    const chance = seededChance(31)
    const runs = 600
    let [ever, plain] = [0, 0]
    for (let run = 0; run < runs; run++) {
      let sum = 0
      const path = Array.from({ length: 200 }, (_, i) => {
        sum += normalQuantile(chance() || 0.5)
        return { estimate: sum / (i + 1), standardError: 1 / Math.sqrt(i + 1) }
      })
      if (
        confidenceSequence({ looks: path, tuning: mixtureTuning({ tightestAt: 100, alpha: 0.05 }) }).at(-1)!.pValue <
        0.05
      )
        ever++
      if (path.some(({ estimate, standardError }) => Math.abs(estimate / standardError) > 1.96)) plain++
    }
    expect(ever / runs).toBeLessThan(0.05)
    expect(plain / runs).toBeGreaterThan(0.3)
  })
})

test('the price of watching always: at 60 looks and power 80 % the maximum is 69 % higher, the mean number 7 %', () => {
  const tuning = mixtureTuning({ tightestAt: 60, alpha: 0.05 })
  const fractions = equalLooks(60)
  const upper = fractions.map((f) => normalMixtureBoundary({ clock: 60 * f, tuning, alpha: 0.05 }) / Math.sqrt(60 * f))
  const boundary = { fractions, upper, lower: upper.map((z) => -z), nominal: [], alpha: 0.05, sided: 'two' as const }
  expect(2 * operatingCharacteristics(boundary, 0).power).toBeLessThan(0.05)
  const { inflation, expectedFraction } = requiredDrift(boundary)
  expect(inflation).toBeCloseTo(1.692, 3)
  expect(inflation * expectedFraction).toBeCloseTo(1.069, 3)
})

describe('shares', () => {
  test('limits are where the likelihood is alpha times the averaged one', () => {
    const { lower, upper } = bernoulliSequence({ successes: 12, trials: 40 })
    // Uniform mixture: Beta(13, 29), from exact factorials.
    let logMean = 0
    for (let k = 1; k <= 12; k++) logMean += Math.log(k)
    for (let k = 1; k <= 28; k++) logMean += Math.log(k)
    for (let k = 1; k <= 41; k++) logMean -= Math.log(k)
    for (const share of [lower, upper])
      expect(12 * Math.log(share) + 28 * Math.log(1 - share) - logMean).toBeCloseTo(Math.log(0.05), 9)
  })
  test('the chance of ever missing within 400 cases, summed exactly, is at most alpha', () => {
    for (const truth of [0.05, 0.3, 0.5]) {
      let inside = new Float64Array([1])
      let missed = 0
      for (let n = 1; n <= 400; n++) {
        const next = new Float64Array(n + 1)
        for (let s = 0; s < n; s++) {
          next[s]! += inside[s]! * (1 - truth)
          next[s + 1]! += inside[s]! * truth
        }
        for (let s = 0; s <= n; s++) {
          if (next[s]! < 1e-9) continue
          const { lower, upper } = bernoulliSequence({ successes: s, trials: n, alpha: 0.1 })
          if (lower <= truth && truth <= upper) continue
          missed += next[s]!
          next[s] = 0
        }
        inside = next
      }
      expect(missed).toBeLessThan(0.1)
      expect(missed).toBeGreaterThan(0.02)
    }
  })
  test('swapping mirrors; two shares: p small for a large difference, 1 without data', () => {
    const one = bernoulliSequence({ successes: 3, trials: 50 })
    const other = bernoulliSequence({ successes: 47, trials: 50 })
    expect(one.lower).toBeCloseTo(1 - other.upper, 10)
    const got = compareBernoulliSequences({
      first: { successes: 300, trials: 500 },
      second: { successes: 400, trials: 500 },
    })
    expect(got.pValue).toBeLessThan(1e-6)
    expect(got.lower).toBeGreaterThan(0)
    // Uniform averages are 1 / ((n + 1) C(n, s)); with 0 of 6 and 6 of 6 both are 1 / 7, against 2^-12 for the common share.
    const few = compareBernoulliSequences({ first: { successes: 1, trials: 2 }, second: { successes: 2, trials: 3 } })
    expect(few.pValue).toBe(1)
    const apart = compareBernoulliSequences({ first: { successes: 0, trials: 6 }, second: { successes: 6, trials: 6 } })
    expect(apart.pValue).toBeCloseTo(0.5 ** 12 * 49, 12)
    const none = { successes: 0, trials: 0 }
    expect(compareBernoulliSequences({ first: none, second: none })).toMatchObject({ pValue: 1, lower: -1, upper: 1 })
    expect(bernoulliSequence({ successes: 0, trials: 9 }).lower).toBe(0)
    expect(bernoulliSequence({ successes: 9, trials: 9 }).upper).toBe(1)
  })
})

test('mistakes are errors that name the argument', () => {
  const look = { estimate: 1, standardError: 1 }
  const cases: [() => unknown, RegExp][] = [
    [() => mixtureTuning({ tightestAt: 0, alpha: 0.05 }), /tightestAt/],
    [() => mixtureTuning({ tightestAt: 1, alpha: 0.5, sided: 'one' }), /alpha/],
    [() => logNormalMixture({ sum: 1, clock: -1, tuning: 1 }), /clock/],
    [() => confidenceSequence({ looks: [look], tuning: 0 }), /tuning/],
    [() => confidenceSequence({ looks: [{ ...look, standardError: 0 }], tuning: 1 }), /looks\[0\].standardError/],
    [() => confidenceSequence({ looks: [{ ...look, estimate: Number.NaN }], tuning: 1 }), /looks\[0\].estimate/],
    [() => bernoulliSequence({ successes: 2, trials: 1 }), /successes/],
    [() => bernoulliSequence({ successes: 1, trials: 1, prior: { a: 0, b: 1 } }), /prior.a/],
    [() => bernoulliSequence({ successes: 1, trials: 1, alpha: 1 }), /alpha/],
  ]
  for (const [act, pattern] of cases) expect(act).toThrow(pattern)
  expect(confidenceSequence({ looks: [], tuning: 1 })).toEqual([])
})
