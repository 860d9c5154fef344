import { describe, expect, test } from 'vitest'
import { itemOf, schemeOf } from '../../../samples.ts'
import {
  alone,
  comparisonOf,
  freshHierarchy,
  judged,
  judgesOf,
  setsOf,
  stepOf,
  valueOf,
  withJudge,
  withJudgeAs,
  withoutJudge,
} from './hierarchy.ts'
import { nth } from '../../schemes/state/nth.ts'

const dimension = (id: string, ...items: string[]) => ({
  id,
  title: { zh: id, en: id },
  weight: 0.5,
  items: items.map((item) => itemOf(item, 1 / items.length)),
})
const draft = schemeOf([], { dimensions: [dimension('da', 'a1', 'a2', 'a3'), dimension('db', 'b1')] })
const dimensions = nth(setsOf(draft), 0)
const inA = nth(setsOf(draft), 1)

test('what is compared: the dimensions, and items where there are two or more', () => {
  expect(setsOf(draft)).toEqual([
    { of: null, parts: ['da', 'db'] },
    { of: 'da', parts: ['a1', 'a2', 'a3'] },
  ])
})

describe('judges and judgements', () => {
  const begun = freshHierarchy(draft, 'Office')
  test('begin with nothing said', () => {
    expect(begun.comparisons.map(({ of, judges }) => [of, nth(judges, 0).judgements])).toEqual([
      [null, [null]],
      ['da', [null, null, null]],
    ])
  })
  test('a judgement stands in its place, and can be taken back', () => {
    const said = judged(begun, inA, 0, { row: 1, column: 2 }, 5)
    expect(nth(comparisonOf(said, inA).judges, 0).judgements).toEqual([null, null, 5])
    expect(judged(said, inA, 0, { row: 1, column: 2 }, null)).toEqual(begun)
    expect(nth(comparisonOf(said, dimensions).judges, 0).judgements).toEqual([null])
  })
  test('judges come, go and are renamed in every set', () => {
    const two = withJudge(judged(begun, inA, 0, { row: 0, column: 1 }, 3), 'Customers')
    expect(two.comparisons.map(({ judges }) => judges.map((judge) => judge.name))).toEqual([
      ['Office', 'Customers'],
      ['Office', 'Customers'],
    ])
    expect(nth(comparisonOf(two, inA).judges, 1).judgements).toEqual([null, null, null])
    const named = withJudgeAs(two, 1, { name: 'Public', weight: 2 })
    expect(judgesOf(named)[1]).toMatchObject({ name: 'Public', weight: 2 })
    expect(comparisonOf(withoutJudge(named, 0), inA).judges).toMatchObject([{ name: 'Public' }])
    expect(alone(named, inA, 0).comparisons).toMatchObject([{ of: 'da', judges: [{ name: 'Office' }] }])
  })
  test('a set that is new has the same judges with nothing said', () => {
    const said = withJudge(begun, 'Customers')
    const set = { of: 'dc', parts: ['c1', 'c2'] }
    expect(comparisonOf(said, set).judges.map((judge) => [judge.name, judge.judgements])).toEqual([
      ['Office', [null]],
      ['Customers', [null]],
    ])
    expect(judged(said, set, 1, { row: 0, column: 1 }, 2).comparisons).toHaveLength(3)
  })
})

test('the scale: steps and values lead to each other', () => {
  for (let step = -8; step <= 8; step += 1) expect(stepOf(valueOf(step))).toBe(step)
  expect([valueOf(-8), valueOf(0), valueOf(4)]).toEqual([9, 1, 1 / 5])
  expect([stepOf(1), stepOf(20), stepOf(2.4)]).toEqual([0, -8, -1])
})
