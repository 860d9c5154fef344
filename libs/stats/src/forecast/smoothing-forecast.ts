import { normalQuantile } from '../distributions/normal-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import type { SmoothingFit } from './fit-smoothing.ts'
import { impulseResponse, runSmoothing } from './smoothing-model.ts'

/** A value to come, with the interval in which it is expected. Units of the values. */
export interface ForecastPoint {
  /** 1 for the period after the last value. */
  step: number
  mean: number
  standardError: number
  lower: number
  upper: number
}

export interface Forecast {
  points: ForecastPoint[]
  /** A possible course of the values, one a step; for questions about the whole course. */
  path: (random: () => number) => number[]
  confidence: number
}

/**
 * Forecast of a fitted exponential smoothing, with prediction intervals.
 *
 * When to use: the band of next months' values; a value outside it is news.
 * Formula in words: the state carried on without errors; variance of step h: error variance times (1 + sum of squared impulse responses of
 * the steps before); normal quantiles.
 * Source: Hyndman, Koehler, Ord and Snyder (2008), section 6.1 and table 6.2. R: forecast::forecast.ets.
 * Units: those of the values. Assumes normal errors and a stable structure; parameters count as known, so that intervals are some percent
 * too narrow in short series. Errors: RangeError for a horizon not whole from 1. Cost: O(horizon).
 */
export function smoothingForecast(fit: SmoothingFit, horizon: number, confidence = USUAL_CONFIDENCE): Forecast {
  requireConfidence(confidence)
  requireHorizon(horizon)
  const ahead = Array.from({ length: horizon }, () => null)
  const means = runSmoothing(ahead, fit.parameters, fit.state).predictions
  const responses = impulseResponse(fit.model, fit.parameters, horizon)
  let share = 1
  const errors = means.map((_, step) => {
    const error = Math.sqrt(fit.variance * share)
    share += responses[step]! ** 2
    return error
  })
  const path = (random: () => number): number[] => {
    const shocks = means.map(() => normalDraw(random) * Math.sqrt(fit.variance))
    return means.map((mean, h) => {
      let value = mean + shocks[h]!
      for (let before = 0; before < h; before++) value += responses[h - before - 1]! * shocks[before]!
      return value
    })
  }
  return { points: band(means, errors, confidence), path, confidence }
}

/**
 * Seasonal naive forecast: the value of one season ago.
 *
 * When to use: as a yardstick every better forecast must beat, and where history is too short for more.
 * Formula in words: value of the same period of the last season; its variance is the mean square of differences one season apart, times the
 * number of seasons ahead. Source: Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, section 5.2 and 5.5.
 * Arguments: `values` in order of time without gaps; `period` in periods, 1 gives the naive forecast.
 * Edge cases: fewer than period + 2 values 'too-few'; no difference one season apart 'constant'; not finite 'not-finite'.
 * Errors: RangeError for period or horizon not whole from 1. R: forecast::snaive. Cost: O(n + horizon).
 */
export function seasonalNaive(input: {
  values: readonly number[]
  period: number
  horizon: number
  confidence?: number
}): Forecast | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite'; detail: string } {
  const { values, period, horizon, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireHorizon(horizon)
  if (!Number.isInteger(period) || period < 1)
    throw new RangeError(`period must be a whole number from 1, got ${period}`)
  if (!values.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  if (values.length < period + 2)
    return { kind: 'cannot', because: 'too-few', detail: `${values.length} values, ${period + 2} are needed` }
  const steps = values.slice(period).map((value, t) => value - values[t]!)
  const variance = steps.reduce((sum, step) => sum + step * step, 0) / steps.length
  if (variance === 0) return { kind: 'cannot', because: 'constant', detail: 'values one season apart do not differ' }
  const last = values.slice(-period)
  const means = Array.from({ length: horizon }, (_, h) => last[h % period]!)
  const errors = means.map((_, h) => Math.sqrt(variance * (Math.floor(h / period) + 1)))
  const path = (random: () => number): number[] => {
    const course: number[] = []
    for (let h = 0; h < horizon; h++)
      course.push((course[h - period] ?? means[h]!) + normalDraw(random) * Math.sqrt(variance))
    return course
  }
  return { points: band(means, errors, confidence), path, confidence }
}

function band(means: readonly number[], errors: readonly number[], confidence: number): ForecastPoint[] {
  const reach = normalQuantile((1 - confidence) / 2, 'upper')
  return means.map((mean, h) => {
    const standardError = errors[h]!
    return {
      step: h + 1,
      mean,
      standardError,
      lower: mean - reach * standardError,
      upper: mean + reach * standardError,
    }
  })
}

/** Refuses a horizon that is not a whole number from 1: a programmer's mistake. */
export function requireHorizon(horizon: number): void {
  if (!Number.isInteger(horizon) || horizon < 1)
    throw new RangeError(`horizon must be a whole number from 1, got ${horizon}`)
}

/** Box and Muller (1958). */
function normalDraw(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
