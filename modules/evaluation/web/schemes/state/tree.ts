/** Changes of the tree: dimensions and items are added, moved and removed; weights go on summing to 1, comparisons follow. */
import type { Dimension, SchemeDraft, SchemeItem, Weighting } from '#evaluation/contract'
import { applied } from '../../weights/applied.ts'
import { remapWeighting } from '../../weights/remap.ts'
import { withOneLess, withOneMore } from './give-way.ts'
import { nth } from './nth.ts'

/** A scheme being written: texts may be empty, choices open; the checks say what is missing. */
export interface Writing {
  readonly draft: SchemeDraft
  /** The inputs of methods that are not in use now: nobody compares forty pairs twice. */
  readonly shelf: Shelf
}
export type Shelf = { readonly [M in Weighting['method']]?: Extract<Weighting, { method: M }> }

/** Place of an item: of its dimension, and in it. */
export interface ItemPlace {
  readonly dimension: number
  readonly item: number
}

const withShares = <T extends { weight: number }>(parts: readonly T[], weights: readonly number[]): T[] =>
  parts.map((part, place) => ({ ...part, weight: nth(weights, place) }))
const sharesOf = (parts: readonly { weight: number }[]) => parts.map((part) => part.weight)

const inserted = <T extends { weight: number }>(parts: readonly T[], place: number, part: T): T[] =>
  withShares(parts.toSpliced(place, 0, part), withOneMore(sharesOf(parts), place))
const removed = <T extends { weight: number }>(parts: readonly T[], place: number): T[] =>
  withShares(parts.toSpliced(place, 1), withOneLess(sharesOf(parts), place))

/** The writing with another tree: the method follows where it can; weights found from data no longer hold, so they count as set by hand. */
export function replanted({ draft, shelf }: Writing, dimensions: Dimension[]): Writing {
  const remap = (weighting: Weighting) => remapWeighting(weighting, draft.dimensions, dimensions)
  const remapped = Object.values(shelf).map((one: Weighting) => remap(one))
  const kept = remapped.reduce<Shelf>((all, one) => ({ ...all, [one.method]: one }), {})
  const weighting = remap(draft.weighting)
  const next = { ...draft, dimensions, weighting }
  switch (weighting.method) {
    case 'hand':
      return { draft: next, shelf: kept }
    case 'equal':
    case 'analytic-hierarchy':
      return { draft: applied(next, weighting), shelf: kept }
    default:
      return { draft: { ...next, weighting: { method: 'hand' } }, shelf: { ...kept, [weighting.method]: weighting } }
  }
}

export const addDimension = (writing: Writing, dimension: Dimension): Writing =>
  replanted(writing, inserted(writing.draft.dimensions, writing.draft.dimensions.length, dimension))

export const removeDimension = (writing: Writing, place: number): Writing =>
  replanted(writing, removed(writing.draft.dimensions, place))

export function moveDimension(writing: Writing, from: number, to: number): Writing {
  const { dimensions } = writing.draft
  if (to < 0 || to >= dimensions.length || to === from) return writing
  return replanted(writing, dimensions.toSpliced(from, 1).toSpliced(to, 0, nth(dimensions, from)))
}

const withItems = (dimensions: readonly Dimension[], place: number, items: SchemeItem[]): Dimension[] =>
  dimensions.with(place, { ...nth(dimensions, place), items })

export function addItem(writing: Writing, dimension: number, item: SchemeItem): Writing {
  const { dimensions } = writing.draft
  const { items } = nth(dimensions, dimension)
  return replanted(writing, withItems(dimensions, dimension, inserted(items, items.length, item)))
}

export function removeItem(writing: Writing, { dimension, item }: ItemPlace): Writing {
  const { dimensions } = writing.draft
  return replanted(writing, withItems(dimensions, dimension, removed(nth(dimensions, dimension).items, item)))
}

/** Within a dimension weights travel along; in another one the item gets an equal part. `to.item` counts before the item is taken out. */
export function moveItem(writing: Writing, from: ItemPlace, to: ItemPlace): Writing {
  const { dimensions } = writing.draft
  const own = nth(dimensions, from.dimension).items
  const moved = nth(own, from.item)
  if (from.dimension === to.dimension) {
    const target = to.item > from.item ? to.item - 1 : to.item
    if (target === from.item || target < 0 || target >= own.length) return writing
    const items = own.toSpliced(from.item, 1).toSpliced(target, 0, moved)
    return replanted(writing, withItems(dimensions, from.dimension, items))
  }
  const left = withItems(dimensions, from.dimension, removed(own, from.item))
  const { items } = nth(left, to.dimension)
  return replanted(writing, withItems(left, to.dimension, inserted(items, Math.min(to.item, items.length), moved)))
}

/** A step up or down by keyboard: past the end of its dimension an item enters the neighbour. */
export function stepItem(writing: Writing, { dimension, item }: ItemPlace, by: 1 | -1): Writing {
  const { dimensions } = writing.draft
  const last = nth(dimensions, dimension).items.length - 1
  const inside = by === 1 ? item < last : item > 0
  if (inside) return moveItem(writing, { dimension, item }, { dimension, item: by === 1 ? item + 2 : item - 1 })
  const neighbour = dimension + by
  if (neighbour < 0 || neighbour >= dimensions.length) return writing
  const at = by === 1 ? 0 : nth(dimensions, neighbour).items.length
  return moveItem(writing, { dimension, item }, { dimension: neighbour, item: at })
}

/** Weights moved by hand: the method in use goes on the shelf. */
export function weighByHand({ draft, shelf }: Writing, dimensions: Dimension[]): Writing {
  const { weighting } = draft
  if (weighting.method === 'hand') return { draft: { ...draft, dimensions }, shelf }
  return {
    draft: { ...draft, dimensions, weighting: { method: 'hand' } },
    shelf: { ...shelf, [weighting.method]: weighting },
  }
}

export const weighDimensions = (writing: Writing, weights: readonly number[]): Writing =>
  weighByHand(writing, withShares(writing.draft.dimensions, weights))

export function weighItems(writing: Writing, dimension: number, weights: readonly number[]): Writing {
  const { dimensions } = writing.draft
  return weighByHand(writing, withItems(dimensions, dimension, withShares(nth(dimensions, dimension).items, weights)))
}

/** Another method; the one before keeps its inputs. */
export function chooseWeighting({ draft, shelf }: Writing, weighting: Weighting): Writing {
  const before = draft.weighting
  const kept = before.method === weighting.method ? shelf : { ...shelf, [before.method]: before }
  return { draft: applied(draft, weighting), shelf: kept }
}
