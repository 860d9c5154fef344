/** Units that cannot be told apart, together. */
import type { Score } from '#evaluation/contract'

type Ranged = Pick<Score, 'rank' | 'rankLow' | 'rankHigh'>

/**
 * The number of each row's band; null where it has no rank. From the best down, a unit joins the band while it and the band's first unit each
 * lie within the other's range of ranks. Rows come in the order of their ranks.
 */
export function bandsOf(rows: readonly Ranged[]): (number | null)[] {
  let band = 0
  let first: Ranged | null = null
  return rows.map((row) => {
    if (row.rank === null) return null
    const joins =
      first?.rank != null && (first.rankHigh ?? first.rank) >= row.rank && (row.rankLow ?? row.rank) <= first.rank
    if (!joins) {
      band += 1
      first = row
    }
    return band
  })
}
