import { chiSquareQuantile } from '../distributions/chi-square-quantile.ts'
import type { Tail } from '../special/tail.ts'

/**
 * Quantile of the gamma distribution: the x with P(X <= x) = probability ('lower') or P(X >= x) = probability ('upper').
 *
 * When to use: intervals of rates under a gamma posterior.
 * Formula in words: the chi-square quantile with 2 * shape degrees of freedom over 2 * rate.
 * Source: Abramowitz and Stegun (1964), 26.4.19. Units: shape > 0, rate > 0 (1 / unit of x).
 * Edge cases: 0 and 1 give the ends of [0, Infinity). Errors: RangeError for arguments outside their range. Cost: that of the chi-square.
 */
export function gammaQuantile(probability: number, shape: number, rate: number, tail: Tail = 'lower'): number {
  if (!(shape > 0 && shape < Number.POSITIVE_INFINITY))
    throw new RangeError(`shape must be positive and finite, got ${shape}`)
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY))
    throw new RangeError(`rate must be positive and finite, got ${rate}`)
  return chiSquareQuantile(probability, 2 * shape, tail) / (2 * rate)
}
