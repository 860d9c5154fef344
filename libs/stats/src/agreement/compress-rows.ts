import { Matrix, QrDecomposition } from 'ml-matrix'

const BLOCK_ROWS = 500

/**
 * Few rows that stand for many in a least squares problem: same cross products, same residual sum of squares.
 *
 * When to use: through `raterLeniency`, where there are far more ratings than raters.
 * Formula in words: the triangle R of the QR decomposition of [rows, response], made block by block: the triangle so far on top of the next
 * block, decomposed again.
 * Source: Golub and Van Loan (2013), section 6.5.3 (updating by rows); Demmel, Grigori, Hoemmen and Langou (2012), SIAM Journal on Scientific
 * Computing 34:A206-A239 (sequential tall-skinny QR).
 * Arguments: `rows` T x k, `response` T. Result: k + 1 rows, or those given if they are no more than a block.
 * Cost: O(T k squared), memory O(k squared) beside the input.
 */
export function compressRows(
  rows: readonly (readonly number[])[],
  response: readonly number[],
): { rows: number[][]; response: number[] } {
  const k = rows[0]?.length ?? 0
  const block = Math.max(BLOCK_ROWS, 4 * k)
  let kept: number[][] = []
  for (let start = 0; start < rows.length; start += block) {
    const next = rows.slice(start, start + block).map((row, i) => [...row, response[start + i]!])
    kept.push(...next)
    if (rows.length > block && kept.length > k + 1)
      kept = new QrDecomposition(new Matrix(kept)).upperTriangularMatrix.to2DArray()
  }
  return { rows: kept.map((row) => row.slice(0, k)), response: kept.map((row) => row[k]!) }
}
