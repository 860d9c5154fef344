import { describe, expect, test } from 'vitest'
import { itemOf, schemeOf } from '../samples.ts'
import { previewScores } from './preview.ts'
import { protectScore } from './protect-scores.ts'
import { toPublic, toPublished } from './publishing/withheld.ts'

const draft = schemeOf([itemOf('waiting', 0.5), itemOf('stars', 0.3), itemOf('manner', 0.2)])
const column = { minimumN: 0, better: 'more' as const, scatter: 'normal' as const, scale: 1 }
const unit = (key: string, values: (number | null)[]) => ({
  entity: { key, name: key },
  peerGroup: null,
  values,
  ns: [200, 4, 60],
  errors: [1, 5, 2],
  hidden: [false, false, false],
  gates: [],
  starsBefore: null,
})
const scores = previewScores(
  draft,
  {
    periodStart: '2026-03-01',
    grain: 'month',
    complete: true,
    items: [column, column, column],
    units: [unit('A', [80, 70, 60]), unit('B', [50, 90, 40]), unit('C', [null, 55, null])],
  },
  0.5,
)
const of = (key: string) => scores.find((score) => score.entity.key === key)!

describe('a score with items that rest on few people', () => {
  const told = protectScore(of('A'), (item) => item !== 'waiting')
  test('counts them, and tells none of their figures', () => {
    expect(told.composite).toBe(of('A').composite)
    expect(told.rank).toBe(of('A').rank)
    expect(told.parts.find((part) => part.item === 'stars')).toMatchObject({
      isProtected: true,
      value: null,
      usedValue: null,
      n: 0,
      standardError: null,
      points: null,
      contribution: null,
      gainPerUnit: null,
      weight: of('A').parts[1]!.weight,
    })
    expect(told.parts.filter((part) => part.item === 'waiting')).toEqual(
      of('A').parts.filter((part) => part.item === 'waiting'),
    )
    // Not how few they are, either.
    expect([of('A').n, told.n]).toEqual([4, 200])
  })
  test('is not told where the rest would give a single one away', () => {
    const one = protectScore(of('A'), (item) => item === 'stars')
    expect(one).toMatchObject({ isProtected: true, composite: null, rank: null, stars: null })
    expect(one.parts.map((part) => part.points === null)).toEqual([false, true, false])
  })
  test('of nothing else is not told at all', () => {
    const nothing = protectScore(of('C'), (item) => item === 'stars')
    expect(nothing).toMatchObject({
      isProtected: true,
      composite: null,
      rank: null,
      stars: null,
      percentile: null,
      n: 0,
    })
    expect(JSON.stringify(nothing)).not.toContain('55')
  })
  test('is the same where nothing is protected', () => {
    expect(protectScore(of('B'), () => false)).toBe(of('B'))
  })
  test('is published without what it rests on', () => {
    expect(toPublic(toPublished(told))).toMatchObject({
      composite: told.composite,
      stars: told.stars,
      parts: [],
      n: null,
    })
    expect(toPublic(toPublished(of('B'))).parts).toHaveLength(3)
    expect(toPublished(protectScore(of('C'), () => true))).toMatchObject({
      withheld: true,
      isProtected: true,
      composite: null,
      parts: [],
    })
  })
})
