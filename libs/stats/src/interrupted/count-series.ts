import { neweyWestCovariance } from '../regression/newey-west-covariance.ts'
import { neweyWestLag } from '../regression/newey-west-lag.ts'
import { type CountFit, countRegression } from './count-regression.ts'
import { refuseSeries, requireSeriesArguments } from './series-checks.ts'
import type { CannotTell, Effect, Season } from './series-contract.ts'
import { designRow, figuresOf } from './series-figures.ts'

export interface CountPoint {
  /** Position in time, in periods, strictly increasing. */
  time: number
  events: number
  /** Visits, customers, days; default 1. */
  exposure?: number | undefined
}

/** A ratio of rates; the p-value is two-sided against 1. */
export interface RateRatio {
  ratio: number
  lower: number
  upper: number
  /** Of the logarithm. */
  standardError: number
  pValue: number
}

export type CountSeriesResult =
  | {
      kind: 'estimate'
      /** Jump of the rate at the intervention. */
      levelChange: RateRatio
      /** Change of the yearly, monthly, … factor per period; null for the shape 'level'. */
      slopeChange: RateRatio | null
      /** Events expected with the intervention over those expected without, over all periods after. */
      averageEffect: RateRatio
      /** Events after the intervention as fitted less those expected without it; negative: avoided. */
      eventsChanged: Effect
      fitted: { time: number; events: number; counterfactual: number }[]
      diagnostics: {
        before: number
        after: number
        coefficients: number
        degreesOfFreedom: number
        dispersion: number
        lag: number | null
      }
      confidence: number
    }
  | { kind: 'cannot'; because: CannotTell | 'all-zero' | 'not-converged'; detail: string }

export interface CountSeriesInput {
  points: readonly CountPoint[]
  interventionTime: number
  shape?: 'level-and-slope' | 'level'
  season?: Season
  /** 'quasi-poisson' scales by the dispersion, not below 1 unless `underdispersion` is allowed; 'newey-west' allows for autocorrelation. */
  standardErrors: 'quasi-poisson' | 'newey-west'
  underdispersion?: 'floored' | 'allowed'
  lag?: number | 'automatic'
  confidence?: number
  minimumBefore?: number
  minimumAfter?: number
}

/**
 * Interrupted time series of counts: segmented quasi-Poisson regression.
 *
 * When to use: monthly complaints, accidents, calls with a moving exposure; rates near 0, where a straight line would pass below it.
 * Formula in words: log rate = level + slope (t - t0) + [level change + slope change (t - t0)] after + season; covariance is the inverse
 * information times Pearson's dispersion, or the Newey-West sandwich. The average effect compares sums of expected events with and without
 * the intervention at the coefficients found; errors by the delta method.
 * Sources: Lopez Bernal et al. (2017), Int J Epidemiol 46:348-355; Wedderburn (1974), Biometrika 61:439-447; Newey and West (1987).
 * Units: ratios pure numbers, `eventsChanged` events. Assumes that the log-linear baseline would have gone on.
 * Edge cases: as `interruptedSeries`, and 'all-zero', 'not-converged' (no events on one side). Errors: RangeError as there, and for negative
 * events or exposure not above 0. Convention: Student's t with T - k degrees of freedom; p-values of ratios on the log scale; dispersion
 * below 1 counts as 1 ('floored', the default). Cost: some 7 least-squares fits.
 */
export function countInterruptedSeries(input: CountSeriesInput): CountSeriesResult {
  const { points, interventionTime, shape = 'level-and-slope', season = { kind: 'none' } } = input
  const asSeries = {
    ...input,
    standardErrors: 'ordinary',
    points: points.map(({ time, events }) => ({ time, value: events })),
  } as const
  requireSeriesArguments(asSeries)
  const exposure = points.map((point) => point.exposure ?? 1)
  if (points.some(({ events }) => events < 0)) throw new RangeError('points must not hold negative events')
  if (exposure.some((value) => value <= 0)) throw new RangeError('points must have an exposure above 0')
  if (!exposure.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'an exposure is not a finite number' }
  const refusal = refuseSeries(asSeries)
  if (refusal) return refusal
  const rowAt = (time: number, after: boolean) => designRow(time, interventionTime, shape, season, after)
  const rows = points.map(({ time }) => rowAt(time, time >= interventionTime))
  const fit = countRegression({ rows, events: points.map(({ events }) => events), exposure })
  if (fit.kind === 'cannot')
    return {
      kind: 'cannot',
      because: fit.because === 'too-few' ? 'baseline-too-short' : fit.because,
      detail: fit.detail,
    }
  return describe(input, rows, rowAt, exposure, fit)
}

function describe(
  input: CountSeriesInput,
  rows: number[][],
  rowAt: (time: number, after: boolean) => number[],
  exposure: readonly number[],
  fit: CountFit,
): CountSeriesResult {
  const { points, interventionTime, confidence = 0.95 } = input
  const { covariance, lag } = covarianceOf(input, fit)
  const { effect } = figuresOf({ ...fit, covariance }, confidence)
  const unit = (at: number): number[] => fit.coefficients.map((_, j) => (j === at ? 1 : 0))
  const fitted = points.map(({ time }, t) => {
    const without = rowAt(time, false).reduce((sum, x, j) => sum + x * fit.coefficients[j]!, 0)
    return { time, events: fit.fitted[t]!, counterfactual: exposure[t]! * Math.exp(without) }
  })
  const sums = afterSums(rows, fitted, interventionTime, (time) => rowAt(time, false))
  const logRatio = Math.log(sums.events / sums.counterfactual)
  return {
    kind: 'estimate',
    levelChange: asRatio(effect(unit(2))),
    slopeChange: input.shape === 'level' ? null : asRatio(effect(unit(3))),
    averageEffect: asRatio(centred(effect(sums.logGradient), logRatio, fit, confidence)),
    eventsChanged: centred(effect(sums.gradient), sums.events - sums.counterfactual, fit, confidence),
    fitted,
    diagnostics: {
      before: points.filter(({ time }) => time < interventionTime).length,
      after: points.filter(({ time }) => time >= interventionTime).length,
      coefficients: fit.coefficients.length,
      degreesOfFreedom: fit.degreesOfFreedom,
      dispersion: fit.dispersion,
      lag,
    },
    confidence,
  }
}

function covarianceOf(input: CountSeriesInput, fit: CountFit): { covariance: number[][]; lag: number | null } {
  const { scores, unscaledCovariance, dispersion } = fit
  if (input.standardErrors === 'quasi-poisson') {
    const scale = input.underdispersion === 'allowed' ? dispersion : Math.max(1, dispersion)
    return { covariance: unscaledCovariance.map((row) => row.map((value) => value * scale)), lag: null }
  }
  const asked = input.lag ?? 'automatic'
  const lag = asked === 'automatic' ? neweyWestLag(scores.length) : Math.min(asked, scores.length - 1)
  return { covariance: neweyWestCovariance({ scores, unscaledCovariance, lag, smallSample: 'adjusted' }), lag }
}

/** Expected events after the intervention, with and without it, and the gradients of their difference and of the log of their ratio. */
function afterSums(
  rows: readonly (readonly number[])[],
  fitted: readonly { time: number; events: number; counterfactual: number }[],
  interventionTime: number,
  without: (time: number) => number[],
) {
  const k = rows[0]!.length
  let [events, counterfactual] = [0, 0]
  const up = Array.from({ length: k }, () => 0)
  const down = Array.from({ length: k }, () => 0)
  fitted.forEach((point, t) => {
    if (point.time < interventionTime) return
    events += point.events
    counterfactual += point.counterfactual
    const other = without(point.time)
    for (let j = 0; j < k; j++) {
      up[j]! += point.events * rows[t]![j]!
      down[j]! += point.counterfactual * other[j]!
    }
  })
  const gradient = up.map((value, j) => value - down[j]!)
  const logGradient = up.map((value, j) => value / events - down[j]! / counterfactual)
  return { events, counterfactual, gradient, logGradient }
}

/** The error of a linearised figure put about the figure itself. */
function centred(
  linear: Effect,
  estimate: number,
  fit: { degreesOfFreedom: number; coefficients: number[] },
  confidence: number,
): Effect {
  const { effect } = figuresOf(
    { coefficients: [estimate], covariance: [[linear.standardError ** 2]], degreesOfFreedom: fit.degreesOfFreedom },
    confidence,
  )
  return effect([1])
}

function asRatio({ estimate, lower, upper, standardError, pValue }: Effect): RateRatio {
  return { ratio: Math.exp(estimate), lower: Math.exp(lower), upper: Math.exp(upper), standardError, pValue }
}
