import { USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { decomposeSeason } from './decompose-season.ts'
import { fitSmoothing, type SmoothingFit, type SmoothingResult } from './fit-smoothing.ts'
import { type Forecast, smoothingForecast } from './smoothing-forecast.ts'
import type { SmoothingModel } from './smoothing-model.ts'

type Refusal = Extract<SmoothingResult, { kind: 'cannot' }>

export type BandResult = { kind: 'band'; forecast: Forecast; fit: SmoothingFit } | Refusal

const TRENDS = ['none', 'additive', 'damped'] as const

/**
 * Chooses an exponential smoothing by the corrected Akaike criterion and forecasts with it.
 *
 * When to use: the expected band of an indicator when nobody knows whether it has a trend or a season.
 * Formula in words: without and with an additive or damped trend, and without and, if `period` is given, with a season; the fit with the
 * least AICc. Models the values are too few for are passed over.
 * Sources: Hyndman et al. (2008), section 5.3; Hurvich and Tsai (1989), Biometrika 76:297-307.
 * Arguments: `trends` which to try, default all. Edge cases and errors: as `fitSmoothing`, refused only when no model can be fitted.
 * Cost: up to six fits.
 */
export function chosenSmoothing(input: {
  values: readonly (number | null)[]
  period: number | null
  horizon: number
  trends?: readonly SmoothingModel['trend'][]
  confidence?: number
}): BandResult {
  const { values, period, horizon, trends = TRENDS, confidence = USUAL_CONFIDENCE } = input
  if (trends.length === 0) throw new RangeError('trends must hold at least one')
  const periods = period === null ? [null] : [null, period]
  const results = trends.flatMap((trend) =>
    periods.map((one) => fitSmoothing({ values, model: { trend, period: one } })),
  )
  const fits = results.filter((result) => result.kind === 'fit')
  if (fits.length === 0) return results[0] as Refusal
  const fit = fits.reduce((best, next) => (next.aicc < best.aicc ? next : best))
  return { kind: 'band', forecast: smoothingForecast(fit, horizon, confidence), fit }
}

/**
 * Forecast by decomposition: the season of the last cycle, and a smoothing of the rest.
 *
 * When to use: long seasons (weeks of a year, hours of a week), for which seasonal smoothing has too many figures to fit.
 * Formula in words: `decomposeSeason`; trend and remainder together are forecast by smoothing without season; the last cycle of the season
 * is added. Source: Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, section 3.6 and 13.1. R: forecast::stlf.
 * Arguments: as there; `trend` of the smoothing. Convention: the season counts as known, so intervals are somewhat too narrow.
 * Edge cases and errors: as `decomposeSeason` and `fitSmoothing`. Cost: O(n window) and one fit.
 */
export function decompositionForecast(input: {
  values: readonly number[]
  period: number
  seasonWindow: number | 'periodic'
  seasonDegree: 0 | 1
  robustRounds: number
  trend: SmoothingModel['trend']
  horizon: number
  confidence?: number
}): BandResult {
  const { values, period, horizon, trend, confidence = USUAL_CONFIDENCE } = input
  const parts = decomposeSeason({ ...input, trendWindow: 'usual' })
  if (parts.kind === 'cannot') return parts
  const adjusted = values.map((value, t) => value - parts.season[t]!)
  const fit = fitSmoothing({ values: adjusted, model: { trend, period: null } })
  if (fit.kind === 'cannot') return fit
  const plain = smoothingForecast(fit, horizon, confidence)
  const last = parts.season.slice(-period)
  const seasonAt = (h: number): number => last[h % period]!
  const points = plain.points.map((point, h) => ({
    ...point,
    mean: point.mean + seasonAt(h),
    lower: point.lower + seasonAt(h),
    upper: point.upper + seasonAt(h),
  }))
  const path = (random: () => number): number[] => plain.path(random).map((value, h) => value + seasonAt(h))
  return { kind: 'band', forecast: { points, path, confidence }, fit }
}
