/** A breakpoint: input x is worth y points. */
export interface Breakpoint {
  x: number
  y: number
}

/**
 * Piecewise-linear points: turns a measured figure into points.
 *
 * When to use: scoring tables ("85 % or less: 0 points, 95 %: 80, 100 %: 100").
 * Formula in words: between neighbouring breakpoints the straight line, outside the first and last breakpoint their points (clamped).
 * Source: linear interpolation, Abramowitz and Stegun (1964), 25.2.1; value functions in Keeney and Raiffa (1976), chapter 3.
 * Units: `value` and x in the unit of the figure, y and the result in points. Rising or falling points are both allowed.
 * Edge cases: a value on a breakpoint gives its points exactly; one breakpoint gives a constant; +-Infinity are clamped.
 * Errors: RangeError for no breakpoints, x not strictly increasing (unordered or duplicate), figures not finite, value NaN.
 * Cost: O(number of breakpoints).
 */
export function piecewiseLinear(value: number, breakpoints: readonly Breakpoint[]): number {
  requireBreakpoints(breakpoints)
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  const above = breakpoints.findIndex((point) => point.x >= value)
  if (above === -1) return breakpoints[breakpoints.length - 1]!.y
  const right = breakpoints[above]!
  if (above === 0 || right.x === value) return right.y
  const left = breakpoints[above - 1]!
  const share = (value - left.x) / (right.x - left.x)
  return left.y * (1 - share) + right.y * share
}

/**
 * Slope of the points at a value, in points per unit: what a standard error of the figure is multiplied with (delta method).
 * On a breakpoint the steeper of the two sides (the cautious choice); 0 where the points are clamped. Errors as above. O(breakpoints).
 */
export function piecewiseLinearSlope(value: number, breakpoints: readonly Breakpoint[]): number {
  requireBreakpoints(breakpoints)
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  let steepest = 0
  for (let i = 1; i < breakpoints.length; i++) {
    const left = breakpoints[i - 1]!
    const right = breakpoints[i]!
    if (value < left.x || value > right.x) continue
    const slope = (right.y - left.y) / (right.x - left.x)
    if (Math.abs(slope) > Math.abs(steepest)) steepest = slope
  }
  return steepest
}

function requireBreakpoints(breakpoints: readonly Breakpoint[]): void {
  if (breakpoints.length === 0) throw new RangeError('breakpoints must hold at least one point')
  breakpoints.forEach((point, i) => {
    if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) throw new RangeError(`breakpoints[${i}] must be finite`)
    if (i > 0 && point.x <= breakpoints[i - 1]!.x) {
      throw new RangeError(
        `breakpoints[${i}].x must be above the one before it (${breakpoints[i - 1]!.x}), got ${point.x}`,
      )
    }
  })
}
