import { describe, expect, test } from 'vitest'
import type { Weighting } from '#evaluation/contract'
import { itemOf, schemeOf } from '../../samples.ts'
import { pairPlace, remapJudgements, remapWeighting } from './remap.ts'

describe('judgements', () => {
  test('stand row by row above the diagonal', () => {
    const places = [0, 1, 2].flatMap((row) =>
      [1, 2, 3].flatMap((column) => (column > row ? [pairPlace(row, column, 4)] : [])),
    )
    expect(places).toEqual([0, 1, 2, 3, 4, 5])
  })
  const said = [3, 5, 2]
  const cases: [string, string[], (number | null)[]][] = [
    ['nothing changed', ['a', 'b', 'c'], said],
    ['one more at the end', ['a', 'b', 'c', 'd'], [3, 5, null, 2, null, null]],
    ['one more in the middle', ['a', 'x', 'b', 'c'], [null, 3, 5, null, null, 2]],
    ['one less', ['a', 'c'], [5]],
    ['turned round', ['c', 'b', 'a'], [1 / 2, 1 / 5, 1 / 3]],
    ['all new', ['x', 'y'], [null]],
  ]
  test.each(cases)('%s', (_name, after, expected) => {
    expect(remapJudgements(said, ['a', 'b', 'c'], after)).toEqual(expected)
  })
})

const treeOf = (...ids: string[]) => schemeOf(ids.map((id) => itemOf(id, 1 / ids.length))).dimensions
const hierarchy: Weighting = {
  method: 'analytic-hierarchy',
  comparisons: [{ of: 'all', judges: [{ name: 'Office', weight: 1, judgements: [3, 5, 2] }] }],
  priorities: 'eigenvector',
  randomIndex: 'saaty-1980',
  combine: 'judgements',
}

describe('a method after the tree changed', () => {
  test('comparisons follow their dimension, and go with it', () => {
    const [before, after] = [treeOf('ia', 'ib', 'ic'), treeOf('ib', 'ia')]
    expect(remapWeighting(hierarchy, before, after)).toMatchObject({
      comparisons: [{ of: 'all', judges: [{ name: 'Office', judgements: [1 / 3] }] }],
    })
    expect(remapWeighting(hierarchy, before, treeOf('ia'))).toEqual({ method: 'hand' })
    expect(remapWeighting(hierarchy, before, [])).toEqual({ method: 'hand' })
  })
  test('kept weights of a blend follow their items', () => {
    const blend: Weighting = {
      method: 'blend',
      rule: 'convex',
      parts: [
        { share: 0.5, from: hierarchy, weights: [0.6, 0.3, 0.1] },
        { share: 0.5, from: { method: 'equal' }, weights: [0.4, 0.3, 0.3] },
      ],
    }
    expect(remapWeighting(blend, treeOf('ia', 'ib', 'ic'), treeOf('ic', 'ia', 'id'))).toMatchObject({
      parts: [{ weights: [0.1429, 0.8571, 0] }, { weights: [0.4286, 0.5714, 0] }],
    })
  })
  test('others need nothing', () => {
    expect(remapWeighting({ method: 'equal' }, treeOf('ia'), treeOf('ib'))).toEqual({ method: 'equal' })
  })
})
