import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meanFunnel } from './mean-funnel.ts'
import { proportionFunnel } from './proportion-funnel.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/intervals.json', import.meta.url), 'utf8')).funnel
const units = (golden.successes as number[]).map((successes, i) => ({ successes, trials: golden.trials[i] as number }))

function funnelOf(result: ReturnType<typeof proportionFunnel>) {
  if (result.kind !== 'funnel') throw new Error(result.detail)
  return result
}

describe('proportions', () => {
  test('target, z, phi and exact limits against R (reference/make-intervals.R)', () => {
    const got = funnelOf(proportionFunnel({ units, dispersion: 'never' }))
    expect(got.target).toBeCloseTo(golden.target, 13)
    expect(got.phi).toBeCloseTo(golden.phi, 11)
    expect(got.phiPValue / golden.pValue).toBeCloseTo(1, 10)
    got.units.forEach((unit, i) => {
      expect(unit.z).toBeCloseTo(golden.z[i], 11)
      for (const name of ['lower95', 'upper95', 'lower998', 'upper998'] as const) {
        expect(unit.limits![name]).toBeCloseTo(golden[name][i], 10)
      }
    })
  })
  test('significant over-dispersion widens the limits by root phi', () => {
    const got = funnelOf(proportionFunnel({ units }))
    expect(got.overDispersed).toBe(true)
    const width = 1.959963984540054 * Math.sqrt((got.phi * got.target * (1 - got.target)) / 60)
    expect(got.units[1]!.limits!.lower95).toBeCloseTo(got.target - width, 12)
  })
  test('verdicts', () => {
    const five = [70, 80, 90, 98, 60].map((successes) => ({ successes, trials: 100 }))
    const got = funnelOf(
      proportionFunnel({ units: [...five, { successes: 0, trials: 0 }], target: 0.8, dispersion: 'never' }),
    )
    expect(got.units.map((unit) => unit.verdict)).toEqual([
      'below-95',
      'inside',
      'above-95',
      'above-998',
      'below-998',
      'no-data',
    ])
  })
  test('limits are nested and inside [0, 1]', () => {
    const unit = fc
      .integer({ min: 1, max: 3000 })
      .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }))
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 2, maxLength: 12 }),
        fc.constantFrom('exact', 'normal'),
        (list, limits) => {
          const got = proportionFunnel({ units: list, limits: limits })
          if (got.kind === 'cannot') return
          for (const { limits: own } of got.units) {
            const ordered = [0, own!.lower998, own!.lower95, own!.upper95, own!.upper998, 1]
            expect(ordered).toEqual([...ordered].sort((left, right) => left - right))
          }
        },
      ),
    )
  })
  test('data conditions are results, mistakes are errors', () => {
    expect(proportionFunnel({ units: [{ successes: 1, trials: 2 }] })).toMatchObject({ because: 'too-few-units' })
    expect(
      proportionFunnel({
        units: [
          { successes: 2, trials: 2 },
          { successes: 3, trials: 3 },
        ],
      }),
    ).toMatchObject({ because: 'constant' })
    expect(() => proportionFunnel({ units: [{ successes: 3, trials: 2 }] })).toThrow(/successes/)
    expect(() => proportionFunnel({ units, winsorisedShare: 0.5 })).toThrow(/winsorisedShare/)
  })
})

describe('means', () => {
  const means = [
    { count: 25, mean: 80 },
    { count: 100, mean: 81 },
    { count: 100, mean: 74 },
    { count: 0, mean: Number.NaN },
  ]
  test('limits by hand', () => {
    const got = funnelOf(meanFunnel({ units: means, standardDeviation: 10, target: 79, dispersion: 'never' }))
    expect(got.units[0]!.limits!.upper95).toBeCloseTo(79 + 1.959963984540054 * 2, 12)
    expect(got.units[1]!.limits!.lower998).toBeCloseTo(79 - 3.090232306167813, 12)
    expect(got.units.map((unit) => unit.verdict)).toEqual(['inside', 'above-95', 'below-998', 'no-data'])
  })
  test('scaling the figures leaves phi and the verdicts', () => {
    const plain = funnelOf(meanFunnel({ units: means, standardDeviation: 10 }))
    const scaled = funnelOf(
      meanFunnel({ units: means.map((u) => ({ ...u, mean: u.mean * 60 })), standardDeviation: 600 }),
    )
    expect(scaled.phi).toBeCloseTo(plain.phi, 9)
    expect(scaled.units.map((unit) => unit.verdict)).toEqual(plain.units.map((unit) => unit.verdict))
  })
  test('data conditions', () => {
    expect(meanFunnel({ units: means, standardDeviation: 0 })).toMatchObject({ because: 'constant' })
    expect(meanFunnel({ units: [], standardDeviation: 1 })).toMatchObject({ because: 'too-few-units' })
  })
})
