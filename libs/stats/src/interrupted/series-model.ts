import type { LeastSquaresFit } from '../regression/least-squares.ts'
import { neweyWestCovariance } from '../regression/newey-west-covariance.ts'
import { neweyWestLag } from '../regression/newey-west-lag.ts'
import { praisWinsten } from '../regression/prais-winsten.ts'
import { armaRegression } from './arma-regression.ts'
import type { SeriesErrors, SeriesPoint } from './series-contract.ts'

/** Coefficients with their covariance, however the errors were treated. */
export interface SeriesModel {
  kind: 'model'
  coefficients: number[]
  covariance: number[][]
  /** For Student's t. */
  degreesOfFreedom: number
  lag: number | null
  autocorrelation: number | null
  arma: { ar: number[]; ma: number[] } | null
}

export type SeriesModelResult =
  | SeriesModel
  | { kind: 'cannot'; because: 'too-few' | 'collinear' | 'not-finite'; detail: string }

/**
 * The model the caller asked for, from the ordinary fit. Points of weight 0 do not count. O(T k squared), see the methods.
 * Sources: Newey and West (1987), Prais and Winsten (1954), Harvey and Phillips (1979), as told where each is calculated.
 */
export function seriesModel(
  input: SeriesErrors & { points: readonly SeriesPoint[] },
  rows: number[][],
  fit: LeastSquaresFit,
): SeriesModelResult {
  const method = input.standardErrors ?? 'newey-west'
  const counts = input.points.map((point) => (point.weight ?? 1) > 0)
  if (method === 'prais-winsten') {
    const counted = input.points.filter((_, i) => counts[i])
    const model = praisWinsten({
      rows: rows.filter((_, i) => counts[i]),
      response: counted.map((point) => point.value),
      weights: counted.map((point) => point.weight ?? 1),
    })
    return model.kind === 'cannot' ? model : { ...model, kind: 'model', lag: null, arma: null }
  }
  if (method === 'arma') return armaModel(input, rows)
  const { coefficients, degreesOfFreedom, unscaledCovariance } = fit
  const rest = { kind: 'model', coefficients, degreesOfFreedom, autocorrelation: null, arma: null } as const
  if (method === 'ordinary') {
    const covariance = unscaledCovariance.map((row) => row.map((value) => value * fit.residualVariance))
    return { ...rest, covariance, lag: null }
  }
  const scores = fit.scores.filter((_, i) => counts[i])
  const asked = input.lag ?? 'automatic'
  const lag = asked === 'automatic' ? neweyWestLag(scores.length) : Math.min(asked, scores.length - 1)
  const smallSample = input.smallSample ?? 'adjusted'
  return { ...rest, covariance: neweyWestCovariance({ scores, unscaledCovariance, lag, smallSample }), lag }
}

/** ARMA errors of the values times root weight; points of weight 0 and whole periods that are missing are gaps. */
function armaModel(input: SeriesErrors & { points: readonly SeriesPoint[] }, rows: number[][]): SeriesModelResult {
  const { order, likelihood } = input.arma ?? { order: { ar: 1, ma: 0 }, likelihood: 'reml' }
  const { points } = input
  const whole = points.every(({ time }) => Number.isInteger(time))
  const design: number[][] = []
  const response: (number | null)[] = []
  points.forEach(({ time, value, weight = 1 }, t) => {
    const missing = whole && t > 0 ? time - points[t - 1]!.time - 1 : 0
    for (let gap = 0; gap < missing; gap++) {
      design.push(rows[t]!)
      response.push(null)
    }
    const root = Math.sqrt(weight)
    design.push(rows[t]!.map((x) => x * root))
    response.push(weight > 0 ? value * root : null)
  })
  const model = armaRegression({ rows: design, response, order, likelihood })
  if (model.kind === 'cannot') return model
  const { coefficients, covariance, degreesOfFreedom, ar, ma } = model
  return {
    kind: 'model',
    coefficients,
    covariance,
    degreesOfFreedom,
    lag: null,
    autocorrelation: null,
    arma: { ar, ma },
  }
}
