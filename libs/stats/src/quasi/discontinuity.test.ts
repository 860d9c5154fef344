import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutoffDensityTest } from './cutoff-density.ts'
import { regressionDiscontinuity } from './regression-discontinuity.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/quasi-discontinuity.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-8) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
const cases = golden.x.map((running: number, i: number) => ({ running, outcome: golden.y[i] })) as {
  running: number
  outcome: number
}[]
const base = { cases, cutoff: golden.cutoff as number }
type Input = Parameters<typeof regressionDiscontinuity>[0]
function estimated(more: Partial<Input>) {
  const result = regressionDiscontinuity({ ...base, bandwidth: 15, ...more })
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

describe('against local fits written out in R', () => {
  test.each([
    ['one bandwidth', golden.fixed, { bandwidth: 15 }],
    ['a wider one for the bias', golden.wider, { bandwidth: 12, biasRatio: 20 / 12 }],
    ['donut', golden.donut, { bandwidth: 15, donut: 1 }],
  ] as const)('%s', (_name, exact, more) => {
    const got = estimated(more)
    near(got.conventional.estimate, exact.conventional)
    near(got.conventional.standardError, exact.se)
    near(got.robust.estimate, exact.robust, 1e-7)
    near(got.robust.standardError, exact.robustSe, 1e-7)
  })
  test('with equal bandwidths the corrected estimate is the local quadratic one', () => {
    const got = estimated({ bandwidth: 15 })
    near(got.robust.estimate, golden.quadratic.estimate, 1e-7)
    near(got.robust.standardError, golden.quadratic.se, 1e-7)
  })
  test('bandwidths', () => {
    near(estimated({ bandwidth: 'imbens-kalyanaraman-2012' }).bandwidth, golden.ik, 1e-7)
    const two = estimated({ bandwidth: 'mse-two-step' })
    near(two.bandwidth, golden.two[0], 1e-6)
    near(two.biasBandwidth, golden.two[1], 1e-6)
    // The planted jump is 6.
    expect(two.robust.lower).toBeLessThan(6)
    expect(two.robust.upper).toBeGreaterThan(6)
  })
  test('density at the cutoff', () => {
    const got = cutoffDensityTest({ running: golden.x, cutoff: golden.cutoff, window: 2, binWidth: 2, bins: 10 })
    if (got.kind === 'cannot') throw new Error(got.detail)
    const { below, above, p, jump, se, dispersion } = golden.density
    expect([got.windowBelow, got.windowAbove]).toEqual([below, above])
    near(got.windowPValue, p)
    near(got.logJump, jump, 1e-7)
    near(got.standardError, se * Math.sqrt(Math.max(1, dispersion) / dispersion), 1e-7)
  })
})

test('a polynomial of the first degree with a jump is found exactly; shift and scale go through', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -20, max: 20, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (jump, slope) => {
        const straight = cases.map(({ running }) => ({
          running,
          outcome: 3 + slope * running + (running >= golden.cutoff ? jump : 0) + 1e-9 * Math.sin(running * running),
        }))
        const got = estimated({ cases: straight })
        near(got.conventional.estimate, jump, 1e-6)
        near(got.robust.estimate, jump, 1e-6)
      },
    ),
    { numRuns: 20 },
  )
  const plain = estimated({ bandwidth: 'mse-two-step' })
  const moved = estimated({
    cases: cases.map(({ running, outcome }) => ({ running: 10 * running + 3, outcome: 2 * outcome - 7 })),
    cutoff: 10 * golden.cutoff + 3,
    bandwidth: 'mse-two-step',
  })
  near(moved.bandwidth, 10 * plain.bandwidth, 1e-6)
  near(moved.robust.estimate, 2 * plain.robust.estimate, 1e-6)
})

test('bad input', () => {
  const of = (more: Partial<Input>) => regressionDiscontinuity({ ...base, bandwidth: 15, ...more })
  expect(of({ cases: cases.filter(({ running }) => running < golden.cutoff) })).toMatchObject({ because: 'too-few' })
  expect(of({ cases: cases.map(({ running }) => ({ running, outcome: 1 })) })).toMatchObject({ because: 'constant' })
  expect(of({ cases: [{ running: Number.NaN, outcome: 1 }] })).toMatchObject({ because: 'not-finite' })
  expect(of({ bandwidth: 0.05 })).toMatchObject({ because: 'too-few' })
  expect(() => of({ bandwidth: 0 })).toThrow(/bandwidth/)
  expect(() => of({ donut: -1 })).toThrow(/donut/)
  expect(() => of({ cutoff: Number.NaN })).toThrow(/cutoff/)
  expect(() => of({ neighbours: 0 })).toThrow(/neighbours/)
  const density = { running: golden.x, cutoff: golden.cutoff, window: 2, binWidth: 2, bins: 10 }
  expect(cutoffDensityTest({ ...density, running: [1, 2] })).toMatchObject({ because: 'too-few' })
  expect(cutoffDensityTest({ ...density, running: [Number.NaN] })).toMatchObject({ because: 'not-finite' })
  expect(() => cutoffDensityTest({ ...density, bins: 3 })).toThrow(/bins/)
  expect(() => cutoffDensityTest({ ...density, window: 0 })).toThrow(/window/)
})
