import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Direction } from '../normalisation/decision-matrix.ts'
import { blendedWeights } from './blended-weights.ts'
import { criticWeights } from './critic-weights.ts'
import { deviationWeights } from './deviation-weights.ts'
import { entropyWeights } from './entropy-weights.ts'
import { equalWeights, normalisedWeights } from './hand-weights.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/weights.json', import.meta.url), 'utf8'))
const directions = golden.directions.map((d: string) => (d === 'target' ? { target: golden.target } : d)) as Direction[]
const near = (got: readonly number[], want: readonly number[], digits = 13) => {
  expect(got).toHaveLength(want.length)
  got.forEach((value, i) => expect(value).toBeCloseTo(want[i]!, digits))
}
/** The choice of a fighter aircraft, Hwang and Yoon (1981), table 1.2 with the scale of section 2.4. */
const aircraft = [
  [2.0, 1500, 20000, 5.5, 5, 9],
  [2.5, 2700, 18000, 6.5, 3, 5],
  [1.8, 2000, 21000, 4.5, 7, 7],
  [2.2, 1800, 20000, 5.0, 5, 5],
]

describe('against R and published examples', () => {
  test('entropy, sum', () => {
    const got = entropyWeights(golden.rows, { kind: 'sum' })
    if (got.kind === 'cannot') throw new Error(got.detail)
    near(got.entropies, golden.entropySum.entropies)
    near(got.weights, golden.entropySum.weights, 12)
  })
  test('entropy of the aircraft, Hwang and Yoon (1981), section 3.2.2', () => {
    const got = entropyWeights(aircraft, { kind: 'sum' })
    if (got.kind === 'cannot') throw new Error(got.detail)
    const printedEntropies = [0.9946, 0.9829, 0.9989, 0.9931, 0.9703, 0.977]
    got.entropies.forEach((entropy, i) => expect(Math.abs(entropy - printedEntropies[i]!)).toBeLessThan(0.0002))
    // The book worked by hand: its entropies are off by up to 0.0002, which moves the weights by up to 0.0016.
    const printed = [0.0649, 0.2055, 0.0133, 0.0829, 0.357, 0.2764]
    got.weights.forEach((weight, i) => expect(Math.abs(weight - printed[i]!)).toBeLessThan(0.002))
  })
  test('entropy, min-max shifted, with a target', () => {
    const { shift, weights } = golden.entropyShifted
    const got = entropyWeights(golden.rows, { kind: 'min-max-shifted', directions, shift })
    near(got.kind === 'weights' ? got.weights : [], weights, 12)
  })
  test('entropy with zeros and a constant column', () => {
    const got = entropyWeights(golden.entropyZeros.rows, { kind: 'sum' })
    near(got.kind === 'weights' ? got.weights : [], golden.entropyZeros.weights, 12)
    expect(got.kind === 'weights' && got.weights[1]).toBe(0)
  })
  test('CRITIC', () => {
    const got = criticWeights(golden.rows, directions)
    if (got.kind === 'cannot') throw new Error(got.detail)
    near(got.weights, golden.critic.weights)
    near(got.deviations, golden.critic.deviations)
    near(got.conflicts, golden.critic.conflicts)
  })
  test('deviations', () => {
    const byRange = deviationWeights(golden.rows, 'min-max-deviation')
    const byMean = deviationWeights(golden.rows, 'coefficient-of-variation')
    near(byRange.kind === 'weights' ? byRange.weights : [], golden.deviation)
    near(byMean.kind === 'weights' ? byMean.weights : [], golden.variation)
  })
})

describe('invariants', () => {
  const matrix = fc.tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  const all = (rows: number[][]) => {
    const costs = rows[0]!.map(() => 'cost' as const)
    return [
      entropyWeights(rows, { kind: 'sum' }),
      entropyWeights(rows, { kind: 'min-max-shifted', directions: costs, shift: 0.1 }),
      criticWeights(rows, costs),
      deviationWeights(rows, 'min-max-deviation'),
      deviationWeights(rows, 'coefficient-of-variation'),
    ].map((result) => (result.kind === 'weights' ? result.weights : null))
  }
  test('sum 1, none negative, and the order of units does not matter', () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        const turned = all([...rows].reverse())
        all(rows).forEach((weights, k) => {
          if (weights === null) {
            expect(turned[k]).toBeNull()
            return
          }
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
          expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
          near(turned[k]!, weights, 8)
        })
      }),
    )
  })
  test('the unit of a column does not matter, nor the order of columns', () => {
    fc.assert(
      fc.property(matrix, fc.constantFrom(0.25, 8, 1024), (rows, factor) => {
        const scaled = all(rows.map(([first, ...rest]) => [first! * factor, ...rest]))
        const mirrored = all(rows.map((row) => [...row].reverse()))
        all(rows).forEach((weights, k) => {
          if (weights === null) return
          near(scaled[k]!, weights, 9)
          near([...mirrored[k]!].reverse(), weights, 9)
        })
      }),
    )
  })
})

describe('blends and hand weights', () => {
  const one = [0.5, 0.3, 0.2]
  const two = [0.2, 0.2, 0.6]
  test('convex and multiplicative', () => {
    const convex = blendedWeights([one, two], { kind: 'convex', shares: [3, 1] })
    near(convex.kind === 'weights' ? convex.weights : [], [0.425, 0.275, 0.3])
    const product = blendedWeights([one, two], { kind: 'multiplicative', exponents: [1, 1] })
    near(product.kind === 'weights' ? product.weights : [], [0.1 / 0.28, 0.06 / 0.28, 0.12 / 0.28])
    expect(blendedWeights([one, two], { kind: 'multiplicative', exponents: [1, 0] })).toMatchObject({ kind: 'weights' })
    const disjoint = [
      [1, 0],
      [0, 1],
    ]
    expect(blendedWeights(disjoint, { kind: 'multiplicative', exponents: [1, 1] })).toMatchObject({
      because: 'disjoint',
    })
  })
  test('two hundred sets of small weights do not vanish', () => {
    const sets = Array.from({ length: 200 }, () => [1e-3, 2e-3, 0.997])
    const got = blendedWeights(sets, { kind: 'multiplicative', exponents: sets.map(() => 1) })
    expect(got.kind === 'weights' && got.weights[2]).toBe(1)
  })
  test('hand weights are scaled, equal ones are equal', () => {
    near(normalisedWeights([50, 30, 20]), one)
    near(normalisedWeights([1e308, 1e308]), [0.5, 0.5])
    expect(equalWeights(4)).toEqual([0.25, 0.25, 0.25, 0.25])
  })
  test('mistakes are refused by name', () => {
    expect(() => normalisedWeights([])).toThrow(/weights/)
    expect(() => normalisedWeights([0, 0])).toThrow(/weights/)
    expect(() => normalisedWeights([1, -1])).toThrow(/weights\[1\]/)
    expect(() => normalisedWeights([1, Number.NaN])).toThrow(/weights\[1\]/)
    expect(() => equalWeights(0)).toThrow(/items/)
    expect(() => blendedWeights([], { kind: 'convex', shares: [] })).toThrow(/sets/)
    expect(() => blendedWeights([one, [1]], { kind: 'convex', shares: [1, 1] })).toThrow(/sets\[1\]/)
    expect(() => blendedWeights([one, two], { kind: 'convex', shares: [1] })).toThrow(/shares/)
    expect(() => blendedWeights([one, two], { kind: 'multiplicative', exponents: [-1, 2] })).toThrow(/exponents/)
  })
})

describe('what data do not allow', () => {
  const flat = [
    [2, 5],
    [2, 5],
  ]
  const together = [
    [1, 10],
    [2, 20],
    [3, 30],
  ]
  test.each([
    ['too-few', entropyWeights([[1, 2]], { kind: 'sum' })],
    ['negative', entropyWeights([[1], [-2]], { kind: 'sum' })],
    ['no-spread', entropyWeights(flat, { kind: 'sum' })],
    ['no-spread', criticWeights(flat, ['benefit', 'benefit'])],
    ['no-conflict', criticWeights(together, ['benefit', 'benefit'])],
    ['missing', criticWeights([[1], [null]], ['benefit'])],
    ['no-spread', deviationWeights(flat, 'min-max-deviation')],
    ['mean-not-positive', deviationWeights([[-1], [1]], 'coefficient-of-variation')],
    ['too-few', deviationWeights([], 'min-max-deviation')],
  ])('%s', (because, result) => {
    expect(result).toMatchObject({ kind: 'cannot', because })
  })
  test('a constant item weighs nothing and disturbs nobody; a lone varying item weighs all', () => {
    const withFlat = golden.rows.map((row: number[]) => [...row, 7])
    const got = criticWeights(withFlat, [...directions, 'benefit'])
    near(got.kind === 'weights' ? got.weights : [], [...golden.critic.weights, 0])
    expect(criticWeights([[1], [2]], ['cost'])).toMatchObject({ weights: [1] })
    expect(() => entropyWeights(flat, { kind: 'min-max-shifted', directions: [], shift: 0 })).toThrow(/shift/)
    expect(() => criticWeights(flat, ['benefit'])).toThrow(/directions/)
  })
})
