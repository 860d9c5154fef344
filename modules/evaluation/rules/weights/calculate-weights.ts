/** Weights by method: of dimensions and of items within them, with what speaks against them. */
import { blendedWeights } from '#weighting/weights/blended-weights'
import { criticWeights } from '#weighting/weights/critic-weights'
import { deviationWeights } from '#weighting/weights/deviation-weights'
import { entropyWeights } from '#weighting/weights/entropy-weights'
import { equalWeights } from '#weighting/weights/hand-weights'
import type { SchemeDraft } from '../../contract/scheme.ts'
import type { DataMethod, SingleWeighting, Weighting, WeightsReport } from '../../contract/weighting.ts'
import { flatItems, treeWeights } from '../schemes/flat-items.ts'
import { hierarchyWeights } from './hierarchy.ts'

/** Points of the units that have all items, 0 to 100: a row for each. Only methods that look at data need it. */
export type PointsMatrix = readonly (readonly number[])[]

interface Found {
  readonly tree: WeightsReport['dimensions']
  readonly comparisons: WeightsReport['comparisons']
  readonly warnings: WeightsReport['warnings']
}
type Draft = Pick<SchemeDraft, 'dimensions'>

const asIs = ({ dimensions }: Draft): WeightsReport['dimensions'] =>
  dimensions.map(({ id, weight, items }) => ({ id, weight, items: items.map((item) => item.weight) }))

export function calculateWeights(draft: Draft, weighting: Weighting, matrix: PointsMatrix): WeightsReport {
  const found = weighting.method === 'blend' ? blended(draft, weighting, matrix) : single(draft, weighting, matrix)
  const zero = found.tree.flatMap(({ items }, place) =>
    items.flatMap((weight, index) => (weight === 0 ? [draft.dimensions[place]!.items[index]!.id] : [])),
  )
  return {
    dimensions: found.tree,
    comparisons: found.comparisons,
    warnings: [...found.warnings, ...zero.map((of) => ({ rule: 'zero-weight' as const, of }))],
  }
}

function single(draft: Draft, weighting: SingleWeighting, matrix: PointsMatrix): Found {
  switch (weighting.method) {
    case 'hand':
      return { tree: asIs(draft), comparisons: [], warnings: [] }
    case 'equal': {
      const { dimensions } = draft
      const share = 1 / dimensions.length
      const tree = dimensions.map(({ id, items }) => ({ id, weight: share, items: equalWeights(items.length) }))
      return { tree, comparisons: [], warnings: [] }
    }
    case 'analytic-hierarchy':
      return hierarchyWeights(draft, weighting, asIs(draft))
    default:
      return fromData(draft, weighting.method, matrix)
  }
}

/** Points are on one scale with more being better already, so nothing is turned round or shifted; 0 ln 0 counts as 0. */
function fromData(draft: Draft, method: DataMethod, matrix: PointsMatrix): Found {
  const items = flatItems(draft)
  const found =
    method === 'entropy'
      ? entropyWeights(matrix, { kind: 'sum' })
      : method === 'critic'
        ? criticWeights(
            matrix,
            items.map(() => 'benefit' as const),
          )
        : deviationWeights(matrix, 'min-max-deviation')
  if (found.kind === 'cannot') {
    const rule =
      found.because === 'too-few' ? 'too-few-units' : found.because === 'no-spread' ? 'all-equal' : 'not-calculable'
    return { tree: asIs(draft), comparisons: [], warnings: [{ rule, of: null }] }
  }
  const alike = items.filter((_item, place) => matrix.every((row) => row[place] === matrix[0]![place]))
  return {
    tree: named(draft, treeWeights(draft, found.weights)),
    comparisons: [],
    warnings: alike.map(({ id }) => ({ rule: 'all-equal' as const, of: id })),
  }
}

const named = ({ dimensions }: Draft, tree: readonly { weight: number; items: number[] }[]) =>
  tree.map((part, place) => ({ id: dimensions[place]!.id, ...part }))

function blended(draft: Draft, weighting: Extract<Weighting, { method: 'blend' }>, matrix: PointsMatrix): Found {
  // Weights by hand are those kept with the blend: the ones in the draft may be its own result already.
  const items = flatItems(draft).length
  const parts = weighting.parts.map(({ from, weights }) =>
    from.method === 'hand' && weights.length === items
      ? { tree: named(draft, treeWeights(draft, weights)), comparisons: [], warnings: [] }
      : single(draft, from, matrix),
  )
  const globals = parts.map(({ tree }) => tree.flatMap(({ weight, items }) => items.map((item) => weight * item)))
  const shares = weighting.parts.map((part) => part.share)
  const blend =
    weighting.rule === 'convex'
      ? ({ kind: 'convex', shares } as const)
      : ({ kind: 'multiplicative', exponents: shares } as const)
  const found = blendedWeights(globals, blend)
  const comparisons = parts.flatMap((part) => part.comparisons)
  const warnings = parts.flatMap((part) => part.warnings)
  if (found.kind === 'cannot')
    return { tree: asIs(draft), comparisons, warnings: [...warnings, { rule: 'not-calculable', of: null }] }
  return { tree: named(draft, treeWeights(draft, found.weights)), comparisons, warnings }
}
