/** What the editor remembers: the draft, what it was before, what was undone, and which page is open. */
import type { Box, DashboardDraft, Tile } from '#reports/contract'
import { closeGaps, freeBox, placeTile, rowsLimit } from '../../rules/layout.ts'

const STEPS_LIMIT = 100

export interface EditorState {
  readonly past: readonly DashboardDraft[]
  readonly present: DashboardDraft
  readonly future: readonly DashboardDraft[]
  readonly page: number
}

export const beginWith = (draft: DashboardDraft): EditorState => ({ past: [], present: draft, future: [], page: 0 })

export type Edit =
  | { readonly what: 'draft'; readonly draft: DashboardDraft }
  | { readonly what: 'page'; readonly page: number }
  | { readonly what: 'undo' }
  | { readonly what: 'redo' }

const pageWithin = (draft: DashboardDraft, page: number) => Math.min(page, draft.pages.length - 1)

export function edit(state: EditorState, change: Edit): EditorState {
  if (change.what === 'page') return { ...state, page: pageWithin(state.present, Math.max(0, change.page)) }
  if (change.what === 'undo') {
    const before = state.past.at(-1)
    if (!before) return state
    return {
      past: state.past.slice(0, -1),
      present: before,
      future: [state.present, ...state.future],
      page: pageWithin(before, state.page),
    }
  }
  if (change.what === 'redo') {
    const [next, ...future] = state.future
    if (!next) return state
    return { past: [...state.past, state.present], present: next, future, page: pageWithin(next, state.page) }
  }
  if (change.draft === state.present) return state
  return {
    past: [...state.past, state.present].slice(-STEPS_LIMIT),
    present: change.draft,
    future: [],
    page: pageWithin(change.draft, state.page),
  }
}

const withTiles = (draft: DashboardDraft, page: number, tiles: Tile[]): DashboardDraft => ({
  ...draft,
  pages: draft.pages.map((one, at) => (at === page ? { ...one, tiles } : one)),
})
const tilesOf = (draft: DashboardDraft, page: number): readonly Tile[] => draft.pages[page]?.tiles ?? []

/** The tile put somewhere; null where it does not fit. */
export function withMoved(draft: DashboardDraft, page: number, id: string, box: Box): DashboardDraft | null {
  const tiles = placeTile(tilesOf(draft, page), id, box, rowsLimit(draft.kind))
  return tiles && withTiles(draft, page, tiles)
}

/** A new tile in the first free place, made smaller where the page is nearly full; null where it is full. */
export function withAdded(
  draft: DashboardDraft,
  page: number,
  tile: Omit<Tile, 'box'>,
  size: { w: number; h: number },
): DashboardDraft | null {
  const tiles = tilesOf(draft, page)
  const rows = rowsLimit(draft.kind)
  for (const h of [size.h, 3, 2]) {
    const box = freeBox(tiles, { w: size.w, h: Math.min(size.h, h) }, rows)
    if (box) return withTiles(draft, page, [...tiles, { ...tile, box }])
  }
  return null
}

export const withChanged = (draft: DashboardDraft, page: number, tile: Tile): DashboardDraft =>
  withTiles(
    draft,
    page,
    tilesOf(draft, page).map((one) => (one.id === tile.id ? tile : one)),
  )

export const withRemoved = (draft: DashboardDraft, page: number, id: string): DashboardDraft =>
  withTiles(
    draft,
    page,
    tilesOf(draft, page).filter((one) => one.id !== id),
  )

export const withGapsClosed = (draft: DashboardDraft, page: number): DashboardDraft =>
  withTiles(draft, page, closeGaps(tilesOf(draft, page)))

/** A tile on another page of a wall; null where it has no room there. */
export function withTurned(draft: DashboardDraft, page: number, id: string, to: number): DashboardDraft | null {
  const tile = tilesOf(draft, page).find((one) => one.id === id)
  return tile ? withAdded(withRemoved(draft, page, id), to, tile, tile.box) : null
}

export const newTileId = (): string => crypto.randomUUID()
