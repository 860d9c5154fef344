/** Where tiles stand: what fits, what gives way, what is free. Pure arithmetic on cells. */
import { type Box, DESK_ROWS_LIMIT, type DashboardDraft, GRID_COLUMNS, type Tile, WALL_ROWS } from '../contract.ts'

export const rowsLimit = (kind: DashboardDraft['kind']): number => (kind === 'wall' ? WALL_ROWS : DESK_ROWS_LIMIT)

export const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h

const within = (box: Box, rows: number): boolean =>
  box.x >= 0 && box.y >= 0 && box.w >= 1 && box.h >= 1 && box.x + box.w <= GRID_COLUMNS && box.y + box.h <= rows

interface LayoutFault {
  readonly field: string
  readonly rule: 'tile-outside' | 'tiles-overlap' | 'tile-id-twice' | 'one-page'
  readonly message: string
}

/** What is wrong with where things stand, by the place in the draft; empty when nothing is. */
export function layoutFaults(draft: Pick<DashboardDraft, 'kind' | 'pages'>): LayoutFault[] {
  const faults: LayoutFault[] = []
  if (draft.kind === 'desk' && draft.pages.length !== 1)
    faults.push({ field: 'pages', rule: 'one-page', message: 'A dashboard for the desk has one page.' })
  const rows = rowsLimit(draft.kind)
  const ids = new Set<string>()
  for (const [at, page] of draft.pages.entries()) {
    for (const [index, tile] of page.tiles.entries()) {
      const field = `pages.${at}.tiles.${index}`
      if (ids.has(tile.id)) faults.push({ field, rule: 'tile-id-twice', message: `Two tiles are called ${tile.id}.` })
      ids.add(tile.id)
      if (!within(tile.box, rows))
        faults.push({ field, rule: 'tile-outside', message: 'The tile reaches over the edge of the grid.' })
      if (page.tiles.slice(0, index).some((other) => overlap(other.box, tile.box)))
        faults.push({ field, rule: 'tiles-overlap', message: 'The tile covers another one.' })
    }
  }
  return faults
}

const byPlace = (one: Tile, other: Tile) => one.box.y - other.box.y || one.box.x - other.box.x
/** Row by row, left to right: how a phone and a reader aloud meet the tiles. */
export const readingOrder = (tiles: readonly Tile[]): Tile[] => [...tiles].sort(byPlace)

/** The box moved and cut so that it lies on the grid. */
export function clampBox(box: Box, rows: number): Box {
  const w = Math.min(GRID_COLUMNS, Math.max(1, box.w))
  const h = Math.min(rows, Math.max(1, box.h))
  return {
    w,
    h,
    x: Math.min(GRID_COLUMNS - w, Math.max(0, box.x)),
    y: Math.min(rows - h, Math.max(0, box.y)),
  }
}

/**
 * The tile put at a place; whatever it covers gives way downwards, and pushes on what stands below. Null when something
 * would fall off the page: then nothing moves.
 */
export function placeTile(tiles: readonly Tile[], id: string, wanted: Box, rows: number): Tile[] | null {
  const moved = tiles.find((tile) => tile.id === id)
  if (!moved) return null
  const placed: Tile[] = [{ ...moved, box: clampBox(wanted, rows) }]
  for (const tile of readingOrder(tiles.filter((one) => one.id !== id))) {
    let box = tile.box
    for (let hit = firstHit(placed, box); hit; hit = firstHit(placed, box)) box = { ...box, y: hit.y + hit.h }
    if (box.y + box.h > rows) return null
    placed.push({ ...tile, box })
  }
  const after = new Map(placed.map((tile) => [tile.id, tile]))
  return tiles.map((tile) => after.get(tile.id)!)
}
const firstHit = (placed: readonly Tile[], box: Box): Box | undefined =>
  placed.find((other) => overlap(other.box, box))?.box

/** The first free place of this size, row by row; null where the page is full. */
export function freeBox(tiles: readonly Tile[], size: { w: number; h: number }, rows: number): Box | null {
  const w = Math.min(GRID_COLUMNS, size.w)
  for (let y = 0; y + size.h <= rows; y += 1) {
    for (let x = 0; x + w <= GRID_COLUMNS; x += 1) {
      const box = { x, y, w, h: size.h }
      if (!tiles.some((tile) => overlap(tile.box, box))) return box
    }
  }
  return null
}

/** Every tile as far up as it goes, in reading order. */
export function closeGaps(tiles: readonly Tile[]): Tile[] {
  const placed: Tile[] = []
  for (const tile of readingOrder(tiles)) {
    let { y } = tile.box
    const at = (row: number) => ({ ...tile.box, y: row })
    while (y > 0 && !placed.some((other) => overlap(other.box, at(y - 1)))) y -= 1
    placed.push({ ...tile, box: at(y) })
  }
  const after = new Map(placed.map((tile) => [tile.id, tile]))
  return tiles.map((tile) => after.get(tile.id)!)
}

/** Tiles that may cover each other, set apart: the earlier ones of the list keep their places. */
export function settle(tiles: readonly Tile[], rows: number): Tile[] {
  const placed: Tile[] = []
  for (const tile of tiles) {
    const box = clampBox(tile.box, rows)
    const free = firstHit(placed, box) === undefined ? box : freeBox(placed, box, rows)
    // A full wall page takes no more; whoever merges sees the tile missing in the count.
    if (free) placed.push({ ...tile, box: free })
  }
  return placed
}
