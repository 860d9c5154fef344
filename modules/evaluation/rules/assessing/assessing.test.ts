import { expect, test } from 'vitest'
import { combineKinds, pooledVariance } from './combine.ts'
import { corrected, type Judgement } from './leniency.ts'

test('kinds of raters count by their weights, those who said nothing leave theirs to the others', () => {
  const self = { kind: 'self', weight: 0.2, mean: 5, n: 1, error: Number.NaN } as const
  const superior = { kind: 'superior', weight: 0.5, mean: 3, n: 2, error: 0.4 } as const
  const nobody = { kind: 'customers', weight: 0.3, mean: Number.NaN, n: 0, error: Number.NaN } as const
  expect(combineKinds([self, superior, nobody])).toEqual({
    value: (0.2 * 5 + 0.5 * 3) / 0.7,
    n: 3,
    error: (0.5 / 0.7) * 0.4,
  })
  expect(combineKinds([self])!.error).toBeNaN()
  expect(combineKinds([nobody])).toBeNull()
})

test('what one judgement is worth is learnt from units judged twice', () => {
  expect(pooledVariance([[4, 2], [5], [3, 3, 3]])).toBeCloseTo(2 / 3, 10)
  expect(pooledVariance([[4], [5]])).toBeNaN()
})

test('a severe rater no longer lowers those he happened to judge', () => {
  const truth = new Map([
    [1, 4],
    [2, 3.5],
    [3, 3],
    [4, 2.5],
  ])
  const severity = new Map([
    ['kind', 0.6],
    ['stern', -0.6],
  ])
  const judge = (rater: string, unit: number): Judgement => ({
    kind: 'third-party',
    rater,
    unit,
    value: truth.get(unit)! + severity.get(rater)!,
  })
  const judgements = [
    judge('kind', 1),
    judge('kind', 2),
    judge('stern', 2),
    judge('stern', 3),
    judge('kind', 3),
    judge('stern', 4),
  ]
  for (const each of corrected(judgements)) expect(each.value).toBeCloseTo(truth.get(each.unit)!, 9)
  // Who shares no unit with anybody cannot be compared.
  const apart = [judge('kind', 1), judge('stern', 4)]
  expect(corrected(apart)).toEqual(apart)
})
