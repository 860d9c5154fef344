import type { Cannot } from '../cannot.ts'
import {
  type DecisionMatrix,
  type Direction,
  type MatrixProblem,
  readMatrix,
} from '../normalisation/decision-matrix.ts'
import { normaliseMatrix } from '../normalisation/normalise-matrix.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'

export type GreyReference =
  /** The best value of every item. */
  | { kind: 'ideal' }
  /** A given unit, in the items' units; it takes part in the min-max. */
  | { kind: 'given'; values: readonly number[] }

export interface GreyRelationInput {
  /** Units x items. */
  rows: DecisionMatrix
  weights: readonly number[]
  directions: readonly Direction[]
  reference: GreyReference
  /** rho in (0, 1]: the smaller, the more the coefficients differ; usual 0.5. */
  distinguishing: number
}

export type GreyRelationResult =
  | {
      kind: 'grades'
      /** Per unit, in (0, 1]; 1 equals the reference. */
      grades: number[]
      /** Units x items. */
      coefficients: number[][]
    }
  | Cannot<MatrixProblem>

/**
 * Grey relational analysis: how close each unit's profile is to a reference profile.
 *
 * When to use: few units, unknown distributions; common in Chinese evaluation practice.
 * Formula in words: min-max by direction; distances from the reference per item; coefficient = (least distance + rho * largest distance) /
 * (distance + rho * largest distance), least and largest over all units and items; grade = weighted sum of coefficients.
 * Source: Deng (1982), Systems and Control Letters 1:288-294; Deng (1989), Journal of Grey System 1:1-24; Kuo, Yang and Huang (2008),
 * Computers and Industrial Engineering 55:80-93 (equations 1 to 6, min-max by direction).
 * Conventions: a constant item lies at the reference (distance 0, coefficient 1 for nobody's harm). With 'given' the reference is scaled
 * with the units.
 * Dominance: holds for the reference 'ideal'; not for 'given', where being better than the reference is being away from it. Grades depend
 * on the set of units.
 * Edge cases: all units equal to the reference: all 1. Errors: RangeError for shapes, weights, distinguishing outside (0, 1].
 * Cost: O(units * items).
 */
export function greyRelation(input: GreyRelationInput): GreyRelationResult {
  const { rows, directions, reference, distinguishing } = input
  if (!(distinguishing > 0 && distinguishing <= 1))
    throw new RangeError(`distinguishing must lie in (0, 1], got ${distinguishing}`)
  const matrix = readMatrix(rows, 1)
  if (matrix.kind === 'cannot') return matrix
  if (input.weights.length !== matrix.items) throw new RangeError(`weights must have ${matrix.items} values`)
  if (reference.kind === 'given' && reference.values.length !== matrix.items)
    throw new RangeError(`reference.values must have ${matrix.items} values, got ${reference.values.length}`)
  const weights = normalisedWeights(input.weights)
  const all = reference.kind === 'given' ? [...matrix.values, [...reference.values]] : matrix.values
  const scaled = normaliseMatrix({ rows: all, directions, method: 'min-max', whenConstant: 1 })
  if (scaled.kind === 'cannot') return scaled as Cannot<MatrixProblem>
  const target = reference.kind === 'given' ? scaled.rows.at(-1)! : directions.map((_, j) => bestOf(scaled.rows, j))
  const distances = matrix.values.map((_, i) => scaled.rows[i]!.map((value, j) => Math.abs(target[j]! - value)))
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (const row of distances) {
    for (const distance of row) {
      least = Math.min(least, distance)
      most = Math.max(most, distance)
    }
  }
  const coefficients = distances.map((row) =>
    row.map((distance) => (most === 0 ? 1 : (least + distinguishing * most) / (distance + distinguishing * most))),
  )
  const grades = coefficients.map((row) => row.reduce((sum, value, j) => sum + weights[j]! * value, 0))
  return { kind: 'grades', grades, coefficients }
}

function bestOf(rows: readonly (readonly number[])[], j: number): number {
  return rows.reduce((best, row) => Math.max(best, row[j]!), 0)
}
