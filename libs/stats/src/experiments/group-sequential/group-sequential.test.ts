import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../../../platform/seeded-random.ts'
import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { equalLooks, groupSequentialBoundary } from './boundary.ts'
import { operatingCharacteristics, requiredDrift } from './operating-characteristics.ts'
import { exitChances } from './recursion.ts'
import { spentError } from './spending.ts'
import { stageWiseEstimate } from './stage-wise-estimate.ts'

const golden = JSON.parse(
  readFileSync(new URL('../../../reference/experiments-group-sequential.json', import.meta.url), 'utf8'),
)
const constantOf = (looks: number, kind: 'pocock' | 'obrien-fleming') =>
  groupSequentialBoundary({ fractions: equalLooks(looks), shape: { kind } }).upper.at(-1)!

describe('against multivariate normal integrals in R (reference/make-experiments-group-sequential.R)', () => {
  test('constants', () => {
    for (const { looks, delta, constant } of golden.constants) {
      const shape = { kind: 'wang-tsiatis', delta } as const
      expect(groupSequentialBoundary({ fractions: equalLooks(looks), shape }).upper.at(-1)).toBeCloseTo(constant, 7)
    }
    const one = groupSequentialBoundary({
      fractions: equalLooks(3),
      shape: { kind: 'pocock' },
      alpha: 0.025,
      sided: 'one',
    })
    expect(one.upper[0]).toBeCloseTo(golden.one, 7)
  })
  test('spending bounds', () => {
    for (const { shape, upper } of golden.spending)
      groupSequentialBoundary({ fractions: golden.fractions, shape }).upper.forEach((bound, k) =>
        expect(bound).toBeCloseTo(upper[k], 6),
      )
  })
  test('exit chances under a drift', () => {
    const boundary = groupSequentialBoundary({ fractions: golden.fractions, shape: golden.spending[0].shape })
    const got = operatingCharacteristics(boundary, golden.exits.drift)
    got.upper.forEach((chance, k) => expect(chance).toBeCloseTo(golden.exits.upper[k], 7))
    got.lower.forEach((chance, k) => expect(chance).toBeCloseTo(golden.exits.lower[k], 7))
  })
  test('stage-wise estimate, limits and p', () => {
    const boundary = groupSequentialBoundary({ fractions: golden.fractions, shape: golden.spending[0].shape })
    const got = stageWiseEstimate({ boundary, look: 3, z: 2.6, standardError: 1 })
    expect(got.estimate).toBeCloseTo(golden.stage.estimate, 6)
    expect(got.lower).toBeCloseTo(golden.stage.lower, 6)
    expect(got.upper).toBeCloseTo(golden.stage.upper, 6)
    expect(got.pValue).toBeCloseTo(golden.stage.p, 8)
  })
})

describe('published figures', () => {
  test('Jennison and Turnbull (2000), tables 2.1 and 2.3: Pocock and O’Brien-Fleming constants, alpha 0.05', () => {
    for (const [looks, pocock, fleming] of [
      [2, 2.178, 1.977],
      [3, 2.289, 2.004],
      [4, 2.361, 2.024],
      [5, 2.413, 2.04],
      [10, 2.555, 2.087],
      [20, 2.672, 2.126],
    ] as const) {
      expect(constantOf(looks, 'pocock')).toBeCloseTo(pocock, 3)
      expect(constantOf(looks, 'obrien-fleming')).toBeCloseTo(fleming, 3)
    }
  })
  test('gsDesign: an unadjusted 1.96 rule has 4.2, 6.3, 9.7, 12.4 % error in one tail at 2, 4, 10, 20 looks', () => {
    for (const [looks, percent] of [
      [2, 4.2],
      [4, 6.3],
      [10, 9.7],
      [20, 12.4],
    ] as const) {
      const bounds = Array.from({ length: looks }, () => 1.96)
      const chances = exitChances({
        fractions: equalLooks(looks),
        upper: bounds,
        lower: bounds.map((b) => -b),
        drift: 0,
      })
      expect(100 * chances.upper.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(percent, 1)
    }
  })
  test('O’Brien-Fleming with 5 looks costs 2.8 % more sample at power 80 %, Pocock with 15 looks 30.5 % at power 90 %', () => {
    const inflation = (looks: number, kind: 'pocock' | 'obrien-fleming', power: number) =>
      requiredDrift(groupSequentialBoundary({ fractions: equalLooks(looks), shape: { kind } }), power).inflation
    expect(inflation(5, 'obrien-fleming', 0.8)).toBeCloseTo(1.028, 3)
    expect(inflation(15, 'pocock', 0.9)).toBeCloseTo(1.305, 3)
  })
})

describe('properties', () => {
  const shapes = [
    { kind: 'pocock' },
    { kind: 'obrien-fleming' },
    { kind: 'hwang-shih-decani', gamma: 0 },
    { kind: 'lan-demets-obrien-fleming' },
  ] as const
  test('all exits under no effect add up to alpha, for any looks', () => {
    const steps = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(steps, fc.constantFrom(...shapes), fc.constantFrom('one', 'two'), (widths, shape, sided) => {
        const all = widths.reduce((sum, width) => sum + width, 0)
        let reached = 0
        const fractions = widths.map((width, k) => (k + 1 === widths.length ? 1 : (reached += width) / all))
        const boundary = groupSequentialBoundary({ fractions, shape, sided, alpha: 0.04 })
        const { power, wrongSide } = operatingCharacteristics(boundary, 0)
        expect(power + (sided === 'two' ? wrongSide : 0)).toBeCloseTo(0.04, 8)
      }),
      { numRuns: 25 },
    )
  })
  test('a look without bounds changes nothing, however close to the one before', () => {
    const plain = exitChances({ fractions: [0.5, 1], upper: [2.2, 2.1], lower: [-2.3, -2], drift: 1.3 })
    for (const extra of [0.5001, 0.51, 0.75, 0.9999]) {
      const none = Number.POSITIVE_INFINITY
      const got = exitChances({
        fractions: [0.5, extra, 1],
        upper: [2.2, none, 2.1],
        lower: [-2.3, -none, -2],
        drift: 1.3,
      })
      expect(got.upper[1]).toBe(0)
      expect(got.lower[1]).toBe(0)
      expect(got.upper[2]).toBeCloseTo(plain.upper[1]!, 9)
      expect(got.lower[2]).toBeCloseTo(plain.lower[1]!, 9)
    }
  })
  test('one look is the ordinary test, with its interval and p', () => {
    const boundary = groupSequentialBoundary({ fractions: [1], shape: { kind: 'pocock' } })
    expect(boundary.upper[0]).toBeCloseTo(1.959963984540054, 9)
    const got = stageWiseEstimate({ boundary, look: 1, z: 2.2, standardError: 0.5 })
    expect(got.estimate).toBeCloseTo(1.1, 9)
    expect(got.lower).toBeCloseTo(1.1 - 0.5 * 1.959963984540054, 8)
    expect(got.pValue).toBeCloseTo(0.0278068951, 9)
    // Far below 1e-16 on either side.
    expect(stageWiseEstimate({ boundary, look: 1, z: -12, standardError: 1 }).pValue / 3.5529642241553e-33).toBeCloseTo(
      1,
      8,
    )
  })
  test('100 daily looks keep their error, and the mean information shrinks under an effect', () => {
    const boundary = groupSequentialBoundary({
      fractions: equalLooks(100),
      shape: { kind: 'lan-demets-obrien-fleming' },
    })
    const none = operatingCharacteristics(boundary, 0)
    expect(none.power).toBeCloseTo(0.025, 8)
    expect(operatingCharacteristics(boundary, 4).expectedFraction).toBeLessThan(none.expectedFraction)
  })
  test('the interval covers 95 % and the estimate is median-unbiased after stopping, by simulation', () => {
    const boundary = groupSequentialBoundary({ fractions: [0.25, 0.5, 0.75, 1], shape: { kind: 'pocock' } })
    const chance = seededChance(21)
    const drift = 2
    let [covered, high, plainHigh] = [0, 0, 0]
    const runs = 150
    for (let run = 0; run < runs; run++) {
      let [score, look, z] = [0, 0, 0]
      do {
        score += drift * 0.25 + 0.5 * normalQuantile(chance() || 0.5)
        look++
        z = score / Math.sqrt(0.25 * look)
      } while (look < 4 && Math.abs(z) < boundary.upper[look - 1]!)
      const got = stageWiseEstimate({ boundary, look, z, standardError: 1 / Math.sqrt(0.25 * look) })
      if (got.lower <= drift && drift <= got.upper) covered++
      if (got.estimate > drift) high++
      if (got.plain > drift) plainHigh++
    }
    // Three standard errors of a share: 5.3 and 12.2 points.
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(0.053)
    expect(Math.abs(high / runs - 0.5)).toBeLessThan(0.122)
    expect(plainHigh).toBeGreaterThan(high)
  })
  test('spending rises from 0 to alpha', () => {
    const spendings = [
      { kind: 'lan-demets-obrien-fleming' },
      { kind: 'lan-demets-pocock' },
      { kind: 'hwang-shih-decani', gamma: 1 },
      { kind: 'power', rho: 3 },
    ] as const
    for (const spending of spendings) {
      const spent = [0, 0.2, 0.5, 0.9, 1, 1.4].map((fraction) => spentError(spending, 0.025, fraction))
      expect(spent[0]).toBe(0)
      expect(spent[4]).toBe(0.025)
      expect([...spent].sort((a, b) => a - b)).toEqual(spent)
    }
  })
})

test('mistakes are errors that name the argument', () => {
  const boundary = groupSequentialBoundary({ fractions: [0.5, 1], shape: { kind: 'pocock' } })
  const cases: [() => unknown, RegExp][] = [
    [() => groupSequentialBoundary({ fractions: [0.5, 0.5], shape: { kind: 'pocock' } }), /fractions\[1\]/],
    [() => groupSequentialBoundary({ fractions: [], shape: { kind: 'pocock' } }), /fractions/],
    [() => groupSequentialBoundary({ fractions: [1], shape: { kind: 'pocock' }, alpha: 1 }), /alpha/],
    [() => groupSequentialBoundary({ fractions: [1], shape: { kind: 'wang-tsiatis', delta: Number.NaN } }), /delta/],
    [() => groupSequentialBoundary({ fractions: [0.5], shape: { kind: 'power', rho: 0 } }), /rho/],
    [() => exitChances({ fractions: [1], upper: [], lower: [], drift: 0 }), /upper and lower/],
    [() => operatingCharacteristics(boundary, Number.NaN), /drift/],
    [() => requiredDrift(boundary, 1), /power/],
    [() => equalLooks(0), /looks/],
    [() => stageWiseEstimate({ boundary, look: 3, z: 1, standardError: 1 }), /look/],
    [() => stageWiseEstimate({ boundary, look: 1, z: Number.NaN, standardError: 1 }), /z must/],
    [() => stageWiseEstimate({ boundary, look: 1, z: 1, standardError: 0 }), /standardError/],
    [() => spentError({ kind: 'power', rho: 1 }, 0.05, -1), /fraction/],
  ]
  for (const [act, pattern] of cases) expect(act).toThrow(pattern)
})
