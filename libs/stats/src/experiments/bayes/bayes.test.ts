import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaPosterior } from './beta-shares.ts'
import { gammaPosterior } from './gamma-rates.ts'
import { normalPosterior } from './normal-effect.ts'

const golden = JSON.parse(readFileSync(new URL('../../../reference/experiments-bayes.json', import.meta.url), 'utf8'))
const close = (got: number, exact: number, relative: number) => expect(Math.abs(got / exact - 1)).toBeLessThan(relative)
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}

describe('against quadrature in scipy (reference/make-experiments-bayes.py)', () => {
  test('shares', () => {
    for (const row of golden.beta) {
      const got = betaPosterior({ ...row, better: 'higher' })
      // The quadrature of scipy holds nine digits where a density is infinite at 0.
      close(got.chanceToBeat, row.chance, 5e-9)
      close(got.lossOfTaking, row.taking, 1e-8)
      close(got.lossOfKeeping, row.keeping, 1e-8)
      expect(got.lower).toBeCloseTo(row.limits[0], 6)
      expect(got.upper).toBeCloseTo(row.limits[1], 6)
    }
  })
  test('rates', () => {
    for (const row of golden.gamma) {
      const got = answered(gammaPosterior({ ...row, better: 'higher' }))
      close(got.chanceToBeat, row.chance, 1e-9)
      close(got.lossOfTaking, row.taking, 1e-8)
      close(got.lossOfKeeping, row.keeping, 1e-8)
      close(got.lower, row.limits[0], 1e-8)
      close(got.upper, row.limits[1], 1e-8)
    }
  })
})

describe('normal effects', () => {
  const effect = { estimate: 1.2, standardError: 0.8 }
  test('by hand: prior N(0, 0.6), precision-weighted mean 0.432, deviation 0.48', () => {
    const got = answered(normalPosterior({ effect, prior: { mean: 0, deviation: 0.6 }, better: 'higher' }))
    expect(got.estimate).toBeCloseTo(0.432, 12)
    expect(got.deviation).toBeCloseTo(0.48, 12)
    // z = 0.9: Phi 0.8159399, density 0.2660852.
    expect(got.chanceToBeat).toBeCloseTo(0.8159398747, 9)
    expect(got.lossOfTaking).toBeCloseTo(0.48 * (0.2660852499 - 0.9 * 0.1840601253), 9)
  })
  test('a prior about another mean draws towards it', () => {
    const got = answered(normalPosterior({ effect, prior: { mean: 2, deviation: 0.8 }, better: 'higher' }))
    expect(got.estimate).toBeCloseTo(1.6, 12)
  })
  test('a flat prior gives the one-sided p and the confidence interval', () => {
    const prior = { mean: 0, deviation: Number.POSITIVE_INFINITY }
    const got = answered(normalPosterior({ effect, prior, better: 'lower' }))
    expect(1 - got.chanceToBeat).toBeCloseTo(0.933192799, 8)
    expect(got.upper).toBeCloseTo(1.2 + 0.8 * 1.959963984540054, 10)
  })
  test('loss of taking minus loss of keeping is minus the mean effect; the prior shrinks', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(number(-4, 4), number(0.1, 3), number(0.1, 3), (estimate, standardError, deviation) => {
        const got = answered(
          normalPosterior({ effect: { estimate, standardError }, prior: { mean: 0, deviation }, better: 'higher' }),
        )
        expect(got.lossOfKeeping - got.lossOfTaking).toBeCloseTo(got.estimate, 10)
        expect(Math.abs(got.estimate)).toBeLessThanOrEqual(Math.abs(estimate))
      }),
    )
  })
})

test('sides swapped: chances add to 1, losses change places', () => {
  const side = fc
    .integer({ min: 0, max: 300 })
    .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }))
  fc.assert(
    fc.property(side, side, (first, second) => {
      const prior = { a: 1, b: 1 }
      const got = betaPosterior({ first, second, prior, better: 'higher' })
      const swapped = betaPosterior({ first: second, second: first, prior, better: 'higher' })
      expect(got.chanceToBeat + swapped.chanceToBeat).toBeCloseTo(1, 9)
      expect(got.lossOfTaking).toBeCloseTo(swapped.lossOfKeeping, 10)
      expect(got.lower).toBeCloseTo(-swapped.upper, 5)
      const rates = { prior: { shape: 0.5, rate: 0.1 }, better: 'lower' as const }
      const [one, two] = [first, second].map(({ trials, successes }) => ({ events: successes, exposure: trials + 1 }))
      const ratio = answered(gammaPosterior({ first: one!, second: two!, ...rates }))
      const turned = answered(gammaPosterior({ first: two!, second: one!, ...rates }))
      expect(ratio.lower * turned.upper).toBeCloseTo(1, 7)
    }),
    { numRuns: 8 },
  )
})

test('large counts stay fast and near the normal answer', () => {
  const first = { successes: 500_000, trials: 1_000_000 }
  const second = { successes: 1_002_000, trials: 2_000_000 }
  const got = betaPosterior({ first, second, prior: { a: 1, b: 1 }, better: 'higher' })
  const z = 0.001 / Math.sqrt(0.25 / 1e6 + 0.25 / 2e6)
  expect(got.lower).toBeCloseTo(0.001 - 1.96 * (0.001 / z), 5)
})

test('data conditions are results, mistakes are errors', () => {
  const none = { events: 0, exposure: 0 }
  const share = { successes: 1, trials: 2 }
  expect(gammaPosterior({ first: none, second: none, prior: { shape: 1, rate: 0 }, better: 'lower' })).toMatchObject({
    because: 'no-data',
  })
  const effect = { estimate: 1, standardError: 0 }
  const prior = { mean: 0, deviation: 1 }
  expect(normalPosterior({ effect, prior, better: 'higher' })).toMatchObject({ because: 'constant' })
  expect(
    normalPosterior({ effect: { estimate: Number.NaN, standardError: 1 }, prior, better: 'higher' }),
  ).toMatchObject({ because: 'not-finite' })
  expect(() => normalPosterior({ effect, prior: { mean: 0, deviation: 0 }, better: 'higher' })).toThrow(
    /prior.deviation/,
  )
  expect(() => betaPosterior({ first: share, second: share, prior: { a: 0, b: 1 }, better: 'higher' })).toThrow(
    /prior.a/,
  )
  expect(() =>
    betaPosterior({ first: { successes: 3, trials: 2 }, second: share, prior: { a: 1, b: 1 }, better: 'higher' }),
  ).toThrow(/first.successes/)
  expect(() => gammaPosterior({ first: none, second: none, prior: { shape: 0, rate: 1 }, better: 'lower' })).toThrow(
    /prior.shape/,
  )
})
