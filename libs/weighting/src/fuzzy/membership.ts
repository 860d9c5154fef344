/** Triangle (a, peak, b), or trapezoid with a flat top; -Infinity and Infinity make an open shoulder. */
export type MembershipShape =
  | { kind: 'triangle'; left: number; peak: number; right: number }
  | { kind: 'trapezoid'; left: number; from: number; to: number; right: number }

/**
 * Degree in [0, 1] to which a value belongs to a fuzzy set.
 *
 * When to use: grades without sharp borders ("between good and very good").
 * Formula in words: 1 on the top, straight down to 0 at the feet, 0 outside. A foot equal to its corner is a sharp edge, inside it.
 * Source: Zadeh (1965), Information and Control 8:338-353; shapes as in Dubois and Prade (1978), International Journal of Systems Science
 * 9:613-626.
 * Units: value and corners in the unit of the figure. An open shoulder: both foot and corner infinite on that side.
 * Errors: RangeError for a value NaN, corners NaN or not rising, a foot infinite with a finite corner. Cost: O(1).
 */
export function membership(value: number, shape: MembershipShape): number {
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  const { left, right } = shape
  const from = shape.kind === 'triangle' ? shape.peak : shape.from
  const to = shape.kind === 'triangle' ? shape.peak : shape.to
  if (!(left <= from && from <= to && to <= right)) throw new RangeError('shape must have rising corners')
  if (Number.isFinite(left) !== Number.isFinite(from) || Number.isFinite(right) !== Number.isFinite(to))
    throw new RangeError('shape must have foot and corner both infinite on an open side')
  if (value < from) return value <= left ? 0 : (value - left) / (from - left)
  if (value > to) return value >= right ? 0 : (right - value) / (right - to)
  return 1
}

/**
 * Membership of a value in a row of grades given by their centres, adding up to 1: neighbours overlap, between two centres one falls as the
 * other rises.
 *
 * When to use: to fill the rows of a fuzzy evaluation from figures.
 * Formula in words: triangles whose feet are the neighbouring centres; the first and last grade are open outwards.
 * Source: partition of unity, Ruspini (1969), Information and Control 15:22-32.
 * Arguments: `centres` strictly rising or strictly falling (falling for costs), one per grade.
 * Errors: RangeError for no centres, not strictly monotone or not finite, a value NaN. Cost: O(grades).
 */
export function gradeMemberships(value: number, centres: readonly number[]): number[] {
  if (Number.isNaN(value)) throw new RangeError('value must be a number, got NaN')
  if (centres.length === 0) throw new RangeError('centres must hold at least one value')
  if (!centres.every(Number.isFinite)) throw new RangeError('centres must be finite')
  const sign = centres.length > 1 && centres[1]! < centres[0]! ? -1 : 1
  const rising = centres.map((centre) => sign * centre)
  if (rising.some((centre, k) => k > 0 && centre <= rising[k - 1]!))
    throw new RangeError('centres must be strictly rising or strictly falling')
  const x = sign * value
  const memberships = rising.map(() => 0)
  const above = rising.findIndex((centre) => centre >= x)
  if (above === -1) memberships[rising.length - 1] = 1
  else if (above === 0) memberships[0] = 1
  else {
    const share = (x - rising[above - 1]!) / (rising[above]! - rising[above - 1]!)
    memberships[above] = share
    memberships[above - 1] = 1 - share
  }
  return memberships
}
