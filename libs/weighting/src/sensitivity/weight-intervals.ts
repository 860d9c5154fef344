import type { Cannot } from '../cannot.ts'
import { type DecisionMatrix, type MatrixProblem, readMatrix } from '../normalisation/decision-matrix.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'

/** A weight at which two units change places: `ahead` leads before, `overtakes` after. */
export interface Swap {
  weight: number
  ahead: number
  overtakes: number
}

export interface StableRange {
  /** Weights of the item, in [0, 1], between which the order stands. */
  lower: number
  upper: number
  /** Which pair changes places just outside; null where the order stands to the end (0 or 1). */
  swapBelow: Swap | null
  swapAbove: Swap | null
}

export type ItemStability =
  | {
      kind: 'ranges'
      weight: number
      /** Until another unit takes the first place. */
      leader: StableRange
      /** Until any two neighbours change places. */
      order: StableRange
    }
  /** The item has all the weight: the others' proportions are unknown. */
  | Cannot<'sole-weight'>

export type WeightIntervalsResult =
  | {
      kind: 'intervals'
      /** Positions of units, best first; ties by position. */
      ranking: number[]
      items: ItemStability[]
    }
  | Cannot<MatrixProblem>

/**
 * How far the weight of each item may move, the others keeping their proportions, before the leader or any order changes.
 *
 * When to use: "is the winner the winner because of this weight?"; closed form, no simulation.
 * Formula in words: with item weight t a unit's score is t * its points in the item + (1 - t) * its composite of the other items; the
 * difference of two units is a straight line in t, so the weight at which they meet is known exactly. The first meeting on either side of
 * the present weight bounds the range. Only neighbours can be the first to meet.
 * Source: one-way sensitivity of additive models, Triantaphyllou and Sanchez (1997), Decision Sciences 28:151-194; proportional change of
 * the other weights as in Barron and Schmidt (1988), Operations Research 36:122-127.
 * Arguments: `points` units x items (only the units whose order matters), `weights` scaled to 1.
 * Edge cases: on the bound itself the two are level. Units level at the present weight are parted by any move on one side: the bound is
 * then the present weight. Units with equal points throughout never part. One unit: the whole of [0, 1]. Gaps 'missing'.
 * Errors: RangeError for shapes and weights. Cost: O(items * units), plus sorting.
 */
export function weightIntervals(
  points: DecisionMatrix,
  weights: readonly number[],
  best: 'highest' | 'lowest' = 'highest',
): WeightIntervalsResult {
  const matrix = readMatrix(points, 1)
  if (matrix.kind === 'cannot') return matrix
  if (weights.length !== matrix.items) throw new RangeError(`weights must have ${matrix.items} values`)
  const shares = normalisedWeights(weights)
  const sign = best === 'highest' ? 1 : -1
  const rows = matrix.values.map((row) => row.map((value) => sign * value))
  const scores = rows.map((row) => row.reduce((sum, value, j) => sum + shares[j]! * value, 0))
  const ranking = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const leaderPairs = ranking.slice(1).map((other): [number, number] => [ranking[0]!, other])
  const neighbourPairs = ranking.slice(1).map((other, i): [number, number] => [ranking[i]!, other])
  const items = shares.map((weight, item): ItemStability => {
    const others = shares.reduce((sum, share, j) => (j === item ? sum : sum + share), 0)
    if (others === 0) return { kind: 'cannot', because: 'sole-weight', detail: `item ${item} has all the weight` }
    const rest = rows.map(
      (row) => row.reduce((sum, value, j) => (j === item ? sum : sum + shares[j]! * value), 0) / others,
    )
    const line = ([ahead, behind]: [number, number]) => {
      const atNone = rest[ahead]! - rest[behind]!
      const atAll = rows[ahead]![item]! - rows[behind]![item]!
      // Level or better by construction; rounding must not say otherwise.
      const lead = Math.max(0, weight * atAll + (1 - weight) * atNone)
      return { lead, slope: atAll - atNone }
    }
    return {
      kind: 'ranges',
      weight,
      leader: stableRange(weight, leaderPairs, line),
      order: stableRange(weight, neighbourPairs, line),
    }
  })
  return { kind: 'intervals', ranking, items }
}

function stableRange(
  weight: number,
  pairs: readonly [number, number][],
  line: (pair: [number, number]) => { lead: number; slope: number },
): StableRange {
  const range: StableRange = { lower: 0, upper: 1, swapBelow: null, swapAbove: null }
  for (const pair of pairs) {
    const { lead, slope } = line(pair)
    if (slope === 0) continue
    const meeting = weight - lead / slope
    const swap = { weight: meeting, ahead: pair[0], overtakes: pair[1] }
    if (slope > 0 && meeting > range.lower) {
      range.lower = meeting
      range.swapBelow = swap
    }
    if (slope < 0 && meeting < range.upper) {
      range.upper = meeting
      range.swapAbove = swap
    }
  }
  return range
}
