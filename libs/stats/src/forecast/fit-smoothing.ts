import { leastSquares } from '../regression/least-squares.ts'
import { nelderMead } from './nelder-mead.ts'
import { runSmoothing, type SmoothingModel, type SmoothingParameters, type SmoothingState } from './smoothing-model.ts'

export interface SmoothingFit {
  kind: 'fit'
  model: SmoothingModel
  parameters: SmoothingParameters
  initial: SmoothingState
  /** State after the last value, from which forecasts start. */
  state: SmoothingState
  predictions: number[]
  /** Value less prediction; 0 at a gap. */
  errors: number[]
  /** Sum of squares over values less all fitted figures. */
  variance: number
  /** n log(sum of squares), the part of -2 log likelihood that depends on the fit, as forecast::ets counts it. */
  criterion: number
  /** Corrected Akaike criterion on that scale, for comparing models of the same values. */
  aicc: number
  observations: number
}

export type SmoothingResult =
  | SmoothingFit
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite' | 'not-identified'; detail: string }

/** Bounds of the weights, as in forecast::ets: alpha, beta below alpha, gamma below 1 - alpha, phi. */
const LEAST_WEIGHT = 1e-4
const PHI = { least: 0.8, most: 0.98 }

/**
 * Fits exponential smoothing with additive errors: ANN, AAN, AAdN, ANA, AAA, AAdA.
 *
 * When to use: a seasonal indicator with some two seasons and more of history; the band of its next values.
 * Formula in words: the weights minimise the sum of squared one-step errors (maximum likelihood for normal errors); for given weights the
 * errors are linear in the first level, slope and season, which are therefore found by least squares; the weights by Nelder-Mead from
 * several starts, inside 0 < beta < alpha < 1, 0 < gamma < 1 - alpha, 0.8 <= phi <= 0.98.
 * Sources: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, chapters 2 and 5; Holt (1957); Winters (1960).
 * Arguments: `values` in order of time, equally spaced, null a gap. Units: those of the values.
 * Edge cases: fewer values than fitted figures + 3, or a season not seen twice, 'too-few'; all equal 'constant'; not finite 'not-finite';
 * gaps that leave a season or the slope unseen 'not-identified'.
 * Errors: RangeError for a period not whole from 2. Convention: seasons of the start add up to 0. Cost: some 400 passes of O(n period squared).
 */
export function fitSmoothing(input: { values: readonly (number | null)[]; model: SmoothingModel }): SmoothingResult {
  const { values, model } = input
  const { trend, period } = model
  if (period !== null && (!Number.isInteger(period) || period < 2))
    throw new RangeError(`model.period must be a whole number from 2, got ${period}`)
  const weights = 1 + (trend === 'none' ? 0 : 1) + (period === null ? 0 : 1) + (trend === 'damped' ? 1 : 0)
  const basis = statesOf(model)
  const fitted = weights + basis.length
  const seen = values.filter((value) => value !== null)
  if (!seen.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  if (seen.length < fitted + 3 || (period !== null && values.length < 2 * period))
    return {
      kind: 'cannot',
      because: 'too-few',
      detail: `${seen.length} values, ${fitted + 3} and two seasons are needed`,
    }
  const middle = seen.reduce((sum, value) => sum + value, 0) / seen.length
  const size = Math.sqrt(seen.reduce((sum, value) => sum + (value - middle) ** 2, 0) / seen.length)
  if (!(size > 1e-12 * Math.abs(middle))) return { kind: 'cannot', because: 'constant', detail: 'all values are equal' }
  const scaled = values.map((value) => (value === null ? null : (value - middle) / size))
  const profile = (point: readonly number[]): number => {
    const rows = linearErrors(scaled, unpack(point, model), basis)
    const squares = leastSquareSum(rows.design, rows.target)
    return squares === null ? Number.POSITIVE_INFINITY : Math.log(squares + 1e-300)
  }
  const search = startsOf(model).map((start) => nelderMead({ minimise: profile, start, step: 0.7 }))
  const best = search.reduce((a, b) => (b.value < a.value ? b : a))
  const parameters = unpack(best.point, model)
  const rows = linearErrors(scaled, parameters, basis)
  const solved = leastSquares({ rows: rows.design, response: rows.target })
  if (solved.kind === 'cannot') return { kind: 'cannot', because: 'not-identified', detail: solved.detail }
  const start = combine(basis, solved.coefficients)
  const initial: SmoothingState = {
    level: middle + size * start.level,
    slope: size * start.slope,
    season: start.season.map((value) => size * value),
  }
  return describe(values, model, parameters, initial, fitted)
}

/** Everything that follows from weights and a start. */
export function describe(
  values: readonly (number | null)[],
  model: SmoothingModel,
  parameters: SmoothingParameters,
  initial: SmoothingState,
  fitted: number,
): SmoothingFit {
  const { predictions, errors, state } = runSmoothing(values, parameters, initial)
  const observations = values.filter((value) => value !== null).length
  const squares = errors.reduce((sum, error) => sum + error * error, 0)
  const criterion = observations * Math.log(squares)
  const counted = fitted + 1
  const aicc = criterion + 2 * counted + (2 * counted * (counted + 1)) / Math.max(1, observations - counted - 1)
  const variance = squares / (observations - fitted)
  return {
    kind: 'fit',
    model,
    parameters,
    initial,
    state,
    predictions,
    errors,
    variance,
    criterion,
    aicc,
    observations,
  }
}

/** Unit vectors of the free figures of the start; the last season is minus the sum of the others. */
function statesOf({ trend, period }: SmoothingModel): SmoothingState[] {
  const empty = (): SmoothingState => ({ level: 0, slope: 0, season: Array.from({ length: period ?? 0 }, () => 0) })
  const states = [{ ...empty(), level: 1 }]
  if (trend !== 'none') states.push({ ...empty(), slope: 1 })
  for (let j = 0; j + 1 < (period ?? 0); j++) {
    const state = empty()
    state.season[j] = 1
    state.season[period! - 1] = -1
    states.push(state)
  }
  return states
}

function combine(basis: readonly SmoothingState[], shares: readonly number[]): SmoothingState {
  const sum = (part: (state: SmoothingState) => number): number =>
    basis.reduce((total, state, j) => total + part(state) * shares[j]!, 0)
  return {
    level: sum((state) => state.level),
    slope: sum((state) => state.slope),
    season: basis[0]!.season.map((_, i) => sum((state) => state.season[i]!)),
  }
}

/** errors = target - design times start, gaps left out. */
function linearErrors(
  values: readonly (number | null)[],
  parameters: SmoothingParameters,
  basis: readonly SmoothingState[],
) {
  const zero = combine(
    basis,
    basis.map(() => 0),
  )
  const plain = runSmoothing(values, parameters, zero).errors
  const still = values.map((value) => (value === null ? null : 0))
  const moved = basis.map((state) => runSmoothing(still, parameters, state).errors)
  const used = values.flatMap((value, t) => (value === null ? [] : [t]))
  return { design: used.map((t) => moved.map((errors) => -errors[t]!)), target: used.map((t) => plain[t]!) }
}

/** Least sum of squares by the normal equations (Cholesky): fast, and exact enough to compare weights; null when not identified. */
function leastSquareSum(design: readonly (readonly number[])[], target: readonly number[]): number | null {
  const k = design[0]!.length
  const cross = Array.from({ length: k }, () => new Float64Array(k + 1))
  let squares = 0
  design.forEach((row, t) => {
    const y = target[t]!
    squares += y * y
    for (let i = 0; i < k; i++) {
      const x = row[i]!
      for (let j = 0; j <= i; j++) cross[i]![j]! += x * row[j]!
      cross[i]![k]! += x * y
    }
  })
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = cross[i]![j]!
      for (let m = 0; m < j; m++) sum -= cross[i]![m]! * cross[j]![m]!
      if (i > j) cross[i]![j] = sum / cross[j]![j]!
      else if (sum > 1e-12 * design.length) cross[i]![i] = Math.sqrt(sum)
      else return null
    }
    let right = cross[i]![k]!
    for (let m = 0; m < i; m++) right -= cross[i]![m]! * cross[m]![k]!
    cross[i]![k] = right / cross[i]![i]!
    squares -= cross[i]![k]! ** 2
  }
  return Math.max(0, squares)
}

const within = (x: number, low: number, high: number): number => low + (high - low) / (1 + Math.exp(-x))

function unpack(point: readonly number[], { trend, period }: SmoothingModel): SmoothingParameters {
  let next = 0
  const alpha = within(point[next++]!, LEAST_WEIGHT, 1 - LEAST_WEIGHT)
  const beta = trend === 'none' ? 0 : within(point[next++]!, LEAST_WEIGHT, Math.max(2 * LEAST_WEIGHT, alpha))
  const gamma = period === null ? 0 : within(point[next++]!, LEAST_WEIGHT, Math.max(2 * LEAST_WEIGHT, 1 - alpha))
  const phi = trend === 'damped' ? within(point[next]!, PHI.least, PHI.most) : 1
  return { alpha, beta, gamma, phi }
}

/** Starts with a slow, a quick and a stiff level; a seasonal series with a trend has several valleys. */
function startsOf({ trend, period }: SmoothingModel): number[][] {
  return [
    [-1.5, -2, -2],
    [1, -2, -2],
    [-3.5, 2, 1],
  ].map(([alpha, beta, gamma]) => {
    const start = [alpha!]
    if (trend !== 'none') start.push(beta!)
    if (period !== null) start.push(gamma!)
    if (trend === 'damped') start.push(1)
    return start
  })
}
