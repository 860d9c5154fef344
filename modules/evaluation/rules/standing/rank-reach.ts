/** Ranks that intervals of scores leave open, among very many units: counted by hundredths of a point. */

const BINS_A_POINT = 100

/** By hundredths of a point: how many intervals begin above, and how many end below. */
export interface RankReach {
  readonly beginAbove: readonly number[]
  readonly endBelow: readonly number[]
}

/** From how many intervals begin and end in each hundredth. */
export function reachOf({
  lows,
  highs,
}: {
  readonly lows: readonly number[]
  readonly highs: readonly number[]
}): RankReach {
  const beginAbove = lows.map(() => 0)
  for (let bin = lows.length - 2; bin >= 0; bin -= 1) beginAbove[bin] = beginAbove[bin + 1]! + lows[bin + 1]!
  const endBelow = highs.map(() => 0)
  for (let bin = 1; bin < highs.length; bin += 1) endBelow[bin] = endBelow[bin - 1]! + highs[bin - 1]!
  return { beginAbove, endBelow }
}

/**
 * The best and the worst rank a unit may have: as many are surely better as have intervals that begin above its own, as many surely worse as end
 * below it. What lies in the same hundredth of a point counts as overlapping, so the range is never too narrow.
 */
export function ranksWithin(
  { beginAbove, endBelow }: RankReach,
  ranked: number,
  { rank, low, high }: { readonly rank: number; readonly low: number; readonly high: number },
): { rankLow: number; rankHigh: number } {
  const bin = (score: number) => Math.min(beginAbove.length - 1, Math.max(0, Math.floor(score * BINS_A_POINT)))
  return {
    rankLow: Math.min(rank, 1 + (beginAbove[bin(high)] ?? 0)),
    rankHigh: Math.max(rank, ranked - (endBelow[bin(low)] ?? 0)),
  }
}
