import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { type Cannot, describeEstimate, type Estimate } from '../estimates/estimate.ts'
import { leastSquares } from '../regression/least-squares.ts'
import { cholesky, multiply, quadratic, timesVector, zeros } from './dense.ts'

export interface ClusteredFit {
  kind: 'fit'
  coefficients: number[]
  /** k x k cluster-robust covariance (CR2). */
  covariance: number[][]
  clusters: number
  /** Per cluster X' A X and X' A A X, k x k each: what degrees of freedom are made of. */
  adjusted: { once: number[][]; twice: number[][] }[]
  /** (X'X)^-1. */
  unscaledCovariance: number[][]
}

export type ClusteredResult = ClusteredFit | Cannot<'too-few' | 'collinear' | 'not-finite'>

/** Eigenvalues of a cluster's share of the hat matrix this close to 1 count as 1: that direction belongs to the cluster alone. */
const WHOLE = 1 - 1e-10

/**
 * Least squares with cluster-robust errors that hold for few clusters (CR2).
 *
 * When to use: rows come in clusters (branches, agents, days) and were treated by cluster, or errors within a cluster are alike; from some
 * five clusters a side.
 * Formula in words: ordinary coefficients; the residuals of each cluster are multiplied by the inverse square root of (I - hat matrix of the
 * cluster), so that the covariance is unbiased if errors were independent; directions that belong to one cluster only are left out. All is
 * done with k x k matrices, since the hat matrix of a cluster has rank k at most.
 * Sources: Bell and McCaffrey (2002), Survey Methodology 28:169-181; Pustejovsky and Tipton (2018), J Business & Economic Statistics
 * 36:672-683, equations 5 and 7. R: clubSandwich::vcovCR(type = "CR2").
 * Arguments: `rows` T x k, `response` T, `clusters` T names. Units: those of the coefficients.
 * Edge cases: fewer than two clusters 'too-few'; otherwise as `leastSquares`. Errors: RangeError for shapes that do not agree.
 * Cost: O(T k squared + clusters k cubed).
 */
export function clusteredLeastSquares(input: {
  rows: readonly (readonly number[])[]
  response: readonly number[]
  clusters: readonly (string | number)[]
}): ClusteredResult {
  const { rows, response, clusters } = input
  if (clusters.length !== rows.length)
    throw new RangeError(`clusters must have ${rows.length} values, got ${clusters.length}`)
  const fit = leastSquares({ rows, response })
  if (fit.kind === 'cannot') return fit
  const k = fit.coefficients.length
  const groups = new Map<string | number, { products: number[][]; scores: number[] }>()
  rows.forEach((row, t) => {
    let group = groups.get(clusters[t]!)
    if (!group) {
      group = { products: zeros(k), scores: Array.from({ length: k }, () => 0) }
      groups.set(clusters[t]!, group)
    }
    for (let i = 0; i < k; i++) {
      group.scores[i]! += row[i]! * fit.residuals[t]!
      for (let j = 0; j < k; j++) group.products[i]![j]! += row[i]! * row[j]!
    }
  })
  if (groups.size < 2) return { kind: 'cannot', because: 'too-few', detail: 'at least two clusters are needed' }
  const bread = fit.unscaledCovariance
  const root = cholesky(bread)
  const meat = zeros(k)
  const adjusted = [...groups.values()].map(({ products, scores }) => {
    const { once, twice } = adjustment(products, root)
    const correction = timesVector(products, timesVector(once, scores))
    const score = scores.map((value, i) => value + correction[i]!)
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) meat[i]![j]! += score[i]! * score[j]!
    return { once: sandwich(products, once), twice: sandwich(products, twice) }
  })
  return {
    kind: 'fit',
    coefficients: fit.coefficients,
    covariance: multiply(multiply(bread, meat), bread),
    clusters: groups.size,
    adjusted,
    unscaledCovariance: bread,
  }
}

/**
 * With Q = X L, L L' = (X'X)^-1 and Q'Q = V diag(d) V': (I - QQ')^(-1/2) = I + Q W Q', W = V diag(w) V'. Returned are L W L' for the power
 * -1/2 ('once') and for -1 ('twice').
 */
function adjustment(products: number[][], root: number[][]): { once: number[][]; twice: number[][] } {
  const k = root.length
  const inner = multiply(multiply(transpose(root), products), root)
  const eigen = new EigenvalueDecomposition(new Matrix(inner), { assumeSymmetric: true })
  const directions = multiply(root, eigen.eigenvectorMatrix.to2DArray())
  const once = zeros(k)
  const twice = zeros(k)
  eigen.realEigenvalues.forEach((value, m) => {
    const share = Math.max(0, value)
    const rest = Math.sqrt(Math.max(0, 1 - share))
    const single = share > WHOLE ? -1 / share : 1 / (rest * (1 + rest))
    const double = share > WHOLE ? -1 / share : 1 / (rest * rest)
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const product = directions[i]![m]! * directions[j]![m]!
        once[i]![j]! += single * product
        twice[i]![j]! += double * product
      }
    }
  })
  return { once, twice }
}

/** X'X + X'X W X'X. */
function sandwich(products: number[][], inner: number[][]): number[][] {
  const outer = multiply(multiply(products, inner), products)
  return products.map((row, i) => row.map((value, j) => value + outer[i]![j]!))
}

function transpose(matrix: number[][]): number[][] {
  return matrix[0]!.map((_, j) => matrix.map((row) => row[j]!))
}

/**
 * Estimate of a combination of coefficients with Satterthwaite degrees of freedom.
 *
 * When to use: after `clusteredLeastSquares`, for one coefficient ([0, 1, 0]) or a difference of two ([0, 1, -1]).
 * Formula in words: the variance is a quadratic form of the errors; were they independent its mean and variance follow from the traces of the
 * form and of its square; degrees of freedom are twice the squared mean over the variance.
 * Sources: Bell and McCaffrey (2002); Pustejovsky and Tipton (2018), equation 11. R: clubSandwich::coef_test(test = "Satterthwaite").
 * Convention: a working model of independent equal errors. Below some 4 degrees of freedom p-values are rough (Tipton 2015).
 * Edge cases: no error 'constant'. Errors: RangeError for a combination of another length, confidence. Cost: O(clusters k squared).
 */
export function clusteredEstimate(
  fit: ClusteredFit,
  combination: readonly number[],
  options: { confidence?: number } = {},
): Estimate | Cannot<'constant' | 'not-finite'> {
  const k = fit.coefficients.length
  if (combination.length !== k) throw new RangeError(`combination must have ${k} values, got ${combination.length}`)
  const direction = timesVector(fit.unscaledCovariance, combination)
  const cross = zeros(k)
  let [trace, squares, mixed] = [0, 0, 0]
  for (const { once, twice } of fit.adjusted) {
    const w = timesVector(once, direction)
    const own = quadratic(twice, direction)
    const shared = quadratic(fit.unscaledCovariance, w)
    trace += own - shared
    squares += own * own
    mixed += own * shared
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) cross[i]![j]! += w[i]! * w[j]!
  }
  const product = multiply(fit.unscaledCovariance, cross)
  let traceOfSquare = 0
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) traceOfSquare += product[i]![j]! * product[j]![i]!
  const spread = squares - 2 * mixed + traceOfSquare
  let estimate = 0
  for (let i = 0; i < k; i++) estimate += combination[i]! * fit.coefficients[i]!
  const variance = Math.max(0, quadratic(fit.covariance, combination))
  const degreesOfFreedom = spread > 0 && trace > 0 ? (trace * trace) / spread : Number.NaN
  if (!(degreesOfFreedom > 0))
    return {
      kind: 'cannot',
      because: 'constant',
      detail: 'the clusters leave no error to estimate for this combination',
    }
  return describeEstimate({ estimate, standardError: Math.sqrt(variance), degreesOfFreedom }, options)
}
