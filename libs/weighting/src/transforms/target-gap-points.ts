import type { PointsWithSlope } from './z-score-points.ts'

export interface TargetGapScale {
  target: number
  /** 'benefit': falling short of the target costs points; 'cost': exceeding it; 'near': either. */
  direction: 'benefit' | 'cost' | 'near'
  /** Points at the target and beyond. */
  fullPoints: number
  /** Points lost per unit of the gap, > 0. */
  pointsPerUnit: number
  /** Points never fall below; at most fullPoints. */
  floorPoints: number
  /** Gap that costs nothing, >= 0; default 0. */
  tolerance?: number
}

/**
 * Points by the gap to a target: full points at the target, a fixed loss for every unit short of it, never below a floor.
 *
 * When to use: promises with a target ("98 % satisfied; each point short costs 0.5, never below half").
 * Formula in words: the larger of floor and full - points per unit * (gap - tolerance), the gap counted on the bad side only.
 * Source: the practice of the published rankings of municipal hotlines (Lianyungang 12345, 2021: max(12.5, 25 - 0.5 (98 - rate)));
 * piecewise linear value functions, Keeney and Raiffa (1976), Decisions with Multiple Objectives, chapter 3.
 * Units: value, target, tolerance in the unit of the figure. `slope` for the delta method: 0 beyond the target and below the floor; on a
 * corner that of the line (the cautious choice).
 * Edge cases: +-Infinity give floor or full points. Errors: RangeError for a value NaN, figures not finite, pointsPerUnit not above 0,
 * floorPoints above fullPoints, tolerance negative. Cost: O(1).
 */
export function targetGapPoints(value: number, scale: TargetGapScale): PointsWithSlope {
  const { target, direction, fullPoints, pointsPerUnit, floorPoints, tolerance = 0 } = scale
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  for (const [name, figure] of Object.entries({ target, fullPoints, pointsPerUnit, floorPoints, tolerance })) {
    if (!Number.isFinite(figure)) throw new RangeError(`${name} must be finite, got ${figure}`)
  }
  if (!(pointsPerUnit > 0)) throw new RangeError(`pointsPerUnit must be above 0, got ${pointsPerUnit}`)
  if (floorPoints > fullPoints) throw new RangeError('floorPoints must not exceed fullPoints')
  if (tolerance < 0) throw new RangeError(`tolerance must be at least 0, got ${tolerance}`)
  const short = direction === 'benefit' || (direction === 'near' && value < target)
  const gap = (short ? target - value : value - target) - tolerance
  if (gap < 0) return { kind: 'points', points: fullPoints, slope: 0 }
  const raw = fullPoints - pointsPerUnit * gap
  if (raw < floorPoints) return { kind: 'points', points: floorPoints, slope: 0 }
  return { kind: 'points', points: raw, slope: short ? pointsPerUnit : -pointsPerUnit }
}
