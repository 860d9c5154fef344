import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { bracketedRoot } from '../../noncentral/bracketed-root.ts'
import { requireShare } from '../../power/design.ts'
import type { Boundary } from './boundary.ts'
import { exitChances } from './recursion.ts'

export interface Operating {
  /** Chance of stopping for an effect (upper side) and on the wrong side, in all. */
  power: number
  wrongSide: number
  /** First crossings per look, above and below. */
  upper: number[]
  lower: number[]
  /** Mean information used, as a fraction of the planned maximum. */
  expectedFraction: number
}

/**
 * Exit chances and mean information of a boundary at a drift.
 *
 * When to use: to show what a boundary costs and saves before it is chosen.
 * Source: Jennison and Turnbull (2000), chapter 19. Arguments: `drift` mean of z at fraction 1 (effect over the standard error at the planned
 * end). Cost: one recursion. Errors: RangeError for drift not finite.
 */
export function operatingCharacteristics(boundary: Boundary, drift: number): Operating {
  if (!Number.isFinite(drift)) throw new RangeError(`drift must be finite, got ${drift}`)
  const { upper, lower } = exitChances({ ...boundary, drift })
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  let [left, expected] = [1, 0]
  boundary.fractions.forEach((fraction, k) => {
    const last = k + 1 === boundary.fractions.length
    const stop = last ? left : upper[k]! + lower[k]!
    expected += stop * fraction
    left -= stop
  })
  return { power: total(upper), wrongSide: total(lower), upper, lower, expectedFraction: expected }
}

/**
 * The drift at which a boundary has the wanted power, and by what factor its maximum information exceeds that of one last look.
 *
 * When to use: multiply the sample size of the design with one look by `inflation`.
 * Formula in words: root of power(drift) = power; inflation is drift squared over (z(alpha) + z(power)) squared.
 * Source: Jennison and Turnbull (2000), section 2.3 (their R). Convention: power counts the right side only; the fixed design by the same
 * normal formula. Arguments: `power` default 0.8. Errors: RangeError for power outside (0, 1). Cost: some 10 recursions.
 */
export function requiredDrift(
  boundary: Boundary,
  power = 0.8,
): { drift: number; inflation: number; expectedFraction: number } {
  requireShare(power, 'power')
  const tail = boundary.sided === 'two' ? boundary.alpha / 2 : boundary.alpha
  const fixed = normalQuantile(tail, 'upper') + normalQuantile(power)
  const gap = (drift: number) => operatingCharacteristics(boundary, drift).power - power
  let [low, high] = [0, Math.max(1, fixed)]
  while (gap(high) < 0) high *= 1.5
  if (gap(low) > 0) low = -high
  const drift = bracketedRoot(gap, low, high, 1e-10)
  const last = boundary.fractions.at(-1)!
  const { expectedFraction } = operatingCharacteristics(boundary, drift)
  return { drift, inflation: (drift / fixed) ** 2 * last, expectedFraction }
}
