import type { Cannot } from '../cannot.ts'

export type QuantileCutsResult = { kind: 'cuts'; cutPoints: number[] } | Cannot<'no-data' | 'tied-cuts'>

/**
 * Cut points at quantiles of the scores: "top 20 % excellent".
 *
 * When to use: grades as shares of units; somebody is always last, however good all are. For `gradeByCuts`.
 * Formula in words: quantiles of the scores at the given shares, rising. Type 7 interpolates between order statistics at (n - 1) p + 1;
 * type 1 is the smallest score with at least the share p at or below it.
 * Source: Hyndman and Fan (1996), The American Statistician 50:361-365, definitions 1 and 7 (7 is R's default).
 * Arguments: `shares` strictly rising in (0, 1), from the lowest grade; nulls in `scores` are ignored.
 * Convention: since a grade starts at its cut (inclusive), equal scores always share a grade; with ties the bands then hold other shares
 * than asked.
 * Edge cases: no scores 'no-data'; two cuts that fall on one value 'tied-cuts' (a band would be empty), the detail naming the shares.
 * Errors: RangeError for shares, scores not finite. Cost: O(n log n).
 */
export function quantileCuts(
  scores: readonly (number | null)[],
  shares: readonly number[],
  type: 1 | 7 = 7,
): QuantileCutsResult {
  shares.forEach((share, i) => {
    if (!(share > (shares[i - 1] ?? 0) && share < 1))
      throw new RangeError(`shares[${i}] must rise strictly within (0, 1), got ${share}`)
  })
  if (type !== 1 && type !== 7) throw new RangeError(`type must be 1 or 7, got ${String(type)}`)
  const known = scores.filter((score) => score !== null)
  known.forEach((score) => {
    if (!Number.isFinite(score)) throw new RangeError(`scores must be finite or null, got ${score}`)
  })
  if (known.length === 0) return { kind: 'cannot', because: 'no-data', detail: 'no unit has a score' }
  const sorted = Float64Array.from(known).sort()
  const cutPoints = shares.map((share) => quantile(sorted, share, type))
  const tied = cutPoints.findIndex((cut, i) => i > 0 && cut <= cutPoints[i - 1]!)
  if (tied > 0) {
    const detail = `the cuts at ${shares[tied - 1]} and ${shares[tied]} both fall on ${cutPoints[tied]}`
    return { kind: 'cannot', because: 'tied-cuts', detail }
  }
  return { kind: 'cuts', cutPoints }
}

function quantile(sorted: Float64Array, share: number, type: 1 | 7): number {
  const n = sorted.length
  if (type === 1) {
    // A share such as 0.3 times 10 comes out a hair above 3; within rounding it is 3.
    return sorted[Math.min(n, Math.max(1, Math.ceil(n * share - 4 * Number.EPSILON * n))) - 1]!
  }
  const position = (n - 1) * share
  const whole = Math.floor(position)
  const low = sorted[whole]!
  const high = sorted[Math.min(n - 1, whole + 1)]!
  return low + (position - whole) * (high - low)
}
