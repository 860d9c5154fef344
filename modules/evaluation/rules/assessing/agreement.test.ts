import { describe, expect, test } from 'vitest'
import { seededRandom } from '#platform/seeded-random'
import { agreementOf, largestBlock, ratingsTable } from './agreement.ts'
import type { Judgement } from './leniency.ts'

// Four judges over six targets: Shrout and Fleiss (1979), Psychological Bulletin 86, table 2.
const TABLE = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
]
const judgements = TABLE.flatMap((row, unit) =>
  row.map((value, judge): Judgement => ({ kind: 'third-party', rater: `judge ${judge}`, unit, value })),
)
const how = () => ({ confidence: 0.95, random: seededRandom(0.5) })

describe('agreement', () => {
  test('intraclass correlations as published: ICC(2,1) 0.29, ICC(2,4) 0.62', () => {
    const { correlation } = agreementOf(null, judgements, how())
    expect(correlation).toMatchObject({ units: 6, raters: 4 })
    expect(correlation!.single.estimate).toBeCloseTo(0.29, 2)
    expect(correlation!.average.estimate).toBeCloseTo(0.62, 2)
    expect(correlation!.single.low).toBeCloseTo(0.02, 2)
    expect(correlation!.single.high).toBeCloseTo(0.76, 2)
  })
  test('alpha is 1 where all say the same, and its interval holds it', () => {
    const same = judgements.map((each) => ({ ...each, value: each.unit }))
    expect(agreementOf(null, same, how()).alpha).toMatchObject({ estimate: 1, low: 1, high: 1 })
    const { alpha } = agreementOf(null, judgements, how())
    expect(alpha!.low).toBeLessThanOrEqual(alpha!.estimate)
    expect(alpha!.high).toBeGreaterThanOrEqual(alpha!.estimate)
    expect(agreementOf(null, judgements, how())).toEqual(agreementOf(null, judgements, how()))
  })
  test.each([
    ['one judge for each unit', judgements.filter((each) => each.rater === 'judge 0'), 'too-few', 'too-few'],
    ['all say the same of all', judgements.map((each) => ({ ...each, value: 3 })), 'no-variation', 'no-variation'],
    ['nobody', [], 'too-few', 'too-few'],
  ] as const)('%s: told why there is no figure', (_name, given, alpha, correlation) => {
    const found = agreementOf(null, given, how())
    expect([found.alpha, found.alphaCannot]).toEqual([null, alpha])
    expect([found.correlation, found.correlationCannot]).toEqual([null, correlation])
  })
  test('somebody who judges in two capacities is two raters', () => {
    const twice: Judgement[] = [
      { kind: 'superior', rater: 'a', unit: 1, value: 3 },
      { kind: 'third-party', rater: 'a', unit: 1, value: 4 },
    ]
    expect(ratingsTable(twice)).toEqual({ ratings: [[3, 4]], raters: 2 })
  })
})

describe('the units the same raters all judged', () => {
  test('of two raters who judged many and a third who judged few, the two', () => {
    const many = Array.from({ length: 8 }, (_, unit) => [unit, unit + 1, unit < 2 ? unit : null])
    expect(largestBlock(many)).toEqual(many.map(([a, b]) => [a, b]))
  })
  test('gaps leave units out, not raters who judged nearly all', () => {
    const rows = [
      [1, 2, 3],
      [2, 3, 4],
      [3, null, 5],
      [4, 5, 6],
    ]
    expect(largestBlock(rows)).toEqual([
      [1, 3, 2],
      [2, 4, 3],
      [4, 6, 5],
    ])
  })
  test('none where no two raters share two units', () => {
    expect(
      largestBlock([
        [1, null],
        [null, 2],
        [3, 4],
      ]),
    ).toBeNull()
    expect(largestBlock([])).toBeNull()
  })
})
