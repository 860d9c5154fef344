import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Box, type DashboardDraft, GRID_COLUMNS, type Tile, WALL_ROWS } from '../contract.ts'
import { clampBox, closeGaps, freeBox, layoutFaults, overlap, placeTile, readingOrder, settle } from './layout.ts'

const tile = (id: string, x: number, y: number, w: number, h: number): Tile => ({
  id,
  box: { x, y, w, h },
  title: null,
  scope: { from: 'page' },
  show: { kind: 'clock' },
})
const draft = (kind: DashboardDraft['kind'], ...pages: Tile[][]): Pick<DashboardDraft, 'kind' | 'pages'> => ({
  kind,
  pages: pages.map((tiles) => ({ title: null, tiles })),
})
const rulesOf = (faults: readonly { field: string; rule: string }[]) => faults.map((one) => `${one.field} ${one.rule}`)

describe('what is wrong with a layout', () => {
  const cases: [string, Pick<DashboardDraft, 'kind' | 'pages'>, string[]][] = [
    ['side by side', draft('desk', [tile('a', 0, 0, 6, 3), tile('b', 6, 0, 6, 3)]), []],
    ['touching edges', draft('desk', [tile('a', 0, 0, 6, 3), tile('b', 0, 3, 6, 3)]), []],
    [
      'one cell shared',
      draft('desk', [tile('a', 0, 0, 6, 3), tile('b', 5, 2, 3, 3)]),
      ['pages.0.tiles.1 tiles-overlap'],
    ],
    ['over the right edge', draft('desk', [tile('a', 8, 0, 5, 3)]), ['pages.0.tiles.0 tile-outside']],
    ['far down a desk', draft('desk', [tile('a', 0, 150, 5, 3)]), []],
    ['below a wall', draft('wall', [tile('a', 0, 4, 5, 3)]), ['pages.0.tiles.0 tile-outside']],
    ['the last row of a wall', draft('wall', [tile('a', 0, 3, 5, 3)]), []],
    [
      'the same id on two pages',
      draft('wall', [tile('a', 0, 0, 1, 1)], [tile('a', 0, 0, 1, 1)]),
      ['pages.1.tiles.0 tile-id-twice'],
    ],
    ['a desk of two pages', draft('desk', [], []), ['pages one-page']],
    ['nothing', draft('desk', []), []],
  ]
  test.each(cases)('%s', (_name, given, expected) => expect(rulesOf(layoutFaults(given))).toEqual(expected))
})

describe('placing', () => {
  const a = tile('a', 0, 0, 6, 2)
  const b = tile('b', 0, 2, 6, 2)
  const c = tile('c', 6, 0, 6, 2)
  const boxes = (tiles: readonly Tile[] | null) =>
    tiles && Object.fromEntries(tiles.map(({ id, box }) => [id, [box.x, box.y, box.w, box.h]]))
  test('what is covered gives way downwards and pushes on', () => {
    expect(boxes(placeTile([a, b, c], 'c', { x: 0, y: 0, w: 6, h: 2 }, 100))).toEqual({
      c: [0, 0, 6, 2],
      a: [0, 2, 6, 2],
      b: [0, 4, 6, 2],
    })
  })
  test('beside what stands there nothing moves', () => {
    expect(boxes(placeTile([a, b, c], 'c', { x: 6, y: 5, w: 6, h: 2 }, 100))).toEqual({
      a: [0, 0, 6, 2],
      b: [0, 2, 6, 2],
      c: [6, 5, 6, 2],
    })
  })
  test('over the edge is brought back in', () => {
    expect(boxes(placeTile([a], 'a', { x: 9, y: -2, w: 6, h: 2 }, 100))).toEqual({ a: [6, 0, 6, 2] })
  })
  test('a full wall refuses', () => {
    const full = [tile('a', 0, 0, 12, 3), tile('b', 0, 3, 12, 3)]
    expect(placeTile(full, 'a', { x: 0, y: 0, w: 12, h: 4 }, WALL_ROWS)).toBeNull()
  })
  test('nobody by that name', () => expect(placeTile([a], 'z', a.box, 100)).toBeNull())
  test('the first free place, row by row', () => {
    expect(freeBox([a, c], { w: 3, h: 1 }, 100)).toEqual({ x: 0, y: 2, w: 3, h: 1 })
    expect(freeBox([a, c], { w: 3, h: 1 }, 2)).toBeNull()
  })
  test('gaps close in reading order', () => {
    expect(boxes(closeGaps([tile('b', 0, 9, 6, 2), tile('a', 0, 4, 12, 1)]))).toEqual({
      a: [0, 0, 12, 1],
      b: [0, 1, 6, 2],
    })
  })
  test('a reader meets the tiles row by row', () => {
    expect(readingOrder([b, c, a]).map((one) => one.id)).toEqual(['a', 'c', 'b'])
  })
})

const someBox: fc.Arbitrary<Box> = fc.record({
  x: fc.integer({ min: -3, max: 14 }),
  y: fc.integer({ min: -3, max: 30 }),
  w: fc.integer({ min: 1, max: 13 }),
  h: fc.integer({ min: 1, max: 8 }),
})
const someTiles = (rows: number) =>
  fc.array(someBox, { maxLength: 12 }).map((boxes) =>
    settle(
      boxes.map((box, index) => ({ ...tile(`t${index}`, 0, 0, 1, 1), box })),
      rows,
    ),
  )
const sound = (tiles: readonly Tile[], rows: number) => {
  for (const [index, one] of tiles.entries()) {
    expect(one.box).toEqual(clampBox(one.box, rows))
    expect(one.box.x + one.box.w).toBeLessThanOrEqual(GRID_COLUMNS)
    expect(one.box.y + one.box.h).toBeLessThanOrEqual(rows)
    for (const other of tiles.slice(0, index)) expect(overlap(one.box, other.box)).toBe(false)
  }
}

describe('whatever is done, tiles lie apart and inside', () => {
  test.each([WALL_ROWS, 200])('within %i rows', (rows) => {
    fc.assert(
      fc.property(someTiles(rows), someBox, fc.nat(), (tiles, box, which) => {
        sound(tiles, rows)
        sound(closeGaps(tiles), rows)
        const chosen = tiles[which % Math.max(1, tiles.length)]
        if (!chosen) return
        const after = placeTile(tiles, chosen.id, box, rows)
        if (!after) return
        sound(after, rows)
        expect(after.map((one) => one.id)).toEqual(tiles.map((one) => one.id))
        expect(after.find((one) => one.id === chosen.id)!.box).toEqual(clampBox(box, rows))
      }),
    )
  })
})
