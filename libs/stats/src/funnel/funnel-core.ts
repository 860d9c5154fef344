import { chiSquareTail } from '../distributions/chi-square-tail.ts'

export type FunnelVerdict = 'inside' | 'above-95' | 'above-998' | 'below-95' | 'below-998' | 'no-data'

/** When the estimated over-dispersion widens the limits. */
export type DispersionRule = 'significant' | 'above-one' | 'never'

export interface FunnelLimits {
  lower95: number
  upper95: number
  lower998: number
  upper998: number
}

export interface FunnelUnit {
  /** The unit's own share or mean; null without cases. */
  value: number | null
  /** Distance from the target in standard errors, before over-dispersion; null without cases. */
  z: number | null
  limits: FunnelLimits | null
  verdict: FunnelVerdict
}

export interface FunnelEstimate {
  kind: 'funnel'
  /** The pooled share or mean, or the one given. */
  target: number
  /** Mean of the squared winsorised z-scores. */
  phi: number
  /** P(chi-square on (number of units) >= phi * number of units): the test of phi = 1. */
  phiPValue: number
  /** Whether the limits were widened by root phi. */
  overDispersed: boolean
  /** In the order of the input. */
  units: FunnelUnit[]
}

export type FunnelResult =
  | FunnelEstimate
  | { kind: 'cannot'; because: 'too-few-units' | 'constant' | 'not-finite'; detail: string }

export const USUAL_WINSORISED_SHARE = 0.1
/** Below this p-value the over-dispersion counts as significant. */
export const DISPERSION_SIGNIFICANCE = 0.05

/**
 * The over-dispersion of z-scores: winsorise, then average the squares, then test against chi-square / I.
 * Spiegelhalter (2005), the part on over-dispersion. Cost: O(I log I).
 */
export function overDispersion(
  zScores: readonly number[],
  winsorisedShare: number,
  rule: DispersionRule,
): { phi: number; phiPValue: number; overDispersed: boolean } {
  if (!(winsorisedShare >= 0 && winsorisedShare < 0.5)) {
    throw new RangeError(`winsorisedShare must lie in [0, 0.5), got ${winsorisedShare}`)
  }
  const sorted = [...zScores].sort((left, right) => left - right)
  const low = quantileSorted(sorted, winsorisedShare)
  const high = quantileSorted(sorted, 1 - winsorisedShare)
  let sum = 0
  for (const z of zScores) sum += Math.min(high, Math.max(low, z)) ** 2
  const phi = sum / zScores.length
  const phiPValue = chiSquareTail(sum, zScores.length, 'upper')
  const significant = phi > 1 && phiPValue < DISPERSION_SIGNIFICANCE
  return { phi, phiPValue, overDispersed: rule === 'significant' ? significant : rule === 'above-one' && phi > 1 }
}

/** Linear interpolation between order statistics, Hyndman and Fan (1996) type 7 (R's default). */
function quantileSorted(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!)
}

/** A value strictly beyond a limit is out; on the limit it is inside. */
export function funnelVerdict(value: number, limits: FunnelLimits): FunnelVerdict {
  if (value > limits.upper998) return 'above-998'
  if (value < limits.lower998) return 'below-998'
  if (value > limits.upper95) return 'above-95'
  if (value < limits.lower95) return 'below-95'
  return 'inside'
}
