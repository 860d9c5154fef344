import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dimension, Weighting } from '#evaluation/contract'
import { itemOf, schemeOf } from '../../../samples.ts'
import {
  addDimension,
  addItem,
  chooseWeighting,
  moveDimension,
  moveItem,
  removeDimension,
  removeItem,
  stepItem,
  weighDimensions,
  weighItems,
  type Writing,
} from './tree.ts'
import { nth } from './nth.ts'

const dimension = (id: string, weight: number, items: [string, number][]) => ({
  id,
  title: { zh: id, en: id },
  weight,
  items: items.map(([name, share]) => itemOf(name, share)),
})
const begun = (weighting: Weighting = { method: 'hand' }): Writing => ({
  draft: schemeOf([], {
    dimensions: [
      dimension('da', 0.6, [
        ['a1', 0.5],
        ['a2', 0.3],
        ['a3', 0.2],
      ]),
      dimension('db', 0.4, [['b1', 1]]),
    ],
    weighting,
  }),
  shelf: {},
})
const shape = ({ draft }: Writing) =>
  draft.dimensions.map(({ id, weight, items }) => [id, weight, ...items.map((item) => [item.id, item.weight])])
const fresh = () => nth(nth(begun().draft.dimensions, 1).items, 0)

describe('the tree', () => {
  test('an item is added with an equal part, and removed again', () => {
    const more = addItem(begun(), 0, { ...fresh(), id: 'a4' })
    expect(shape(more)[0]).toEqual(['da', 0.6, ['a1', 0.375], ['a2', 0.225], ['a3', 0.15], ['a4', 0.25]])
    expect(shape(removeItem(more, { dimension: 0, item: 3 }))).toEqual(shape(begun()))
  })
  test('a dimension is added, moved and removed', () => {
    const more = addDimension(begun(), dimension('dc', 0, []) as Dimension)
    expect(shape(more).map((one) => one.slice(0, 2))).toEqual([
      ['da', 0.4],
      ['db', 0.2667],
      ['dc', 0.3333],
    ])
    expect(shape(moveDimension(more, 2, 0)).map((one) => one[0])).toEqual(['dc', 'da', 'db'])
    expect(moveDimension(more, 0, -1)).toBe(more)
    expect(shape(removeDimension(begun(), 1))).toEqual([['da', 1, ['a1', 0.5], ['a2', 0.3], ['a3', 0.2]]])
  })
  test('an item moves in its dimension with its weight, into another one with an equal part', () => {
    expect(shape(moveItem(begun(), { dimension: 0, item: 0 }, { dimension: 0, item: 3 }))[0]).toEqual([
      'da',
      0.6,
      ['a2', 0.3],
      ['a3', 0.2],
      ['a1', 0.5],
    ])
    expect(shape(moveItem(begun(), { dimension: 0, item: 0 }, { dimension: 1, item: 0 }))).toEqual([
      ['da', 0.6, ['a2', 0.6], ['a3', 0.4]],
      ['db', 0.4, ['a1', 0.5], ['b1', 0.5]],
    ])
    const same = begun()
    expect(moveItem(same, { dimension: 0, item: 1 }, { dimension: 0, item: 1 })).toBe(same)
    expect(moveItem(same, { dimension: 0, item: 1 }, { dimension: 0, item: 2 })).toBe(same)
  })
  test('step by step by keyboard, over the border of dimensions', () => {
    const order = (writing: Writing) => writing.draft.dimensions.map(({ items }) => items.map((item) => item.id))
    const down = stepItem(begun(), { dimension: 0, item: 2 }, 1)
    expect(order(down)).toEqual([
      ['a1', 'a2'],
      ['a3', 'b1'],
    ])
    expect(order(stepItem(down, { dimension: 1, item: 0 }, -1))).toEqual([['a1', 'a2', 'a3'], ['b1']])
    expect(order(stepItem(begun(), { dimension: 0, item: 0 }, 1))[0]).toEqual(['a2', 'a1', 'a3'])
    expect(order(stepItem(begun(), { dimension: 0, item: 2 }, -1))[0]).toEqual(['a1', 'a3', 'a2'])
    const first = begun()
    expect(stepItem(first, { dimension: 0, item: 0 }, -1)).toBe(first)
  })
  test('whatever is done to it, weights sum to 1 wherever there is something to weigh', () => {
    const deeds = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 4 }), fc.nat({ max: 4 })), { maxLength: 12 })
    fc.assert(
      fc.property(deeds, (all) => {
        let writing = begun()
        for (const [deed, x, y] of all) {
          const { dimensions } = writing.draft
          if (dimensions.length === 0) break
          const place = x % dimensions.length
          const { items } = nth(dimensions, place)
          const other = y % dimensions.length
          if (deed === 0) writing = addItem(writing, place, { ...fresh(), id: `n${y}` })
          if (deed === 1 && items.length > 0)
            writing = removeItem(writing, { dimension: place, item: y % items.length })
          if (deed === 2) writing = addDimension(writing, { ...nth(dimensions, 0), id: `d${y}`, items: [] })
          if (deed === 3) writing = removeDimension(writing, place)
          if (deed === 4) writing = moveDimension(writing, place, other)
          if (deed === 5 && items.length > 0)
            writing = moveItem(writing, { dimension: place, item: 0 }, { dimension: other, item: 0 })
        }
        const sums = [writing.draft.dimensions, ...writing.draft.dimensions.map((one) => one.items)]
        for (const parts of sums.filter((each) => each.length > 0))
          expect(parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})

const pairs = (judgements: (number | null)[]): Weighting => ({
  method: 'analytic-hierarchy',
  comparisons: [{ of: 'da', judges: [{ name: 'x', weight: 1, judgements }] }],
  priorities: 'eigenvector',
  randomIndex: 'saaty-1980',
  combine: 'judgements',
})

describe('methods and the tree', () => {
  test('comparisons weigh at once', () => {
    const { draft } = chooseWeighting(begun(), pairs([2, 4, 2]))
    const weights = nth(draft.dimensions, 0).items.map((item) => item.weight)
    expect(weights.map((weight) => Number(weight.toFixed(6)))).toEqual([0.571429, 0.285714, 0.142857])
  })
  test('moving a weight by hand keeps the comparisons on the shelf', () => {
    const weighed = chooseWeighting(begun(), pairs([2, 4, 2]))
    const moved = weighItems(weighed, 0, [0.5, 0.25, 0.25])
    expect(moved.draft.weighting).toEqual({ method: 'hand' })
    expect(moved.shelf['analytic-hierarchy']).toEqual(weighed.draft.weighting)
    expect(chooseWeighting(moved, weighed.draft.weighting).draft).toEqual(weighed.draft)
    expect(weighDimensions(begun(), [0.5, 0.5]).shelf).toEqual({})
  })
  test('equal weights stay equal when an item comes', () => {
    const equal = chooseWeighting(begun(), { method: 'equal' })
    const more = addItem(equal, 1, { ...fresh(), id: 'b2' })
    expect(shape(more)[1]).toEqual(['db', 0.5, ['b1', 0.5], ['b2', 0.5]])
  })
  test('a new item is compared with nothing yet: its dimension keeps weights that sum to 1', () => {
    const weighed = chooseWeighting(begun(), pairs([2, 4, 2]))
    const more = addItem(weighed, 0, { ...fresh(), id: 'a4' })
    expect(more.draft.weighting).toMatchObject({
      comparisons: [{ judges: [{ judgements: [2, 4, null, 2, null, null] }] }],
    })
    expect(nth(nth(more.draft.dimensions, 0).items, 3).weight).toBeCloseTo(0.25, 4)
  })
  test('weights from data no longer hold for another tree', () => {
    const data: Weighting = { method: 'entropy', grain: 'month', periodStart: '2026-03-01', calculatedAt: null }
    const more = removeItem(chooseWeighting(begun(), data), { dimension: 0, item: 0 })
    expect([more.draft.weighting, more.shelf.entropy]).toEqual([{ method: 'hand' }, data])
  })
})
