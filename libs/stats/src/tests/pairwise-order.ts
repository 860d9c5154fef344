/** Halvings before stepping from value to value. */
const HALVINGS = 64

interface Pairs {
  count: number
  /** How many pairs have a value up to v. */
  atMost: (v: number) => number
  /** The smallest value above v; Infinity when there is none. */
  after: (v: number) => number
  low: number
  high: number
}

/** The k-th smallest value (k from 1): bisection on values, then single steps, so that the answer is a value that occurs. */
function orderStatistic(pairs: Pairs, k: number): number {
  let { low, high } = pairs
  if (pairs.atMost(low) >= k) return low
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    if (pairs.atMost(middle) >= k) high = middle
    else low = middle
  }
  let value = pairs.after(low)
  while (pairs.atMost(value) < k) value = pairs.after(value)
  return value
}

/** The median (mean of the middle two) and the k-th value from either end, k from 1. */
export interface PairwiseSummary {
  median: number
  fromBelow: (k: number) => number
  fromAbove: (k: number) => number
  count: number
}

function summary(pairs: Pairs): PairwiseSummary {
  const { count } = pairs
  const low = orderStatistic(pairs, Math.floor((count + 1) / 2))
  const high = count % 2 === 1 ? low : orderStatistic(pairs, count / 2 + 1)
  return {
    median: low + (high - low) / 2,
    fromBelow: (k) => orderStatistic(pairs, k),
    fromAbove: (k) => orderStatistic(pairs, count + 1 - k),
    count,
  }
}

/**
 * Order statistics of all differences second - first, without listing them.
 *
 * When to use: the Hodges-Lehmann shift and its limits at any n.
 * Source: Hodges and Lehmann (1963), Annals of Mathematical Statistics 34:598-611; counting by two pointers, our own arrangement.
 * Arguments: both sorted ascending and not empty. Cost: O(m + n) per count, some 70 counts.
 */
export function pairwiseDifferences(first: Float64Array, second: Float64Array): PairwiseSummary {
  return summary({
    count: first.length * second.length,
    low: second[0]! - first.at(-1)!,
    high: second.at(-1)! - first[0]!,
    atMost: (v) => {
      let [count, j] = [0, 0]
      for (let i = 0; i < first.length; i++) {
        while (j < second.length && second[j]! - first[i]! <= v) j++
        count += j
      }
      return count
    },
    after: (v) => {
      let [least, j] = [Number.POSITIVE_INFINITY, 0]
      for (let i = 0; i < first.length; i++) {
        while (j < second.length && second[j]! - first[i]! <= v) j++
        if (j < second.length) least = Math.min(least, second[j]! - first[i]!)
      }
      return least
    },
  })
}

/**
 * Order statistics of all Walsh averages (x_i + x_j) / 2, i <= j, without listing them.
 *
 * When to use: the Hodges-Lehmann centre of paired differences and its limits.
 * Source: Walsh (1949), Annals of Mathematical Statistics 20:64-81. Arguments: sorted ascending, not empty. Cost: as above.
 */
export function walshAverages(sorted: Float64Array): PairwiseSummary {
  const n = sorted.length
  const average = (i: number, j: number) => (sorted[i]! + sorted[j]!) / 2
  return summary({
    count: (n * (n + 1)) / 2,
    low: sorted[0]!,
    high: sorted[n - 1]!,
    atMost: (v) => {
      let [count, j] = [0, n - 1]
      for (let i = 0; i < n; i++) {
        while (j >= 0 && average(i, j) > v) j--
        if (j < i) break
        count += j - i + 1
      }
      return count
    },
    after: (v) => {
      let [least, j] = [Number.POSITIVE_INFINITY, n - 1]
      for (let i = 0; i < n; i++) {
        while (j >= 0 && average(i, j) > v) j--
        const next = Math.max(i, j + 1)
        if (next < n) least = Math.min(least, average(i, next))
      }
      return least
    },
  })
}
