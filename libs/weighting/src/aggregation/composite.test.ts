import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompositeItem, compositeScore } from './composite-score.ts'
import { compositeStandardError } from './composite-standard-error.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/ranks.json', import.meta.url), 'utf8'))
const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true })

describe('composite', () => {
  const items: CompositeItem[] = [
    { id: 'satisfaction', weight: 50, points: 80 },
    { id: 'time', weight: 30, points: 60 },
    { id: 'complaints', weight: 20, points: null },
  ]
  test('a missing weight is shared in proportion, up to the cap', () => {
    const got = compositeScore(items, { kind: 'redistribute', largestShare: 0.2 })
    expect(got).toMatchObject({ kind: 'score', missingShare: 0.2 })
    if (got.kind !== 'score') return
    expect(got.score).toBeCloseTo((50 * 80 + 30 * 60) / 80, 12)
    expect(got.items.map((item) => item.effectiveWeight)).toEqual([0.625, 0.375, 0])
    expect(got.items.map((item) => item.nominalWeight)).toEqual([0.5, 0.3, 0.2])
  })
  test('beyond the cap, or with any gap where none is allowed, ineligible', () => {
    const refused = { kind: 'ineligible', missing: ['complaints'] }
    expect(compositeScore(items, { kind: 'redistribute', largestShare: 0.19 })).toMatchObject({
      ...refused,
      because: 'too-much-missing',
    })
    expect(compositeScore(items, { kind: 'ineligible' })).toMatchObject({ ...refused, because: 'missing-item' })
    const nothing = items.map((item) => ({ ...item, points: null }))
    expect(compositeScore(nothing, { kind: 'redistribute', largestShare: 0.5 })).toMatchObject({
      because: 'nothing-known',
    })
  })
  test('lies between its items, contributions add up, scale of weights does not matter', () => {
    const item = fc.record({ weight: fc.double({ min: 0.01, max: 100, noNaN: true }), points: number(100) })
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 9 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (list, factor) => {
          const named = list.map((each, i) => ({ ...each, id: String(i) }))
          const got = compositeScore(named, { kind: 'ineligible' })
          const scaled = compositeScore(
            named.map((each) => ({ ...each, weight: each.weight * factor })),
            { kind: 'ineligible' },
          )
          if (got.kind !== 'score' || scaled.kind !== 'score') throw new Error('no score')
          expect(got.score).toBeGreaterThanOrEqual(Math.min(...list.map((each) => each.points)) - 1e-9)
          expect(got.score).toBeLessThanOrEqual(Math.max(...list.map((each) => each.points)) + 1e-9)
          expect(got.items.reduce((sum, each) => sum + each.effectiveWeight, 0)).toBeCloseTo(1, 12)
          expect(scaled.score).toBeCloseTo(got.score, 9)
        },
      ),
    )
  })
  test('mistakes are refused by name', () => {
    expect(() => compositeScore([], { kind: 'ineligible' })).toThrow(/items/)
    expect(() => compositeScore([items[0]!, items[0]!], { kind: 'ineligible' })).toThrow(/ids/)
    expect(() => compositeScore([{ id: 'a', weight: 0, points: 1 }], { kind: 'ineligible' })).toThrow(/weights/)
    expect(() => compositeScore(items, { kind: 'redistribute', largestShare: 1 })).toThrow(/largestShare/)
  })
  test('standard error against R, independent and correlated', () => {
    expect(compositeStandardError(golden.weights, golden.se)).toBeCloseTo(golden.independent, 13)
    expect(compositeStandardError(golden.weights, golden.se, golden.correlations)).toBeCloseTo(golden.correlated, 13)
    expect(compositeStandardError([1, 0], [2, Number.NaN])).toBe(2)
    expect(() => compositeStandardError([1], [2], [[0.5]])).toThrow(/correlations/)
    expect(() => compositeStandardError([1, 1], [2])).toThrow(/standardErrors/)
  })
})
