// Loops rather than Math.max(...values) or Math.hypot(...values): a spread of 200,000 arguments overflows the stack.

/** The largest of the values; -Infinity for none. O(n). */
export function largest(values: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > most) most = value
  return most
}

/** The smallest of the values; Infinity for none. O(n). */
export function smallest(values: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const value of values) if (value < least) least = value
  return least
}

/**
 * Root of the sum of squares, over the largest first so that squares neither overflow nor vanish.
 * Source: Blue (1978), ACM Transactions on Mathematical Software 4:15-23. Cost: O(n).
 */
export function euclideanLength(values: readonly number[]): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  if (most === 0) return 0
  let sum = 0
  for (const value of values) sum += (value / most) ** 2
  return most * Math.sqrt(sum)
}
