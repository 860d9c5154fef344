export interface LuFactors {
  /** x with matrix x = right. */
  solve: (right: Float64Array) => Float64Array
  /** x with transposed matrix x = right. */
  solveTransposed: (right: Float64Array) => Float64Array
}

/**
 * Triangular factors of a small square matrix, for solving with it and its transpose.
 *
 * When to use: through `solveProgramme`.
 * Formula in words: Gaussian elimination with partial pivoting.
 * Source: Golub and Van Loan (2013), Matrix Computations, section 3.4. Arguments: the matrix by its columns, m x m.
 * Edge cases: null when a pivot is 0 or not finite (a singular matrix). Cost: O(m cubed), solving O(m squared).
 */
export function factorise(columns: readonly Float64Array[]): LuFactors | null {
  const m = columns.length
  const rows = Array.from({ length: m }, (_, i) => Float64Array.from(columns, (column) => column[i]!))
  const order = Array.from({ length: m }, (_, i) => i)
  for (let k = 0; k < m; k++) {
    let pivot = k
    for (let i = k + 1; i < m; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i
    if (!(Math.abs(rows[pivot]![k]!) > 0)) return null
    ;[rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!]
    ;[order[k], order[pivot]] = [order[pivot]!, order[k]!]
    for (let i = k + 1; i < m; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!
      rows[i]![k] = factor
      if (factor !== 0) for (let j = k + 1; j < m; j++) rows[i]![j]! -= factor * rows[k]![j]!
    }
  }
  return {
    solve: (right) => {
      const x = Float64Array.from(order, (i) => right[i]!)
      for (let i = 1; i < m; i++) for (let j = 0; j < i; j++) x[i]! -= rows[i]![j]! * x[j]!
      for (let i = m - 1; i >= 0; i--) {
        for (let j = i + 1; j < m; j++) x[i]! -= rows[i]![j]! * x[j]!
        x[i]! /= rows[i]![i]!
      }
      return x
    },
    solveTransposed: (right) => {
      const y = right.slice()
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < i; j++) y[i]! -= rows[j]![i]! * y[j]!
        y[i]! /= rows[i]![i]!
      }
      for (let i = m - 1; i >= 0; i--) for (let j = i + 1; j < m; j++) y[i]! -= rows[j]![i]! * y[j]!
      const x = new Float64Array(m)
      order.forEach((from, i) => {
        x[from] = y[i]!
      })
      return x
    },
  }
}
