import { normalTail } from '../../distributions/normal-tail.ts'

/** P(low < Z <= high). */
function between(low: number, high: number): number {
  return low > 0
    ? normalTail(low, 'upper') - normalTail(high, 'upper')
    : normalTail(high, 'lower') - normalTail(low, 'lower')
}

/**
 * Average run length of a Shewhart chart with the limits alone: points until the first one beyond them.
 *
 * When to use: how often does a chart cry wolf (shift 0, 370 points at three sigma), how late does it find a shift.
 * Formula in words: one over the chance of a point beyond a limit. Source: Montgomery (2013), section 5.3.3.
 * Units: `shift` and `width` in sigmas of the plotted statistic. Assumes normal, independent figures and known limits.
 * Errors: RangeError for a width not above 0 or a shift not finite. Cost: O(1).
 */
export function shewhartAverageRunLength(input: { shift: number; width: number }): number {
  const { shift, width } = input
  requireFinite({ shift })
  requireAbove({ width })
  return 1 / (normalTail(width - shift, 'upper') + normalTail(-width - shift, 'lower'))
}

/**
 * Average run length of a cumulative sum chart.
 *
 * Formula in words: the sum is laid on a grid of `states` cells of width 2 h / (2 states - 1); the mean time to leave the grid solves
 * (I - transitions) x = 1. The two sides combine as (up(start) down(0) + down(start) up(0) - up(0) down(0)) / (up(0) + down(0)).
 * Source: Brook and Evans (1972), Biometrika 59:539-549; Lucas and Crosier (1982), Technometrics 24:199-205, equation for two-sided.
 * Units: everything in sigmas. Errors: RangeError for arguments outside their range. Cost: O(states cubed); 101 states give some 4 digits.
 */
export function cusumAverageRunLength(input: {
  shift: number
  reference: number
  decision: number
  sides: 'upper' | 'both'
  headStart?: number
  states?: number
}): number {
  const { shift, reference, decision, sides, headStart = 0, states = 101 } = input
  requireFinite({ shift, reference })
  requireAbove({ decision })
  if (!(headStart >= 0 && headStart < decision))
    throw new RangeError(`headStart must lie in [0, decision), got ${headStart}`)
  if (!Number.isInteger(states) || states < 2)
    throw new RangeError(`states must be a whole number from 2, got ${states}`)
  const upper = oneSided(shift - reference, decision, states)
  if (sides === 'upper') return upper(headStart)
  const lower = oneSided(-shift - reference, decision, states)
  const [zeroUp, zeroDown] = [upper(0), lower(0)]
  if (headStart === 0) return 1 / (1 / zeroUp + 1 / zeroDown)
  return (upper(headStart) * zeroDown + lower(headStart) * zeroUp - zeroUp * zeroDown) / (zeroUp + zeroDown)
}

/** Mean time until a one-sided sum with this drift passes h, by where it starts. */
function oneSided(drift: number, decision: number, states: number): (start: number) => number {
  const cell = (2 * decision) / (2 * states - 1)
  const rows = Array.from({ length: states }, (_, from) =>
    Array.from({ length: states }, (_unused, to) => {
      const chance =
        to === 0
          ? normalTail((0.5 - from) * cell - drift, 'lower')
          : between((to - 0.5 - from) * cell - drift, (to + 0.5 - from) * cell - drift)
      return (from === to ? 1 : 0) - chance
    }),
  )
  const times = solve(
    rows,
    Array.from({ length: states }, () => 1),
  )
  // From a start between cells: one step by the normal law onto the grid.
  return (start) => {
    let sum = 1 + normalTail(0.5 * cell - start - drift, 'lower') * times[0]!
    for (let to = 1; to < states; to++)
      sum += between((to - 0.5) * cell - start - drift, (to + 0.5) * cell - start - drift) * times[to]!
    return sum
  }
}

/**
 * Average run length of a two-sided EWMA chart with asymptotic limits, started at the target.
 *
 * Formula in words: the average is laid on a grid between the limits; the mean time to leave it solves (I - transitions) x = 1.
 * Source: Lucas and Saccucci (1990), Technometrics 32:1-12, appendix, after Brook and Evans (1972).
 * Units: `shift` in sigmas of a value, `width` in sigmas of the average. Errors: RangeError outside the ranges. Cost: O(states cubed).
 */
export function ewmaAverageRunLength(input: { shift: number; lambda: number; width: number; states?: number }): number {
  const { shift, lambda, width, states = 201 } = input
  requireFinite({ shift })
  requireAbove({ width })
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`lambda must lie in (0, 1], got ${lambda}`)
  if (!Number.isInteger(states) || states < 3 || states % 2 === 0)
    throw new RangeError(`states must be an odd number from 3, got ${states}`)
  const limit = width * Math.sqrt(lambda / (2 - lambda))
  const half = limit / states
  const middle = (state: number): number => -limit + (2 * state + 1) * half
  const rows = Array.from({ length: states }, (_, from) =>
    Array.from({ length: states }, (_unused, to) => {
      const carried = (1 - lambda) * middle(from)
      const low = (middle(to) - half - carried) / lambda - shift
      const high = (middle(to) + half - carried) / lambda - shift
      return (from === to ? 1 : 0) - between(low, high)
    }),
  )
  return solve(
    rows,
    Array.from({ length: states }, () => 1),
  )[(states - 1) / 2]!
}

function requireFinite(named: Record<string, number>): void {
  for (const [name, value] of Object.entries(named))
    if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`)
}

function requireAbove(named: Record<string, number>): void {
  for (const [name, value] of Object.entries(named))
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} must be above 0, got ${value}`)
}

/** Gaussian elimination with row exchange; the matrix is overwritten. */
function solve(rows: number[][], right: number[]): number[] {
  const count = rows.length
  for (let pivot = 0; pivot < count; pivot++) {
    let best = pivot
    for (let i = pivot + 1; i < count; i++) if (Math.abs(rows[i]![pivot]!) > Math.abs(rows[best]![pivot]!)) best = i
    ;[rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!]
    ;[right[pivot], right[best]] = [right[best]!, right[pivot]!]
    const top = rows[pivot]!
    for (let i = pivot + 1; i < count; i++) {
      const row = rows[i]!
      const share = row[pivot]! / top[pivot]!
      if (share === 0) continue
      for (let j = pivot; j < count; j++) row[j]! -= share * top[j]!
      right[i]! -= share * right[pivot]!
    }
  }
  const solution = right.slice()
  for (let i = count - 1; i >= 0; i--) {
    for (let j = i + 1; j < count; j++) solution[i]! -= rows[i]![j]! * solution[j]!
    solution[i]! /= rows[i]![i]!
  }
  return solution
}
