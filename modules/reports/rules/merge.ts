/** Two people changed the same dashboard: what both did, put together tile by tile. */
import type { DashboardDraft, DashboardPage, Tile } from '../contract.ts'
import { rowsLimit, settle } from './layout.ts'

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** One of three: whoever changed it decides; where both did, mine. */
function pick<T>(base: T, mine: T, theirs: T): { value: T; both: boolean } {
  if (same(mine, base)) return { value: theirs, both: false }
  return { value: mine, both: !same(theirs, base) && !same(theirs, mine) }
}

interface Merged {
  readonly draft: DashboardDraft
  /** Tiles both changed in different ways: mine were kept. */
  readonly contested: readonly string[]
  /** Tiles that found no room on a full wall page. */
  readonly dropped: readonly string[]
}

/** `base` is what both began with. A tile one of us took away and the other changed stays, as changed. */
export function mergeDrafts(base: DashboardDraft, mine: DashboardDraft, theirs: DashboardDraft): Merged {
  const contested: string[] = []
  const dropped: string[] = []
  const rows = rowsLimit(mine.kind)
  const count = pick(base.pages.length, mine.pages.length, theirs.pages.length).value
  const pages: DashboardPage[] = []
  for (let at = 0; at < Math.max(1, count); at += 1) {
    const [from, my, their] = [base.pages[at], mine.pages[at], theirs.pages[at]]
    const tiles = mergeTiles(from?.tiles ?? [], my?.tiles ?? [], their?.tiles ?? [], contested)
    const settled = settle(tiles, rows)
    const kept = new Set(settled.map((tile) => tile.id))
    dropped.push(...tiles.filter((tile) => !kept.has(tile.id)).map((tile) => tile.id))
    const title = pick(from?.title ?? null, my?.title ?? null, their?.title ?? null).value
    pages.push({ title, tiles: settled })
  }
  const draft: DashboardDraft = {
    kind: mine.kind,
    title: pick(base.title, mine.title, theirs.title).value,
    scope: pick(base.scope, mine.scope, theirs.scope).value,
    secondsPerPage: pick(base.secondsPerPage, mine.secondsPerPage, theirs.secondsPerPage).value,
    pages: withoutRepeats(pages),
  }
  return { draft, contested, dropped }
}

function mergeTiles(
  base: readonly Tile[],
  mine: readonly Tile[],
  theirs: readonly Tile[],
  contested: string[],
): Tile[] {
  const find = (tiles: readonly Tile[], id: string) => tiles.find((tile) => tile.id === id)
  const merged: Tile[] = []
  for (const id of new Set([...mine, ...theirs].map((tile) => tile.id))) {
    const [from, my, their] = [find(base, id), find(mine, id), find(theirs, id)]
    if (my && their) {
      const { value, both } = pick(from, my, their)
      if (both) contested.push(id)
      merged.push(value ?? my)
    } else if (my ?? their) {
      const left = (my ?? their)!
      // Taken away by the other and untouched by whoever still has it: it is gone.
      if (from && same(left, from)) continue
      if (from) contested.push(id)
      merged.push(left)
    }
  }
  // Mine keep their places, theirs give way.
  const mineFirst = (tile: Tile) => (find(mine, tile.id) && !same(find(mine, tile.id), find(base, tile.id)) ? 0 : 1)
  return merged.sort((a, b) => mineFirst(a) - mineFirst(b) || a.box.y - b.box.y || a.box.x - b.box.x)
}

/** A tile one of us moved to another page would stand on two: the first keeps it. */
function withoutRepeats(pages: readonly DashboardPage[]): DashboardPage[] {
  const seen = new Set<string>()
  return pages.map((page) => ({
    ...page,
    tiles: page.tiles.filter((tile) => !seen.has(tile.id) && seen.add(tile.id)),
  }))
}
