import { fTail } from '../distributions/f-tail.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { type LeastSquaresFit, leastSquares } from '../regression/least-squares.ts'
import { type Grouping, groupingOf, takeOutMeans } from './within.ts'

/** One unit in one period. */
export interface PanelRow {
  unit: string
  time: number
  value: number
  weight?: number | undefined
  /** Who shares shocks with the unit: its district, its team. Default the unit itself. */
  cluster?: string | undefined
}

export interface PanelEffect {
  estimate: number
  standardError: number
  lower: number
  upper: number
  pValue: number
}

/**
 * What the CR1 factor counts as parameters: 'all' regressors and effects, as lm with dummies and sandwich::vcovCL(type = "HC1");
 * 'nested-free' leaves out the unit effects, which lie within clusters, as xtreg, fe does; 'none': no factor at all.
 */
export type ClusterFactor = 'all' | 'nested-free' | 'none'

export interface TwoWayFit {
  kind: 'fit'
  coefficients: number[]
  covariance: number[][]
  effects: PanelEffect[]
  units: number
  times: number
  clusters: number
  observations: number
  /** Student's t and F: clusters - 1. */
  degreesOfFreedom: number
  confidence: number
}

export type TwoWayResult =
  | TwoWayFit
  | {
      kind: 'cannot'
      because: 'too-few' | 'collinear' | 'not-finite' | 'too-few-clusters' | 'not-converged' | 'constant'
      detail: string
    }

/**
 * Regression with unit and time effects and cluster-robust errors (CR1).
 *
 * When to use: difference in differences with several units and periods and one date of introduction; for staggered dates use
 * `staggeredEffects`, since this estimate then compares late with early adopters and can even have the wrong sign (Goodman-Bacon 2021).
 * Formula in words: unit and time means are taken out of response and regressors, least squares on the rest; meat is the sum over clusters
 * of the outer product of their summed scores; factor G / (G - 1) times (N - 1) / (N - parameters).
 * Sources: Liang and Zeger (1986), Biometrika 73:13-22; Bertrand, Duflo and Mullainathan (2004), QJE 119:249-275; Cameron and Miller
 * (2015), Journal of Human Resources 50:317-372.
 * Arguments: `regressors` one list a row, no constant; `factor` see `ClusterFactor`. Units: of the value per unit of the regressor.
 * Edge cases: fewer than two clusters 'too-few-clusters'; a regressor that unit and time explain 'collinear'; no residual 'constant'.
 * Errors: RangeError for shapes, negative weights, one unit in several clusters. Convention: t with clusters - 1 degrees of freedom; with
 * fewer than some 30 clusters, or few treated ones, it still rejects too often. Cost: O(N k squared), some rounds if unbalanced.
 */
export function twoWayRegression(input: {
  rows: readonly PanelRow[]
  regressors: readonly (readonly number[])[]
  factor: ClusterFactor
  confidence?: number
}): TwoWayResult {
  const { rows, regressors, factor, confidence = 0.95 } = input
  const k = requirePanel(input)
  if (
    !rows.every(({ value, weight = 1, time }) => [value, weight, time].every(Number.isFinite)) ||
    !regressors.flat().every(Number.isFinite)
  )
    return {
      kind: 'cannot',
      because: 'not-finite',
      detail: 'a value, weight, time or regressor is not a finite number',
    }
  const units = groupingOf(rows.map(({ unit }) => unit))
  const times = groupingOf(rows.map(({ time }) => time))
  const clusters = groupingOf(rows.map(({ cluster, unit }) => cluster ?? unit))
  if (clusters.count < 2)
    return { kind: 'cannot', because: 'too-few-clusters', detail: `${clusters.count} clusters; two are needed` }
  const weights = rows.map(({ weight = 1 }) => weight)
  const fit = withinFit(input, k, [units, times], weights)
  if (fit.kind === 'cannot') return fit
  const observations = weights.filter((weight) => weight > 0).length
  const effectsCounted = factor === 'all' ? units.count + times.count - 1 : times.count
  const parameters = k + effectsCounted
  if (observations <= parameters)
    return { kind: 'cannot', because: 'too-few', detail: `${observations} rows for ${parameters} parameters` }
  const scale =
    factor === 'none' ? 1 : (clusters.count / (clusters.count - 1)) * ((observations - 1) / (observations - parameters))
  const covariance = clusterSandwich(fit.scores, fit.unscaledCovariance, clusters).map((row) =>
    row.map((value) => value * scale),
  )
  const degreesOfFreedom = clusters.count - 1
  return {
    kind: 'fit',
    coefficients: fit.coefficients,
    covariance,
    effects: fit.coefficients.map((estimate, j) =>
      panelEffect(estimate, Math.sqrt(covariance[j]![j]!), degreesOfFreedom, confidence),
    ),
    units: units.count,
    times: times.count,
    clusters: clusters.count,
    observations,
    degreesOfFreedom,
    confidence,
  }
}

/** Least squares after unit and time means are taken out (Frisch and Waugh 1933). */
function withinFit(
  { rows, regressors }: Parameters<typeof twoWayRegression>[0],
  k: number,
  groupings: readonly Grouping[],
  weights: readonly number[],
): LeastSquaresFit | Extract<TwoWayResult, { kind: 'cannot' }> {
  const columns = [
    rows.map(({ value }) => value),
    ...Array.from({ length: k }, (_, j) => regressors.map((row) => row[j]!)),
  ]
  const within = columns.map((column) => takeOutMeans(column, groupings, weights))
  if (within.some((column) => column === null))
    return {
      kind: 'cannot',
      because: 'not-converged',
      detail: 'the panel is too loosely connected to take out its means',
    }
  const [response, ...rest] = within as number[][]
  const vanished = rest.findIndex((column, j) => sizeOf(column) <= 1e-9 * sizeOf(columns[j + 1]!))
  if (vanished >= 0)
    return { kind: 'cannot', because: 'collinear', detail: `regressor ${vanished} follows from units and times` }
  const fit = leastSquares({ rows: rows.map((_, i) => rest.map((column) => column[i]!)), response: response!, weights })
  if (fit.kind === 'cannot') return fit
  if (sizeOf(fit.residuals) <= 1e-12 * sizeOf(columns[0]!))
    return { kind: 'cannot', because: 'constant', detail: 'the model leaves no residual: no error can be estimated' }
  return fit
}

/** Estimate with t interval and two-sided p-value (Student 1908). */
export function panelEffect(
  estimate: number,
  standardError: number,
  degreesOfFreedom: number,
  confidence: number,
): PanelEffect {
  const reach = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper') * standardError
  const distance = estimate === 0 ? 0 : Math.abs(estimate) / standardError
  return {
    estimate,
    standardError,
    lower: estimate - reach,
    upper: estimate + reach,
    pValue: 2 * studentTTail(distance, degreesOfFreedom, 'upper'),
  }
}

/**
 * Joint test that some coefficients are all 0: Wald's statistic over its number of restrictions against F.
 *
 * Source: Wald (1943), Transactions of the AMS 54:426-482; F with clusters - 1 as in Cameron and Miller (2015). Edge cases: null when
 * their covariance is singular (more restrictions than clusters - 1). Cost: O(q cubed).
 */
export function jointTest(
  fit: Pick<TwoWayFit, 'coefficients' | 'covariance' | 'degreesOfFreedom'>,
  positions: readonly number[],
): { statistic: number; restrictions: number; pValue: number } | null {
  const q = positions.length
  if (q === 0 || q > fit.degreesOfFreedom) return null
  const solved = leastSquares({
    rows: positions.map((i) => positions.map((j) => fit.covariance[i]![j]!)),
    response: positions.map((i) => fit.coefficients[i]!),
  })
  if (solved.kind === 'cannot') return null
  const statistic = positions.reduce((sum, i, row) => sum + fit.coefficients[i]! * solved.coefficients[row]!, 0) / q
  return { statistic, restrictions: q, pValue: fTail(Math.max(0, statistic), q, fit.degreesOfFreedom, 'upper') }
}

/** A weighted sum of coefficients with its error (linear combination, Rao 1973, section 6a.2). */
export function twoWayContrast(fit: TwoWayFit, weights: readonly number[]): PanelEffect {
  const estimate = weights.reduce((sum, weight, j) => sum + weight * fit.coefficients[j]!, 0)
  const variance = weights.reduce(
    (sum, w, i) => sum + weights.reduce((all, v, j) => all + w * v * fit.covariance[i]![j]!, 0),
    0,
  )
  return panelEffect(estimate, Math.sqrt(Math.max(0, variance)), fit.degreesOfFreedom, fit.confidence)
}

function clusterSandwich(
  scores: readonly (readonly number[])[],
  bread: readonly (readonly number[])[],
  clusters: { of: readonly number[]; count: number },
): number[][] {
  const k = bread.length
  const sums = Array.from({ length: clusters.count }, () => new Float64Array(k))
  scores.forEach((score, i) => {
    const own = sums[clusters.of[i]!]!
    for (let j = 0; j < k; j++) own[j]! += score[j]!
  })
  // Bread times the sum of a cluster's scores is what the cluster moves the coefficients by.
  const moved = sums.map((sum) => bread.map((row) => row.reduce((total, value, j) => total + value * sum[j]!, 0)))
  return bread.map((_, i) => bread.map((_unused, j) => moved.reduce((total, move) => total + move[i]! * move[j]!, 0)))
}

function sizeOf(column: readonly number[]): number {
  return Math.sqrt(column.reduce((sum, x) => sum + x * x, 0))
}

function requirePanel(input: Parameters<typeof twoWayRegression>[0]): number {
  const { rows, regressors, confidence = 0.95 } = input
  const k = regressors[0]?.length ?? 0
  if (k === 0) throw new RangeError('regressors must hold at least one row with at least one figure')
  if (regressors.length !== rows.length || regressors.some((row) => row.length !== k))
    throw new RangeError(`regressors must hold ${k} figures for every row`)
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
  const seen = new Map<string, string>()
  for (const [i, { unit, cluster = unit, weight = 1 }] of rows.entries()) {
    if (weight < 0) throw new RangeError(`rows[${i}].weight must be at least 0`)
    const known = seen.get(unit)
    if (known !== undefined && known !== cluster) throw new RangeError(`rows[${i}]: a unit must lie in one cluster`)
    seen.set(unit, cluster)
  }
  return k
}
