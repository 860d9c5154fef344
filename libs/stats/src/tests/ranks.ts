/** Twice the midranks, so that ties stay whole numbers, and the sum of t^3 - t over groups of t tied values. */
export interface DoubledRanks {
  ranks: Int32Array
  tieSum: number
}

/**
 * Twice the midranks of values.
 *
 * Source: Lehmann (1975), Nonparametrics, section 1.4 (midranks). Edge cases: none; NaN must be refused before. Cost: O(n log n).
 */
export function doubledRanks(values: ArrayLike<number>): DoubledRanks {
  const order = Int32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Int32Array(values.length)
  let tieSum = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++
    for (let i = start; i <= end; i++) ranks[order[i]!] = start + end + 2
    const tied = end - start + 1
    tieSum += tied ** 3 - tied
    start = end + 1
  }
  return { ranks, tieSum }
}

/** Which difference counts as evidence: any, the second side higher, the second side lower. */
export type Alternative = 'two-sided' | 'greater' | 'less'

/**
 * Probability of sums as far out as the observed one, from the distribution of all sums.
 *
 * Source: convention of R's coin: two-sided counts all sums at least as far from their mean. Arguments: `chances[s]` of sum s, `doubleMean`
 * twice the mean. Cost: O(sums).
 */
export function tailOfSums(
  chances: ArrayLike<number>,
  observed: number,
  doubleMean: number,
  alternative: Alternative,
): number {
  const distance = Math.abs(2 * observed - doubleMean)
  let sum = 0
  for (let s = 0; s < chances.length; s++) {
    const counts =
      alternative === 'two-sided'
        ? Math.abs(2 * s - doubleMean) >= distance
        : alternative === 'greater'
          ? s >= observed
          : s <= observed
    if (counts) sum += chances[s]!
  }
  return Math.min(1, sum)
}

/** Refuses samples with values that are not finite. Pure; O(n). */
export function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false
  return true
}
