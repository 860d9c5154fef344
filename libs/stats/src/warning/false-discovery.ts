export interface FalseDiscoveryResult {
  /** Adjusted p-value per unit (the smallest rate at which it would be named); NaN where there was none. */
  adjusted: Float64Array
  /** Units named at the stated rate, as positions. */
  named: number[]
  /** Largest p-value named; 0 when none is. */
  threshold: number
  /** Units that were tested. */
  tested: number
}

/**
 * False discovery rate over many units at once.
 *
 * When to use: one warning run over up to millions of merchants: of the units named, at most the stated share is expected to be innocent.
 * Formula in words: sort the p-values; name all up to the largest one that is at most rate times its rank over the number tested
 * ('benjamini-yekutieli': also over 1 + 1/2 + … + 1/m, which holds under any dependence). Adjusted: the running minimum from the top.
 * Sources: Benjamini and Hochberg (1995), J R Statist Soc B 57:289-300; Benjamini and Yekutieli (2001), Annals of Statistics 29:1165-1188.
 * Arguments: `pValues` one a unit, NaN for a unit that could not be tested; it counts neither as tested nor as named.
 * Assumes independence or positive dependence ('benjamini-hochberg'). Discrete p-values make it conservative.
 * Errors: RangeError for a p-value outside [0, 1] or a rate outside (0, 1). R: p.adjust. Cost: O(m log m).
 */
export function falseDiscovery(input: {
  pValues: Float64Array | readonly number[]
  rate: number
  method: 'benjamini-hochberg' | 'benjamini-yekutieli'
}): FalseDiscoveryResult {
  const { pValues, rate, method } = input
  if (!(rate > 0 && rate < 1)) throw new RangeError(`rate must lie in (0, 1), got ${rate}`)
  const sorted = new Float64Array(pValues.length)
  let tested = 0
  for (let i = 0; i < pValues.length; i++) {
    const p = pValues[i]!
    if (Number.isNaN(p)) continue
    if (!(p >= 0 && p <= 1)) throw new RangeError(`pValues[${i}] must lie in [0, 1], got ${p}`)
    sorted[tested++] = p
  }
  const ordered = sorted.subarray(0, tested).sort()
  let harmonic = 1
  if (method === 'benjamini-yekutieli') for (let i = 2; i <= tested; i++) harmonic += 1 / i
  const running = new Float64Array(tested)
  let least = 1
  for (let i = tested - 1; i >= 0; i--) {
    least = Math.min(least, (ordered[i]! * tested * harmonic) / (i + 1))
    running[i] = least
  }
  const starts = stripStarts(ordered)
  const adjusted = new Float64Array(pValues.length)
  const named: number[] = []
  let threshold = 0
  for (let i = 0; i < pValues.length; i++) {
    const p = pValues[i]!
    const value = Number.isNaN(p) ? Number.NaN : running[firstAtLeast(ordered, starts, p)]!
    adjusted[i] = value
    if (!(value <= rate)) continue
    named.push(i)
    threshold = Math.max(threshold, p)
  }
  return { adjusted, named, threshold, tested }
}

/** For each of as many strips of [0, 1] as there are values, where its first value stands: a search then spans one strip only. */
function stripStarts(ordered: Float64Array): Int32Array {
  const count = ordered.length
  const starts = new Int32Array(count + 2)
  let at = 0
  for (let strip = 0; strip <= count; strip++) {
    while (at < count && Math.floor(ordered[at]! * count) < strip) at += 1
    starts[strip] = at
  }
  starts[count + 1] = count
  return starts
}

/** Position of the first value at or above p; equal p-values share their adjusted value, since the running minimum is taken from above. */
function firstAtLeast(ordered: Float64Array, starts: Int32Array, p: number): number {
  const strip = Math.floor(p * ordered.length)
  let low = starts[strip]!
  let high = Math.min(ordered.length - 1, starts[strip + 1]!)
  while (low < high) {
    const middle = (low + high) >> 1
    if (ordered[middle]! < p) low = middle + 1
    else high = middle
  }
  return low
}
