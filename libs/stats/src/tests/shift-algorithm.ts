/**
 * Distribution of the sum of a random subset of given size: the exact null distribution of a rank sum, ties included.
 *
 * When to use: two-sample permutation distributions of whole-number scores.
 * Formula in words: the shift algorithm: scores are taken one by one; each shifts the distribution of sums with one member fewer by itself.
 * Chances instead of counts are kept (the chance that the next score is drawn is places left over scores left), so nothing overflows.
 * Sources: Streitberg and Roehmel (1986), Statistical Software Newsletter 12:10-17; Pagano and Tritchler (1983), JASA 78:435-440.
 * Arguments: `scores` whole numbers from 0, `size` members of the subset. Returns the chance of each sum from 0.
 * Errors: RangeError for scores that are negative or not whole, size outside 0..n. Cost: O(n size sum of the largest scores).
 */
export function subsetSumDistribution(scores: ArrayLike<number>, size: number): Float64Array {
  const count = scores.length
  requireScores(scores)
  if (!Number.isInteger(size) || size < 0 || size > count)
    throw new RangeError(`size must be a whole number from 0 to ${count}, got ${size}`)
  const largest = Array.from(scores)
    .sort((a, b) => b - a)
    .slice(0, size)
    .reduce((sum, score) => sum + score, 0)
  const width = largest + 1
  const table = Array.from({ length: size + 1 }, () => new Float64Array(width))
  table[0]![0] = 1
  let reached = 0
  for (let i = 0; i < count; i++) {
    const score = scores[i]!
    const left = count - i
    reached = Math.min(largest, reached + score)
    for (let j = Math.min(size, i + 1); j >= 0; j--) {
      const row = table[j]!
      const stay = 1 - (size - j) / left
      const from = j > 0 ? table[j - 1]! : null
      const take = (size - j + 1) / left
      for (let s = reached; s >= 0; s--) {
        const moved = from && s >= score ? from[s - score]! * take : 0
        row[s] = row[s]! * stay + moved
      }
    }
  }
  return table[size]!
}

/**
 * Distribution of the sum of the scores whose sign is positive, each sign a fair coin: the exact null distribution of a signed rank sum.
 *
 * Source: Streitberg and Roehmel (1986), as above. Errors: RangeError for scores negative or not whole. Cost: O(n sum of the scores).
 */
export function signSumDistribution(scores: ArrayLike<number>): Float64Array {
  requireScores(scores)
  let total = 0
  for (let i = 0; i < scores.length; i++) total += scores[i]!
  const chances = new Float64Array(total + 1)
  chances[0] = 1
  let reached = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    reached += score
    for (let s = reached; s >= 0; s--) chances[s] = 0.5 * (chances[s]! + (s >= score ? chances[s - score]! : 0))
  }
  return chances
}

function requireScores(scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isInteger(scores[i]!) || scores[i]! < 0)
      throw new RangeError(`scores[${i}] must be a whole number from 0, got ${scores[i]}`)
  }
}
