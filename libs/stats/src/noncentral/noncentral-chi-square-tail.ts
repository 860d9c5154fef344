import { chiSquareTail } from '../distributions/chi-square-tail.ts'
import { logPoissonKernel } from '../special/regularised-gamma.ts'
import type { Tail } from '../special/tail.ts'

/**
 * An average over a Poisson count, from its mode outwards: sum of P(N = j) value(j), every term positive.
 * Source: Johnson, Kotz and Balakrishnan (1995), equation 29.2 (the mixture). Cost: O(root of the mean) evaluations.
 */
export function poissonMixture(mean: number, value: (j: number) => number): number {
  if (mean === 0) return value(0)
  const mode = Math.floor(mean)
  const weight = mode === 0 ? Math.exp(-mean) : Math.exp(logPoissonKernel(mode, mean))
  let sum = weight * value(mode)
  let left = weight
  for (let j = mode - 1; j >= 0 && left > 1e-30; j--) {
    left *= (j + 1) / mean
    sum += left * value(j)
  }
  let right = weight
  for (let j = mode + 1; right > 1e-30; j++) {
    right *= mean / j
    sum += right * value(j)
  }
  return Math.min(1, sum)
}

/**
 * Tail of the noncentral chi-square distribution: P(X <= x) ('lower') or P(X >= x) ('upper').
 *
 * When to use: power of chi-square tests.
 * Formula in words: central tails with 2 j further degrees of freedom, averaged over a Poisson j with mean noncentrality / 2.
 * Source: Johnson, Kotz and Balakrishnan (1995), Continuous Univariate Distributions 2, equation 29.2. Tails down to some 1e-25 keep
 * their digits (the Poisson weights end at 1e-30).
 * Units: none. Edge cases: noncentrality 0 gives the central tail. Errors: RangeError for x or noncentrality below 0.
 * Cost: O(root of the noncentrality) central tails.
 */
export function noncentralChiSquareTail(
  x: number,
  degreesOfFreedom: number,
  noncentrality: number,
  tail: Tail,
): number {
  requireNoncentrality(noncentrality)
  return poissonMixture(noncentrality / 2, (j) => chiSquareTail(x, degreesOfFreedom + 2 * j, tail))
}

/** Refuses a noncentrality that is negative or not finite: a programmer's mistake. */
export function requireNoncentrality(noncentrality: number): void {
  if (!(noncentrality >= 0 && noncentrality < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`noncentrality must be finite and at least 0, got ${noncentrality}`)
  }
}
