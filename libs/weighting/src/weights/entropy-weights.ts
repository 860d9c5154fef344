import type { Cannot } from '../cannot.ts'
import {
  type DecisionMatrix,
  type Direction,
  type MatrixProblem,
  readMatrix,
  requireDirections,
} from '../normalisation/decision-matrix.ts'
import { normaliseMatrix } from '../normalisation/normalise-matrix.ts'

export type EntropyNormalisation =
  /** Each figure over its column's sum, as it stands; figures must not be negative. Directions play no part. */
  | { kind: 'sum' }
  /** Min-max by direction first, then `shift` > 0 added (usual: 0.0001 to 1), then over the sum. */
  | { kind: 'min-max-shifted'; directions: readonly Direction[]; shift: number }

export type EntropyResult =
  | {
      kind: 'weights'
      weights: number[]
      /** Per item, in [0, 1]: 1 when all units are equal. */
      entropies: number[]
    }
  | Cannot<MatrixProblem | 'negative' | 'no-spread'>

/**
 * Entropy weights: items that tell units apart get more weight.
 *
 * When to use: weights from data alone, for items whose spread means difference in performance and not noise; small denominators make
 * spread of their own, so shrink first.
 * Formula in words: per item the shares p of the units in the column's sum; entropy = -(sum of p ln p) / ln(number of units); weight in
 * proportion to 1 - entropy.
 * Sources: Shannon (1948); Hwang and Yoon (1981), Multiple Attribute Decision Making, section 3.2.2; Zou, Yun and Sun (2006), Journal of
 * Environmental Sciences 18:1020-1023 (min-max before entropy).
 * Conventions: 0 ln 0 = 0. The base of the logarithm cancels. `normalisation` has no default because it changes the weights: 'sum' depends
 * on the zero point of a scale (degrees, indices with an offset), 'min-max-shifted' does not, but on `shift`.
 * Edge cases: a column of equal figures, zeros included, has entropy 1 and weight 0; every column so: 'no-spread'; one unit: 'too-few';
 * a negative figure under 'sum': 'negative'. Errors: RangeError for shapes, shift not above 0. Cost: O(units * items).
 */
export function entropyWeights(rows: DecisionMatrix, normalisation: EntropyNormalisation): EntropyResult {
  if (normalisation.kind === 'min-max-shifted' && !(normalisation.shift > 0 && Number.isFinite(normalisation.shift)))
    throw new RangeError(`shift must be finite and above 0, got ${normalisation.shift}`)
  const matrix = readMatrix(rows, 2)
  if (matrix.kind === 'cannot') return matrix
  let values = matrix.values
  if (normalisation.kind === 'min-max-shifted') {
    requireDirections(normalisation.directions, matrix.items)
    const scaled = normaliseMatrix({ rows, directions: normalisation.directions, method: 'min-max', whenConstant: 0 })
    if (scaled.kind === 'cannot') throw new RangeError(scaled.detail)
    values = scaled.rows.map((row) => row.map((value) => value + normalisation.shift))
  }
  for (const [i, row] of values.entries()) {
    const j = row.findIndex((value) => value < 0)
    if (j >= 0) return { kind: 'cannot', because: 'negative', detail: `row ${i}, column ${j} is below 0` }
  }
  const entropies = Array.from({ length: matrix.items }, (_, j) => entropyOf(values.map((row) => row[j]!)))
  const contrast = entropies.map((entropy) => 1 - entropy)
  const total = contrast.reduce((sum, part) => sum + part, 0)
  if (total === 0) return { kind: 'cannot', because: 'no-spread', detail: 'all units are equal in every item' }
  return { kind: 'weights', weights: contrast.map((part) => part / total), entropies }
}

function entropyOf(column: readonly number[]): number {
  if (column.every((value) => value === column[0])) return 1
  // Over the largest first: a sum of enormous figures must not overflow.
  const largest = column.reduce((most, value) => Math.max(most, value), 0)
  const total = column.reduce((sum, value) => sum + value / largest, 0)
  let sum = 0
  for (const value of column) {
    const share = value / largest / total
    if (share > 0) sum -= share * Math.log(share)
  }
  return Math.min(1, Math.max(0, sum / Math.log(column.length)))
}
