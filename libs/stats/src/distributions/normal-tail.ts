import { erfNearZero } from '../special/erfc.ts'
import { scaledErfc } from '../special/scaled-erfc.ts'
import type { Tail, TailForm } from '../special/tail.ts'

const ROOT_HALF = Math.SQRT1_2

/**
 * Tail of the standard normal distribution: P(Z <= z) ('lower') or P(Z >= z) ('upper').
 *
 * When to use: large-sample tests and limits in units of the standard error.
 * Formula in words: half of erfc(z / root 2); beyond 0.7 as exp(-z squared / 2) times half the scaled erfc, with the square split.
 * Source: Abramowitz and Stegun (1964), 26.2.29; see `scaledErfc`.
 * Units: z in standard deviations. Edge cases: +-Infinity are exact. Errors: RangeError for NaN. Cost: O(1).
 */
export function normalTail(z: number, tail: Tail, form: TailForm = 'probability'): number {
  if (Number.isNaN(z)) throw new RangeError('z must be a number, got NaN')
  const outward = tail === 'upper' ? z : -z
  if (Math.abs(outward) < 0.7) {
    const value = 0.5 - 0.5 * erfNearZero(outward * ROOT_HALF)
    return form === 'log' ? Math.log(value) : value
  }
  if (outward > 0) {
    const half = 0.5 * scaledErfc(outward * ROOT_HALF)
    if (form === 'log')
      return outward === Number.POSITIVE_INFINITY ? -outward : -0.5 * outward * outward + Math.log(half)
    return halfSquareFactor(outward) * half
  }
  const other = halfSquareFactor(outward) * 0.5 * scaledErfc(-outward * ROOT_HALF)
  return form === 'log' ? Math.log1p(-other) : 1 - other
}

/** exp(-z squared / 2), with z split so that the rounding of the square is not multiplied by the exponent. */
function halfSquareFactor(z: number): number {
  if (Math.abs(z) > 60) return 0
  const head = Math.trunc(z * 16) / 16
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (z - head) * (z + head))
}
