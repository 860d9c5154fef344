export type PercentileConvention =
  /** (below + half of the equal ones, itself included) / n: never 0 or 100. */
  | 'mid'
  /** (below + equal) / n: the share at or below; the best has 100. */
  | 'at-or-below'
  /** below / n: the worst has 0. */
  | 'below'
  /** below / (n - 1): worst 0, best 100 (spreadsheets' PERCENTRANK.INC). */
  | 'spreadsheet'

/**
 * Percentile rank of each value among all: its position from 0 to 100, ties sharing.
 *
 * When to use: points from standing alone, where neither targets nor distances mean anything; "better than 83 % of peers".
 * Formula in words: by convention above; "below" counts values that are worse.
 * Source: mid-rank, Kendall (1945), Biometrika 33:239-251 (ties); Hyndman and Fan (1996), The American Statistician 50:361-365.
 * Convention: named, default 'mid', whose mean over all units is exactly 50 whatever the ties.
 * Error: a percentile has no slope (it moves in jumps and depends on all units), so no delta method; use `rankDistribution`.
 * Edge cases: null stays null and does not count; a single value has 50 under 'mid', 100 under 'at-or-below', else 0.
 * Errors: RangeError for values not finite. Cost: O(n log n).
 */
export function percentileRanks(
  values: readonly (number | null)[],
  best: 'highest' | 'lowest' = 'highest',
  convention: PercentileConvention = 'mid',
): (number | null)[] {
  const sorted = sortedKnown(values)
  return values.map((value) => (value === null ? null : place(value, sorted, best, convention)))
}

/**
 * Percentile rank of one value within a fixed reference, for example last year's peers: does not move when peers move.
 * Source, formula and conventions as `percentileRanks` (Kendall 1945); the value itself counts only if the reference holds it.
 * Arguments: `reference` in any order, nulls ignored. Edge cases: under 'spreadsheet' values beyond the reference give 0 or 100.
 * Errors: RangeError for no reference values, figures not finite. Cost: O(n log n).
 */
export function percentileWithin(
  value: number,
  reference: readonly (number | null)[],
  best: 'highest' | 'lowest' = 'highest',
  convention: PercentileConvention = 'mid',
): number {
  if (!Number.isFinite(value)) throw new RangeError(`value must be finite, got ${value}`)
  const sorted = sortedKnown(reference)
  if (sorted.length === 0) throw new RangeError('reference must hold at least one value')
  return Math.min(100, place(value, sorted, best, convention))
}

function sortedKnown(values: readonly (number | null)[]): Float64Array {
  const known = values.filter((value) => value !== null)
  known.forEach((value) => {
    if (!Number.isFinite(value)) throw new RangeError(`values must be finite or null, got ${value}`)
  })
  return Float64Array.from(known).sort()
}

function place(
  value: number,
  sorted: Float64Array,
  best: 'highest' | 'lowest',
  convention: PercentileConvention,
): number {
  const lower = countBefore(sorted, (other) => other < value)
  const notHigher = countBefore(sorted, (other) => other <= value)
  const n = sorted.length
  const worse = best === 'highest' ? lower : n - notHigher
  const equal = notHigher - lower
  if (convention === 'mid') return (100 * (worse + equal / 2)) / n
  if (convention === 'at-or-below') return (100 * (worse + equal)) / n
  if (convention === 'below') return (100 * worse) / n
  return n === 1 ? 0 : (100 * worse) / (n - 1)
}

/** Number of leading values for which `holds`, by bisection. */
function countBefore(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
