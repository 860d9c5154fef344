import { chiSquareTail } from '../distributions/chi-square-tail.ts'
import { type Cannot, requireCount } from '../estimates/estimate.ts'

export interface ChiSquareTest {
  kind: 'test'
  chiSquare: number
  degreesOfFreedom: number
  pValue: number
  /** The smallest expected count; below 5 the p-value is rough (Cochran 1954). */
  smallestExpected: number
}

/**
 * Pearson's chi-square test of a table of counts against independence.
 *
 * When to use: do several arms differ in shares; rows are arms, columns outcomes.
 * Formula in words: sum of (observed - expected) squared over expected, expected from the margins; p is the upper tail itself, not a
 * difference from 1.
 * Source: Pearson (1900), Philosophical Magazine 50:157-175; Fisher (1922) (degrees of freedom). No continuity correction.
 * Edge cases: rows or columns without counts are left out; fewer than two of either 'too-few'.
 * Errors: RangeError for counts not whole or rows of different lengths. Cost: O(cells).
 */
export function chiSquareTest(table: readonly (readonly number[])[]): ChiSquareTest | Cannot<'too-few'> {
  const columns = table[0]?.length ?? 0
  const columnSums = Array.from({ length: columns }, () => 0)
  const rowSums = table.map((row, i) => {
    if (row.length !== columns) throw new RangeError('table must have rows of one length')
    let sum = 0
    row.forEach((count, j) => {
      requireCount(count, `table[${i}][${j}]`)
      sum += count
      columnSums[j]! += count
    })
    return sum
  })
  const total = rowSums.reduce((sum, count) => sum + count, 0)
  const degreesOfFreedom =
    (rowSums.filter((sum) => sum > 0).length - 1) * (columnSums.filter((sum) => sum > 0).length - 1)
  if (!(degreesOfFreedom > 0))
    return { kind: 'cannot', because: 'too-few', detail: 'at least two rows and two columns with counts are needed' }
  let [chiSquare, smallestExpected] = [0, Number.POSITIVE_INFINITY]
  table.forEach((row, i) =>
    row.forEach((count, j) => {
      const expected = (rowSums[i]! / total) * columnSums[j]!
      if (expected === 0) return
      chiSquare += (count - expected) ** 2 / expected
      smallestExpected = Math.min(smallestExpected, expected)
    }),
  )
  const pValue = chiSquareTail(chiSquare, degreesOfFreedom, 'upper')
  return { kind: 'test', chiSquare, degreesOfFreedom, pValue, smallestExpected }
}
