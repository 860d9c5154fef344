import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import {
  type BandwidthMethod,
  imbensKalyanaraman,
  meanSquaredErrorBandwidths,
  type Side,
} from './discontinuity-bandwidth.ts'
import {
  edgeCoefficient,
  type LinearEstimate,
  linearVariance,
  neighbourVariances,
  type RunningCase,
} from './local-polynomial.ts'

export interface DiscontinuityEstimate {
  kind: 'estimate'
  /** Jump of the outcome at the cutoff, from below to above, local linear. */
  conventional: { estimate: number; standardError: number; lower: number; upper: number; pValue: number }
  /** Bias-corrected, with an error that knows the correction is estimated: the interval to report. */
  robust: { estimate: number; standardError: number; lower: number; upper: number; pValue: number }
  bandwidth: number
  biasBandwidth: number
  usedBelow: number
  usedAbove: number
  confidence: number
}

export type DiscontinuityResult =
  | DiscontinuityEstimate
  | { kind: 'cannot'; because: 'too-few' | 'not-finite' | 'constant' | 'no-bandwidth'; detail: string }

const LEAST_DISTINCT = 10

/**
 * Sharp regression discontinuity: the jump of an outcome where a rule switches a measure on.
 *
 * When to use: a measure that every case at or above a cutoff of a score got, and none below (support from 60 points on), where nobody can
 * place himself exactly; test that with `cutoffDensityTest`.
 * Formula in words: local linear fits with triangular kernel on both sides, extrapolated to the cutoff; the bias through curvature, from local
 * quadratic fits with bandwidth b, is taken out; both estimates are weighted sums of outcomes, so their variances are sums of squared
 * weights times variances from nearest neighbours.
 * Sources: Hahn, Todd and van der Klaauw (2001), Econometrica 69:201-209; Calonico, Cattaneo and Titiunik (2014), Econometrica 82:2295-2326,
 * theorem 1; Imbens and Kalyanaraman (2012). R: rdrobust (which was not at hand: checked against formulas written out in R).
 * Arguments: cases at the cutoff count as above. `bandwidth` a method or a number; with a number or 'imbens-kalyanaraman-2012' b is h times
 * `biasRatio` (default 1, which makes the corrected estimate the local quadratic one); `donut` leaves out cases nearer to the cutoff, where
 * people may have moved; `neighbours` default 3. Units: of the outcome.
 * Edge cases: fewer than 10 different running figures on a side 'too-few'; an outcome that never varies 'constant'; not finite 'not-finite';
 * no bandwidth to be had 'no-bandwidth'. Errors: RangeError for a bandwidth or biasRatio not above 0, a donut below 0.
 * Convention: normal intervals. Cost: O(cases log cases).
 */
export function regressionDiscontinuity(input: {
  cases: readonly RunningCase[]
  cutoff: number
  bandwidth: BandwidthMethod | number
  biasRatio?: number
  donut?: number
  neighbours?: number
  confidence?: number
}): DiscontinuityResult {
  const { cases, cutoff, donut = 0, neighbours = 3, confidence = 0.95 } = input
  requireDiscontinuity(input)
  if (!cases.every(({ running, outcome }) => Number.isFinite(running) && Number.isFinite(outcome)))
    return { kind: 'cannot', because: 'not-finite', detail: 'a running figure or outcome is not a finite number' }
  const { left, right } = sidesOf(cases, cutoff, donut)
  for (const [name, { distances }] of [
    ['below', left],
    ['above', right],
  ] as const) {
    const distinct = new Set(distances).size
    if (distinct < LEAST_DISTINCT)
      return {
        kind: 'cannot',
        because: 'too-few',
        detail: `${distinct} different running figures ${name} the cutoff, ${LEAST_DISTINCT} are needed`,
      }
  }
  if ([...left.outcomes, ...right.outcomes].every((outcome) => outcome === left.outcomes[0]))
    return { kind: 'cannot', because: 'constant', detail: 'the outcome never varies' }
  const widths = bandwidthsOf(input, left, right, neighbours)
  if (!widths)
    return { kind: 'cannot', because: 'no-bandwidth', detail: 'too few cases near the cutoff to choose a bandwidth' }
  const fits = [left, right].map((side) => sideEstimate(side, widths, neighbours))
  const [below, above] = fits
  if (!below || !above)
    return {
      kind: 'cannot',
      because: 'too-few',
      detail: `too few different running figures within ${widths.main} of the cutoff`,
    }
  return {
    kind: 'estimate',
    conventional: figureOf(
      above.plain.estimate - below.plain.estimate,
      above.plainVariance + below.plainVariance,
      confidence,
    ),
    robust: figureOf(above.corrected - below.corrected, above.correctedVariance + below.correctedVariance, confidence),
    bandwidth: widths.main,
    biasBandwidth: widths.bias,
    usedBelow: below.plain.used,
    usedAbove: above.plain.used,
    confidence,
  }
}

function figureOf(estimate: number, variance: number, confidence: number): DiscontinuityEstimate['robust'] {
  const reach = normalQuantile((1 - confidence) / 2, 'upper')
  const standardError = Math.sqrt(variance)
  const distance = estimate === 0 ? 0 : Math.abs(estimate) / standardError
  const pValue = 2 * normalTail(distance, 'upper')
  return {
    estimate,
    standardError,
    lower: estimate - reach * standardError,
    upper: estimate + reach * standardError,
    pValue,
  }
}

/** Cases of both sides by distance, the cutoff belonging to the right, the donut left out. */
function sidesOf(cases: readonly RunningCase[], cutoff: number, donut: number): { left: Side; right: Side } {
  const sorted = cases
    .map(({ running, outcome }) => ({ distance: running - cutoff, outcome }))
    .filter(({ distance }) => Math.abs(distance) >= donut)
    .sort((a, b) => a.distance - b.distance)
  const sideOf = (own: typeof sorted): Side => ({
    distances: own.map(({ distance }) => distance),
    outcomes: own.map(({ outcome }) => outcome),
  })
  return {
    left: sideOf(sorted.filter(({ distance }) => distance < 0)),
    right: sideOf(sorted.filter(({ distance }) => distance >= 0)),
  }
}

function bandwidthsOf(
  { bandwidth, biasRatio = 1 }: Parameters<typeof regressionDiscontinuity>[0],
  left: Side,
  right: Side,
  neighbours: number,
): { main: number; bias: number } | null {
  if (bandwidth === 'mse-two-step') return meanSquaredErrorBandwidths(left, right, neighbours)
  const main = typeof bandwidth === 'number' ? bandwidth : imbensKalyanaraman(left, right)
  return main === null || !(main > 0) ? null : { main, bias: main * biasRatio }
}

function sideEstimate(
  side: Side,
  widths: { main: number; bias: number },
  neighbours: number,
): { plain: LinearEstimate; plainVariance: number; corrected: number; correctedVariance: number } | null {
  const plain = edgeCoefficient({ ...side, bandwidth: widths.main, degree: 1, derivative: 0 })
  const curvature = edgeCoefficient({ ...side, bandwidth: widths.bias, degree: 2, derivative: 2 })
  if (!plain || !curvature) return null
  // What a unit of the second power adds to the plain estimate.
  const leak = plain.weights.reduce((sum, weight, i) => sum + weight * side.distances[i]! ** 2, 0)
  const weights = plain.weights.map((weight, i) => weight - leak * curvature.weights[i]!)
  const variances = neighbourVariances(side.distances, side.outcomes, neighbours)
  return {
    plain,
    plainVariance: linearVariance(plain.weights, variances),
    corrected: plain.estimate - leak * curvature.estimate,
    correctedVariance: linearVariance(weights, variances),
  }
}

function requireDiscontinuity(input: Parameters<typeof regressionDiscontinuity>[0]): void {
  const { cutoff, bandwidth, biasRatio = 1, donut = 0, neighbours = 3, confidence = 0.95 } = input
  if (!Number.isFinite(cutoff)) throw new RangeError(`cutoff must be finite, got ${cutoff}`)
  if (typeof bandwidth === 'number' && !(bandwidth > 0))
    throw new RangeError(`bandwidth must be above 0, got ${bandwidth}`)
  if (!(biasRatio > 0)) throw new RangeError(`biasRatio must be above 0, got ${biasRatio}`)
  if (!(donut >= 0)) throw new RangeError(`donut must be at least 0, got ${donut}`)
  if (!Number.isInteger(neighbours) || neighbours < 1)
    throw new RangeError(`neighbours must be a whole number from 1, got ${neighbours}`)
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
}
