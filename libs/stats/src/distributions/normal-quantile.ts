import { erfNearZero } from '../special/erfc.ts'
import { scaledErfc } from '../special/scaled-erfc.ts'
import type { Tail } from '../special/tail.ts'
import { normalTail } from './normal-tail.ts'

const MOST_STEPS = 60

/**
 * Quantile of the standard normal distribution: the z with P(Z <= z) = probability ('lower') or P(Z >= z) = probability ('upper').
 *
 * When to use: z values of limits and intervals; give the small tail as 'upper' rather than 1 - small as 'lower'.
 * Formula in words: Newton's method on the logarithm of the tail from root(-2 log p), which approaches from outside; for probabilities
 * between 0.25 and 0.75 on erf, so that the quantile keeps its digits near 0.
 * Source: Abramowitz and Stegun (1964), 26.2; our own arrangement. Units: z in standard deviations.
 * Edge cases: 0 and 1 give -+Infinity. Errors: RangeError for a probability outside [0, 1]. Cost: O(1), some six evaluations.
 */
export function normalQuantile(probability: number, tail: Tail = 'lower'): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`probability must lie in [0, 1], got ${probability}`)
  if (probability === 0.5) return 0
  const sign = tail === 'lower' ? -1 : 1
  if (probability > 0.25 && probability < 0.75) return sign * centralQuantile(0.5 - probability)
  if (probability <= 0.25) return sign * outerQuantile(probability)
  return -sign * outerQuantile(1 - probability)
}

/** z >= 0 with P(Z >= z) = probability <= 0.25. */
function outerQuantile(probability: number): number {
  if (probability === 0) return Number.POSITIVE_INFINITY
  const target = Math.log(probability)
  let z = Math.sqrt(-2 * target)
  for (let step = 0; step < MOST_STEPS; step++) {
    const slope = Math.sqrt(2 / Math.PI) / scaledErfc(z * Math.SQRT1_2)
    const change = (normalTail(z, 'upper', 'log') - target) / slope
    z += change
    if (Math.abs(change) <= 1e-15 * z) break
  }
  return z
}

/** z with P(0 <= Z <= z) = excess, |excess| < 0.25. */
function centralQuantile(excess: number): number {
  let z = excess * Math.sqrt(2 * Math.PI)
  for (let step = 0; step < MOST_STEPS; step++) {
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
    const change = (0.5 * erfNearZero(z * Math.SQRT1_2) - excess) / density
    z -= change
    if (Math.abs(change) <= 1e-15 * Math.abs(z)) break
  }
  return z
}
