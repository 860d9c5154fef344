/** Weights put into a draft by their method, at once where no data are needed. */
import type { SchemeDraft, SingleWeighting, Weighting, WeightsReport } from '#evaluation/contract'
import { blendedWeights } from '#weighting/weights/blended-weights'
import { treeWeights, withWeights } from '../../rules/schemes/flat-items.ts'
import { calculateWeights } from '../../rules/weights/calculate-weights.ts'
import { evenly, scaledToOne } from '../schemes/state/give-way.ts'
import { nth } from '../schemes/state/nth.ts'

export const needsData = (weighting: SingleWeighting): boolean => 'periodStart' in weighting

/** What the method says about the draft without asking the server; null where data are needed. */
export function reportHere(draft: SchemeDraft, weighting: Weighting): WeightsReport | null {
  const parts = weighting.method === 'blend' ? weighting.parts.map((part) => part.from) : [weighting]
  if (parts.some(needsData)) return null
  if (draft.dimensions.some(({ items }) => items.length === 0)) return null
  return calculateWeights(draft, weighting, [])
}

/** The draft with this method and the weights it gives. Those of comparisons that are not complete stay as they are. */
export function applied(draft: SchemeDraft, weighting: Weighting): SchemeDraft {
  const next = { ...draft, weighting }
  switch (weighting.method) {
    case 'equal':
      return withWeights(next, evenTree(draft))
    case 'analytic-hierarchy': {
      const report = reportHere(draft, weighting)
      return report ? withWeights(next, report.dimensions) : next
    }
    case 'blend': {
      const weights = blended(weighting)
      return weights ? withWeights(next, tidyTree(draft, weights)) : next
    }
    default:
      return next
  }
}

/** Every dimension alike, and every item in it. */
function evenTree({ dimensions }: SchemeDraft): { weight: number; items: number[] }[] {
  const weights = evenly(dimensions.length)
  return dimensions.map(({ items }, place) => ({ weight: nth(weights, place), items: evenly(items.length) }))
}

/** The draft with weights the server found, whole. */
export const withReport = (draft: SchemeDraft, weighting: Weighting, report: WeightsReport): SchemeDraft =>
  withWeights({ ...draft, weighting }, report.dimensions)

/** Weights of the items in the whole, as they are in the draft. */
export const globalWeights = ({ dimensions }: Pick<SchemeDraft, 'dimensions'>): number[] =>
  dimensions.flatMap(({ weight, items }) => items.map((item) => weight * item.weight))

/** From the weights each part gave, as kept. */
function blended({ rule, parts }: Extract<Weighting, { method: 'blend' }>): number[] | null {
  const shares = parts.map((part) => part.share)
  const how = rule === 'convex' ? { kind: rule, shares } : ({ kind: rule, exponents: shares } as const)
  const found = blendedWeights(
    parts.map((part) => part.weights),
    how,
  )
  return found.kind === 'cannot' ? null : found.weights
}

const tidyTree = (draft: SchemeDraft, weights: readonly number[]) => {
  const tree = treeWeights(draft, weights)
  const own = scaledToOne(tree.map(({ weight }) => weight))
  return tree.map(({ items }, place) => ({ weight: nth(own, place), items: scaledToOne(items) }))
}
