import { describe, expect, test } from 'vitest'
import { schemeDraft, type SchemeDraftInput } from '../../contract.ts'
import type { Scheme, Transform } from '../../contract/scheme.ts'
import type { Score, ScorePart } from '../../contract/scores.ts'
import { whatItTakes } from './what-it-takes.ts'

const title = { zh: '甲', en: 'A' }
const itemOf = (id: string, weight: number, transform: Transform) => ({
  id,
  source: { kind: 'indicator' as const, indicator: id },
  weight,
  transform,
})
const line: Transform = {
  kind: 'piecewise',
  points: [
    [50, 0],
    [100, 100],
  ],
}
const schemeOf = (items: ReturnType<typeof itemOf>[], more: Partial<SchemeDraftInput> = {}) =>
  schemeDraft.parse({
    id: 'halls',
    title,
    entityKind: 'hall',
    dimensions: [{ id: 'all', title, weight: 1, items }],
    grades: { bands: { kind: 'fixed', from: [60, 70, 80, 90] }, hysteresisPoints: 1 },
    ...more,
  }) as unknown as Scheme
const partOf = (item: string, weight: number, value: number, points: number): ScorePart => ({
  item,
  dimension: 'all',
  value,
  n: 100,
  standardError: 1,
  usedValue: value,
  points,
  weight,
  effectiveWeight: weight,
  contribution: weight * points,
  gainPerUnit: 1,
  provisional: false,
  missingBecause: null,
  isProtected: false,
})
const scoreOf = (composite: number | null, stars: number, parts: ScorePart[]) =>
  ({ composite, stars, peerGroup: null, parts }) as unknown as Score
const none = { starsFrom: [60, 70, 80, 90], moments: [] }
const more = () => 'more' as const

describe('what it takes', () => {
  test('the border is passed by the margin, by one item alone, at the value its line gives', () => {
    const scheme = schemeOf([itemOf('aa', 0.5, line), itemOf('bb', 0.5, line)])
    const score = scoreOf(65, 2, [partOf('aa', 0.5, 80, 60), partOf('bb', 0.5, 85, 70)])
    const found = whatItTakes(scheme, score, none, more)!
    expect(found.nextStars).toBe(3)
    expect(found.nextFrom).toBe(71)
    expect(found.items[0]!.pointsForNext).toBeCloseTo(72, 10)
    expect(found.items[0]!.valueForNext).toBeCloseTo(86, 6)
    expect(found.items[0]!.mostGain).toBeCloseTo(20, 10)
  })
  test('what one item alone cannot reach is said to be so; at the top there is no next grade', () => {
    const scheme = schemeOf([itemOf('aa', 0.1, line), itemOf('bb', 0.9, line)])
    const parts = [partOf('aa', 0.1, 90, 80), partOf('bb', 0.9, 80, 60)]
    expect(whatItTakes(scheme, scoreOf(62, 2, parts), none, more)!.items[0]!.pointsForNext).toBeNull()
    expect(whatItTakes(scheme, scoreOf(95, 5, parts), none, more)!.nextStars).toBeNull()
  })
  test('steps name the first step that is enough, also where less is better', () => {
    const steps: Transform = {
      kind: 'step',
      steps: [
        [5, 100],
        [10, 60],
      ],
    }
    const scheme = schemeOf([itemOf('aa', 1, steps)])
    const found = whatItTakes(scheme, scoreOf(60, 2, [partOf('aa', 1, 8, 60)]), none, () => 'less')!
    expect(found.items[0]!.valueForNext).toBe(5)
  })
  test('z-scores follow the moments of the peers', () => {
    const scheme = schemeOf([itemOf('aa', 1, { kind: 'z-score', centre: 50, pointsPerDeviation: 10 })])
    const moments = [{ item: 'aa', peerGroup: null, mean: 30, deviation: 4 }]
    const found = whatItTakes(scheme, scoreOf(60, 2, [partOf('aa', 1, 34, 60)]), { ...none, moments }, more)!
    expect(found.items[0]!.valueForNext).toBeCloseTo(30 + 4 * 2.1, 6)
  })
  test('protected items tell nothing; products cannot say', () => {
    const scheme = schemeOf([itemOf('aa', 1, line)])
    const hidden = { ...partOf('aa', 1, 80, 60), points: null, value: null, usedValue: null, isProtected: true }
    expect(whatItTakes(scheme, scoreOf(60, 2, [hidden]), none, more)!.items).toEqual([])
    const product = schemeOf([itemOf('aa', 1, line)], { aggregation: { kind: 'weighted-product' } })
    expect(whatItTakes(product, scoreOf(60, 2, [partOf('aa', 1, 80, 60)]), none, more)).toBeNull()
    expect(whatItTakes(scheme, scoreOf(null, 2, []), none, more)).toBeNull()
  })
})
