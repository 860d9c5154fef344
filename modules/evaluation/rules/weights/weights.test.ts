import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SchemeDraftInput } from '../../contract.ts'
import { itemOf, schemeOf } from '../../samples.ts'
import { calculateWeights } from './calculate-weights.ts'
import { matrixOf, pairCount } from './hierarchy.ts'

const title = { zh: '维度', en: 'Dimension' }
const draft = schemeOf([], {
  dimensions: [
    { id: 'one', title, weight: 0.6, items: [itemOf('aa', 0.5), itemOf('bb', 0.5)] },
    { id: 'two', title, weight: 0.4, items: [itemOf('cc', 1)] },
  ],
})
type WeightingInput = NonNullable<SchemeDraftInput['weighting']>
const weigh = (weighting: WeightingInput, matrix: number[][] = []) => {
  const own = schemeOf([], { dimensions: draft.dimensions, weighting })
  return calculateWeights(own, own.weighting, matrix)
}
const globals = (report: ReturnType<typeof weigh>) =>
  report.dimensions.flatMap(({ weight, items }) => items.map((item) => weight * item))

const judged = (judgements: (number | null)[], of: string | null = null) => ({
  of,
  judges: [{ name: 'Office', judgements }],
})
/** The house example of Saaty (1980), table 1-1: eight criteria would be long; here three with a known answer. */
const three = schemeOf([itemOf('aa', 0.2), itemOf('bb', 0.3), itemOf('cc', 0.5)])

describe('weights by method', () => {
  test('by hand they stay, equal they are', () => {
    expect(globals(weigh({ method: 'hand' }))).toEqual([0.3, 0.3, 0.4])
    expect(globals(weigh({ method: 'equal' }))).toEqual([0.25, 0.25, 0.5])
  })
  test('pairwise: consistent judgements give their ratios, and nothing to repair', () => {
    const report = calculateWeights(
      three,
      {
        method: 'analytic-hierarchy',
        comparisons: [{ of: 'all', judges: [{ name: 'A', weight: 1, judgements: [2, 6, 3] }] }],
        priorities: 'eigenvector',
        randomIndex: 'saaty-1980',
        combine: 'judgements',
      },
      [],
    )
    const [first, second, third] = report.dimensions[0]!.items as [number, number, number]
    expect(first / second).toBeCloseTo(2, 8)
    expect(first / third).toBeCloseTo(6, 8)
    expect(report.comparisons[0]!.consistencyRatio).toBeCloseTo(0, 8)
    expect([report.comparisons[0]!.repairs, report.warnings]).toEqual([[], []])
  })
  test('judgements that go round in a circle are told, with the one to think about', () => {
    const circle = {
      method: 'analytic-hierarchy',
      comparisons: [{ of: 'all', judges: [{ name: 'A', weight: 1, judgements: [5, 1 / 5, 5] }] }],
      priorities: 'eigenvector',
      randomIndex: 'saaty-1980',
      combine: 'judgements',
    } as const
    const report = calculateWeights(
      three,
      {
        ...circle,
        comparisons: circle.comparisons.map((each) => ({
          ...each,
          judges: each.judges.map((judge) => ({ ...judge, judgements: [...judge.judgements] })),
        })),
      },
      [],
    )
    expect(report.comparisons[0]!.consistencyRatio!).toBeGreaterThan(0.1)
    expect(report.warnings).toContainEqual({ rule: 'inconsistent', of: 'all' })
    expect(report.comparisons[0]!.repairs.length).toBeGreaterThan(0)
  })
  test('dimensions are compared like items; what is not compared keeps its weight', () => {
    const report = weigh({ method: 'analytic-hierarchy', comparisons: [judged([3])] })
    expect(globals(report).map((each) => Number(each.toFixed(6)))).toEqual([0.375, 0.375, 0.25])
  })
  test('parts nobody compared have no weights', () => {
    const report = weigh({ method: 'analytic-hierarchy', comparisons: [judged([null])] })
    expect(report.comparisons[0]!.cannot).toBe('disconnected')
    expect(report.warnings).toEqual([{ rule: 'incomplete', of: null }])
    expect(globals(report)).toEqual([0.3, 0.3, 0.4])
  })
  test('several judges: together, one by one, and how far they agree', () => {
    const judges = [
      { name: 'Office', judgements: [4] },
      { name: 'Customers', judgements: [1 / 4] },
    ]
    const report = weigh({ method: 'analytic-hierarchy', comparisons: [{ of: null, judges }] })
    expect(report.dimensions.map(({ weight }) => Number(weight.toFixed(9)))).toEqual([0.5, 0.5])
    expect(report.comparisons[0]!.judges[0]!.weights[0]).toBeCloseTo(0.8, 8)
    expect(report.comparisons[0]!.consensus!).toBeLessThan(0.9)
  })
})

describe('weights from data', () => {
  const matrix = [
    [10, 50, 20],
    [90, 50, 25],
    [40, 50, 30],
  ]
  const method = fc.constantFrom('entropy' as const, 'critic' as const, 'standard-deviation' as const)
  test('an item in which all are equal gets none, and it is told', () => {
    for (const name of ['entropy', 'critic', 'standard-deviation'] as const) {
      const report = weigh({ method: name, periodStart: '2026-01-01' }, matrix)
      expect(globals(report)[1], name).toBeCloseTo(0, 12)
      expect(report.warnings).toContainEqual({ rule: 'all-equal', of: 'bb' })
      expect(report.warnings).toContainEqual({ rule: 'zero-weight', of: 'bb' })
    }
  })
  test('too few units, or all alike: the weights stay and it is told', () => {
    const own = { method: 'entropy', periodStart: '2026-01-01' } as const
    expect(weigh(own, [[1, 2, 3]]).warnings).toEqual([{ rule: 'too-few-units', of: null }])
    expect(
      globals(
        weigh(own, [
          [5, 5, 5],
          [5, 5, 5],
        ]),
      ),
    ).toEqual([0.3, 0.3, 0.4])
  })
  test('they sum to 1, none is negative, and the order of units does not matter', () => {
    const row = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(method, fc.array(row, { minLength: 2, maxLength: 12 }), (name, rows) => {
        const weights = globals(weigh({ method: name, periodStart: '2026-01-01' }, rows))
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
        for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(0)
        const turned = globals(weigh({ method: name, periodStart: '2026-01-01' }, rows.toReversed()))
        for (const [place, weight] of weights.entries()) expect(turned[place]).toBeCloseTo(weight, 9)
      }),
    )
  })
  test('a blend of the hand and the data lies between them', () => {
    const blend: WeightingInput = {
      method: 'blend',
      parts: [
        { share: 0.5, from: { method: 'hand' }, weights: [0.3, 0.3, 0.4] },
        { share: 0.5, from: { method: 'entropy', periodStart: '2026-01-01' }, weights: [1, 0, 0] },
      ],
    }
    const [hand, data] = [
      globals(weigh({ method: 'hand' })),
      globals(weigh({ method: 'entropy', periodStart: '2026-01-01' }, matrix)),
    ]
    for (const [place, weight] of globals(weigh(blend, matrix)).entries())
      expect(weight).toBeCloseTo((hand[place]! + data[place]!) / 2, 9)
  })
  test('a blend calculated again gives the same: by hand are the weights kept with it, not those it gave', () => {
    const blend: WeightingInput = {
      method: 'blend',
      parts: [
        { share: 0.5, from: { method: 'hand' }, weights: [0.6, 0.3, 0.1] },
        { share: 0.5, from: { method: 'equal' }, weights: [0.25, 0.25, 0.5] },
      ],
    }
    const equal = globals(weigh({ method: 'equal' }))
    for (const [place, weight] of globals(weigh(blend)).entries())
      expect(weight).toBeCloseTo(([0.6, 0.3, 0.1][place]! + equal[place]!) / 2, 9)
  })
})

test('judgements above the diagonal fill the matrix', () => {
  expect(pairCount(4)).toBe(6)
  expect(matrixOf([2, null, 4], 3)).toEqual([
    [1, 2, null],
    [0.5, 1, 4],
    [null, 0.25, 1],
  ])
})
