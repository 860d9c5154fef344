import type { Cannot } from '../cannot.ts'
import { type JudgementMatrix, type JudgementProblem, type JudgementScale, readJudgements } from './judgement-matrix.ts'
import { leastSquaresLogPriorities } from './log-least-squares.ts'
import { principalEigenvector } from './principal-eigenvector.ts'
import { LARGEST_TABULATED_ITEMS, randomIndex, type RandomIndexTable } from './random-index.ts'

export interface AhpInput {
  matrix: JudgementMatrix
  /** 'eigenvector' (Saaty) or 'geometric-mean' (logarithmic least squares). */
  method: 'eigenvector' | 'geometric-mean'
  randomIndexTable: RandomIndexTable
  /** Default 'saaty': judgements from 1/9 to 9. */
  scale?: JudgementScale
  /** See `readJudgements`. */
  reciprocalTolerance?: number
}

export interface Consistency {
  /** Principal eigenvalue; n for judgements without contradiction. For 'geometric-mean' the mean of (A w)i / wi. */
  largestEigenvalue: number
  /** (largestEigenvalue - n) / (n - 1); 0 for n up to 2. */
  index: number
  /** Null where no random index is tabulated (n above 15). */
  randomIndex: number | null
  /** index / randomIndex; at most 0.1 is the usual demand. 0 where judgements cannot contradict (n up to 2, a tree of comparisons). */
  ratio: number | null
  /** Mean squared logarithm of a_ij w_j / w_i, per degree of freedom (Aguaron and Moreno-Jimenez 2003); 0 where there is none. */
  geometricIndex: number
}

export type AhpResult =
  | {
      kind: 'priorities'
      /** Sum 1, all positive. */
      weights: number[]
      consistency: Consistency
      /** Number of pairs nobody judged. */
      missingPairs: number
    }
  | Cannot<JudgementProblem>

/**
 * Weights from pairwise judgements: analytic hierarchy process.
 *
 * When to use: people can say "twice as important" about pairs but not 0.37 about an item; the consistency ratio shows contradictions.
 * Formula in words: 'eigenvector': the principal eigenvector of the judgement matrix, scaled to sum 1; a missing judgement counts 0 and
 * adds 1 to the diagonal of its row (Harker). 'geometric-mean': the row's geometric mean, scaled; with missing judgements the least
 * squares solution over the logarithms of those known.
 * Sources: Saaty (1980), The Analytic Hierarchy Process; Harker (1987), Mathematical Modelling 9:353-360 (incomplete); Crawford and
 * Williams (1985), Journal of Mathematical Psychology 29:387-405 (geometric mean); Bozoki, Fulop and Ronyai (2010), Mathematical and
 * Computer Modelling 52:318-333 (incomplete); Aguaron and Moreno-Jimenez (2003), European Journal of Operational Research 147:137-145.
 * Conventions: both methods agree for consistent judgements and for n = 3. The ratio is calibrated for the eigenvector; for the geometric
 * mean use `geometricIndex` (0.1 corresponds to 0.31 at n = 3, 0.35 at 4, 0.37 above).
 * Edge cases: see `readJudgements`; n = 1 gives the weight 1. Errors: RangeError for shapes and an unknown table.
 * Cost: O(n squared) a step of the power iteration; O(n cubed) for 'geometric-mean' with missing judgements.
 */
export function ahpPriorities(input: AhpInput): AhpResult {
  const { matrix, method, randomIndexTable, scale = 'saaty', reciprocalTolerance } = input
  const read = readJudgements(matrix, scale, reciprocalTolerance)
  if (read.kind === 'cannot') return read
  const { values, missing } = read
  const missingInRow = values.map((row) => row.filter((value) => value === null).length)
  if (method === 'eigenvector') {
    const { vector, eigenvalue } = principalEigenvector(values, missingInRow)
    const consistency = consistencyOf(values, vector, eigenvalue, missing, randomIndexTable)
    return { kind: 'priorities', weights: vector, consistency, missingPairs: missing }
  }
  const weights = leastSquaresLogPriorities(values)
  const eigenvalue = weights.reduce((sum, weight, i) => {
    const row = values[i]!.reduce((total: number, value, j) => total + (value ?? 0) * weights[j]!, 0)
    return sum + (row / weight + missingInRow[i]!) / weights.length
  }, 0)
  const consistency = consistencyOf(values, weights, eigenvalue, missing, randomIndexTable)
  return { kind: 'priorities', weights, consistency, missingPairs: missing }
}

function consistencyOf(
  values: readonly (readonly (number | null)[])[],
  weights: readonly number[],
  eigenvalue: number,
  missing: number,
  table: RandomIndexTable,
): Consistency {
  const n = weights.length
  const freedom = ((n - 1) * (n - 2)) / 2 - missing
  let squares = 0
  values.forEach((row, i) => {
    row.forEach((value, j) => {
      if (j > i && value !== null) squares += Math.log((value * weights[j]!) / weights[i]!) ** 2
    })
  })
  const tabulated = n <= LARGEST_TABULATED_ITEMS ? randomIndex(n, table, missing) : null
  const certain = freedom <= 0
  // Rounding may leave the eigenvalue a hair below n.
  const index = certain ? 0 : Math.max(0, (eigenvalue - n) / (n - 1))
  return {
    largestEigenvalue: eigenvalue,
    index,
    randomIndex: tabulated,
    ratio: certain ? 0 : tabulated === null ? null : index / tabulated,
    geometricIndex: certain ? 0 : squares / freedom,
  }
}
