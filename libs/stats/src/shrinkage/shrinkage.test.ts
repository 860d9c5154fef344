import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gammaQuantile } from './gamma-quantile.ts'
import { logRisingFactorial } from './log-rising-factorial.ts'
import { digamma, polygammaRise, trigamma } from './polygamma.ts'
import { shrinkMeans, type ShrinkMeansInput } from './shrink-means.ts'
import { shrinkProportions } from './shrink-proportions.ts'
import { shrinkRates } from './shrink-rates.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/shrinkage.json', import.meta.url), 'utf8'))
const relative = (got: number, want: number) => Math.abs(got / want - 1)
const near = (got: readonly number[], want: readonly number[], tolerance: number) => {
  expect(got).toHaveLength(want.length)
  got.forEach((value, i) => expect(relative(value, want[i]!)).toBeLessThan(tolerance))
}
const means = (input: Omit<ShrinkMeansInput, 'correction'> & Partial<ShrinkMeansInput>) => {
  const result = shrinkMeans({ correction: 'none', ...input })
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

describe('special functions against R', () => {
  test('digamma, trigamma, rising factorial', () => {
    for (const { x, digamma: psi, trigamma: tri, rising } of golden.special) {
      expect(relative(digamma(x), psi)).toBeLessThan(1e-13)
      expect(relative(trigamma(x), tri)).toBeLessThan(1e-13)
      expect(relative(logRisingFactorial(x, 7), rising)).toBeLessThan(x > 1e4 ? 1e-9 : 1e-13)
    }
    for (const x of [0.5, 9, 30]) {
      expect(polygammaRise(x, 3).digamma).toBeCloseTo(1 / x + 1 / (x + 1) + 1 / (x + 2), 13)
      expect(polygammaRise(x, 3).trigamma).toBeCloseTo(-(x ** -2 + (x + 1) ** -2 + (x + 2) ** -2), 13)
    }
    expect(relative(polygammaRise(1e12, 3).digamma, 3e-12)).toBeLessThan(1e-11)
    expect(logRisingFactorial(1e15, 2)).toBeCloseTo(2 * Math.log(1e15), 12)
    expect(() => digamma(0)).toThrow(/x must/)
    expect(() => trigamma(-1)).toThrow(/x must/)
    expect(() => logRisingFactorial(0, 1)).toThrow(/x must/)
    expect(() => logRisingFactorial(1, -1)).toThrow(/n must/)
  })
})

describe('proportions', () => {
  const { successes, trials } = golden.proportions
  const groups = successes.map((each: number, i: number) => ({ successes: each, trials: trials[i] }))
  test.each([
    ['marginal-likelihood', 'likelihood', 1e-6],
    ['moments', 'moments', 1e-11],
  ] as const)('%s against R', (method, name, tolerance) => {
    const got = shrinkProportions({ groups, method })
    if (got.kind === 'cannot') throw new Error(got.detail)
    const want = golden.proportions[name]
    near([got.prior.mean, got.prior.concentration!], [want.mean, want.concentration], tolerance)
    near(
      got.groups.map((group) => group.estimate),
      want.estimate,
      tolerance,
    )
    near(
      got.groups.map((group) => group.standardDeviation),
      want.sd,
      tolerance,
    )
    near(
      got.groups.map((group) => group.lower),
      want.lower,
      tolerance,
    )
    near(
      got.groups.map((group) => group.upper),
      want.upper,
      tolerance,
    )
  })
  test('between raw figure and prior mean; more trials, more own weight; a group without trials has the prior', () => {
    const group = fc.record({
      trials: fc.integer({ min: 0, max: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 2, maxLength: 25 }),
        fc.constantFrom('moments', 'marginal-likelihood'),
        (list, method) => {
          const counted = list.map(({ trials: n, share }) => ({ successes: Math.round(share * n), trials: n }))
          const got = shrinkProportions({ groups: counted, method })
          if (got.kind === 'cannot') return
          const { mean } = got.prior
          got.groups.forEach((each, i) => {
            if (each.raw === null) expect(each.estimate).toBeCloseTo(mean, 9)
            else {
              expect(each.estimate).toBeGreaterThanOrEqual(Math.min(each.raw, mean) - 1e-9)
              expect(each.estimate).toBeLessThanOrEqual(Math.max(each.raw, mean) + 1e-9)
              expect(each.estimate).toBeCloseTo(each.ownWeight * each.raw + (1 - each.ownWeight) * mean, 9)
            }
            expect(each.lower).toBeLessThanOrEqual(each.upper)
            got.groups.forEach((other, j) => {
              if (counted[j]!.trials > counted[i]!.trials)
                expect(other.ownWeight).toBeGreaterThanOrEqual(each.ownWeight)
            })
          })
        },
      ),
    )
  })
  test('groups that differ less than chance all get the mean', () => {
    const equal = Array.from({ length: 10 }, () => ({ successes: 30, trials: 60 }))
    for (const method of ['moments', 'marginal-likelihood'] as const) {
      const got = shrinkProportions({ groups: equal, method })
      expect(got).toMatchObject({ prior: { mean: 0.5, concentration: null } })
      expect(got.kind === 'shrunken' && got.groups[0]).toEqual({
        raw: 0.5,
        estimate: 0.5,
        standardDeviation: 0,
        lower: 0.5,
        upper: 0.5,
        ownWeight: 0,
      })
    }
  })
  test('all or nothing in every group: own figures stand', () => {
    const split = Array.from({ length: 10 }, (_, i) => ({ successes: i % 2 === 0 ? 50 : 0, trials: 50 }))
    for (const method of ['moments', 'marginal-likelihood'] as const) {
      const got = shrinkProportions({ groups: split, method })
      expect(got.kind === 'shrunken' && got.groups[0]!.estimate).toBeGreaterThan(0.99)
    }
  })
  test.each([
    [
      'too-few',
      [
        [1, 2],
        [0, 0],
      ],
    ],
    [
      'no-successes',
      [
        [0, 2],
        [0, 5],
      ],
    ],
    [
      'only-successes',
      [
        [2, 2],
        [5, 5],
      ],
    ],
    [
      'single-trials',
      [
        [1, 1],
        [0, 1],
      ],
    ],
  ] as const)('cannot: %s', (because, list) => {
    const counted = list.map(([y, n]) => ({ successes: y, trials: n }))
    expect(shrinkProportions({ groups: counted, method: 'moments' })).toMatchObject({ kind: 'cannot', because })
    expect(shrinkProportions({ groups: counted, method: 'marginal-likelihood' })).toMatchObject({ because })
  })
  test('mistakes are refused by name', () => {
    const ask =
      (y: number, n: number, confidence = 0.95) =>
      () =>
        shrinkProportions({ groups: [{ successes: y, trials: n }], method: 'moments', confidence })
    expect(ask(3, 2)).toThrow(/groups\[0\].successes/)
    expect(ask(0.5, 2)).toThrow(/successes/)
    expect(ask(0, -1)).toThrow(/trials/)
    expect(ask(0, 1, 1)).toThrow(/confidence/)
  })
})

describe('rates', () => {
  const { counts, exposures } = golden.rates
  const groups = counts.map((count: number, i: number) => ({ count, exposure: exposures[i] }))
  test.each([
    ['marginal-likelihood', 'likelihood', 1e-6],
    ['moments', 'moments', 1e-11],
  ] as const)('%s against R (glm.nb; Marshall)', (method, name, tolerance) => {
    const got = shrinkRates({ groups, method })
    if (got.kind === 'cannot') throw new Error(got.detail)
    const want = golden.rates[name]
    near([got.prior.mean, got.prior.shape!], [want.mean, want.shape], tolerance)
    near(
      got.groups.map((group) => group.estimate),
      want.estimate,
      tolerance,
    )
    near(
      got.groups.map((group) => group.standardDeviation),
      want.sd,
      tolerance,
    )
    near(
      got.groups.map((group) => group.lower),
      want.lower,
      tolerance,
    )
    near(
      got.groups.map((group) => group.upper),
      want.upper,
      tolerance,
    )
  })
  test('between raw and mean; the unit of exposure does not matter', () => {
    const group = fc.record({ count: fc.integer({ min: 0, max: 40 }), exposure: fc.integer({ min: 1, max: 50 }) })
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 2, maxLength: 25 }),
        fc.constantFrom('moments', 'marginal-likelihood'),
        (list, method) => {
          const got = shrinkRates({ groups: list, method })
          if (got.kind === 'cannot') return
          const { mean } = got.prior
          got.groups.forEach((each) => {
            expect(each.estimate).toBeGreaterThanOrEqual(Math.min(each.raw!, mean) * (1 - 1e-9) - 1e-12)
            expect(each.estimate).toBeLessThanOrEqual(Math.max(each.raw!, mean) * (1 + 1e-9) + 1e-12)
          })
          const perThousand = shrinkRates({ groups: list.map((g) => ({ ...g, exposure: g.exposure * 1024 })), method })
          if (perThousand.kind === 'cannot') throw new Error('lost')
          expect(perThousand.prior.shape === null).toBe(got.prior.shape === null)
          perThousand.groups.forEach((each, i) => {
            expect(Math.abs(each.estimate * 1024 - got.groups[i]!.estimate)).toBeLessThan(1e-5 * (1 + mean))
          })
        },
      ),
    )
  })
  test('no more spread than chance, no exposure, and what cannot be', () => {
    const equal = Array.from({ length: 8 }, () => ({ count: 5, exposure: 10 }))
    for (const method of ['moments', 'marginal-likelihood'] as const) {
      const level = shrinkRates({ groups: equal, method })
      expect(level).toMatchObject({ prior: { mean: 0.5, shape: null } })
      expect(level.kind === 'shrunken' && level.groups[0]).toMatchObject({
        estimate: 0.5,
        standardDeviation: 0,
        ownWeight: 0,
      })
      const got = shrinkRates({ groups: [...groups, { count: 0, exposure: 0 }], method })
      if (got.kind === 'cannot') throw new Error(got.detail)
      expect(got.groups.at(-1)).toMatchObject({ raw: null, ownWeight: 0 })
      expect(got.groups.at(-1)!.estimate).toBeCloseTo(got.prior.mean, 12)
    }
    expect(shrinkRates({ groups: [{ count: 1, exposure: 1 }], method: 'moments' })).toMatchObject({
      because: 'too-few',
    })
    const quiet = [1, 2].map((exposure) => ({ count: 0, exposure }))
    expect(shrinkRates({ groups: quiet, method: 'moments' })).toMatchObject({ because: 'no-events' })
    expect(() => shrinkRates({ groups: [{ count: 1, exposure: 0 }], method: 'moments' })).toThrow(/exposure/)
    expect(() => shrinkRates({ groups: [{ count: -1, exposure: 1 }], method: 'moments' })).toThrow(/count/)
    expect(() => gammaQuantile(0.5, 0, 1)).toThrow(/shape/)
    expect(() => gammaQuantile(0.5, 1, -1)).toThrow(/rate/)
  })
})

describe('means', () => {
  const names = { DL: 'dersimonian-laird', PM: 'paule-mandel', REML: 'reml' } as const
  const groups = golden.means.estimates.map((estimate: number, i: number) => ({
    estimate,
    standardError: golden.means.errors[i],
  }))
  test.each(golden.means.fits as { method: keyof typeof names; tau2: number }[])('$method against metafor', (fit) => {
    const want = fit as unknown as Record<string, number> & { estimate: number[]; se: number[] }
    const got = means({ groups, method: names[fit.method] })
    near(
      [got.prior.variance, got.prior.mean, got.prior.meanStandardError, got.prior.heterogeneity],
      [want.tau2!, want.mean!, want.meanSe!, want.Q!],
      1e-8,
    )
    near(
      got.groups.map((group) => group.estimate),
      want.estimate,
      1e-9,
    )
    near(
      got.groups.map((group) => group.standardDeviation),
      want.se,
      1e-8,
    )
  })
  test('eighteen batters of Efron and Morris (1975): James-Stein with k - 3', () => {
    const hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
    const batters = hits.map((hit) => ({
      estimate: Math.sqrt(45) * Math.asin((2 * hit) / 45 - 1),
      standardError: 1,
    }))
    const got = means({ groups: batters, method: 'paule-mandel', correction: 'morris' })
    expect(got.prior.heterogeneity).toBeCloseTo(18.96, 2)
    expect(1 - got.groups[0]!.ownWeight).toBeCloseTo(15 / got.prior.heterogeneity, 9)
    // Morris (1983), section 1: the deviation for equal errors.
    const shrinkage = 15 / got.prior.heterogeneity
    const distance = batters[0]!.estimate - got.prior.mean
    const variance = 1 - (17 / 18) * shrinkage + (2 / 15) * shrinkage ** 2 * distance ** 2
    expect(got.groups[0]!.standardDeviation).toBeCloseTo(Math.sqrt(variance), 12)
    const back = got.groups.map((group) => (Math.sin(group.estimate / Math.sqrt(45)) + 1) / 2)
    const printed = [
      0.29, 0.286, 0.281, 0.277, 0.273, 0.273, 0.268, 0.264, 0.259, 0.259, 0.254, 0.254, 0.254, 0.254, 0.254, 0.249,
      0.244, 0.239,
    ]
    back.forEach((value, i) => expect(Math.abs(value - printed[i]!)).toBeLessThan(0.0006))
    // Efron and Morris (1977), Scientific American 236:119-127, work with the averages themselves: factor 0.212.
    const standardError = Math.sqrt((0.26543 * (1 - 0.26543)) / 45)
    const plain = hits.map((hit) => ({ estimate: hit / 45, standardError }))
    const own = means({ groups: plain, method: 'paule-mandel', correction: 'morris' }).groups[0]!.ownWeight
    expect(own).toBeCloseTo(0.212, 3)
  })
  test('between raw and mean; shift and scale pass through; order irrelevant', () => {
    const group = fc.record({
      estimate: fc.double({ min: -50, max: 50, noNaN: true }),
      standardError: fc.double({ min: 0.05, max: 20, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 4, maxLength: 20 }),
        fc.constantFrom(...Object.values(names)),
        fc.constantFrom('none', 'morris'),
        (list, method, correction) => {
          const got = means({ groups: list, method, correction })
          got.groups.forEach((each) => {
            expect(each.estimate).toBeGreaterThanOrEqual(Math.min(each.raw!, got.prior.mean) - 1e-9)
            expect(each.estimate).toBeLessThanOrEqual(Math.max(each.raw!, got.prior.mean) + 1e-9)
            expect(each.ownWeight).toBeGreaterThanOrEqual(0)
          })
          const moved = means({
            groups: [...list]
              .reverse()
              .map((g) => ({ estimate: 7 + 4 * g.estimate, standardError: 4 * g.standardError })),
            method,
            correction,
          })
          // A flat likelihood leaves REML some digits only.
          moved.groups.reverse().forEach((each, i) => {
            expect(Math.abs((each.estimate - 7) / 4 - got.groups[i]!.estimate)).toBeLessThan(1e-4)
          })
        },
      ),
    )
  })
  test('equal groups, one large group, options', () => {
    const equal = means({
      groups: Array.from({ length: 5 }, () => ({ estimate: 3, standardError: 1 })),
      method: 'reml',
    })
    expect(equal.prior.variance).toBe(0)
    expect(equal.groups[0]).toMatchObject({ estimate: 3, ownWeight: 0 })
    expect(equal.groups[0]!.standardDeviation).toBeCloseTo(1 / Math.sqrt(5), 12)
    const ignored = means({ groups, method: 'reml', meanUncertainty: 'ignored' }).groups[0]!
    expect(ignored.standardDeviation).toBeLessThan(means({ groups, method: 'reml' }).groups[0]!.standardDeviation)
  })
  test.each([
    ['too-few', [{ estimate: 1, standardError: 1 }], 'none'],
    ['too-few', Array.from({ length: 3 }, () => ({ estimate: 1, standardError: 1 })), 'morris'],
    [
      'no-error',
      [
        { estimate: 1, standardError: 0 },
        { estimate: 1, standardError: 1 },
      ],
      'none',
    ],
    [
      'not-finite',
      [
        { estimate: Number.NaN, standardError: 1 },
        { estimate: 1, standardError: 1 },
      ],
      'none',
    ],
  ] as const)('cannot: %s', (because, list, correction) => {
    expect(shrinkMeans({ groups: list, method: 'reml', correction })).toMatchObject({ kind: 'cannot', because })
  })
  test('mistakes are refused by name', () => {
    const negative = [{ estimate: 1, standardError: -1 }]
    expect(() => shrinkMeans({ groups: negative, method: 'reml', correction: 'none' })).toThrow(
      /groups\[0\].standardError/,
    )
    expect(() => shrinkMeans({ groups, method: 'reml', correction: 'none', confidence: 0 })).toThrow(/confidence/)
  })
})
