import { type Breakpoint, piecewiseLinear } from './piecewise-linear.ts'

/**
 * The value nearest to the present one at which a piecewise-linear scale gives at least the wanted points.
 *
 * When to use: "what would it take": how many per cent more for the next grade, through `marginalGains`.
 * Formula in words: on every segment solve the line for the wanted points; of all values that reach them the nearest to `value`.
 * Source: inverse interpolation, Abramowitz and Stegun (1964), 25.2 and 25.4.
 * Units: value and result in the unit of the figure, points as y of the breakpoints.
 * Edge cases: `value` itself if it already has the points; null if no value has them. Errors: as `piecewiseLinear`; RangeError for
 * wantedPoints NaN. Cost: O(breakpoints).
 */
export function valueForPoints(wantedPoints: number, breakpoints: readonly Breakpoint[], value: number): number | null {
  if (Number.isNaN(wantedPoints)) throw new RangeError('wantedPoints must be a number, got NaN')
  if (piecewiseLinear(value, breakpoints) >= wantedPoints) return value
  let nearest: number | null = null
  const consider = (x: number) => {
    if (nearest === null || Math.abs(x - value) < Math.abs(nearest - value)) nearest = x
  }
  breakpoints.forEach((right, i) => {
    if (right.y >= wantedPoints) consider(right.x)
    const left = breakpoints[i - 1]
    if (!left || left.y >= wantedPoints === right.y >= wantedPoints) return
    consider(left.x + ((wantedPoints - left.y) / (right.y - left.y)) * (right.x - left.x))
  })
  return nearest
}
