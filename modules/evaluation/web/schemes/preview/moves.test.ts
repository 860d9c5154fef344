import { describe, expect, test } from 'vitest'
import { movesOf, starsCounted, topCountOf } from './moves.ts'
import type { PreviewRow } from './questions.ts'

const row = (key: string, rank: number | null, part: Partial<PreviewRow> = {}): PreviewRow => ({
  entity: { key, name: key },
  peerGroup: null,
  composite: rank === null ? null : 100 - rank,
  rank,
  rankLow: rank,
  rankHigh: rank,
  stars: rank === null ? null : 3,
  starsUncapped: rank === null ? null : 3,
  starsHeld: false,
  cappedBy: null,
  notRankedBecause: rank === null ? 'too-few' : null,
  ...part,
})

describe('from one ranking to another', () => {
  const before = [row('A', 1), row('B', 2), row('C', 3), row('D', 4), row('E', null)]
  const now = [
    row('C', 1, { rankLow: 1, rankHigh: 2, stars: 4 }),
    row('A', 2, { rankLow: 1, rankHigh: 3 }),
    row('B', 3),
    row('E', 4),
    row('D', null),
  ]
  const found = movesOf(before, now, 0.25)
  test('who moved, by how much, and what chance moves as far', () => {
    expect(found.rows.map((move) => [move.row.entity.key, move.rankBefore, move.by, move.withinChance])).toEqual([
      ['C', 3, 2, false],
      ['A', 1, -1, true],
      ['B', 2, -1, false],
      ['E', null, null, false],
      ['D', 4, null, false],
    ])
    expect([found.moved, found.movedWithinChance, found.starsChanged]).toEqual([5, 1, 3])
  })
  test('who enters the top and who leaves it', () => {
    expect(found.topCount).toBe(1)
    expect([found.enters, found.leaves].map((rows) => rows.map(({ entity }) => entity.key))).toEqual([['C'], ['A']])
    expect(found.rows.map((move) => move.top)).toEqual(['enters', 'leaves', null, null, null])
  })
  test('nothing to compare with: nothing moves', () => {
    expect(movesOf(null, now, 0.25)).toMatchObject({ moved: 0, starsChanged: 0, enters: [], leaves: [] })
    expect(movesOf(now, now, 0.25)).toMatchObject({ moved: 0, starsChanged: 0 })
    expect(movesOf([], [], 0.1)).toMatchObject({ rows: [], topCount: 0 })
  })
  test('a top of very few is one unit at least, of nobody none', () => {
    expect([topCountOf(now, 0.01), topCountOf(now, 0.5), topCountOf([row('X', null)], 0.5)]).toEqual([1, 2, 0])
  })
})

test('how many units have each grade, and what it takes', () => {
  const rows = [
    row('A', 1, { stars: 2, starsUncapped: 3, cappedBy: 'gate-1', composite: 90 }),
    row('B', 2, { composite: 80 }),
    row('C', 3, { composite: 70 }),
    row('D', 4, { stars: 2, starsUncapped: 2, composite: 40 }),
    row('E', 5, { stars: 2, starsUncapped: 1, starsHeld: true, composite: 30 }),
  ]
  expect(starsCounted(rows, 3)).toEqual([
    { count: 0, from: null },
    { count: 3, from: 40 },
    { count: 2, from: 70 },
  ])
})
