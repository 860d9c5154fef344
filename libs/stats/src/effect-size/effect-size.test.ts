import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cliffsDelta } from './cliffs-delta.ts'
import { arcsineDistance, cohensH } from './cohens-h.ts'
import { hedgesFactor, standardisedDifference } from './standardised-difference.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/estimates-effect-size.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}

test('d, g and limits against scipy (reference/make-estimates-effect-size.py)', () => {
  for (const row of golden.standardised) {
    const got = answered(standardisedDifference(row))
    expect(got.d).toBeCloseTo(row.d, 12)
    expect(got.g).toBeCloseTo(row.g, 12)
    expect(got.lower).toBeCloseTo(row.limits[0], 8)
    expect(got.upper).toBeCloseTo(row.limits[1], 8)
  }
})

test('the factor of Hedges in closed form at 2, 3 and 10 degrees of freedom, and 1 - 3 / (4 v) far out', () => {
  expect(hedgesFactor(3)).toBeCloseTo(Math.sqrt(Math.PI / 6), 13)
  expect(hedgesFactor(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 13)
  expect(hedgesFactor(10)).toBeCloseTo(24 / Math.sqrt(5 * Math.PI) / (105 / 16), 13)
  expect(hedgesFactor(1e9)).toBeCloseTo(1 - 0.75e-9, 13)
  expect(() => hedgesFactor(1)).toThrow(/degreesOfFreedom/)
})

test("Cliff's delta against the full table in numpy", () => {
  for (const row of golden.cliff) {
    const got = answered(cliffsDelta(row))
    expect(got.delta).toBeCloseTo(row.delta, 12)
    expect(got.standardError).toBeCloseTo(row.se, 12)
    // The t quantile of scipy 1.10 holds some nine digits here.
    expect(got.lower).toBeCloseTo(row.limits[0], 8)
    expect(got.upper).toBeCloseTo(row.limits[1], 8)
  }
  expect(cliffsDelta({ first: [1, 2, 3], second: [4, 5, 6] })).toMatchObject({ delta: 1, upper: 1 })
})

test('swapping the sides turns every sign; monotone changes of scale leave delta', () => {
  const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(sample, sample, (first, second) => {
      const got = answered(cliffsDelta({ first, second }))
      const swapped = answered(cliffsDelta({ first: second, second: first }))
      expect(swapped.delta).toBeCloseTo(-got.delta, 12)
      expect(swapped.lower).toBeCloseTo(-got.upper, 12)
      const curved = answered(cliffsDelta({ first: first.map((v) => v ** 3), second: second.map((v) => v ** 3) }))
      expect(curved).toEqual(got)
      expect(got.lower).toBeGreaterThanOrEqual(-1)
      expect(got.upper).toBeLessThanOrEqual(1)
    }),
  )
})

test("Cohen's h: 0.5 against 0.7 is 0.412 (Cohen 1988, table 6.2.2: 1.982 - 1.571)", () => {
  expect(arcsineDistance(0.5, 0.7)).toBeCloseTo(0.4115, 4)
  const got = answered(cohensH({ first: { successes: 50, trials: 100 }, second: { successes: 70, trials: 100 } }))
  expect(got.h).toBeCloseTo(0.4115, 4)
  expect(got.upper - got.h).toBeCloseTo(1.959964 * Math.sqrt(0.02), 5)
})

test('data conditions are results, mistakes are errors', () => {
  const side = { count: 3, mean: 1, standardDeviation: 1 }
  const still = { ...side, standardDeviation: 0 }
  expect(standardisedDifference({ first: side, second: { ...side, count: 1 } })).toMatchObject({ because: 'too-few' })
  expect(standardisedDifference({ first: still, second: still })).toMatchObject({ because: 'constant' })
  expect(standardisedDifference({ first: side, second: { ...side, mean: Number.NaN } })).toMatchObject({
    because: 'not-finite',
  })
  expect(cliffsDelta({ first: [1], second: [1, 2] })).toMatchObject({ because: 'too-few' })
  expect(cliffsDelta({ first: [1, Number.NaN], second: [1, 2] })).toMatchObject({ because: 'not-finite' })
  expect(cohensH({ first: { successes: 0, trials: 0 }, second: { successes: 0, trials: 1 } })).toMatchObject({
    because: 'no-data',
  })
  expect(() => standardisedDifference({ first: { ...side, count: 1.5 }, second: side })).toThrow(/first.count/)
  expect(() => arcsineDistance(-0.1, 0.5)).toThrow(/share/)
})
