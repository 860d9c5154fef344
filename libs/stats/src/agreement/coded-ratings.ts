export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/** Ratings as positions in the rising list of distinct values; units with fewer than two ratings are left out. */
export interface CodedRatings {
  values: number[]
  units: { codes: Int32Array; counts: Float64Array; total: number }[]
}

/**
 * Ratings of units as counts of distinct values.
 *
 * When to use: through `krippendorffAlpha`. Source: the reliability data matrix of Krippendorff (2011), Computing Krippendorff's Alpha.
 * Arguments: units x raters, null where not rated. Cost: O(ratings), plus sorting the distinct values.
 */
export function codedRatings(ratings: readonly (readonly (number | null)[])[]): CodedRatings {
  const rated = ratings.map((row) => row.filter((value) => value !== null)).filter((row) => row.length >= 2)
  const values = [...new Set(rated.flat().map((value) => value + 0))].sort((a, b) => a - b)
  const codeOf = new Map(values.map((value, code) => [value, code]))
  const units = rated.map((row) => {
    const counts = new Map<number, number>()
    for (const value of row) {
      const code = codeOf.get(value + 0)!
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    return { codes: Int32Array.from(counts.keys()), counts: Float64Array.from(counts.values()), total: row.length }
  })
  return { values, units }
}

/**
 * Difference of two codes under a metric. The ordinal one is the distance of mid-ranks: ratings between the two, each end by half.
 * Source: Krippendorff (2011), section on difference functions. Cost: O(distinct values) once.
 */
export function differenceTable(
  values: readonly number[],
  counts: Float64Array,
  metric: Metric,
): (left: number, right: number) => number {
  if (metric === 'nominal') return (left, right) => (left === right ? 0 : 1)
  if (metric === 'interval') return (left, right) => values[left]! - values[right]!
  if (metric === 'ratio') {
    return (left, right) => {
      const sum = values[left]! + values[right]!
      return sum === 0 ? 0 : (values[left]! - values[right]!) / sum
    }
  }
  const middle = new Float64Array(counts.length)
  let before = 0
  counts.forEach((count, code) => {
    middle[code] = before + count / 2
    before += count
  })
  return (left, right) => middle[left]! - middle[right]!
}
