/** k x k zeros. Small dense matrices as arrays of rows; Golub and Van Loan (2013), chapter 1. */
export function zeros(k: number): number[][] {
  return Array.from({ length: k }, () => Array.from({ length: k }, () => 0))
}

/** The product of two matrices whose inner sizes agree. O(k cubed). */
export function multiply(left: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] {
  return left.map((row) =>
    right[0]!.map((_, j) => {
      let sum = 0
      for (let m = 0; m < row.length; m++) sum += row[m]! * right[m]![j]!
      return sum
    }),
  )
}

/** The product of a matrix and a vector. O(k squared). */
export function timesVector(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => {
    let sum = 0
    for (let m = 0; m < row.length; m++) sum += row[m]! * vector[m]!
    return sum
  })
}

/** v' M v. O(k squared). */
export function quadratic(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  const image = timesVector(matrix, vector)
  let sum = 0
  for (let m = 0; m < vector.length; m++) sum += vector[m]! * image[m]!
  return sum
}

/**
 * Lower triangle L with L L' = matrix, for symmetric positive definite matrices.
 * Source: Golub and Van Loan (2013), algorithm 4.2.1. Errors: RangeError when a pivot is not positive. O(k cubed).
 */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const k = matrix.length
  const lower = zeros(k)
  for (let j = 0; j < k; j++) {
    for (let i = j; i < k; i++) {
      let sum = matrix[i]![j]!
      for (let m = 0; m < j; m++) sum -= lower[i]![m]! * lower[j]![m]!
      if (i === j && !(sum > 0)) throw new RangeError('matrix must be positive definite')
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!
    }
  }
  return lower
}

/** Solution of L L' x = b for the triangle of `cholesky`. Golub and Van Loan (2013), section 4.2.5. O(k squared). */
export function choleskySolve(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const x = [...right]
  for (let i = 0; i < x.length; i++) {
    for (let m = 0; m < i; m++) x[i]! -= lower[i]![m]! * x[m]!
    x[i]! /= lower[i]![i]!
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let m = i + 1; m < x.length; m++) x[i]! -= lower[m]![i]! * x[m]!
    x[i]! /= lower[i]![i]!
  }
  return x
}
