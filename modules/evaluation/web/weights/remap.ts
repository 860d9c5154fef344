/** Comparisons and kept weights after the tree has changed: what was said about parts that are still there stays said. */
import type { Dimension, SingleWeighting, Weighting } from '#evaluation/contract'
import { scaledToOne } from '../schemes/state/give-way.ts'
import { nth } from '../schemes/state/nth.ts'

type Tree = readonly Pick<Dimension, 'id' | 'items'>[]
type Hierarchy = Extract<SingleWeighting, { method: 'analytic-hierarchy' }>

/** Place of the pair row < column among the judgements above the diagonal of a matrix of `size`, row by row. */
export const pairPlace = (row: number, column: number, size: number): number =>
  row * size - (row * (row + 1)) / 2 + column - row - 1

/** Judgements in the order of `after`; turned round where two parts changed places, null for parts that are new. */
export function remapJudgements(
  judgements: readonly (number | null)[],
  before: readonly string[],
  after: readonly string[],
): (number | null)[] {
  const mapped: (number | null)[] = []
  for (let row = 0; row < after.length; row += 1)
    for (let column = row + 1; column < after.length; column += 1) {
      const [a, b] = [before.indexOf(nth(after, row)), before.indexOf(nth(after, column))]
      if (a < 0 || b < 0) mapped.push(null)
      else if (a < b) mapped.push(judgements[pairPlace(a, b, before.length)] ?? null)
      else {
        const said = judgements[pairPlace(b, a, before.length)] ?? null
        mapped.push(said === null ? null : 1 / said)
      }
    }
  return mapped
}

const idsIn = (tree: Tree, of: string | null): string[] | null =>
  of === null ? tree.map(({ id }) => id) : (tree.find(({ id }) => id === of)?.items.map(({ id }) => id) ?? null)

function remapHierarchy(weighting: Hierarchy, before: Tree, after: Tree): Hierarchy | null {
  const comparisons = weighting.comparisons.flatMap((comparison) => {
    const [old, young] = [idsIn(before, comparison.of), idsIn(after, comparison.of)]
    if (old === null || young === null || young.length < 2) return []
    const judges = comparison.judges.map((judge) => ({
      ...judge,
      judgements: remapJudgements(judge.judgements, old, young),
    }))
    return [{ ...comparison, judges }]
  })
  return comparisons.length === 0 ? null : { ...weighting, comparisons }
}

const remapSingle = (weighting: SingleWeighting, before: Tree, after: Tree): SingleWeighting =>
  weighting.method === 'analytic-hierarchy'
    ? (remapHierarchy(weighting, before, after) ?? { method: 'hand' })
    : weighting

const flatIds = (tree: Tree) => tree.flatMap(({ items }) => items.map(({ id }) => id))

/** `hand` where nothing of the comparisons is left. */
export function remapWeighting(weighting: Weighting, before: Tree, after: Tree): Weighting {
  if (weighting.method !== 'blend') return remapSingle(weighting, before, after)
  const [old, young] = [flatIds(before), flatIds(after)]
  const parts = weighting.parts.map((part) => ({
    ...part,
    from: remapSingle(part.from, before, after),
    weights: scaledToOne(young.map((id) => part.weights[old.indexOf(id)] ?? 0)),
  }))
  return { ...weighting, parts }
}
