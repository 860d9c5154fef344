import { type Cannot, requireCount } from '../estimates/estimate.ts'
import type { PairSums } from '../estimates/pair-sums.ts'

/** Sums of several columns over the units of one arm: enough for means and covariances of all of them. */
export interface MomentSums {
  count: number
  /** k sums. */
  sums: readonly number[]
  /** k x k sums of products. */
  products: readonly (readonly number[])[]
}

export interface Moments {
  kind: 'moments'
  count: number
  means: number[]
  /** k x k sample covariance, divisor count - 1. */
  covariance: number[][]
}

/** Centred sums below this share of the raw ones are rounding, as in `momentsOfPairs`. */
const ROUNDING_SHARE = 1e-13

/**
 * Sums of rows with several columns.
 *
 * Source: the definition. Errors: RangeError for rows of different lengths. Cost: O(n k squared).
 */
export function momentSumsOf(rows: readonly (readonly number[])[]): MomentSums {
  const k = rows[0]?.length ?? 0
  const sums = Array.from({ length: k }, () => 0)
  const products = sums.map(() => sums.map(() => 0))
  for (const row of rows) {
    if (row.length !== k) throw new RangeError('rows must have one length')
    for (let i = 0; i < k; i++) {
      sums[i]! += row[i]!
      for (let j = 0; j < k; j++) products[i]![j]! += row[i]! * row[j]!
    }
  }
  return { count: rows.length, sums, products }
}

/** Pair sums as moment sums, in the order x, y. O(1). Source: the definition. */
export function momentSumsOfPairs(pairs: PairSums): MomentSums {
  const { count, sumX, sumY, sumXX, sumXY, sumYY } = pairs
  return {
    count,
    sums: [sumX, sumY],
    products: [
      [sumXX, sumXY],
      [sumXY, sumYY],
    ],
  }
}

/**
 * Means and covariances from sums.
 *
 * Source: Chan, Golub and LeVeque (1983), The American Statistician 37:242-247; spread below 1e-13 of the raw sum of squares counts as 0, so
 * subtract a constant first where values are large.
 * Edge cases: fewer than two units 'too-few'; sums not finite 'not-finite'; negative variances beyond rounding 'inconsistent'.
 * Errors: RangeError for a count not whole or shapes that do not agree. Cost: O(k squared).
 */
export function momentsOf(input: MomentSums): Moments | Cannot<'too-few' | 'not-finite' | 'inconsistent'> {
  const { count, sums, products } = input
  requireCount(count, 'count')
  if (products.length !== sums.length || products.some((row) => row.length !== sums.length))
    throw new RangeError(`products must be ${sums.length} x ${sums.length}`)
  if (count < 2) return { kind: 'cannot', because: 'too-few', detail: 'at least two units are needed in each arm' }
  if (![...sums, ...products.flat()].every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a sum is not a finite number' }
  const means = sums.map((sum) => sum / count)
  const still = sums.map((sum, i) => {
    const centred = products[i]![i]! - means[i]! * sum
    return Math.abs(centred) <= ROUNDING_SHARE * products[i]![i]!
  })
  const covariance = products.map((row, i) =>
    row.map((product, j) => (still[i] || still[j] ? 0 : (product - means[i]! * sums[j]!) / (count - 1))),
  )
  if (covariance.some((row, i) => row[i]! < 0))
    return { kind: 'cannot', because: 'inconsistent', detail: 'no data have these sums' }
  return { kind: 'moments', count, means, covariance }
}
