/**
 * Automatic lag of the Newey-West covariance: the whole part of 4 (T / 100)^(2/9).
 *
 * When to use: when no lag was agreed beforehand; state the lag in the verdict.
 * Source: Newey and West (1994), Review of Economic Studies 61:631-653, the rule of thumb for the Bartlett kernel (their first stage).
 * Units: observations. Edge cases: never more than T - 1. Errors: RangeError unless observations is whole and positive. Cost: O(1).
 */
export function neweyWestLag(observations: number): number {
  if (!Number.isInteger(observations) || observations < 1) {
    throw new RangeError(`observations must be a positive whole number, got ${observations}`)
  }
  return Math.min(observations - 1, Math.floor(4 * (observations / 100) ** (2 / 9)))
}
