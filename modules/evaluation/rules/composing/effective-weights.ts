/** What becomes of the weight of items without value. */
import type { SchemeDraft } from '../../contract/scheme.ts'
import type { FlatItem } from '../schemes/flat-items.ts'

const ROUNDING = 1e-12

export interface WeightPlan {
  readonly weights: Float64Array
  readonly dimensions: Int32Array
  readonly dimensionWeights: Float64Array
  readonly rule: SchemeDraft['missing']['rule']
  readonly mostShare: number
}

export function weightPlan(items: readonly FlatItem[], missing: SchemeDraft['missing']): WeightPlan {
  const weights = Float64Array.from(items, (item) => item.globalWeight)
  const dimensions = Int32Array.from(items, (item) => item.dimensionPlace)
  const dimensionWeights = new Float64Array(Math.max(...dimensions) + 1)
  for (const [place, weight] of weights.entries()) dimensionWeights[dimensions[place]!]! += weight
  return { weights, dimensions, dimensionWeights, rule: missing.rule, mostShare: missing.mostShare }
}

/**
 * Writes the effective weights into `into` (0 for what is missing; their sum is 1) and tells whether too much is missing. In a
 * dimension the others take over in proportion; a dimension of which nothing is known leaves its weight to the other dimensions.
 * Proportional sharing equals assuming that the missing item scores what the others score on average: hence the limit.
 */
export function effectiveWeights(plan: WeightPlan, present: Uint8Array, into: Float64Array): 'enough' | 'too-much' {
  const { weights, dimensions, dimensionWeights, rule, mostShare } = plan
  let missing = 0
  for (let item = 0; item < weights.length; item += 1) if (!present[item]) missing += weights[item]!
  const limit = rule === 'not-ranked' ? 0 : mostShare
  const enough = missing <= limit + ROUNDING && missing < 1 - ROUNDING
  if (missing === 0 || rule !== 'redistribute-in-dimension') {
    const known = 1 - missing
    for (let item = 0; item < weights.length; item += 1) into[item] = present[item] ? weights[item]! / known : 0
    return enough ? 'enough' : 'too-much'
  }
  const known = new Float64Array(dimensionWeights.length)
  for (let item = 0; item < weights.length; item += 1) if (present[item]) known[dimensions[item]!]! += weights[item]!
  let alive = 0
  for (let place = 0; place < known.length; place += 1) if (known[place]! > 0) alive += dimensionWeights[place]!
  for (let item = 0; item < weights.length; item += 1) {
    const place = dimensions[item]!
    into[item] = present[item] ? (weights[item]! * dimensionWeights[place]!) / known[place]! / alive : 0
  }
  return enough ? 'enough' : 'too-much'
}
