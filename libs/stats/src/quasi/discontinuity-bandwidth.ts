import { leastSquares } from '../regression/least-squares.ts'
import { edgeCoefficient, linearVariance, neighbourVariances } from './local-polynomial.ts'

/** Cases of one side, sorted by distance from the cutoff. */
export interface Side {
  distances: readonly number[]
  outcomes: readonly number[]
}

export type BandwidthMethod = 'imbens-kalyanaraman-2012' | 'mse-two-step'

const TRIANGULAR = 3.4375
const REGULARISATION = 2160

/**
 * Bandwidth of Imbens and Kalyanaraman for a local linear discontinuity with triangular kernel.
 *
 * Formula in words: pilot 1.84 deviation n^(-1/5) gives density and variances at the cutoff; a cubic with a jump, on the cases between the
 * medians of the two sides, gives the third derivative and from it pilots for the curvatures; then 3.4375 times (variances over density
 * times (difference of curvatures squared + regularisation 2160 variance / (cases pilot^4) of either side))^(1/5) n^(-1/5).
 * Source: Imbens and Kalyanaraman (2012), Review of Economic Studies 79:933-959, section 4.2, equations 14 to 17.
 * Edge cases: null when a pilot stays without cases. Units: of the running figure. Cost: O(cases log cases).
 */
export function imbensKalyanaraman(left: Side, right: Side): number | null {
  const count = left.distances.length + right.distances.length
  const all = [...left.distances, ...right.distances]
  const pilot = 1.84 * deviation(all) * count ** (-1 / 5)
  const near = [left, right].map(({ distances, outcomes }) =>
    outcomes.filter((_, i) => Math.abs(distances[i]!) <= pilot),
  )
  if (near.some((own) => own.length < 2)) return null
  const density = (near[0]!.length + near[1]!.length) / (2 * count * pilot)
  const variances = near.map((own) => deviation(own) ** 2)
  const third = thirdDerivative(left, right)
  if (third === null) return null
  const parts = [left, right].map(({ distances, outcomes }, side) => {
    const bandwidth =
      3.56 *
      (variances[side]! / (density * Math.max(third * third, 1e-12 * variances[side]!))) ** (1 / 7) *
      distances.length ** (-1 / 7)
    const inside = distances.flatMap((distance, i) => (Math.abs(distance) <= bandwidth ? [i] : []))
    const fit = leastSquares({
      rows: inside.map((i) => [1, distances[i]!, distances[i]! ** 2]),
      response: inside.map((i) => outcomes[i]!),
    })
    if (inside.length < 4 || fit.kind === 'cannot') return null
    return {
      curvature: 2 * fit.coefficients[2]!,
      ridge: (REGULARISATION * variances[side]!) / (inside.length * bandwidth ** 4),
    }
  })
  const [below, above] = parts
  if (!below || !above) return null
  const bias = (above.curvature - below.curvature) ** 2 + below.ridge + above.ridge
  return TRIANGULAR * ((variances[0]! + variances[1]!) / (density * bias)) ** (1 / 5) * count ** (-1 / 5)
}

function thirdDerivative(left: Side, right: Side): number | null {
  const low = median(left.distances)
  const high = median(right.distances)
  const cases = [left, right].flatMap(({ distances, outcomes }) =>
    distances.flatMap((distance, i) =>
      distance >= low && distance <= high ? [{ distance, outcome: outcomes[i]! }] : [],
    ),
  )
  const rows = cases.map(({ distance }) => [1, Number(distance >= 0), distance, distance ** 2, distance ** 3])
  if (rows.length < 6) return null
  const fit = leastSquares({ rows, response: cases.map(({ outcome }) => outcome) })
  return fit.kind === 'cannot' ? null : 6 * fit.coefficients[4]!
}

/**
 * Bandwidths that minimise the estimated mean squared error, for the estimate (h) and for its bias (b), by plug-in.
 *
 * When to use: with `regressionDiscontinuity`, robust interval; in the manner of rdrobust's "mserd", in two steps instead of three.
 * Formula in words: at the pilot 2.58 min(deviation, range / 1.349) n^(-1/5) the variance of the jump and of the curvature are taken from
 * the weights of the fits; b from the third derivative of a global quartic on either side, with bias and variance of the local curvature; h
 * from the curvatures at b; each bias squared is joined by three times its own variance, so that a bias of about 0 gives no endless bandwidth.
 * Sources: Calonico, Cattaneo and Titiunik (2014), Econometrica 82:2295-2326, section 5; Calonico et al. (2020), Econometrics Journal
 * 23:192-210 (rates and regularisation). The two-step form is our own.
 * Edge cases: null when a fit stays without cases. Units: of the running figure. Cost: O(cases log cases).
 */
export function meanSquaredErrorBandwidths(
  left: Side,
  right: Side,
  neighbours: number,
): { main: number; bias: number } | null {
  const all = [...left.distances, ...right.distances].sort((a, b) => a - b)
  const range = quantile(all, 0.75) - quantile(all, 0.25)
  const pilot = 2.576 * Math.min(deviation(all), range / 1.349 || Number.POSITIVE_INFINITY) * all.length ** (-1 / 5)
  const sides = [left, right].map((side) => ({
    ...side,
    variances: neighbourVariances(side.distances, side.outcomes, neighbours),
  }))
  const most = sides.map(({ distances }) => greatestOf(distances))
  const widest = Math.max(...most)
  const curvature = sides.map((side) => {
    const fit = edgeCoefficient({ ...side, bandwidth: pilot, degree: 2, derivative: 2 })
    const third = globalThird(side)
    if (!fit || third === null) return null
    // Bias of the curvature through the third power, and its variance at the pilot.
    const leak = fit.weights.reduce((sum, weight, i) => sum + weight * side.distances[i]! ** 3, 0) / pilot
    return {
      variance: linearVariance(fit.weights, side.variances) * pilot ** 5,
      bias: leak * third.value,
      noise: (leak * third.error) ** 2,
    }
  })
  if (!curvature[0] || !curvature[1]) return null
  const [low, high] = curvature as [NonNullable<(typeof curvature)[0]>, NonNullable<(typeof curvature)[0]>]
  const biasSquare = (high.bias - low.bias) ** 2 + 3 * (high.noise + low.noise)
  const bias = Math.min(widest, ((5 * (high.variance + low.variance)) / (2 * biasSquare)) ** (1 / 7))
  const level = sides.map((side) => {
    const fit = edgeCoefficient({ ...side, bandwidth: pilot, degree: 1, derivative: 0 })
    const second = edgeCoefficient({ ...side, bandwidth: bias, degree: 2, derivative: 2 })
    if (!fit || !second) return null
    const leak = fit.weights.reduce((sum, weight, i) => sum + weight * side.distances[i]! ** 2, 0) / pilot ** 2
    return {
      variance: linearVariance(fit.weights, side.variances) * pilot,
      bias: leak * second.estimate,
      noise: leak ** 2 * linearVariance(second.weights, side.variances),
    }
  })
  if (!level[0] || !level[1]) return null
  const square = (level[1].bias - level[0].bias) ** 2 + 3 * (level[0].noise + level[1].noise)
  return { main: Math.min(widest, ((level[0].variance + level[1].variance) / (4 * square)) ** (1 / 5)), bias }
}

/** Coefficient of the third power of a quartic on one whole side, with its error. */
function globalThird({ distances, outcomes }: Side): { value: number; error: number } | null {
  const scale = greatestOf(distances)
  if (distances.length < 7 || !(scale > 0)) return null
  const fit = leastSquares({
    rows: distances.map((x) => [0, 1, 2, 3, 4].map((power) => (x / scale) ** power)),
    response: [...outcomes],
  })
  if (fit.kind === 'cannot') return null
  return {
    value: fit.coefficients[3]! / scale ** 3,
    error: Math.sqrt(fit.residualVariance * fit.unscaledCovariance[3]![3]!) / scale ** 3,
  }
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1))
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

/** Type 7 of Hyndman and Fan (1996). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  return sorted[below]! + (place - below) * (sorted[Math.min(sorted.length - 1, below + 1)]! - sorted[below]!)
}

/** Largest distance from the cut-off; one by one, since there may be more than a call takes arguments. */
function greatestOf(distances: readonly number[]): number {
  let greatest = 0
  for (const distance of distances) greatest = Math.max(greatest, Math.abs(distance))
  return greatest
}
