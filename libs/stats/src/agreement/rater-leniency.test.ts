import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededUniform } from '../../reference/shrinkage-simulation.ts'
import { leastSquares } from '../regression/least-squares.ts'
import { compressRows } from './compress-rows.ts'
import { type Rating, raterLeniency } from './rater-leniency.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/agreement.json', import.meta.url), 'utf8'))
const leniencyOf = (ratings: readonly Rating[]) => {
  const result = raterLeniency(ratings)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

describe('leniency', () => {
  const want = golden.leniency
  test('against R lm with sum contrasts, unbalanced', () => {
    const got = leniencyOf(want.ratings)
    expect(got.raters.map((each) => each.rater)).toEqual(want.raters)
    got.raters.forEach((each, r) => {
      expect(each.leniency).toBeCloseTo(want.effect[r], 10)
      expect(each.standardError).toBeCloseTo(want.se[r], 10)
      // R: qt(0.975, 28).
      expect(each.upper - each.leniency).toBeCloseTo(2.048407 * want.se[r], 5)
      expect(each.leniency - each.lower).toBeCloseTo(2.048407 * want.se[r], 5)
    })
    expect(got.units.map((each) => each.unit)).toEqual(want.units)
    got.units.forEach((each, u) => {
      expect(each.corrected).toBeCloseTo(want.corrected[u], 10)
      expect(each.standardError).toBeCloseTo(want.unitSe[u], 10)
    })
    expect(got.residualDeviation).toBeCloseTo(want.sigma, 10)
    expect(got.degreesOfFreedom).toBe(want.df)
  })
  test('known truth comes back whatever the design; leniencies sum to 0; units keep their raw means in a balanced one', () => {
    const effect = fc.integer({ min: -10, max: 10 })
    fc.assert(
      fc.property(
        fc.array(effect, { minLength: 3, maxLength: 3 }),
        fc.array(effect, { minLength: 6, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }),
        (raterEffects, unitEffects, kept) => {
          const ratings: Rating[] = []
          unitEffects.forEach((u, i) => {
            raterEffects.forEach((r, j) => {
              if (kept[3 * i + j] || i === 0) ratings.push({ unit: `u${i}`, rater: `r${j}`, score: 50 + u + r })
            })
          })
          const result = raterLeniency(ratings)
          if (result.kind === 'cannot') {
            expect(result.because).toBe('too-few')
            return
          }
          const mean = raterEffects.reduce((sum, r) => sum + r, 0) / 3
          result.raters.forEach((each) =>
            expect(each.leniency).toBeCloseTo(raterEffects[Number(each.rater.slice(1))]! - mean, 8),
          )
          result.units.forEach((each) =>
            expect(each.corrected).toBeCloseTo(50 + unitEffects[Number(each.unit.slice(1))]! + mean, 8),
          )
          expect(result.residualDeviation).toBeLessThan(1e-8)
        },
      ),
    )
  })
  test('thousands of ratings, taken block by block, give the same as one block', () => {
    const random = seededUniform(3)
    const many = Array.from({ length: 1800 }, () => {
      const rater = Math.floor(6 * random())
      return { unit: `u${Math.floor(200 * random())}`, rater: `r${rater}`, score: 70 + rater + 5 * random() }
    })
    const design = many.map((each) => ['r1', 'r2', 'r3', 'r4', 'r5'].map((rater) => Number(each.rater === rater)))
    const scores = many.map((each) => each.score)
    const [whole, compressed] = [{ rows: design, response: scores }, compressRows(design, scores)].map(leastSquares)
    if (whole?.kind !== 'fit' || compressed?.kind !== 'fit') throw new Error('no fit')
    expect(compressed.fitted).toHaveLength(6)
    compressed.coefficients.forEach((value, j) => expect(value).toBeCloseTo(whole.coefficients[j]!, 10))
    expect(compressed.residualSumOfSquares / whole.residualSumOfSquares).toBeCloseTo(1, 11)
    compressed.unscaledCovariance
      .flat()
      .forEach((value, j) => expect(value).toBeCloseTo(whole.unscaledCovariance.flat()[j]!, 12))
    const got = leniencyOf(many)
    got.raters.forEach((each) => {
      const truth = Number(each.rater.slice(1)) - 2.5
      expect(Math.abs(each.leniency - truth)).toBeLessThan(4 * each.standardError)
    })
  })
  test('raters without common units are refused, with the groups named', () => {
    const ratings = [
      { unit: 'a', rater: 'Li', score: 1 },
      { unit: 'a', rater: 'Wu', score: 2 },
      { unit: 'b', rater: 'He', score: 3 },
      { unit: 'b', rater: 'Ma', score: 3 },
      { unit: 'b', rater: 'Ma', score: 4 },
    ]
    expect(raterLeniency(ratings)).toMatchObject({
      because: 'disconnected',
      detail: 'no common unit joins the raters {Li, Wu} and {He, Ma}',
      components: [
        ['Li', 'Wu'],
        ['He', 'Ma'],
      ],
    })
  })
  test('what cannot be, and mistakes by name', () => {
    const one = { unit: 'a', rater: 'Li', score: 1 }
    expect(raterLeniency([])).toMatchObject({ because: 'too-few' })
    expect(raterLeniency([one])).toMatchObject({ because: 'too-few' })
    expect(raterLeniency([one, { ...one, rater: 'Wu' }])).toMatchObject({ because: 'too-few' })
    expect(raterLeniency([one, { ...one, score: Number.NaN }])).toMatchObject({ because: 'not-finite' })
    expect(() => raterLeniency([one], 1.5)).toThrow(/confidence/)
  })
})
