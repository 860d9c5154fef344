/**
 * Priorities by least squares over logarithms of the known judgements.
 *
 * When to use: through `ahpPriorities`, method 'geometric-mean'.
 * Formula in words: minimise the sum over known pairs of (log judgement - log w_i + log w_j) squared; for a full matrix that is the
 * geometric mean of each row. Otherwise the equations of the graph of comparisons, the first logarithm held at 0.
 * Source: Crawford and Williams (1985), Journal of Mathematical Psychology 29:387-405; Bozoki, Fulop and Ronyai (2010), Mathematical and
 * Computer Modelling 52:318-333, theorem 4. Arguments: reciprocal, connected, n x n.
 * Cost: O(n squared), with gaps O(n cubed).
 */
export function leastSquaresLogPriorities(values: readonly (readonly (number | null)[])[]): number[] {
  const n = values.length
  const rowSums = values.map((row) =>
    row.reduce((sum: number, value) => sum + (value === null ? 0 : Math.log(value)), 0),
  )
  const full = values.every((row) => row.every((value) => value !== null))
  const logs = full ? rowSums.map((sum) => sum / n) : [0, ...solveGraph(values, rowSums)]
  const largest = Math.max(...logs)
  const raw = logs.map((log) => Math.exp(log - largest))
  const total = raw.reduce((sum, value) => sum + value, 0)
  return raw.map((value) => value / total)
}

/** Logarithms of items 1 to n - 1. The matrix is symmetric, positive definite and diagonally dominant: elimination needs no pivoting. */
function solveGraph(values: readonly (readonly (number | null)[])[], rowSums: readonly number[]): number[] {
  const size = values.length - 1
  const rows = Array.from({ length: size }, (_, a) => {
    const row = values[a + 1]!
    const degree = row.filter((value, j) => value !== null && j !== a + 1).length
    return [...row.slice(1).map((value, b) => (a === b ? degree : value === null ? 0 : -1)), rowSums[a + 1]!]
  })
  for (let pivot = 0; pivot < size; pivot++) {
    for (let below = pivot + 1; below < size; below++) {
      const factor = rows[below]![pivot]! / rows[pivot]![pivot]!
      for (let j = pivot; j <= size; j++) rows[below]![j]! -= factor * rows[pivot]![j]!
    }
  }
  const solution = Array.from({ length: size }, () => 0)
  for (let i = size - 1; i >= 0; i--) {
    let rest = rows[i]![size]!
    for (let j = i + 1; j < size; j++) rest -= rows[i]![j]! * solution[j]!
    solution[i] = rest / rows[i]![i]!
  }
  return solution
}
