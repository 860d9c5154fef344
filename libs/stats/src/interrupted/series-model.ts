import type { LeastSquaresFit } from '../regression/least-squares.ts'
import { neweyWestCovariance } from '../regression/newey-west-covariance.ts'
import { neweyWestLag } from '../regression/newey-west-lag.ts'
import { praisWinsten } from '../regression/prais-winsten.ts'
import type { InterruptedSeriesInput } from './series-contract.ts'

/** Coefficients with their covariance, however the errors were treated. */
export interface SeriesModel {
  kind: 'model'
  coefficients: number[]
  covariance: number[][]
  /** For Student's t. */
  degreesOfFreedom: number
  lag: number | null
  autocorrelation: number | null
}

export type SeriesModelResult =
  | SeriesModel
  | { kind: 'cannot'; because: 'too-few' | 'collinear' | 'not-finite'; detail: string }

/**
 * The model the caller asked for, from the ordinary fit. Points of weight 0 do not count. O(T k squared), see the methods.
 * Sources: Newey and West (1987), Prais and Winsten (1954), as told where each is calculated.
 */
export function seriesModel(input: InterruptedSeriesInput, rows: number[][], fit: LeastSquaresFit): SeriesModelResult {
  const method = input.standardErrors ?? 'newey-west'
  const counts = input.points.map((point) => (point.weight ?? 1) > 0)
  if (method === 'prais-winsten') {
    const counted = input.points.filter((_, i) => counts[i])
    const model = praisWinsten({
      rows: rows.filter((_, i) => counts[i]),
      response: counted.map((point) => point.value),
      weights: counted.map((point) => point.weight ?? 1),
    })
    return model.kind === 'cannot' ? model : { ...model, kind: 'model', lag: null }
  }
  const { coefficients, degreesOfFreedom, unscaledCovariance } = fit
  const rest = { kind: 'model', coefficients, degreesOfFreedom, autocorrelation: null } as const
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
