/** Indices from 0 of the groups of every row, and their number. */
export interface Grouping {
  of: readonly number[]
  count: number
}

/** Numbers the groups in order of appearance. */
export function groupingOf(keys: readonly (string | number)[]): Grouping {
  const numbers = new Map<string | number, number>()
  const of = keys.map((key) => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  })
  return { of, count: numbers.size }
}

const MOST_ROUNDS = 2000
const TOLERANCE = 1e-12

/**
 * Takes unit and time means out of a column, in turn until nothing is left of either.
 *
 * When to use: regressions with an effect for every unit and every time; what stays is what least squares on the dummies would leave.
 * Source: Frisch and Waugh (1933), Econometrica 1:387-401; Guimaraes and Portugal (2010), Stata Journal 10:628-649 (alternating means).
 * Arguments: `weights` at least 0. Balanced panels are done after one round. Cost: O(rows) a round; null when 2000 rounds are not enough.
 */
export function takeOutMeans(
  column: readonly number[],
  groupings: readonly Grouping[],
  weights: readonly number[],
): number[] | null {
  const rest = [...column]
  const size = Math.sqrt(column.reduce((sum, x) => sum + x * x, 0) / Math.max(1, column.length)) || 1
  const totals = groupings.map(({ of, count }) => {
    const sums = new Float64Array(count)
    of.forEach((group, i) => {
      sums[group]! += weights[i]!
    })
    return sums
  })
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let largest = 0
    for (const [g, { of, count }] of groupings.entries()) {
      const sums = new Float64Array(count)
      for (let i = 0; i < rest.length; i++) sums[of[i]!]! += weights[i]! * rest[i]!
      for (let group = 0; group < count; group++) {
        sums[group]! /= totals[g]![group]! || 1
        largest = Math.max(largest, Math.abs(sums[group]!))
      }
      for (let i = 0; i < rest.length; i++) rest[i]! -= sums[of[i]!]!
    }
    if (largest <= TOLERANCE * size) return rest
  }
  return null
}
