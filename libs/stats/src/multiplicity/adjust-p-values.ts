export type Adjustment = 'bonferroni' | 'holm' | 'hochberg' | 'hommel' | 'benjamini-hochberg' | 'benjamini-yekutieli'

/**
 * p-values adjusted for looking at several: reject those whose adjusted value is at most alpha (or the false discovery rate).
 *
 * When to use: several indicators of one plan, several plans of one year.
 * Formula in words: 'bonferroni' p times m; 'holm' the same stepping down (any dependence); 'hochberg' and 'hommel' stepping up (independent
 * or positively dependent tests); these four keep the chance of any false claim. 'benjamini-hochberg' p m / rank stepping up keeps the
 * expected share of false claims (independent or positively dependent), 'benjamini-yekutieli' under any dependence.
 * Sources: Holm (1979), Scand J Statistics 6:65-70; Hochberg (1988), Biometrika 75:800-802; Hommel (1988), ibid. 383-386, by the algorithm of
 * Wright (1992), Biometrics 48:1005-1013; Benjamini and Hochberg (1995), J R Statist Soc B 57:289-300; Benjamini and Yekutieli (2001), Annals
 * of Statistics 29:1165-1188. R: p.adjust.
 * Arguments: `family` is the number of tests made when more than are given (default their number); extra ones count as p = 1.
 * Edge cases: no p-values give none. Errors: RangeError for p outside [0, 1], a family below their number. Cost: O(m log m), Hommel O(m^2).
 */
export function adjustPValues(pValues: readonly number[], method: Adjustment, family = pValues.length): number[] {
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`pValues[${i}] must lie in [0, 1], got ${p}`)
  })
  if (!Number.isInteger(family) || family < pValues.length)
    throw new RangeError(`family must be a whole number of at least ${pValues.length}, got ${family}`)
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!)
  const sorted = order.map((i) => pValues[i]!)
  const adjusted = adjustSorted(sorted, method, family)
  const result = Array.from({ length: pValues.length }, () => 1)
  order.forEach((i, rank) => {
    result[i] = Math.min(1, adjusted[rank]!)
  })
  return result
}

function adjustSorted(sorted: readonly number[], method: Adjustment, m: number): number[] {
  if (method === 'bonferroni') return sorted.map((p) => p * m)
  if (method === 'holm') return risingFrom(sorted.map((p, i) => p * (m - i)))
  if (method === 'hommel') return hommel([...sorted, ...Array.from({ length: m - sorted.length }, () => 1)])
  const harmonic =
    method === 'benjamini-yekutieli' ? Array.from({ length: m }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0) : 1
  const factor = (i: number) => (method === 'hochberg' ? m - i : (harmonic * m) / (i + 1))
  return fallingFrom(sorted.map((p, i) => p * factor(i)))
}

/** Each at least those before it. */
function risingFrom(values: number[]): number[] {
  let least = 0
  return values.map((value) => {
    least = Math.max(least, value)
    return least
  })
}

/** Each at most those after it; a test not given counts as p = 1, which bounds all. */
function fallingFrom(values: number[]): number[] {
  let most = 1
  const result = [...values]
  for (let i = values.length - 1; i >= 0; i--) {
    most = Math.min(most, values[i]!)
    result[i] = most
  }
  return result
}

/** Wright (1992): for every m from all tests down to 2, the smallest level at which Simes rejects the m largest. */
function hommel(p: readonly number[]): number[] {
  const n = p.length
  const largest = p.reduce((least, value, i) => Math.min(least, (n * value) / (i + 1)), 1)
  const adjusted = p.map((value) => Math.max(value, largest))
  for (let m = n - 1; m >= 2; m--) {
    const split = n - m + 1
    let least = Number.POSITIVE_INFINITY
    for (let i = split; i < n; i++) least = Math.min(least, (m * p[i]!) / (i - split + 2))
    for (let i = 0; i < split; i++) adjusted[i] = Math.max(adjusted[i]!, Math.min(m * p[i]!, least))
    const last = Math.min(m * p[split - 1]!, least)
    for (let i = split; i < n; i++) adjusted[i] = Math.max(adjusted[i]!, last)
  }
  return adjusted
}
