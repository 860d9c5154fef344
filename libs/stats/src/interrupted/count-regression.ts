import { leastSquares } from '../regression/least-squares.ts'

export interface CountFit {
  kind: 'fit'
  /** On the log scale. */
  coefficients: number[]
  /** Expected events. */
  fitted: number[]
  /** k x k inverse of the information; times `dispersion` it is the quasi-Poisson covariance. */
  unscaledCovariance: number[][]
  /** T x k rows (events - expected) * x, for a sandwich covariance. */
  scores: number[][]
  /** Pearson's chi-square over T - k; not below 0, may be below 1. */
  dispersion: number
  degreesOfFreedom: number
  iterations: number
}

export type CountFitResult =
  | CountFit
  | { kind: 'cannot'; because: 'too-few' | 'collinear' | 'not-finite' | 'all-zero' | 'not-converged'; detail: string }

const MOST_ITERATIONS = 50
const TOLERANCE = 1e-12
/** Fewer expected events in a period: a coefficient is on its way to minus infinity. */
const RUNAWAY = 1e-6

/**
 * Poisson regression with log link and exposure, with the dispersion of a quasi-Poisson model.
 *
 * When to use: counts over time (complaints a month) with visits, customers or days as exposure.
 * Formula in words: expected = exposure times exp(linear part); iteratively reweighted least squares until the deviance stands still.
 * Source: Nelder and Wedderburn (1972), J R Statist Soc A 135:370-384; Wedderburn (1974), Biometrika 61:439-447 (quasi-likelihood).
 * R: glm(family = quasipoisson, offset = log(exposure)).
 * Arguments: `rows` T x k with the constant put in, `events` T from 0, need not be whole (counts that were weighted), `exposure` T above 0.
 * Edge cases: no events at all 'all-zero'; coefficients that run away (a regressor that stands for zeros only) 'not-converged'; the rest as
 * `leastSquares`. Errors: RangeError for negative events or exposure not above 0. Cost: some 6 fits of O(T k squared).
 */
export function countRegression(input: {
  rows: readonly (readonly number[])[]
  events: readonly number[]
  exposure?: readonly number[] | undefined
}): CountFitResult {
  const { rows, events, exposure = events.map(() => 1) } = input
  if (events.some((value) => value < 0)) throw new RangeError('events must be at least 0')
  if (exposure.some((value) => !(value > 0))) throw new RangeError('exposure must be above 0')
  if (events.every((value) => value === 0))
    return { kind: 'cannot', because: 'all-zero', detail: 'there are no events' }
  const offset = exposure.map(Math.log)
  let fitted = events.map((value) => value + 0.1)
  let deviance = Number.POSITIVE_INFINITY
  for (let round = 1; round <= MOST_ITERATIONS; round++) {
    const working = fitted.map((mean, t) => Math.log(mean) - offset[t]! + (events[t]! - mean) / mean)
    const fit = leastSquares({ rows, response: working, weights: fitted })
    if (fit.kind === 'cannot') return fit
    fitted = fit.fitted.map((linear, t) => Math.exp(linear + offset[t]!))
    const now = poissonDeviance(events, fitted)
    if (!Number.isFinite(now) || Math.min(...fitted) < RUNAWAY) break
    if (Math.abs(deviance - now) <= TOLERANCE * (Math.abs(now) + 0.1)) {
      // The information at the final expectations, whose least squares give it.
      const last = leastSquares({ rows, response: fit.fitted, weights: fitted })
      if (last.kind === 'cannot') return last
      return finish(rows, events, fitted, fit.coefficients, last.unscaledCovariance, last.degreesOfFreedom, round)
    }
    deviance = now
  }
  return {
    kind: 'cannot',
    because: 'not-converged',
    detail: 'the coefficients run away: some regressor stands for periods without events only',
  }
}

function finish(
  rows: readonly (readonly number[])[],
  events: readonly number[],
  fitted: number[],
  coefficients: number[],
  unscaledCovariance: number[][],
  degreesOfFreedom: number,
  iterations: number,
): CountFitResult {
  if (degreesOfFreedom < 1) return { kind: 'cannot', because: 'too-few', detail: 'as many coefficients as periods' }
  const scores = rows.map((row, t) => row.map((x) => (events[t]! - fitted[t]!) * x))
  const pearson = fitted.reduce((sum, mean, t) => sum + (events[t]! - mean) ** 2 / mean, 0)
  const dispersion = pearson / degreesOfFreedom
  return { kind: 'fit', coefficients, fitted, unscaledCovariance, scores, dispersion, degreesOfFreedom, iterations }
}

function poissonDeviance(events: readonly number[], fitted: readonly number[]): number {
  return (
    2 *
    fitted.reduce((sum, mean, t) => {
      const seen = events[t]!
      return sum + (seen > 0 ? seen * Math.log(seen / mean) : 0) - (seen - mean)
    }, 0)
  )
}
