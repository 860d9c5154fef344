import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { fourierTerms } from './series-checks.ts'
import type { Effect, LinePoint, Season } from './series-contract.ts'
import type { SeriesModel } from './series-model.ts'

/** Constant, time, after, time after, season: in this order (Wagner et al. 2002, equation 1). */
export function designRow(
  time: number,
  interventionTime: number,
  shape: 'level-and-slope' | 'level',
  season: Season,
  after: boolean,
): number[] {
  const distance = time - interventionTime
  const row = [1, distance, after ? 1 : 0]
  if (shape === 'level-and-slope') row.push(after ? distance : 0)
  return [...row, ...seasonTerms(time, season)]
}

/** Cosine and sine of each harmonic, or dummies that add up to 0. */
export function seasonTerms(time: number, season: Season): number[] {
  if (season.kind === 'fourier') {
    const terms: number[] = []
    for (let harmonic = 1; harmonic <= season.harmonics; harmonic++) {
      const angle = (2 * Math.PI * harmonic * time) / season.period
      terms.push(Math.cos(angle), Math.sin(angle))
    }
    return terms.slice(0, fourierTerms(season.period, season.harmonics))
  }
  if (season.kind === 'none') return []
  const position = ((time % season.period) + season.period) % season.period
  return Array.from({ length: season.period - 1 }, (_, j) => (position === j + 1 ? 1 : 0) - (position === 0 ? 1 : 0))
}

/** Effects and points of lines, as linear combinations of the coefficients; Student's t with the model's degrees of freedom (Student 1908). */
export function figuresOf(
  model: Pick<SeriesModel, 'coefficients' | 'covariance' | 'degreesOfFreedom'>,
  confidence: number,
): { effect: (combination: readonly number[]) => Effect; line: (time: number, row: readonly number[]) => LinePoint } {
  const reach = studentTQuantile((1 - confidence) / 2, model.degreesOfFreedom, 'upper')
  const effect = (combination: readonly number[]): Effect => {
    const { estimate, standardError } = linearCombination(combination, model)
    const distance = estimate === 0 ? 0 : Math.abs(estimate) / standardError
    const pValue = 2 * studentTTail(distance, model.degreesOfFreedom, 'upper')
    return {
      estimate,
      standardError,
      lower: estimate - reach * standardError,
      upper: estimate + reach * standardError,
      pValue,
    }
  }
  const line = (time: number, row: readonly number[]): LinePoint => {
    const { estimate: fitted, standardError } = linearCombination(row, model)
    return { time, fitted, standardError, lower: fitted - reach * standardError, upper: fitted + reach * standardError }
  }
  return { effect, line }
}

function linearCombination(
  combination: readonly number[],
  model: Pick<SeriesModel, 'coefficients' | 'covariance'>,
): { estimate: number; standardError: number } {
  let estimate = 0
  let variance = 0
  combination.forEach((c, i) => {
    estimate += c * model.coefficients[i]!
    combination.forEach((d, j) => {
      variance += c * d * model.covariance[i]![j]!
    })
  })
  return { estimate, standardError: Math.sqrt(Math.max(0, variance)) }
}

/** Durbin and Watson (1950) and the first autocorrelation of the residuals. */
export function residualDiagnostics(residuals: readonly number[]): {
  durbinWatson: number
  residualAutocorrelation: number
} {
  let squares = 0
  let steps = 0
  let products = 0
  residuals.forEach((e, t) => {
    squares += e * e
    if (t === 0) return
    steps += (e - residuals[t - 1]!) ** 2
    products += e * residuals[t - 1]!
  })
  return { durbinWatson: steps / squares, residualAutocorrelation: products / squares }
}
