/**
 * A source of standard normal variates from a source of uniform ones.
 *
 * When to use: simulated scores with known standard errors.
 * Formula in words: a point thrown until it falls into the unit circle; both coordinates times root(-2 log s / s), s their squared length.
 * Source: polar method, Marsaglia and Bray (1964), SIAM Review 6:260-264.
 * Arguments: `random` uniform on [0, 1). The source keeps the second of each pair, so make one source per sequence and keep it.
 * Cost: some 1.3 pairs of uniform numbers per pair of variates.
 */
export function normalVariates(random: () => number): () => number {
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    for (;;) {
      const x = 2 * random() - 1
      const y = 2 * random() - 1
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      spare = y * factor
      return x * factor
    }
  }
}
