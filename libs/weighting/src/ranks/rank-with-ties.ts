/**
 * Competition ranks ("1, 2, 2, 4"): 1 + the number of strictly better values.
 *
 * When to use: league positions, where equal scores must share the better position.
 * Formula in words: sort, give equal values the position of the first of them.
 * Source: "standard competition ranking"; R: rank(ties.method = "min"). Values that differ by no more than `tieTolerance` from the best of
 * their group share its rank (groups are formed from the best value downwards); default 0, exact equality.
 * Units: `best` says whether high or low values rank first; results are whole numbers from 1; null (no figure) stays null and does not
 * take a position.
 * Edge cases: no values give no ranks; 0 and -0 are equal. Errors: RangeError for values not finite, tieTolerance negative.
 * Cost: O(n log n).
 */
export function rankWithTies(
  values: readonly (number | null)[],
  best: 'highest' | 'lowest' = 'highest',
  tieTolerance = 0,
): (number | null)[] {
  if (!(tieTolerance >= 0)) throw new RangeError(`tieTolerance must be at least 0, got ${tieTolerance}`)
  const known: { value: number; index: number }[] = []
  values.forEach((value, index) => {
    if (value === null) return
    if (!Number.isFinite(value)) throw new RangeError(`values[${index}] must be finite or null, got ${value}`)
    known.push({ value, index })
  })
  known.sort((left, right) => (best === 'highest' ? right.value - left.value : left.value - right.value))
  const ranks: (number | null)[] = values.map(() => null)
  let rank = 1
  let leader = known[0]?.value ?? 0
  known.forEach(({ value, index }, position) => {
    if (Math.abs(value - leader) > tieTolerance) {
      rank = position + 1
      leader = value
    }
    ranks[index] = rank
  })
  return ranks
}
