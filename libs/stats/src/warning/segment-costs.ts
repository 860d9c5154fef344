/** What changes from segment to segment. */
export type ChangeModel =
  /** Normal with the stated, common standard deviation: the mean. */
  | { kind: 'mean'; sigma: number }
  /** Normal: mean and variance. */
  | { kind: 'mean-and-variance' }
  /** Counts: the rate per unit of exposure. */
  | { kind: 'poisson' }

/** Twice the negative log-likelihood of positions from (inclusive) to (exclusive), constants that do not depend on the cut left out. */
export type SegmentCost = (from: number, to: number) => number

/** A variance below this share of the whole variance is rounding; it would make a segment of equal values infinitely good. */
const LEAST_VARIANCE_SHARE = 1e-10

/**
 * Cost of a segment by running sums.
 *
 * Formula in words: mean: sum of squares about the segment's mean over sigma squared; mean and variance: n (log(2 pi variance) + 1); Poisson:
 * 2 (expected - events log rate) with the rate of the segment.
 * Source: Killick, Fearnhead and Eckley (2012), JASA 107:1590-1598, section 2 (twice the negative log-likelihood).
 * Cost: O(n) to set up, O(1) a segment.
 */
export function segmentCost(values: readonly number[], model: ChangeModel, exposures?: readonly number[]): SegmentCost {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length
  const shift = model.kind === 'poisson' ? 0 : middle
  const sums = runningSums(values.map((value) => value - shift))
  const squares = runningSums(values.map((value) => (value - shift) ** 2))
  const whole = squares.at(-1)! / values.length
  const about = (from: number, to: number): number => {
    const sum = sums[to]! - sums[from]!
    return Math.max(0, squares[to]! - squares[from]! - (sum * sum) / (to - from))
  }
  if (model.kind === 'mean') return (from, to) => about(from, to) / model.sigma ** 2
  if (model.kind === 'mean-and-variance') {
    return (from, to) => {
      const variance = Math.max(about(from, to) / (to - from), LEAST_VARIANCE_SHARE * whole)
      return (to - from) * (Math.log(2 * Math.PI * variance) + 1)
    }
  }
  const exposed = runningSums(exposures ?? values.map(() => 1))
  return (from, to) => {
    const events = sums[to]! - sums[from]!
    return events === 0 ? 0 : 2 * (events - events * Math.log(events / (exposed[to]! - exposed[from]!)))
  }
}

function runningSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1)
  values.forEach((value, i) => {
    sums[i + 1] = sums[i]! + value
  })
  return sums
}

/** Free figures of one segment. */
export function segmentParameters(model: ChangeModel): number {
  return model.kind === 'mean-and-variance' ? 2 : 1
}
