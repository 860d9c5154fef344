const TOLERANCE = 1e-12
const MOST_STEPS = 1_000_000

/**
 * Principal eigenvector and eigenvalue of a non-negative matrix with positive diagonal in which every item is reached from every other.
 *
 * When to use: priorities from pairwise judgements; through `ahpPriorities`.
 * Formula in words: multiply, scale to sum 1, until no element changes by more than 1e-12 of itself; the eigenvalue is the sum of the
 * product of the matrix and the vector.
 * Source: power iteration, von Mises and Pollaczek-Geiringer (1929), ZAMM 9:152-164; convergence by Perron (1907) and Frobenius (1912).
 * Arguments: `diagonalAdded` a number per item, added to the diagonal; null elsewhere counts as 0.
 * Errors: RangeError when a million steps do not converge. Cost: O(n squared) a step; some ten steps for judgements of people, thousands
 * for a long chain of single comparisons.
 */
export function principalEigenvector(
  matrix: readonly (readonly (number | null)[])[],
  diagonalAdded: readonly number[],
): { vector: number[]; eigenvalue: number } {
  let vector = matrix.map(() => 1 / matrix.length)
  for (let step = 0; step < MOST_STEPS; step++) {
    const product = times(matrix, diagonalAdded, vector)
    const sum = product.reduce((total, value) => total + value, 0)
    const next = product.map((value) => value / sum)
    const settled = next.every((value, i) => Math.abs(value - vector[i]!) <= TOLERANCE * value)
    vector = next
    if (settled) return { vector, eigenvalue: times(matrix, diagonalAdded, vector).reduce((a, b) => a + b, 0) }
  }
  throw new RangeError('matrix does not let the power iteration converge')
}

function times(
  matrix: readonly (readonly (number | null)[])[],
  diagonalAdded: readonly number[],
  vector: readonly number[],
): number[] {
  return matrix.map((row, i) => {
    let sum = diagonalAdded[i]! * vector[i]!
    row.forEach((value, j) => {
      if (value !== null) sum += value * vector[j]!
    })
    return sum
  })
}
