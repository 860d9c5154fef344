import type { Cannot } from '../cannot.ts'

/** Points and how they move with the figure. */
export interface PointsWithSlope {
  kind: 'points'
  points: number
  /** Points per unit of the figure: what its standard error is multiplied with (delta method); 0 where the points are clamped. */
  slope: number
}

export interface ZScoreScale {
  /** Mean and standard deviation of the peers, in the unit of the figure. */
  mean: number
  standardDeviation: number
  /** Points of the mean, for example 75. */
  centrePoints: number
  /** Points of one standard deviation, > 0, for example 10. */
  pointsPerDeviation: number
  /** Clamp; default 0 and 100. */
  lowestPoints?: number
  highestPoints?: number
  /** Default 'benefit'. */
  direction?: 'benefit' | 'cost'
}

/**
 * Points by distance from the peers' mean, in standard deviations.
 *
 * When to use: no target exists and standing among peers is what is meant; a unit's points then move when its peers move.
 * Formula in words: centre + points per deviation * (value - mean) / deviation, the sign turned for costs, clamped.
 * Source: standardised scores, McCall (1922), How to Measure in Education (T score: centre 50, 10 points per deviation); OECD/JRC (2008),
 * Handbook on Constructing Composite Indicators, step 5.
 * Convention: mean and deviation are taken as known; their own error, shared by all units, is not part of `slope`. On the edge of the clamp
 * the slope is that of the line (the cautious choice).
 * Edge cases: deviation 0 (all peers equal) gives 'no-spread'; a value of +-Infinity is clamped. Errors: RangeError for a value NaN, a
 * negative deviation, figures not finite, pointsPerDeviation not above 0, lowestPoints above highestPoints. Cost: O(1).
 */
export function zScorePoints(value: number, scale: ZScoreScale): PointsWithSlope | Cannot<'no-spread'> {
  const { mean, standardDeviation, centrePoints, pointsPerDeviation, lowestPoints = 0, highestPoints = 100 } = scale
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  for (const [name, figure] of Object.entries({ mean, standardDeviation, centrePoints, pointsPerDeviation })) {
    if (!Number.isFinite(figure)) throw new RangeError(`${name} must be finite, got ${figure}`)
  }
  if (standardDeviation < 0) throw new RangeError(`standardDeviation must be at least 0, got ${standardDeviation}`)
  if (!(pointsPerDeviation > 0)) throw new RangeError(`pointsPerDeviation must be above 0, got ${pointsPerDeviation}`)
  if (!(lowestPoints <= highestPoints)) throw new RangeError('lowestPoints must not exceed highestPoints')
  if (standardDeviation === 0)
    return { kind: 'cannot', because: 'no-spread', detail: 'all peers are equal: their deviation is 0' }
  const sign = scale.direction === 'cost' ? -1 : 1
  const slope = (sign * pointsPerDeviation) / standardDeviation
  const raw = centrePoints + slope * (value - mean)
  const points = Math.min(highestPoints, Math.max(lowestPoints, raw))
  return { kind: 'points', points, slope: raw === points ? slope : 0 }
}
