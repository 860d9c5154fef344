import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { bracketedRoot } from '../noncentral/bracketed-root.ts'
import { noncentralTTail } from '../noncentral/noncentral-t-tail.ts'

/**
 * A planned comparison: one relation between count, effect and power, to be read in three directions (`design.power`, `sampleSize`,
 * `detectableEffect`). What a count counts (cases of the first side, clusters, points after) the maker of the design says.
 */
export interface Design {
  /** Chance of a significant result at this count and true effect. */
  power: (count: number, effect: number) => number
  /** The smallest count at which there is a test at all. */
  leastCount: number
  /** The largest count worth looking at, for designs whose power need not grow with the count; all counts are then tried in turn. */
  mostCount?: number
  /** Open range in which effects must lie; default the whole line. */
  effects?: { low: number; high: number }
}

export interface TestOptions {
  /** Chance of a false claim, default 0.05; with `sided: 'one'` all of it on one side. */
  alpha?: number
  sided?: 'two' | 'one'
}

const MOST_COUNT = 2 ** 40

/** Refuses a power or alpha outside (0, 1): a programmer's mistake. */
export function requireShare(value: number, name: string): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} must lie in (0, 1), got ${value}`)
}

/** Refuses what is not positive and finite: a programmer's mistake. */
export function requirePositive(value: number, name: string): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} must be positive, got ${value}`)
}

/**
 * The smallest whole count whose power reaches the wanted one.
 *
 * When to use: before a plan starts: how many cases, clusters or weeks does it need?
 * Formula in words: doubling until the power suffices, then halving between whole numbers; designs with a `mostCount` are
 * searched count by count, since their power need not grow.
 * Source: the inversion of each design's power (Cohen 1988 throughout). Units: those of the design's count.
 * Edge cases: an effect of 0, or one that 2^40 do not suffice for, 'out-of-reach'. Errors: RangeError for power outside (0, 1), an effect
 * outside the design's range. Cost: some 40 evaluations of the power.
 */
export function sampleSize(
  design: Design,
  input: { effect: number; power?: number },
): { kind: 'size'; count: number; power: number } | Cannot<'out-of-reach'> {
  const { effect, power = 0.8 } = input
  requireShare(power, 'power')
  requireEffect(design, effect)
  const none: Cannot<'out-of-reach'> = {
    kind: 'cannot',
    because: 'out-of-reach',
    detail: 'no count makes this effect likely enough to be found',
  }
  let low = Math.ceil(design.leastCount) - 1
  if (design.mostCount !== undefined) {
    for (let count = low + 1; count <= design.mostCount; count++)
      if (design.power(count, effect) >= power) return { kind: 'size', count, power: design.power(count, effect) }
    return none
  }
  let step = 1
  while (design.power(low + step, effect) < power) {
    low += step
    step *= 2
    if (low > MOST_COUNT) return none
  }
  let high = low + step
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (design.power(middle, effect) < power) low = middle
    else high = middle
  }
  return { kind: 'size', count: high, power: design.power(high, effect) }
}

/**
 * The count, fractions allowed, at which the power is exactly the wanted one: for comparison with tables and other programs.
 *
 * Source and errors: as `sampleSize`. Tolerance: 1e-10 relative. Designs whose counts must be whole throw for fractions.
 */
export function exactSampleSize(design: Design, input: { effect: number; power?: number }): number {
  const whole = sampleSize(design, input)
  if (whole.kind === 'cannot') return Number.POSITIVE_INFINITY
  const gap = (count: number) => design.power(count, input.effect) - (input.power ?? 0.8)
  const low = Math.max(design.leastCount, whole.count - 1)
  return gap(low) >= 0 ? low : bracketedRoot(gap, low, whole.count, 1e-12)
}

/**
 * The smallest effect found with the wanted power at a given count.
 *
 * When to use: what could this plan find with the cases it will get? State it before looking at data.
 * Formula in words: the root of power(count, effect) = power on the asked side of no effect, bracketed by doubling.
 * Source: Bloom (1995), Evaluation Review 19:547-556 (minimum detectable effect). Units: those of the design's effect.
 * Arguments: `direction` 'up' (default) gives an effect above 0, 'down' one below. Tolerance: 1e-10 relative.
 * Edge cases: a count below the least, or a range of effects that ends before the power is reached, 'out-of-reach'.
 * Errors: RangeError for power outside (0, 1). Cost: some 20 evaluations of the power.
 */
export function detectableEffect(
  design: Design,
  input: { count: number; power?: number; direction?: 'up' | 'down' },
): { kind: 'effect'; effect: number } | Cannot<'out-of-reach'> {
  const { count, power = 0.8, direction = 'up' } = input
  requireShare(power, 'power')
  const none: Cannot<'out-of-reach'> = {
    kind: 'cannot',
    because: 'out-of-reach',
    detail:
      count < design.leastCount
        ? `the design needs a count of ${design.leastCount}`
        : 'no effect in range has this power',
  }
  if (count < design.leastCount) return none
  const sign = direction === 'up' ? 1 : -1
  const edge =
    direction === 'up'
      ? (design.effects?.high ?? Number.POSITIVE_INFINITY)
      : -(design.effects?.low ?? Number.NEGATIVE_INFINITY)
  const gap = (size: number) => design.power(count, sign * size) - power
  let high = Number.isFinite(edge) ? edge * (1 - 1e-9) : 1
  while (!Number.isFinite(edge) && gap(high) < 0 && high < 1e30) high *= 2
  if (gap(high) < 0) return none
  let low = high / 2
  while (gap(low) >= 0 && low > 1e-30) {
    high = low
    low /= 2
  }
  // Relative accuracy for small effects: solve for the multiple of `high`.
  const found = high * bracketedRoot((share) => gap(high * share), low / high, 1, 1e-12)
  return { kind: 'effect', effect: sign * found }
}

function requireEffect(design: Design, effect: number): void {
  const { low, high } = design.effects ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  if (!(effect > low && effect < high)) throw new RangeError(`effect must lie in (${low}, ${high}), got ${effect}`)
}

/**
 * Power of a t test of an estimate with known true standard error and given degrees of freedom.
 *
 * When to use: behind most designs here, and for any estimate whose error can be foretold.
 * Formula in words: both tails of the noncentral t beyond the critical value (one tail with `sided: 'one'`, for effects above 0).
 * Source: Cohen (1988), Statistical Power Analysis, section 2.5 (exact by the noncentral t). R: pwr.t.test, power.t.test(strict = TRUE).
 * Edge cases: endless degrees of freedom give the normal test. Errors: RangeError for alpha, standardError. Cost: two noncentral tails.
 */
export function powerOfEstimate(
  input: { effect: number; standardError: number; degreesOfFreedom: number } & TestOptions,
): number {
  const { effect, standardError, degreesOfFreedom, alpha = 0.05, sided = 'two' } = input
  requireShare(alpha, 'alpha')
  requirePositive(standardError, 'standardError')
  const noncentrality = effect / standardError
  if (sided === 'one') {
    const critical = studentTQuantile(alpha, degreesOfFreedom, 'upper')
    return noncentralTTail(critical, degreesOfFreedom, noncentrality, 'upper')
  }
  const critical = studentTQuantile(alpha / 2, degreesOfFreedom, 'upper')
  return (
    noncentralTTail(critical, degreesOfFreedom, noncentrality, 'upper') +
    noncentralTTail(-critical, degreesOfFreedom, noncentrality, 'lower')
  )
}

/** Power of a normal test whose error differs under no effect and under the effect. Fleiss (1981), section 3.2. O(1). */
export function powerOfScore(
  input: { effect: number; errorUnderNull: number; errorUnderEffect: number } & TestOptions,
): number {
  const { effect, errorUnderNull, errorUnderEffect, alpha = 0.05, sided = 'two' } = input
  requireShare(alpha, 'alpha')
  const critical = normalQuantile(sided === 'two' ? alpha / 2 : alpha, 'upper') * errorUnderNull
  const above = normalTail((critical - effect) / errorUnderEffect, 'upper')
  return sided === 'one' ? above : above + normalTail((-critical - effect) / errorUnderEffect, 'lower')
}
