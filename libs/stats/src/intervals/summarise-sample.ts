/** Count, mean and spread of a sample; `standardDeviation` is null below two values. */
export interface SampleSummary {
  count: number
  mean: number | null
  standardDeviation: number | null
}

/**
 * Count, mean and sample standard deviation of values.
 *
 * When to use: to feed `meanInterval`, `meanFunnel` and `welchTest`.
 * Formula in words: two passes, the second with the correction for the rounding of the mean.
 * Source: Chan, Golub and LeVeque (1983), The American Statistician 37:242-247, equation 1.7. Units: those of the values.
 * Edge cases: no values give nulls; one value gives a mean and no deviation; values that are not finite spread to the results.
 * Errors: none. Convention: divisor count - 1. Cost: O(n).
 */
export function summariseSample(values: readonly number[]): SampleSummary {
  const count = values.length
  if (count === 0) return { count, mean: null, standardDeviation: null }
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / count
  let squares = 0
  let rest = 0
  for (const value of values) {
    squares += (value - mean) * (value - mean)
    rest += value - mean
  }
  const corrected = mean + rest / count
  if (count === 1) return { count, mean: corrected, standardDeviation: null }
  return {
    count,
    mean: corrected,
    standardDeviation: Math.sqrt(Math.max(0, squares - (rest * rest) / count) / (count - 1)),
  }
}
