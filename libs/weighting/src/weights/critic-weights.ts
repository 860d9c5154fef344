import type { Cannot } from '../cannot.ts'
import { euclideanLength } from '../normalisation/column-figures.ts'
import type { DecisionMatrix, Direction, MatrixProblem } from '../normalisation/decision-matrix.ts'
import { readMatrix, requireDirections } from '../normalisation/decision-matrix.ts'
import { normaliseMatrix } from '../normalisation/normalise-matrix.ts'

export type CriticResult =
  | {
      kind: 'weights'
      weights: number[]
      /** Standard deviation (divisor n - 1) of each item after min-max; 0 for a constant one. */
      deviations: number[]
      /** Sum over the other varying items of 1 - correlation. */
      conflicts: number[]
    }
  | Cannot<MatrixProblem | 'no-spread' | 'no-conflict'>

/**
 * CRITIC weights (criteria importance through intercriteria correlation): spread times what no other item says already.
 *
 * When to use: weights from data where several items measure nearly the same thing; entropy would count it several times.
 * Formula in words: min-max by direction; per item its standard deviation times the sum over the other items of 1 - Pearson correlation;
 * weights in proportion to that.
 * Source: Diakoulaki, Mavrotas and Papayannakis (1995), Computers and Operations Research 22:763-770, equations 1 to 5.
 * Conventions: the divisor of the deviation cancels. A constant item has no correlation: it gets weight 0 and is left out of the others'
 * sums (the source is silent). One varying item only gets weight 1.
 * Edge cases: no item varies: 'no-spread'; all varying items correlate perfectly: 'no-conflict'; one unit: 'too-few'. With two units
 * every correlation is +-1. Errors: RangeError for shapes. Cost: O(units * items squared).
 */
export function criticWeights(rows: DecisionMatrix, directions: readonly Direction[]): CriticResult {
  const matrix = readMatrix(rows, 2)
  if (matrix.kind === 'cannot') return matrix
  requireDirections(directions, matrix.items)
  const scaled = normaliseMatrix({ rows, directions, method: 'min-max', whenConstant: 0 })
  if (scaled.kind === 'cannot') throw new RangeError(scaled.detail)
  const centred = directions.map((_, j) => centre(scaled.rows.map((row) => row[j]!)))
  const lengths = centred.map(euclideanLength)
  const deviations = lengths.map((length) => length / Math.sqrt(matrix.units - 1))
  const varying = lengths.flatMap((length, j) => (length > 0 ? [j] : []))
  if (varying.length === 0) return { kind: 'cannot', because: 'no-spread', detail: 'all units are equal in every item' }
  const conflicts = lengths.map((length, j) => {
    if (length === 0) return 0
    let conflict = 0
    for (const k of varying) {
      if (k !== j) conflict += 1 - correlation(centred[j]!, centred[k]!, length * lengths[k]!)
    }
    return conflict
  })
  const information = varying.length === 1 ? deviations : deviations.map((deviation, j) => deviation * conflicts[j]!)
  const total = information.reduce((sum, part) => sum + part, 0)
  if (total <= NO_CONFLICT)
    return { kind: 'cannot', because: 'no-conflict', detail: 'all varying items rise and fall together' }
  return { kind: 'weights', weights: information.map((part) => part / total), deviations, conflicts }
}

/** Perfect correlations leave some units in the last place of 1. */
const NO_CONFLICT = 1e-12

function centre(column: readonly number[]): number[] {
  const first = column[0]!
  if (column.every((value) => value === first)) return column.map(() => 0)
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length
  return column.map((value) => value - mean)
}

function correlation(left: readonly number[], right: readonly number[], lengths: number): number {
  let sum = 0
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!
  return Math.min(1, Math.max(-1, sum / lengths))
}
