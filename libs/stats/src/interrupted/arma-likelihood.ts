/** Order of autoregression and moving average, each 0, 1 or 2. */
export interface ArmaOrder {
  ar: number
  ma: number
}
export interface ArmaCoefficients {
  ar: number[]
  ma: number[]
}

/**
 * Coefficients of a stationary, invertible ARMA process from any real numbers.
 *
 * Formula in words: hyperbolic tangents are partial autocorrelations, from which Durbin's recursion gives the autoregression; the moving
 * average the same way with the sign turned. Source: Monahan (1984), Biometrika 71:403-404; Jones (1980), Technometrics 22:389-395.
 */
export function armaFromPoint(point: readonly number[], order: ArmaOrder): ArmaCoefficients {
  const ar = fromPartials(point.slice(0, order.ar).map(Math.tanh))
  const ma = fromPartials(point.slice(order.ar).map(Math.tanh)).map((value) => -value)
  return { ar, ma }
}

function fromPartials(partials: readonly number[]): number[] {
  let coefficients: number[] = []
  for (const partial of partials) {
    const before = coefficients
    coefficients = [...before.map((value, j) => value - partial * before[before.length - 1 - j]!), partial]
  }
  return coefficients
}

/**
 * Whitens several series at once under one ARMA error law of innovation variance 1.
 *
 * Formula in words: Kalman filter of the process in state-space form, started at its stationary covariance; each series becomes its
 * prediction errors over their standard deviations. Rows that are absent (a gap) are passed over, the state carried on.
 * Source: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, section 3.4; Gardner, Harvey and Phillips (1980),
 * Applied Statistics 29:311-322 (algorithm AS 154).
 * Arguments: `rows` T rows of several figures, null where there is none. Result: whitened rows of the present ones, and the sum of the
 * logarithms of the prediction variances. Cost: O(T (columns r + r cubed)), r = max(ar, ma + 1).
 */
export function whitenArma(
  rows: readonly (readonly number[] | null)[],
  { ar, ma }: ArmaCoefficients,
): { rows: number[][]; logVariance: number } {
  const size = Math.max(ar.length, ma.length + 1)
  const phi = Array.from({ length: size }, (_, i) => ar[i] ?? 0)
  const theta = Array.from({ length: size }, (_, i) => (i === 0 ? 1 : (ma[i - 1] ?? 0)))
  const columns = rows.find((row) => row !== null)?.length ?? 0
  let spread = stationaryCovariance(phi, theta)
  // State i of column j stands at j size + i.
  const states = new Float64Array(columns * size)
  const whitened: number[][] = []
  let logVariance = 0
  let settled = false
  let gain: number[] = phi.map(() => 0)
  let root = 1
  for (const row of rows) {
    if (row) {
      if (!settled) {
        const variance = spread[0]![0]!
        root = Math.sqrt(variance)
        gain = spread.map((line) => line[0]! / variance)
        spread = spread.map((line, i) => line.map((value, j) => value - gain[i]! * gain[j]! * variance))
      }
      logVariance += 2 * Math.log(root)
      whitened.push(takeUp(states, row, gain, root))
    }
    carryOn(states, phi)
    if (settled && row) continue
    const next = carriedOn(spread, phi, theta)
    settled =
      row !== null &&
      next.every((line, i) => line.every((value, j) => Math.abs(value - theta[i]! * theta[j]!) < SETTLED))
    spread = next
    if (!settled) continue
    // What is known cannot get better: errors are the innovations themselves, until a gap.
    gain = [...theta]
    root = 1
  }
  return { rows: whitened, logVariance }
}

const SETTLED = 1e-13

/** Prediction errors over their deviation; the states learn from them. */
function takeUp(states: Float64Array, row: readonly number[], gain: readonly number[], root: number): number[] {
  const size = gain.length
  return row.map((value, j) => {
    const error = value - states[j * size]!
    for (let i = 0; i < size; i++) states[j * size + i]! += gain[i]! * error
    return error / root
  })
}

function carryOn(states: Float64Array, phi: readonly number[]): void {
  const size = phi.length
  for (let at = 0; at < states.length; at += size) {
    const first = states[at]!
    for (let i = 0; i < size; i++) states[at + i] = phi[i]! * first + (i + 1 < size ? states[at + i + 1]! : 0)
  }
}

/** T P T' + R R' for the companion form: first column phi, ones above the diagonal. */
function carriedOn(
  spread: readonly (readonly number[])[],
  phi: readonly number[],
  theta: readonly number[],
): number[][] {
  const at = (i: number, j: number): number => spread[i]?.[j] ?? 0
  return phi.map((left, i) =>
    phi.map(
      (right, j) =>
        left * right * at(0, 0) + left * at(0, j + 1) + right * at(i + 1, 0) + at(i + 1, j + 1) + theta[i]! * theta[j]!,
    ),
  )
}

/** The covariance that carrying on leaves as it is: linear equations in its entries, by Gaussian elimination. */
function stationaryCovariance(phi: readonly number[], theta: readonly number[]): number[][] {
  const size = phi.length
  const count = size * size
  const zero = (): number[][] => phi.map(() => phi.map(() => 0))
  const noise = carriedOn(zero(), phi, theta)
  const still = phi.map(() => 0)
  const system = Array.from({ length: count }, () => Array.from({ length: count + 1 }, () => 0))
  for (let entry = 0; entry < count; entry++) {
    const unit = zero()
    unit[Math.floor(entry / size)]![entry % size] = 1
    const moved = carriedOn(unit, phi, still)
    for (let row = 0; row < count; row++)
      system[row]![entry] = (row === entry ? 1 : 0) - moved[Math.floor(row / size)]![row % size]!
    system[entry]![count] = noise[Math.floor(entry / size)]![entry % size]!
  }
  for (let pivot = 0; pivot < count; pivot++) {
    let best = pivot
    for (let i = pivot + 1; i < count; i++) if (Math.abs(system[i]![pivot]!) > Math.abs(system[best]![pivot]!)) best = i
    ;[system[pivot], system[best]] = [system[best]!, system[pivot]!]
    for (let i = 0; i < count; i++) {
      if (i === pivot) continue
      const share = system[i]![pivot]! / system[pivot]![pivot]!
      if (share !== 0) for (let j = pivot; j <= count; j++) system[i]![j]! -= share * system[pivot]![j]!
    }
  }
  return phi.map((_, i) =>
    phi.map((_unused, j) => system[i * size + j]![count]! / system[i * size + j]![i * size + j]!),
  )
}
