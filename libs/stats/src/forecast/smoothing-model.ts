/** Exponential smoothing with additive errors: which parts the level is joined by. */
export interface SmoothingModel {
  trend: 'none' | 'additive' | 'damped'
  /** Additive season of so many periods; null for none. */
  period: number | null
}

/** Smoothing weights; those of absent parts are 0, phi is 1 unless damped. */
export interface SmoothingParameters {
  alpha: number
  beta: number
  gamma: number
  phi: number
}

/** Level, slope and season; `season[0]` belongs to the next period. */
export interface SmoothingState {
  level: number
  slope: number
  season: number[]
}

/**
 * Runs the smoothing recursion over a series.
 *
 * Formula in words: prediction = level + phi slope + season of this position; error = value - prediction; level takes up alpha, slope beta,
 * season gamma of the error. A gap (null) has no error: the state is carried on.
 * Source: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, section 2.5, models ANN to AAdA.
 * Cost: O(n).
 */
export function runSmoothing(
  values: readonly (number | null)[],
  parameters: SmoothingParameters,
  initial: SmoothingState,
): { predictions: number[]; errors: number[]; state: SmoothingState } {
  const { alpha, beta, gamma, phi } = parameters
  let { level, slope } = initial
  const season = [...initial.season]
  const predictions: number[] = []
  const errors: number[] = []
  for (const [t, value] of values.entries()) {
    const place = season.length === 0 ? 0 : t % season.length
    const carried = phi * slope
    const prediction = level + carried + (season[place] ?? 0)
    const error = value === null ? 0 : value - prediction
    predictions.push(prediction)
    errors.push(error)
    level += carried + alpha * error
    slope = carried + beta * error
    if (season.length > 0) season[place]! += gamma * error
  }
  const turn = season.length === 0 ? 0 : values.length % season.length
  return { predictions, errors, state: { level, slope, season: [...season.slice(turn), ...season.slice(0, turn)] } }
}

/**
 * How much of an error of now stands in the value so many periods later.
 *
 * Formula in words: alpha + beta (phi + … + phi^j) + gamma when j is a whole number of seasons. Source: Hyndman et al. (2008), table 6.2.
 */
export function impulseResponse(model: SmoothingModel, parameters: SmoothingParameters, horizon: number): number[] {
  const { alpha, beta, gamma, phi } = parameters
  let damping = 0
  let power = 1
  return Array.from({ length: horizon }, (_, index) => {
    power *= phi
    damping += power
    return alpha + beta * damping + (model.period !== null && (index + 1) % model.period === 0 ? gamma : 0)
  })
}
