/** A scheme's tree as one row of items, in the order everything about a unit is kept in. */
import type { SchemeDraft, SchemeItem } from '../../contract/scheme.ts'

export interface FlatItem extends SchemeItem {
  readonly dimension: string
  /** Place of the dimension in the scheme. */
  readonly dimensionPlace: number
  /** Share of the composite: the item's share of its dimension times the dimension's. */
  readonly globalWeight: number
}

export const flatItems = (draft: Pick<SchemeDraft, 'dimensions'>): FlatItem[] =>
  draft.dimensions.flatMap((dimension, dimensionPlace) =>
    dimension.items.map((item) => ({
      ...item,
      dimension: dimension.id,
      dimensionPlace,
      globalWeight: dimension.weight * item.weight,
    })),
  )

/** The same scheme with other weights: of each dimension, and of each item within it. */
export function withWeights<T extends Pick<SchemeDraft, 'dimensions'>>(
  draft: T,
  weights: readonly { readonly weight: number; readonly items: readonly number[] }[],
): T {
  const dimensions = draft.dimensions.map((dimension, place) => ({
    ...dimension,
    weight: weights[place]!.weight,
    items: dimension.items.map((item, index) => ({ ...item, weight: weights[place]!.items[index]! })),
  }))
  return { ...draft, dimensions }
}

/** Weights of dimensions and of items within them, from one weight for each item of the whole. A dimension without weight shares evenly. */
export function treeWeights(
  draft: Pick<SchemeDraft, 'dimensions'>,
  globalWeights: readonly number[],
): { weight: number; items: number[] }[] {
  let first = 0
  return draft.dimensions.map(({ items }) => {
    const own = globalWeights.slice(first, first + items.length)
    first += items.length
    const weight = own.reduce((sum, each) => sum + each, 0)
    return { weight, items: own.map((each) => (weight > 0 ? each / weight : 1 / items.length)) }
  })
}
