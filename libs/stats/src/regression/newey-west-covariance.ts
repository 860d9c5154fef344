import { neweyWestLag } from './newey-west-lag.ts'

/**
 * Heteroskedasticity and autocorrelation consistent covariance of regression coefficients (Newey-West).
 *
 * When to use: regressions over time, whose errors are correlated between neighbouring periods.
 * Formula in words: bread times meat times bread; the meat is the sum of the products of the scores with themselves and, for each lag
 * 1..L, with the scores that many periods earlier (and transposed), weighted 1 - lag / (L + 1) (Bartlett kernel).
 * Source: Newey and West (1987), Econometrica 55:703-708, equation 5. R: sandwich::NeweyWest(prewhite = FALSE).
 * Arguments: `scores` T x k and `unscaledCovariance` k x k as `leastSquares` returns them, rows in order of time, equally spaced.
 * `lag`: whole, >= 0 (0 gives White's covariance), or 'automatic' (`neweyWestLag`). `smallSample` 'adjusted' multiplies by T / (T - k)
 * (R: adjust = TRUE), 'none' does not.
 * Units: products of the coefficients' units. Edge cases: lags from T on are cut to T - 1.
 * Errors: RangeError for a lag that is not whole or negative, or T <= k with 'adjusted'.
 * Convention: no prewhitening. In short series the result is too small on average: see README for measured coverage.
 * Cost: O(T L k squared).
 */
export function neweyWestCovariance(input: {
  scores: readonly (readonly number[])[]
  unscaledCovariance: readonly (readonly number[])[]
  lag: number | 'automatic'
  smallSample: 'adjusted' | 'none'
}): number[][] {
  const { scores, unscaledCovariance: bread } = input
  const count = scores.length
  const k = bread.length
  const lag = input.lag === 'automatic' ? neweyWestLag(count) : input.lag
  if (!Number.isInteger(lag) || lag < 0)
    throw new RangeError(`lag must be a whole number from 0 or 'automatic', got ${lag}`)
  if (input.smallSample === 'adjusted' && count <= k) {
    throw new RangeError(
      `scores must have more rows than coefficients (${k}) for the small-sample factor, got ${count}`,
    )
  }
  const factor = input.smallSample === 'adjusted' ? count / (count - k) : 1
  const meat = bartlettMeat(scores, k, Math.min(lag, count - 1))
  const left = multiply(bread, meat)
  return multiply(left, bread).map((row) => row.map((value) => value * factor))
}

function bartlettMeat(scores: readonly (readonly number[])[], k: number, lag: number): number[][] {
  const meat = Array.from({ length: k }, () => Array.from({ length: k }, () => 0))
  for (let distance = 0; distance <= lag; distance++) {
    const weight = 1 - distance / (lag + 1)
    for (let t = distance; t < scores.length; t++)
      addProduct(meat, scores[t]!, scores[t - distance]!, weight, distance > 0)
  }
  return meat
}

function addProduct(
  meat: number[][],
  now: readonly number[],
  earlier: readonly number[],
  weight: number,
  both: boolean,
): void {
  for (let i = 0; i < now.length; i++) {
    for (let j = 0; j < now.length; j++) {
      const product = now[i]! * earlier[j]!
      meat[i]![j]! += weight * product
      if (both) meat[j]![i]! += weight * product
    }
  }
}

function multiply(left: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] {
  return left.map((row) =>
    right[0]!.map((_, j) => {
      let sum = 0
      for (let m = 0; m < row.length; m++) sum += row[m]! * right[m]![j]!
      return sum
    }),
  )
}
