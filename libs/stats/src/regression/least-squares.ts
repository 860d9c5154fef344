import { Matrix, QrDecomposition } from 'ml-matrix'

/** A fit by least squares. Vectors run over coefficients (k) or observations (T). */
export interface LeastSquaresFit {
  kind: 'fit'
  coefficients: number[]
  /** T predictions, in units of the response. */
  fitted: number[]
  /** T observed - fitted, unweighted. */
  residuals: number[]
  /** k x k inverse of X'WX; times `residualVariance` it is the ordinary covariance of the coefficients. */
  unscaledCovariance: number[][]
  /** T x k rows weight * residual * x, what a sandwich covariance is made of. */
  scores: number[][]
  /** Sum of weight * residual squared. */
  residualSumOfSquares: number
  /** The above over `degreesOfFreedom`; NaN when that is 0. */
  residualVariance: number
  /** T - k, observations of weight 0 not counted. */
  degreesOfFreedom: number
}

export type LeastSquaresResult =
  | LeastSquaresFit
  | { kind: 'cannot'; because: 'too-few' | 'collinear' | 'not-finite'; detail: string }

const USUAL_RANK_TOLERANCE = 1e-10

/**
 * Linear least squares, optionally weighted.
 *
 * When to use: trend lines, segmented regression, any model linear in its coefficients.
 * Formula in words: every row times the root of its weight, every column scaled to length 1, Householder QR, back substitution, and one
 * step of correction with the residuals; never the normal equations.
 * Sources: Golub and Van Loan (2013), section 5.3; Higham (2002), section 20.5 (fixed-precision refinement); van der Sluis (1969)
 * (scaling).
 * Arguments: `rows` T x k (put the constant 1 in yourself), `response` T, `weights` T, >= 0, default 1 (proportional to 1 / variance).
 * `rankTolerance`: a column whose part outside the span of the earlier ones is below this share of its length counts as collinear.
 * Edge cases: T < k gives 'too-few'; dependent columns 'collinear', the detail naming the column; NaN or infinite data 'not-finite'.
 * Errors: RangeError for shapes that do not agree, no columns, negative weights. Cost: O(T k squared).
 */
export function leastSquares(input: {
  rows: readonly (readonly number[])[]
  response: readonly number[]
  weights?: readonly number[] | undefined
  rankTolerance?: number
}): LeastSquaresResult {
  const { rows, response, weights, rankTolerance = USUAL_RANK_TOLERANCE } = input
  const k = requireShapes(rows, response, weights)
  if (!allFinite(rows, response, weights)) {
    return {
      kind: 'cannot',
      because: 'not-finite',
      detail: 'design, response or weights hold a value that is not finite',
    }
  }
  const used = weights ? weights.filter((weight) => weight > 0).length : rows.length
  if (used < k) return { kind: 'cannot', because: 'too-few', detail: `${used} observations for ${k} coefficients` }
  const roots = rows.map((_, i) => Math.sqrt(weights ? weights[i]! : 1))
  const design = rows.map((row, i) => row.map((x) => x * roots[i]!))
  const lengths = columnLengths(design, k)
  const empty = lengths.indexOf(0)
  if (empty >= 0) return { kind: 'cannot', because: 'collinear', detail: `column ${empty} is zero throughout` }
  const scaled = new Matrix(design.map((row) => row.map((x, j) => x / lengths[j]!)))
  const qr = new QrDecomposition(scaled)
  const triangle = qr.upperTriangularMatrix.to2DArray()
  const dependent = triangle.findIndex((row, j) => Math.abs(row[j]!) <= rankTolerance)
  if (dependent >= 0) {
    return { kind: 'cannot', because: 'collinear', detail: `column ${dependent} follows from the columns before it` }
  }
  const target = response.map((y, i) => y * roots[i]!)
  const first = qr.solve(Matrix.columnVector(target)).to1DArray()
  const rest = target.map((y, i) => y - dot(scaled.getRow(i), first))
  const correction = qr.solve(Matrix.columnVector(rest)).to1DArray()
  const coefficients = first.map((b, j) => (b + correction[j]!) / lengths[j]!)
  return describeFit({ rows, response, weights, coefficients, triangle, lengths, used })
}

function describeFit(state: {
  rows: readonly (readonly number[])[]
  response: readonly number[]
  weights: readonly number[] | undefined
  coefficients: number[]
  triangle: number[][]
  lengths: number[]
  used: number
}): LeastSquaresFit {
  const { rows, response, weights, coefficients, lengths } = state
  const fitted = rows.map((row) => dot(row, coefficients))
  const residuals = response.map((y, i) => y - fitted[i]!)
  const weightOf = (i: number) => (weights ? weights[i]! : 1)
  let residualSumOfSquares = 0
  residuals.forEach((e, i) => {
    residualSumOfSquares += weightOf(i) * e * e
  })
  const degreesOfFreedom = state.used - coefficients.length
  return {
    kind: 'fit',
    coefficients,
    fitted,
    residuals,
    unscaledCovariance: inverseOfCrossProduct(state.triangle, lengths),
    scores: rows.map((row, i) => row.map((x) => weightOf(i) * residuals[i]! * x)),
    residualSumOfSquares,
    residualVariance: degreesOfFreedom > 0 ? residualSumOfSquares / degreesOfFreedom : Number.NaN,
    degreesOfFreedom,
  }
}

/** (R'R)^-1 = R^-1 R^-T, with the scaling of the columns undone. */
function inverseOfCrossProduct(triangle: number[][], lengths: number[]): number[][] {
  const k = lengths.length
  const inverse = Array.from({ length: k }, () => Array.from({ length: k }, () => 0))
  for (let j = 0; j < k; j++) {
    inverse[j]![j] = 1 / triangle[j]![j]!
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0
      for (let m = i + 1; m <= j; m++) sum += triangle[i]![m]! * inverse[m]![j]!
      inverse[i]![j] = -sum / triangle[i]![i]!
    }
  }
  return inverse.map((row, i) => inverse.map((other, j) => dot(row, other) / lengths[i]! / lengths[j]!))
}

function requireShapes(
  rows: readonly (readonly number[])[],
  response: readonly number[],
  weights: readonly number[] | undefined,
): number {
  const k = rows[0]?.length ?? 0
  if (k === 0) throw new RangeError('rows must hold at least one row with at least one column')
  if (rows.some((row) => row.length !== k)) throw new RangeError('rows must all have the same length')
  if (response.length !== rows.length)
    throw new RangeError(`response must have ${rows.length} values, got ${response.length}`)
  if (weights && weights.length !== rows.length) {
    throw new RangeError(`weights must have ${rows.length} values, got ${weights.length}`)
  }
  if (weights?.some((weight) => weight < 0)) throw new RangeError('weights must be at least 0')
  return k
}

function allFinite(
  rows: readonly (readonly number[])[],
  response: readonly number[],
  weights: readonly number[] | undefined,
): boolean {
  const finite = (values: readonly number[]) => values.every(Number.isFinite)
  return finite(response) && (!weights || finite(weights)) && rows.every(finite)
}

function columnLengths(design: number[][], k: number): number[] {
  // Row by row: a call that takes a value for every row would not hold a hundred thousand of them.
  const largest = new Array<number>(k).fill(0)
  for (const row of design) for (let j = 0; j < k; j++) largest[j] = Math.max(largest[j]!, Math.abs(row[j]!))
  const squares = new Array<number>(k).fill(0)
  for (const row of design) for (let j = 0; j < k; j++) if (largest[j]! > 0) squares[j]! += (row[j]! / largest[j]!) ** 2
  return squares.map((sum, j) => largest[j]! * Math.sqrt(sum))
}

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0
  for (let j = 0; j < left.length; j++) sum += left[j]! * right[j]!
  return sum
}
