import { scaledErfc } from './scaled-erfc.ts'
import type { TailForm } from './tail.ts'

const TWO_OVER_ROOT_PI = 1.1283791670955126

/**
 * exp(-x squared) with x split into a short head and a rest, so that the rounding of the square is not multiplied by the exponent.
 * O(1).
 */
export function gaussianFactor(x: number): number {
  if (Math.abs(x) > 40) return 0
  const head = Math.trunc(x * 16) / 16
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head))
}

/** The error function, for |x| <= 2, as a series of terms of one sign. O(1), some 60 terms at most. */
export function erfNearZero(x: number): number {
  let term = x
  let sum = x
  for (let k = 1; k < 120; k++) {
    term *= (2 * x * x) / (2 * k + 1)
    const next = sum + term
    if (next === sum) break
    sum = next
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum
}

/**
 * Complementary error function: two over root pi times the integral of exp(-t squared) from x to infinity.
 *
 * When to use: directly when a text is written in erfc; otherwise prefer `normalTail`.
 * Formula in words: 1 - erf(x) for |x| < 0.5 (one-signed series), above that exp(-x squared) times the scaled function; negative x by
 * erfc(x) = 2 - erfc(-x).
 * Source: Abramowitz and Stegun (1964), 7.1.2 and 7.1.6; Shepherd and Laframboise (1981).
 * Form: 'log' stays finite beyond x = 27, where the probability underflows. Edge cases: +-Infinity give 0 and 2.
 * Errors: RangeError when x is NaN. Cost: O(1).
 */
export function erfc(x: number, form: TailForm = 'probability'): number {
  if (Number.isNaN(x)) throw new RangeError('x must be a number, got NaN')
  if (x >= 0.5 && form === 'log') return -x * x + Math.log(scaledErfc(x))
  if (form === 'log') return Math.log(erfc(x))
  if (Math.abs(x) < 0.5) return 1 - erfNearZero(x)
  if (x < 0) return 2 - erfc(-x)
  return gaussianFactor(x) * scaledErfc(x)
}
