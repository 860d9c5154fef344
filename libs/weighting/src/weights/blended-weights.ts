import type { Cannot } from '../cannot.ts'
import { normalisedWeights } from './hand-weights.ts'

export type Blend =
  /** Shares of the sets in the result, >= 0, scaled to 1. */
  | { kind: 'convex'; shares: readonly number[] }
  /** Exponents of the sets, >= 0; all 1 gives the plain product. */
  | { kind: 'multiplicative'; exponents: readonly number[] }

export type BlendedResult = { kind: 'weights'; weights: number[] } | Cannot<'disjoint'>

/**
 * One set of weights from several, for example judged weights (AHP) and weights from data (entropy).
 *
 * When to use: where experts and data are both to be heard; say so beside the result.
 * Formula in words: 'convex' the mean of the sets by their shares; 'multiplicative' the product of the sets raised to their exponents,
 * scaled to 1 (the normalised product of subjective and objective weights).
 * Sources: linear opinion pool, Stone (1961), Annals of Mathematical Statistics 32:1339-1342; product, Zeleny (1982), Multiple Criteria
 * Decision Making, section 7.2, and as a logarithmic pool Genest and Zidek (1986), Statistical Science 1:114-148.
 * Arguments: `sets` of equal length, each scaled to 1 first.
 * Edge cases: 'multiplicative' gives weight 0 to an item to which any set with a positive exponent gives 0; if that is every item,
 * 'disjoint'. The product sharpens: what both favour gains more than under 'convex'.
 * Errors: RangeError for no sets, lengths that differ, shares or exponents negative or all 0. Cost: O(sets * items).
 */
export function blendedWeights(sets: readonly (readonly number[])[], blend: Blend): BlendedResult {
  if (sets.length === 0) throw new RangeError('sets must hold at least one set of weights')
  const items = sets[0]!.length
  const scaled = sets.map((set, k) => {
    if (set.length !== items) throw new RangeError(`sets[${k}] must have ${items} weights, got ${set.length}`)
    return normalisedWeights(set)
  })
  const name = blend.kind === 'convex' ? 'shares' : 'exponents'
  const powers = blend.kind === 'convex' ? blend.shares : blend.exponents
  if (powers.length !== sets.length)
    throw new RangeError(`${name} must have ${sets.length} values, got ${powers.length}`)
  if (!powers.every((power) => power >= 0 && Number.isFinite(power)) || powers.every((power) => power === 0))
    throw new RangeError(`${name} must be finite, at least 0 and not all 0`)
  if (blend.kind === 'convex') {
    const shares = normalisedWeights(powers)
    const mixed = scaled[0]!.map((_, j) => scaled.reduce((sum, set, k) => sum + shares[k]! * set[j]!, 0))
    return { kind: 'weights', weights: normalisedWeights(mixed) }
  }
  // Logarithms, scaled by the largest, so that many sets with small weights do not underflow together.
  const logs = scaled[0]!.map((_, j) =>
    scaled.reduce((sum, set, k) => sum + (powers[k] === 0 ? 0 : powers[k]! * Math.log(set[j]!)), 0),
  )
  const most = logs.reduce((best, log) => Math.max(best, log), Number.NEGATIVE_INFINITY)
  if (most === Number.NEGATIVE_INFINITY)
    return { kind: 'cannot', because: 'disjoint', detail: 'every item has weight 0 in one of the sets' }
  return { kind: 'weights', weights: normalisedWeights(logs.map((log) => Math.exp(log - most))) }
}
