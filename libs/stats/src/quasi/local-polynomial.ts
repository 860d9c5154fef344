import { leastSquares } from '../regression/least-squares.ts'

/** A case: its running figure (score, distance, date) and its outcome. */
export interface RunningCase {
  running: number
  outcome: number
}

/** Weights on outcomes: an estimate is their weighted sum. */
export interface LinearEstimate {
  estimate: number
  /** One weight a case, 0 outside the bandwidth. */
  weights: Float64Array
  /** Cases within the bandwidth. */
  used: number
}

/**
 * One coefficient of a local polynomial at the edge of one side, triangular kernel.
 *
 * Formula in words: least squares of the outcome on powers of the distance from the cutoff, cases weighted by 1 - distance / bandwidth; the
 * coefficient of power `derivative` (0: the level at the edge).
 * Source: Fan and Gijbels (1996), Local Polynomial Modelling and Its Applications, section 3.2.
 * Arguments: `cases` of one side only, `distance` running - cutoff. Edge cases: null when the cases within the bandwidth do not determine it.
 * Cost: O(cases).
 */
export function edgeCoefficient(input: {
  distances: readonly number[]
  outcomes: readonly number[]
  bandwidth: number
  degree: number
  derivative: number
}): LinearEstimate | null {
  const { distances, outcomes, bandwidth, degree, derivative } = input
  const inside: number[] = []
  distances.forEach((distance, i) => {
    if (Math.abs(distance) < bandwidth) inside.push(i)
  })
  if (new Set(inside.map((i) => distances[i]!)).size <= degree) return null
  // Powers of distance over bandwidth are all of one size.
  const rows = inside.map((i) => Array.from({ length: degree + 1 }, (_, power) => (distances[i]! / bandwidth) ** power))
  const kernel = inside.map((i) => 1 - Math.abs(distances[i]!) / bandwidth)
  const fit = leastSquares({ rows, response: inside.map((i) => outcomes[i]!), weights: kernel })
  if (fit.kind === 'cannot') return null
  const scale = bandwidth ** -derivative
  const weights = new Float64Array(distances.length)
  inside.forEach((i, row) => {
    const line = fit.unscaledCovariance[derivative]!
    weights[i] = scale * kernel[row]! * rows[row]!.reduce((sum, x, power) => sum + line[power]! * x, 0)
  })
  return { estimate: scale * fit.coefficients[derivative]!, weights, used: inside.length }
}

/**
 * Variance of each outcome about its expectation, from its nearest neighbours.
 *
 * Formula in words: J / (J + 1) times the squared difference from the mean of the J nearest cases of the same side (ties all count).
 * Source: Abadie and Imbens (2006), Econometrica 74:235-267, as used by Calonico, Cattaneo and Titiunik (2014), Econometrica 82:2295-2326.
 * Arguments: cases sorted by distance. Cost: O(cases J).
 */
export function neighbourVariances(
  distances: readonly number[],
  outcomes: readonly number[],
  neighbours: number,
): Float64Array {
  const count = distances.length
  const slack = 1e-11 * Math.max(0, ...distances.map(Math.abs))
  return Float64Array.from(outcomes, (outcome, i) => {
    let [low, high] = [i, i]
    const wanted = Math.min(neighbours, count - 1)
    while (high - low < wanted) {
      const down = low > 0 ? distances[i]! - distances[low - 1]! : Number.POSITIVE_INFINITY
      const up = high < count - 1 ? distances[high + 1]! - distances[i]! : Number.POSITIVE_INFINITY
      if (down <= up) low -= 1
      else high += 1
    }
    // Decimal figures that are equally far differ in their last bits.
    const reach = Math.max(distances[i]! - distances[low]!, distances[high]! - distances[i]!) + slack
    while (low > 0 && distances[i]! - distances[low - 1]! <= reach) low -= 1
    while (high < count - 1 && distances[high + 1]! - distances[i]! <= reach) high += 1
    const found = high - low
    if (found === 0) return 0
    let sum = -outcome
    for (let j = low; j <= high; j++) sum += outcomes[j]!
    return (found / (found + 1)) * (outcome - sum / found) ** 2
  })
}

/** Sum of squared weights times variances: the variance of a linear estimate. */
export function linearVariance(weights: Float64Array, variances: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]! ** 2 * variances[i]!
  return sum
}
