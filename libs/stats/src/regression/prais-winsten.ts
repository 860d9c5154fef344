import { type LeastSquaresFit, leastSquares } from './least-squares.ts'

export interface PraisWinstenFit {
  kind: 'fit'
  coefficients: number[]
  /** k x k covariance of the coefficients. */
  covariance: number[][]
  /** Estimated correlation of neighbouring errors, 0 to LARGEST_CORRELATION. */
  autocorrelation: number
  /** For Student's t: effective number of independent observations - k, at least 2, at most T - k. */
  degreesOfFreedom: number
}

export type PraisWinstenResult = PraisWinstenFit | Extract<ReturnType<typeof leastSquares>, { kind: 'cannot' }>

const LARGEST_CORRELATION = 0.98
const HALVINGS = 40

/**
 * Regression with first-order autoregressive errors (Prais-Winsten), the autocorrelation corrected for its bias in short series.
 *
 * When to use: regressions over a short series (some 24 to 120 periods), where Newey-West intervals are much too narrow.
 * Formula in words: residuals of ordinary least squares give their first autocorrelation; the correlation of the errors is the one under
 * which that figure is to be expected from this very design (moment matching, by bisection); then least squares on differences from that
 * share of the period before, the first row times root(1 - correlation squared). Degrees of freedom: T (1 - r) / (1 + r) - k, so that
 * strong correlation also widens the t quantile.
 * Sources: Prais and Winsten (1954), Cowles Commission paper 383; Bayley and Hammersley (1946), Suppl J R Statist Soc 8:184-197 (effective
 * number of observations); the moment matching is our own, in the spirit of Andrews (1993), Econometrica 61:139-165.
 * Arguments as `leastSquares`, rows in order of time, equally spaced, all weights above 0.
 * Assumes errors (times root weight) of AR(1) kind with correlation >= 0; a negative estimate is taken as 0, which is cautious.
 * Edge cases and errors: as `leastSquares`; T <= k + 1 gives 'too-few'. Cost: O(T k squared), some 45 times.
 */
export function praisWinsten(input: {
  rows: readonly (readonly number[])[]
  response: readonly number[]
  weights?: readonly number[] | undefined
}): PraisWinstenResult {
  const ordinary = leastSquares(input)
  if (ordinary.kind === 'cannot') return ordinary
  const roots = input.rows.map((_, t) => Math.sqrt(input.weights ? input.weights[t]! : 1))
  if (roots.includes(0)) throw new RangeError('weights must be above 0')
  if (ordinary.degreesOfFreedom < 2)
    return { kind: 'cannot', because: 'too-few', detail: 'at least two more observations than coefficients' }
  const rows = input.rows.map((row, t) => row.map((x) => x * roots[t]!))
  const response = input.response.map((y, t) => y * roots[t]!)
  const residuals = ordinary.residuals.map((e, t) => e * roots[t]!)
  const autocorrelation = matchedCorrelation(rows, residuals, ordinary)
  const kept = Math.sqrt(1 - autocorrelation ** 2)
  const fit = leastSquares({
    rows: rows.map((row, t) => row.map((x, j) => (t === 0 ? kept * x : x - autocorrelation * rows[t - 1]![j]!))),
    response: response.map((y, t) => (t === 0 ? kept * y : y - autocorrelation * response[t - 1]!)),
  })
  if (fit.kind === 'cannot') return fit
  const effective = (rows.length * (1 - autocorrelation)) / (1 + autocorrelation)
  return {
    kind: 'fit',
    coefficients: fit.coefficients,
    covariance: fit.unscaledCovariance.map((row) => row.map((value) => value * fit.residualVariance)),
    autocorrelation,
    degreesOfFreedom: Math.min(fit.degreesOfFreedom, Math.max(2, effective - fit.coefficients.length)),
  }
}

/** The error correlation under which the residuals' first autocorrelation is what was seen. */
function matchedCorrelation(rows: number[][], residuals: number[], fit: LeastSquaresFit): number {
  let products = 0
  let squares = 0
  residuals.forEach((e, t) => {
    squares += e * e
    if (t > 0) products += e * residuals[t - 1]!
  })
  if (squares === 0) return 0
  const seen = products / squares
  const weighted = rows.map((row) => fit.unscaledCovariance.map((other) => dot(row, other)))
  let low = 0
  let high = LARGEST_CORRELATION
  if (seen <= expectedAutocorrelation(rows, weighted, low)) return low
  if (seen >= expectedAutocorrelation(rows, weighted, high)) return high
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (expectedAutocorrelation(rows, weighted, middle) < seen) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * Ratio of expectations of e[t] e[t-1] and e[t] squared for residuals e = M u, u of AR(1) kind with covariance V. With G = X (X'X)^-1 and
 * W = V X, the entries of MVM are V - G W' - W G' + G (X'W) G'.
 */
function expectedAutocorrelation(rows: number[][], weighted: number[][], correlation: number): number {
  const spread = timesCovariance(rows, correlation)
  const k = rows[0]!.length
  const inner = Array.from({ length: k }, (_, i) =>
    Array.from({ length: k }, (_unused, j) => rows.reduce((sum, row, t) => sum + row[i]! * spread[t]![j]!, 0)),
  )
  const folded = weighted.map((row) => inner[0]!.map((_, j) => row.reduce((sum, g, i) => sum + g * inner[i]![j]!, 0)))
  let products = 0
  let squares = 0
  for (let t = 0; t < rows.length; t++) {
    squares += 1 - 2 * dot(weighted[t]!, spread[t]!) + dot(folded[t]!, weighted[t]!)
    if (t === 0) continue
    const crossed = dot(weighted[t]!, spread[t - 1]!) + dot(spread[t]!, weighted[t - 1]!)
    products += correlation - crossed + dot(folded[t]!, weighted[t - 1]!)
  }
  return products / squares
}

/** V X for V[s][t] = correlation^|s - t|, by one sweep forwards and one backwards. */
function timesCovariance(rows: number[][], correlation: number): number[][] {
  const sums = rows.map((row) => row.map((x) => -x))
  const sweep = (order: number[]) => {
    let carried = rows[0]!.map(() => 0)
    for (const t of order) {
      carried = carried.map((value, j) => rows[t]![j]! + correlation * value)
      carried.forEach((value, j) => {
        sums[t]![j]! += value
      })
    }
  }
  const forwards = rows.map((_, t) => t)
  sweep(forwards)
  sweep([...forwards].reverse())
  return sums
}

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0
  for (let j = 0; j < left.length; j++) sum += left[j]! * right[j]!
  return sum
}
