import type { Cannot } from '../cannot.ts'
import {
  type DecisionMatrix,
  type MatrixProblem,
  readMatrix,
  requireDirections,
} from '../normalisation/decision-matrix.ts'
import { euclideanLength, largest, smallest } from '../normalisation/column-figures.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'

export interface TopsisInput {
  /** Units x items. */
  rows: DecisionMatrix
  weights: readonly number[]
  directions: readonly ('benefit' | 'cost')[]
  /** 'vector' (Hwang and Yoon), 'min-max', or 'none' for points on one scale already. */
  normalisation: 'vector' | 'min-max' | 'none'
  /** Best and worst figure per item, in the item's unit; default the best and worst among the units. */
  ideals?: { best: readonly number[]; worst: readonly number[] }
}

export interface TopsisUnit {
  /** Distances from the ideal and the worst point, in weighted normalised units. */
  distanceToBest: number
  distanceToWorst: number
  /** distanceToWorst / (distanceToBest + distanceToWorst), in [0, 1], 1 the ideal itself. */
  closeness: number
}

export type TopsisResult =
  | { kind: 'closeness'; units: TopsisUnit[]; best: number[]; worst: number[] }
  | Cannot<MatrixProblem | 'no-spread'>

/**
 * TOPSIS: technique for order preference by similarity to the ideal solution.
 *
 * When to use: ranking where being near the best in every item matters; expected by many tender and evaluation rules.
 * Formula in words: normalise, weight, take the best and worst of each item as ideal and anti-ideal, Euclidean distances to both; closeness
 * = distance to the worst over the sum of the two.
 * Source: Hwang and Yoon (1981), Multiple Attribute Decision Making, section 3.3.6 (vector normalisation).
 * Conventions: costs are not inverted, their ideal is the smallest figure (as the source). `ideals` of one's own fix the scale: 'min-max'
 * then runs from worst to best given, so that closeness no longer depends on which units take part. With ideals from the units (default)
 * adding or removing a unit may reverse the order of two others ("rank reversal", Garcia-Cascales and Lamata 2012); under 'vector' even
 * given ideals leave a dependence on the set.
 * Dominance: a unit at least as good in every item never has less closeness, so long as no unit lies beyond the ideals.
 * Edge cases: a constant item takes no part under 'min-max' and adds nothing to distances otherwise; all units equal 'no-spread'; results
 * `best` and `worst` in the item's unit. Errors: RangeError for shapes, weights, a best that is not better than its worst where both are
 * given (equal is allowed: such an item is left out). Cost: O(units * items).
 */
export function topsis(input: TopsisInput): TopsisResult {
  const { rows, directions, normalisation, ideals } = input
  const matrix = readMatrix(rows)
  if (matrix.kind === 'cannot') return matrix
  if (matrix.units === 0) return { kind: 'cannot', because: 'too-few', detail: 'there are no units' }
  requireDirections(directions, matrix.items)
  if (input.weights.length !== matrix.items) throw new RangeError(`weights must have ${matrix.items} values`)
  if (ideals) requireIdeals(ideals, directions)
  const weights = normalisedWeights(input.weights)
  const columns = directions.map((direction, j) => {
    const values = matrix.values.map((row) => row[j]!)
    const [good, bad] =
      direction === 'benefit' ? [largest(values), smallest(values)] : [smallest(values), largest(values)]
    const best = ideals ? ideals.best[j]! : good
    const worst = ideals ? ideals.worst[j]! : bad
    const scale = normalisation === 'none' ? 1 : normalisation === 'vector' ? euclideanLength(values) : best - worst
    // An item without scale or without difference cannot speak for or against anybody.
    const factor = scale === 0 || best === worst ? 0 : weights[j]! / Math.abs(scale)
    return { values, best, worst, factor }
  })
  const units = matrix.values.map((row): TopsisUnit => {
    const away = (from: 'best' | 'worst') =>
      euclideanLength(columns.map((column, j) => column.factor * (row[j]! - column[from])))
    const distanceToBest = away('best')
    const distanceToWorst = away('worst')
    return { distanceToBest, distanceToWorst, closeness: distanceToWorst / (distanceToBest + distanceToWorst) }
  })
  if (units.some((unit) => Number.isNaN(unit.closeness)))
    return { kind: 'cannot', because: 'no-spread', detail: 'best and worst coincide in every weighted item' }
  return {
    kind: 'closeness',
    units,
    best: columns.map((column) => column.best),
    worst: columns.map((column) => column.worst),
  }
}

function requireIdeals(
  ideals: { best: readonly number[]; worst: readonly number[] },
  directions: readonly ('benefit' | 'cost')[],
): void {
  for (const name of ['best', 'worst'] as const) {
    if (ideals[name].length !== directions.length || !ideals[name].every(Number.isFinite))
      throw new RangeError(`ideals.${name} must have ${directions.length} finite values`)
  }
  directions.forEach((direction, j) => {
    const gain = (ideals.best[j]! - ideals.worst[j]!) * (direction === 'benefit' ? 1 : -1)
    if (gain < 0) throw new RangeError(`ideals.best[${j}] must not be worse than ideals.worst[${j}]`)
  })
}
