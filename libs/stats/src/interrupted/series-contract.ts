import type { ArmaOrder } from './arma-likelihood.ts'

/** One period of the series. */
export interface SeriesPoint {
  /** Position in time, in periods (whole numbers for seasonal dummies), strictly increasing, ideally without gaps. */
  time: number
  value: number
  /** Proportional to 1 / variance of the value, for example its denominator; default 1. */
  weight?: number | undefined
}

export type Season =
  | { kind: 'none' }
  | { kind: 'fourier'; period: number; harmonics: number }
  | { kind: 'dummies'; period: number }

/** A figure with its uncertainty, all in the unit of the figure; `pValue` is two-sided against 0. */
export interface Effect {
  estimate: number
  standardError: number
  lower: number
  upper: number
  pValue: number
}

/** A point of a fitted line; the interval is that of the line, not of a new observation. */
export interface LinePoint {
  time: number
  fitted: number
  standardError: number
  lower: number
  upper: number
}

export interface InterruptedSeriesEstimate {
  kind: 'estimate'
  /** Jump at the intervention, in units of the value. */
  levelChange: Effect
  /** Change of slope, in units of the value per period; null for the shape 'level'. */
  slopeChange: Effect | null
  /** Mean over the periods after of (level change + slope change * (time - intervention)). */
  averageEffect: Effect
  /** Level and slope the baseline has at the intervention (season at 0). */
  baseline: { level: number; slope: number }
  fitted: LinePoint[]
  /** What the model expects after the intervention had it not happened. */
  counterfactual: LinePoint[]
  diagnostics: {
    before: number
    after: number
    coefficients: number
    degreesOfFreedom: number
    /** Lag of the Newey-West covariance; null for other methods. */
    lag: number | null
    /** Error correlation estimated by Prais-Winsten; null for other methods. */
    autocorrelation: number | null
    /** Error law estimated with 'arma'; null for other methods. */
    arma: { ar: number[]; ma: number[] } | null
    durbinWatson: number
    /** Correlation of neighbouring residuals (about 0 mean). */
    residualAutocorrelation: number
    residualStandardDeviation: number
  }
  confidence: number
}

export type CannotTell =
  | 'baseline-too-short'
  | 'after-too-short'
  | 'constant'
  | 'collinear'
  | 'not-finite'
  | 'intervention-outside'
  | 'unordered'

export type InterruptedSeriesResult =
  | InterruptedSeriesEstimate
  | { kind: 'cannot'; because: CannotTell; detail: string }

/** How the errors of neighbouring periods are treated. */
export interface SeriesErrors {
  /** Default 'newey-west'; 'prais-winsten' for short series; 'arma' for errors of another kind than AR(1). */
  standardErrors?: 'newey-west' | 'prais-winsten' | 'arma' | 'ordinary'
  /** Of Newey-West. */
  lag?: number | 'automatic'
  smallSample?: 'adjusted' | 'none'
  /** Of 'arma': order (each 0 to 2) or 'aicc', and likelihood; default AR(1) by restricted likelihood. */
  arma?: { order: ArmaOrder | 'aicc'; likelihood: 'ml' | 'reml' }
}

export interface InterruptedSeriesInput extends SeriesErrors {
  points: readonly SeriesPoint[]
  /** Points from this time on count as after. */
  interventionTime: number
  /** 'level-and-slope' (default) or 'level' (a jump only, the slope goes on). */
  shape?: 'level-and-slope' | 'level'
  season?: Season
  confidence?: number
  minimumBefore?: number
  minimumAfter?: number
}
