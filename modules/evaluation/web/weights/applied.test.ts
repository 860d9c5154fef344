import { describe, expect, test } from 'vitest'
import type { Weighting } from '#evaluation/contract'
import { itemOf, schemeOf } from '../../samples.ts'
import { applied, globalWeights, reportHere, withReport } from './applied.ts'

const dimension = (id: string, weight: number, ...items: [string, number][]) => ({
  id,
  title: { zh: id, en: id },
  weight,
  items: items.map(([name, share]) => itemOf(name, share)),
})
const draft = schemeOf([], {
  dimensions: [dimension('da', 0.6, ['a1', 0.5], ['a2', 0.5]), dimension('db', 0.4, ['b1', 1])],
})
const rounded = (weights: readonly number[]) => weights.map((weight) => Number(weight.toFixed(4)))

describe('weights put into a draft', () => {
  test('equal: every dimension alike, and every item in it', () => {
    expect(globalWeights(applied(draft, { method: 'equal' }))).toEqual([0.25, 0.25, 0.5])
  })
  test('by hand and from data nothing moves by itself', () => {
    for (const weighting of [
      { method: 'hand' },
      { method: 'critic', grain: 'month', periodStart: '2026-03-01', calculatedAt: null },
    ] as const) {
      const next = applied(draft, weighting)
      expect([next.weighting, next.dimensions]).toEqual([weighting, draft.dimensions])
    }
  })
  test('a blend as its shares say, from the weights each part gave', () => {
    const blend: Weighting = {
      method: 'blend',
      rule: 'convex',
      parts: [
        { share: 0.5, from: { method: 'hand' }, weights: [0.6, 0.2, 0.2] },
        { share: 0.5, from: { method: 'equal' }, weights: [0.25, 0.25, 0.5] },
      ],
    }
    const next = applied(draft, blend)
    expect(rounded(globalWeights(next))).toEqual([0.425, 0.225, 0.35])
    expect(next.dimensions.map(({ weight }) => weight)).toEqual([0.65, 0.35])
  })
  test('what the server found is taken whole', () => {
    const report = {
      dimensions: [
        { id: 'da', weight: 0.9, items: [0.2, 0.8] },
        { id: 'db', weight: 0.1, items: [1] },
      ],
      comparisons: [],
      warnings: [],
    }
    expect(rounded(globalWeights(withReport(draft, { method: 'hand' }, report)))).toEqual([0.18, 0.72, 0.1])
  })
})

test('without the server: what needs data has no report, what does not has one', () => {
  const data: Weighting = { method: 'entropy', grain: 'month', periodStart: '2026-03-01', calculatedAt: null }
  expect(reportHere(draft, data)).toBeNull()
  expect(reportHere(draft, { method: 'equal' })?.dimensions.map(({ weight }) => weight)).toEqual([0.5, 0.5])
  expect(reportHere({ ...draft, dimensions: [dimensionWithout()] }, { method: 'equal' })).toBeNull()
})
const dimensionWithout = () => ({ ...draft.dimensions[0], id: 'dx', title: { zh: 'x', en: 'x' }, weight: 1, items: [] })
