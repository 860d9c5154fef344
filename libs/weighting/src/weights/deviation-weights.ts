import type { Cannot } from '../cannot.ts'
import { euclideanLength, largest, smallest } from '../normalisation/column-figures.ts'
import { type DecisionMatrix, type MatrixProblem, readMatrix } from '../normalisation/decision-matrix.ts'

export type SpreadMeasure =
  /** Standard deviation after min-max: free of unit and of zero point. */
  | 'min-max-deviation'
  /** Standard deviation over mean: for figures on a ratio scale, mean above 0. */
  | 'coefficient-of-variation'

export type DeviationResult =
  | { kind: 'weights'; weights: number[]; spreads: number[] }
  | Cannot<MatrixProblem | 'no-spread' | 'mean-not-positive'>

/**
 * Weights in proportion to the spread of each item.
 *
 * When to use: the simplest weights from data; like all of them they reward spread, also the spread of noise.
 * Formula in words: per item the standard deviation of the min-max scaled figures, or the coefficient of variation, over their sum.
 * Sources: Wang and Luo (2010), Mathematical and Computer Modelling 51:1-12, section 2.3 (standard deviation); Pearson (1896) for the
 * coefficient.
 * Conventions: direction plays no part (min-max of a cost has the same deviation); divisor n - 1, which cancels.
 * Edge cases: a constant item weighs 0; all constant: 'no-spread'; under 'coefficient-of-variation' a column whose mean is not above 0 is
 * 'mean-not-positive', unless it is constant; one unit: 'too-few'. Errors: RangeError for shapes. Cost: O(units * items).
 */
export function deviationWeights(rows: DecisionMatrix, measure: SpreadMeasure): DeviationResult {
  const matrix = readMatrix(rows, 2)
  if (matrix.kind === 'cannot') return matrix
  const spreads: number[] = []
  for (let j = 0; j < matrix.items; j++) {
    const column = matrix.values.map((row) => row[j]!)
    const low = smallest(column)
    const high = largest(column)
    const mean = column.reduce((sum, value) => sum + value / column.length, 0)
    if (low === high) {
      spreads.push(0)
      continue
    }
    const deviation = euclideanLength(column.map((value) => value - mean)) / Math.sqrt(column.length - 1)
    if (measure === 'coefficient-of-variation' && !(mean > 0))
      return { kind: 'cannot', because: 'mean-not-positive', detail: `column ${j} has mean ${mean}` }
    spreads.push(deviation / (measure === 'coefficient-of-variation' ? mean : high - low))
  }
  const total = spreads.reduce((sum, spread) => sum + spread, 0)
  if (total === 0) return { kind: 'cannot', because: 'no-spread', detail: 'all units are equal in every item' }
  return { kind: 'weights', weights: spreads.map((spread) => spread / total), spreads }
}
