/** A local level, a season of so many periods (null for none), and fixed coefficients of so many regressors. */
export interface StructuralShape {
  period: number | null
  regressors: number
}

/** Variances of the observation, the steps of the level and the steps of the season. */
export interface StructuralVariances {
  observation: number
  level: number
  season: number
}

/** Mean and variance of each state before the first observation, states independent. */
export interface StructuralStart {
  means: readonly number[]
  variances: readonly number[]
}

/** Number of states: level, period - 1 of the season, one a regressor. */
export function stateCount({ period, regressors }: StructuralShape): number {
  return 1 + (period === null ? 0 : period - 1) + regressors
}

/** What a state vector adds up to at a time. */
export function observe(shape: StructuralShape, state: Float64Array, row: readonly number[]): number {
  const season = shape.period === null ? 0 : shape.period - 1
  let sum = state[0]! + (season > 0 ? state[1]! : 0)
  for (let j = 0; j < shape.regressors; j++) sum += row[j]! * state[1 + season + j]!
  return sum
}

/** The state one period on, without shocks: the next season is minus the sum of the others. Written into `state`. */
export function carryState(shape: StructuralShape, state: Float64Array): void {
  const season = shape.period === null ? 0 : shape.period - 1
  if (season === 0) return
  let sum = 0
  for (let i = 1; i <= season; i++) sum += state[i]!
  for (let i = season; i > 1; i--) state[i] = state[i - 1]!
  state[1] = -sum
}

/** The transpose of `carryState`. */
function carryBack(shape: StructuralShape, r: Float64Array): void {
  const season = shape.period === null ? 0 : shape.period - 1
  if (season === 0) return
  const first = r[1]!
  for (let i = 1; i < season; i++) r[i] = r[i + 1]! - first
  r[season] = -first
}

export interface FilterPass {
  logLikelihood: number
  /** Smoothed mean of the states at every time. */
  smoothed: Float64Array[]
  /** Mean and covariance (row by row) of the state after the last time, before its shocks. */
  lastMean: Float64Array
  lastCovariance: Float64Array[]
}

/**
 * Kalman filter and smoother of a structural series.
 *
 * When to use: exact likelihood and expected states for known variances; the engine of `structuralEffect`.
 * Formula in words: prediction, prediction error and its variance, gain, correction; backwards the weighted errors are summed up, and the
 * smoothed state is the prediction plus its covariance times that sum.
 * Source: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, section 3.2; de Jong (1989), JASA 84:1085-1088
 * (smoother); Durbin and Koopman (2012), Time Series Analysis by State Space Methods, sections 4.3 and 4.4.
 * Arguments: `values` null where unobserved; `rows` regressors, one list a time. Units: of the values.
 * Convention: a proper start (no diffuse one). Cost: O(T states squared).
 */
export function filterStructural(input: {
  values: readonly (number | null)[]
  rows: readonly (readonly number[])[]
  shape: StructuralShape
  variances: StructuralVariances
  start: StructuralStart
}): FilterPass {
  const { values, rows, shape, variances, start } = input
  const size = stateCount(shape)
  const mean = Float64Array.from(start.means)
  const spread = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_unused, j) => (i === j ? start.variances[i]! : 0)),
  )
  const means: Float64Array[] = []
  const spreads: Float64Array[][] = []
  const gains: (Float64Array | null)[] = []
  const weighted: number[] = []
  let logLikelihood = 0
  for (const [t, value] of values.entries()) {
    means.push(mean.slice())
    spreads.push(spread.map((line) => line.slice()))
    if (value === null) {
      gains.push(null)
      weighted.push(0)
    } else {
      const reach = spread.map((line) => observe(shape, line, rows[t]!))
      const variance = observe(shape, Float64Array.from(reach), rows[t]!) + variances.observation
      const error = value - observe(shape, mean, rows[t]!)
      logLikelihood -= 0.5 * (Math.log(2 * Math.PI * variance) + (error * error) / variance)
      const gain = Float64Array.from(reach, (x) => x / variance)
      for (let i = 0; i < size; i++) {
        mean[i]! += gain[i]! * error
        const line = spread[i]!
        for (let j = 0; j < size; j++) line[j]! -= gain[i]! * reach[j]!
      }
      gains.push(gain)
      weighted.push(error / variance)
    }
    if (t + 1 === values.length) break
    carryState(shape, mean)
    carrySpread(shape, spread)
    spread[0]![0]! += variances.level
    if (shape.period !== null) spread[1]![1]! += variances.season
  }
  const smoothed = smooth({ shape, rows, means, spreads, gains, weighted })
  return { logLikelihood, smoothed, lastMean: mean, lastCovariance: spread }
}

/** T P T': rows carried, then columns. */
function carrySpread(shape: StructuralShape, spread: Float64Array[]): void {
  const size = spread.length
  const column = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) column[i] = spread[i]![j]!
    carryState(shape, column)
    for (let i = 0; i < size; i++) spread[i]![j] = column[i]!
  }
  for (const line of spread) carryState(shape, line)
}

function smooth(pass: {
  shape: StructuralShape
  rows: readonly (readonly number[])[]
  means: readonly Float64Array[]
  spreads: readonly Float64Array[][]
  gains: readonly (Float64Array | null)[]
  weighted: readonly number[]
}): Float64Array[] {
  const { shape, rows, means, spreads, gains, weighted } = pass
  const size = stateCount(shape)
  const season = shape.period === null ? 0 : shape.period - 1
  const r = new Float64Array(size)
  const smoothed = means.map((mean) => mean.slice())
  for (let t = means.length - 1; t >= 0; t--) {
    if (t + 1 < means.length) carryBack(shape, r)
    const gain = gains[t]
    if (gain) {
      let pull = weighted[t]!
      for (let i = 0; i < size; i++) pull -= gain[i]! * r[i]!
      r[0]! += pull
      if (season > 0) r[1]! += pull
      for (let j = 0; j < shape.regressors; j++) r[1 + season + j]! += pull * rows[t]![j]!
    }
    for (let i = 0; i < size; i++) {
      const line = spreads[t]![i]!
      let sum = 0
      for (let j = 0; j < size; j++) sum += line[j]! * r[j]!
      smoothed[t]![i]! += sum
    }
  }
  return smoothed
}
