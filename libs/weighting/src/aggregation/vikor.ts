import type { Cannot } from '../cannot.ts'
import { largest, smallest } from '../normalisation/column-figures.ts'
import {
  type DecisionMatrix,
  type MatrixProblem,
  readMatrix,
  requireDirections,
} from '../normalisation/decision-matrix.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'

export interface VikorInput {
  /** Units x items. */
  rows: DecisionMatrix
  weights: readonly number[]
  directions: readonly ('benefit' | 'cost')[]
  /** Weight v of the majority's benefit (S) against the worst regret (R), in [0, 1]; usual 0.5. */
  majority: number
}

export interface VikorUnit {
  /** S: weighted sum of shortfalls, 0 best, 1 worst. */
  groupLoss: number
  /** R: largest weighted shortfall of one item. */
  worstRegret: number
  /** Q: v of the way in S plus 1 - v of the way in R, 0 best, 1 worst among these units. */
  index: number
}

export type VikorResult =
  | {
      kind: 'compromise'
      units: VikorUnit[]
      /** Positions of units by rising Q; ties by S, then by position. */
      order: number[]
      /** The proposed units: one if both conditions hold. */
      compromise: number[]
      /** C1: the second lies at least 1 / (units - 1) behind in Q. */
      acceptableAdvantage: boolean
      /** C2: the first by Q is first by S or by R too. */
      acceptableStability: boolean
    }
  | Cannot<MatrixProblem>

/**
 * VIKOR: compromise ranking between the good of the many and the worst regret.
 *
 * When to use: a ranking that shall not crown a unit with one very bad item, and that says when no single winner may be named.
 * Formula in words: shortfall of an item = weight * (best - figure) / (best - worst); S their sum, R their largest; Q = v (S - S*) /
 * (S- - S*) + (1 - v) (R - R*) / (R- - R*), with * the least and - the largest over units. Without C1 all units within 1 / (units - 1) of
 * the first are proposed; with C1 but without C2 the first two.
 * Source: Opricovic and Tzeng (2004), European Journal of Operational Research 156:445-455, steps a to e.
 * Conventions: a constant item, and a constant S or R, count 0 (0/0 in the source). A unit alone is the compromise.
 * Dominance: a unit at least as good in every item never has a larger Q. Q depends on the set of units: ranks may reverse.
 * Errors: RangeError for shapes, weights, majority outside [0, 1]; gaps 'missing', no units 'too-few'.
 * Cost: O(units * items + units log units).
 */
export function vikor(input: VikorInput): VikorResult {
  const { rows, directions, majority } = input
  if (!(majority >= 0 && majority <= 1)) throw new RangeError(`majority must lie in [0, 1], got ${majority}`)
  const matrix = readMatrix(rows, 1)
  if (matrix.kind === 'cannot') return matrix
  requireDirections(directions, matrix.items)
  if (input.weights.length !== matrix.items) throw new RangeError(`weights must have ${matrix.items} values`)
  const weights = normalisedWeights(input.weights)
  const shortfalls = directions.map((direction, j) => {
    const values = matrix.values.map((row) => row[j]!)
    const low = smallest(values)
    const range = largest(values) - low
    if (range === 0) return values.map(() => 0)
    const share = (value: number) => (direction === 'benefit' ? low + range - value : value - low) / range
    return values.map((value) => weights[j]! * share(value))
  })
  const groupLosses = matrix.values.map((_, i) => shortfalls.reduce((sum, column) => sum + column[i]!, 0))
  const worstRegrets = matrix.values.map((_, i) => shortfalls.reduce((most, column) => Math.max(most, column[i]!), 0))
  const way = (values: readonly number[], value: number) => {
    const range = largest(values) - smallest(values)
    return range === 0 ? 0 : (value - smallest(values)) / range
  }
  const units = matrix.values.map((_, i): VikorUnit => {
    const index = majority * way(groupLosses, groupLosses[i]!) + (1 - majority) * way(worstRegrets, worstRegrets[i]!)
    return { groupLoss: groupLosses[i]!, worstRegret: worstRegrets[i]!, index }
  })
  const order = units
    .map((_, i) => i)
    .sort((a, b) => units[a]!.index - units[b]!.index || units[a]!.groupLoss - units[b]!.groupLoss || a - b)
  return { kind: 'compromise', units, order, ...proposeCompromise(units, order) }
}

/** The step 1 / (J - 1) is compared with differences of rounded figures. */
const ROUNDING = 1e-12

function proposeCompromise(units: readonly VikorUnit[], order: readonly number[]) {
  const first = units[order[0]!]!
  if (units.length === 1) return { compromise: [order[0]!], acceptableAdvantage: true, acceptableStability: true }
  const step = 1 / (units.length - 1) - ROUNDING
  const acceptableAdvantage = units[order[1]!]!.index - first.index >= step
  const leads = (figure: 'groupLoss' | 'worstRegret') =>
    first[figure] <= smallest(units.map((unit) => unit[figure])) + ROUNDING
  const acceptableStability = leads('groupLoss') || leads('worstRegret')
  const compromise = !acceptableAdvantage
    ? order.filter((i) => units[i]!.index - first.index < step)
    : order.slice(0, acceptableStability ? 1 : 2)
  return { compromise, acceptableAdvantage, acceptableStability }
}
