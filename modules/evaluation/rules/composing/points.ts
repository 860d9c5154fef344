/**
 * From values to points. A transform is made once for each peer group, then applied to all its units. Sources of the
 * functions stand in the weighting library: value functions after Keeney and Raiffa (1976).
 */
import { normalTail } from '#stats/distributions/normal-tail'
import type { Transform } from '../../contract/scheme.ts'

export interface PointsFunction {
  readonly points: (value: number) => number
  /** Points for one more unit of the value, at this value; on a corner the steeper side. 0 where flat. */
  readonly slope: (value: number) => number
  /** Standard error of the points, from that of the value: through the slope (delta method), for steps by their probabilities. */
  readonly error: (value: number, standardError: number) => number
  /** The corners where it consists of straight lines, for charts and for "what would it take". */
  readonly corners: readonly { readonly x: number; readonly y: number }[] | null
}

const LEAST = 0
const MOST = 100

/**
 * `peers`: the group's used values, rising, without gaps; only z-scores and percentiles look at them. Null where they allow no
 * answer: fewer than two peers, or all alike for a z-score.
 */
export function pointsFunction(
  transform: Transform,
  better: 'more' | 'less',
  peers: Float64Array,
): PointsFunction | null {
  const sign = better === 'more' ? 1 : -1
  switch (transform.kind) {
    case 'piecewise':
      return lines(transform.points.map(([x, y]) => ({ x, y })))
    case 'target-gap': {
      const { target, pointsPerUnit, floor } = transform
      const end = { x: target - (sign * (MOST - floor)) / pointsPerUnit, y: floor }
      return lines(inOrder([{ x: target, y: MOST }, end]))
    }
    case 'z-score': {
      const { mean, deviation } = momentsOf(peers)
      if (!(deviation > 0)) return null
      const { centre, pointsPerDeviation } = transform
      const at = (points: number) => ({
        x: mean + (sign * (points - centre) * deviation) / pointsPerDeviation,
        y: points,
      })
      return lines(inOrder([at(LEAST), at(MOST)]))
    }
    case 'percentile':
      return peers.length < 2 ? null : percentiles(peers, sign)
    case 'step':
      return steps(transform.steps, sign)
  }
}

const inOrder = (corners: { x: number; y: number }[]) => corners.toSorted((a, b) => a.x - b.x)

function lines(corners: readonly { x: number; y: number }[]): PointsFunction {
  const last = corners.length - 1
  const xs = Float64Array.from(corners, ({ x }) => x)
  const ys = Float64Array.from(corners, ({ y }) => y)
  const slopes = Float64Array.from({ length: last }, (_, i) => (ys[i + 1]! - ys[i]!) / (xs[i + 1]! - xs[i]!))
  return bySlope({
    corners,
    points: (value) => {
      if (value <= xs[0]!) return ys[0]!
      for (let i = 1; i <= last; i += 1) {
        if (value > xs[i]!) continue
        if (value === xs[i]!) return ys[i]!
        const share = (value - xs[i - 1]!) / (xs[i]! - xs[i - 1]!)
        return ys[i - 1]! * (1 - share) + ys[i]! * share
      }
      return ys[last]!
    },
    slope: (value) => {
      let steepest = 0
      for (let i = 0; i < last; i += 1) {
        if (value < xs[i]! || value > xs[i + 1]!) continue
        if (Math.abs(slopes[i]!) > Math.abs(steepest)) steepest = slopes[i]!
      }
      return steepest
    },
  })
}

const bySlope = (lines: Omit<PointsFunction, 'error'>): PointsFunction => ({
  ...lines,
  error: (value, standardError) => Math.abs(lines.slope(value)) * standardError,
})

/** Mean and standard deviation of the peers (of a sample, n - 1). */
export function momentsOf(values: Float64Array): { mean: number; deviation: number } {
  const n = values.length
  if (n === 0) return { mean: Number.NaN, deviation: Number.NaN }
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / n
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  // Rounding alone makes no deviation: values that are all alike have none.
  const same = values[0] === values[n - 1]
  return { mean, deviation: n < 2 ? Number.NaN : same ? 0 : Math.sqrt(squares / (n - 1)) }
}

/** Mid-rank: the share of the peers that is worse plus half of those alike. The slope is that between the neighbouring tenths. */
function percentiles(peers: Float64Array, sign: 1 | -1): PointsFunction {
  const n = peers.length
  const points = (value: number) => {
    const below = countBelow(peers, value)
    const alike = countAtMost(peers, value) - below
    const worse = sign === 1 ? below : n - below - alike
    return (MOST * (worse + alike / 2)) / n
  }
  const tenth = Math.max(1, Math.round(n / 10))
  return bySlope({
    corners: null,
    points,
    slope: (value) => {
      const at = Math.min(countBelow(peers, value), n - 1)
      const [from, to] = [peers[Math.max(0, at - tenth)]!, peers[Math.min(n - 1, at + tenth)]!]
      return to > from ? (points(to) - points(from)) / (to - from) : 0
    },
  })
}

/** The best step reached counts. There is no slope; the error is the spread of the points of a normally distributed value. */
function steps(given: readonly (readonly [number, number])[], sign: 1 | -1): PointsFunction {
  const ordered = given.toSorted((a, b) => sign * (a[0] - b[0]))
  const points = (value: number) => {
    let reached = LEAST
    for (const [from, worth] of ordered) if (sign * (value - from) >= 0) reached = worth
    return reached
  }
  const error = (value: number, standardError: number) => {
    if (!(standardError > 0)) return 0
    const passed = ordered.map(([from]) => normalTail((sign * (from - value)) / standardError, 'upper'))
    let [mean, square] = [0, 0]
    for (const [place, [, worth]] of ordered.entries()) {
      const share = passed[place]! - (passed[place + 1] ?? 0)
      mean += share * worth
      square += share * worth * worth
    }
    return Math.sqrt(Math.max(0, square - mean * mean))
  }
  return { corners: null, points, slope: () => 0, error }
}

export const countBelow = (sorted: Float64Array, value: number): number => countWhile(sorted, (each) => each < value)
export const countAtMost = (sorted: Float64Array, value: number): number => countWhile(sorted, (each) => each <= value)

/** Number of leading entries for which `holds`, by bisection. */
function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
