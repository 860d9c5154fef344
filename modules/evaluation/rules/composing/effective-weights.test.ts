import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { itemOf, schemeOf } from '../../samples.ts'
import type { SchemeDraft } from '../../contract.ts'
import { flatItems } from '../schemes/flat-items.ts'
import { effectiveWeights, weightPlan } from './effective-weights.ts'

const title = { zh: '维度', en: 'Dimension' }
const draft = (rule: SchemeDraft['missing']['rule'], mostShare = 0.4) =>
  schemeOf([], {
    dimensions: [
      { id: 'one', title, weight: 0.6, items: [itemOf('aa', 0.5), itemOf('bb', 0.5)] },
      { id: 'two', title, weight: 0.4, items: [itemOf('cc', 0.75), itemOf('dd', 0.25)] },
    ],
    missing: { rule, mostShare },
  })
const weigh = (scheme: SchemeDraft, present: readonly number[]) => {
  const into = new Float64Array(present.length)
  const enough = effectiveWeights(weightPlan(flatItems(scheme), scheme.missing), Uint8Array.from(present), into)
  return { enough, weights: [...into].map((each) => Number(each.toFixed(10))) }
}

describe('weights of what is there', () => {
  const inside = draft('redistribute-in-dimension')
  const over = draft('redistribute-all')
  const cases: [string, SchemeDraft, number[], number[], 'enough' | 'too-much'][] = [
    ['all', inside, [1, 1, 1, 1], [0.3, 0.3, 0.3, 0.1], 'enough'],
    ['the dimension’s others take over', inside, [0, 1, 1, 1], [0, 0.6, 0.3, 0.1], 'enough'],
    ['a lost dimension leaves its weight to the others', inside, [1, 1, 0, 0], [0.5, 0.5, 0, 0], 'enough'],
    ['all items share', over, [0, 1, 1, 1], [0, 0.3 / 0.7, 0.3 / 0.7, 0.1 / 0.7], 'enough'],
    ['more than allowed', inside, [0, 0, 1, 1], [0, 0, 0.75, 0.25], 'too-much'],
    ['nothing may be missing', draft('not-ranked'), [1, 1, 1, 0], [1 / 3, 1 / 3, 1 / 3, 0], 'too-much'],
  ]
  test.each(cases)('%s', (_name, scheme, present, weights, enough) => {
    const found = weigh(scheme, present)
    expect(found.enough).toBe(enough)
    for (const [place, weight] of weights.entries()) expect(found.weights[place]).toBeCloseTo(weight, 9)
  })
})

test('they sum to 1 and none is negative, whatever is missing', () => {
  const rule = fc.constantFrom<SchemeDraft['missing']['rule']>('redistribute-in-dimension', 'redistribute-all')
  fc.assert(
    fc.property(rule, fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }), (how, present) => {
      fc.pre(present.includes(1))
      const { weights } = weigh(draft(how, 0.9), present)
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 8)
      for (const [place, weight] of weights.entries()) expect(weight > 0).toBe(present[place] === 1)
    }),
  )
})
