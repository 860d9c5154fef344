import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DashboardDraft, Tile } from '../contract.ts'
import { layoutFaults } from './layout.ts'
import { mergeDrafts } from './merge.ts'

const tile = (id: string, x: number, y: number, w = 3, h = 2, indicator = 'waiting'): Tile => ({
  id,
  box: { x, y, w, h },
  title: null,
  scope: { from: 'page' },
  show: { kind: 'figure', indicator },
})
const draft = (tiles: Tile[], part: Partial<DashboardDraft> = {}): DashboardDraft => ({
  kind: 'desk',
  title: { zh: '看板', en: 'Board' },
  scope: { entity: null, grain: 'month', periods: 24 },
  pages: [{ title: null, tiles }],
  secondsPerPage: 20,
  ...part,
})
const ids = (merged: DashboardDraft) => merged.pages.flatMap((page) => page.tiles.map((one) => one.id)).sort()
const of = (merged: DashboardDraft, id: string) =>
  merged.pages.flatMap((page) => page.tiles).find((one) => one.id === id)

const base = draft([tile('a', 0, 0), tile('b', 3, 0)])

test('what only one of us changed is taken from them', () => {
  const mine = draft([tile('a', 0, 5), tile('b', 3, 0)])
  const theirs = draft([tile('a', 0, 0), tile('b', 3, 0, 3, 2, 'satisfaction')], { title: { zh: '新名', en: 'New' } })
  const { draft: merged, contested } = mergeDrafts(base, mine, theirs)
  expect(of(merged, 'a')!.box.y).toBe(5)
  expect(of(merged, 'b')!.show).toMatchObject({ indicator: 'satisfaction' })
  expect(merged.title.en).toBe('New')
  expect(contested).toEqual([])
})
test('where both changed the same tile mine stays, and is told', () => {
  const mine = draft([tile('a', 0, 5), tile('b', 3, 0)])
  const theirs = draft([tile('a', 0, 9), tile('b', 3, 0)])
  const { draft: merged, contested } = mergeDrafts(base, mine, theirs)
  expect(of(merged, 'a')!.box.y).toBe(5)
  expect(contested).toEqual(['a'])
})
test('both added: both are there, theirs gives way', () => {
  const mine = draft([...base.pages[0]!.tiles, tile('m', 6, 0)])
  const theirs = draft([...base.pages[0]!.tiles, tile('t', 6, 0)])
  const { draft: merged, contested } = mergeDrafts(base, mine, theirs)
  expect(ids(merged)).toEqual(['a', 'b', 'm', 't'])
  expect(of(merged, 'm')!.box).toEqual({ x: 6, y: 0, w: 3, h: 2 })
  expect(layoutFaults(merged)).toEqual([])
  expect(contested).toEqual([])
})
test('taken away and untouched is gone; taken away and changed stays', () => {
  const mine = draft([tile('b', 3, 0)])
  expect(ids(mergeDrafts(base, mine, base).draft)).toEqual(['b'])
  const theirs = draft([tile('a', 0, 0, 3, 2, 'satisfaction'), tile('b', 3, 0)])
  const { draft: merged, contested } = mergeDrafts(base, mine, theirs)
  expect(ids(merged)).toEqual(['a', 'b'])
  expect(contested).toEqual(['a'])
})
test('a full wall page keeps mine and tells what found no room', () => {
  const wall = (tiles: Tile[]) => draft(tiles, { kind: 'wall' })
  const merged = mergeDrafts(wall([]), wall([tile('m', 0, 0, 12, 6)]), wall([tile('t', 0, 0, 12, 6)]))
  expect(ids(merged.draft)).toEqual(['m'])
  expect(merged.dropped).toEqual(['t'])
})
test('pages one of us added are kept', () => {
  const wall = (count: number) =>
    draft([], { kind: 'wall', pages: Array.from({ length: count }, () => ({ title: null, tiles: [] })) })
  expect(mergeDrafts(wall(1), wall(1), wall(3)).draft.pages).toHaveLength(3)
  expect(mergeDrafts(wall(3), wall(2), wall(3)).draft.pages).toHaveLength(2)
})

const someDraft = fc
  .uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), column: fc.nat(3), row: fc.nat(5) }), {
    selector: (one) => one.id,
    maxLength: 5,
  })
  .map((places) => draft(places.map(({ id, column, row }, index) => tile(id, column * 3, row * 20 + index * 3))))

test('whatever both did, the outcome is a layout that can be saved; changing nothing changes nothing', () => {
  fc.assert(
    fc.property(someDraft, someDraft, someDraft, (from, mine, theirs) => {
      expect(layoutFaults(mergeDrafts(from, mine, theirs).draft)).toEqual([])
      expect(ids(mergeDrafts(from, from, theirs).draft)).toEqual(ids(theirs))
      expect(ids(mergeDrafts(from, mine, from).draft)).toEqual(ids(mine))
    }),
  )
})
