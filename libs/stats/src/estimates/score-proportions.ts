import { requireCount } from './estimate.ts'

export interface Proportion {
  successes: number
  trials: number
}

/** Which measure of two shares is held fixed: second - first, second / first, or the ratio of odds. */
export type ProportionMeasure = 'difference' | 'ratio' | 'odds-ratio'

/**
 * The score of two binomial samples when a measure of their shares is held at a value: observed minus expected, and its standard error with
 * the shares estimated under that restriction.
 *
 * When to use: inside score intervals and tests of equivalence; callers check counts.
 * Formula in words: restricted maximum likelihood in closed form (cubic for the difference, quadratics for the ratios), polished by two
 * Newton steps; then the score statistic; the variance is multiplied by N / (N - 1).
 * Sources: Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226; Farrington and Manning (1990), Statistics in Medicine
 * 9:1447-1454 (the cubic). `shares` are the restricted estimates, first and second.
 * Edge cases: the standard error may be 0 at the ends of the range of the measure. Errors: none. Cost: O(1).
 */
export function proportionScore(
  first: Proportion,
  second: Proportion,
  measure: ProportionMeasure,
  value: number,
): { excess: number; standardError: number; shares: [number, number] } {
  const total = first.trials + second.trials
  const factor = total / (total - 1)
  const shareOfFirst = first.successes / first.trials
  const shareOfSecond = second.successes / second.trials
  if (measure === 'difference') {
    const range = [Math.max(0, -value), Math.min(1, 1 - value)] as const
    const p = polished(first, second, value, clamp(restrictedByDifference(first, second, value), ...range), range)
    const q = clamp(p + value, 0, 1)
    const variance = (p * (1 - p)) / first.trials + (q * (1 - q)) / second.trials
    return {
      excess: shareOfSecond - shareOfFirst - value,
      standardError: Math.sqrt(factor * variance),
      shares: [p, q],
    }
  }
  if (measure === 'ratio') {
    const p = clamp(restrictedByRatio(first, second, value), 0, Math.min(1, 1 / value))
    const q = clamp(p * value, 0, 1)
    const variance = (value * value * p * (1 - p)) / first.trials + (q * (1 - q)) / second.trials
    return { excess: shareOfSecond - value * shareOfFirst, standardError: Math.sqrt(factor * variance), shares: [p, q] }
  }
  const p = clamp(restrictedByOddsRatio(first, second, value), 0, 1)
  const q = clamp((p * value) / (1 + p * (value - 1)), 0, 1)
  const information = 1 / (first.trials * p * (1 - p)) + 1 / (second.trials * q * (1 - q))
  return {
    excess: second.successes - second.trials * q,
    standardError: Math.sqrt(factor / information),
    shares: [p, q],
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** Share of the first sample given second - first = d: the root of a cubic by the cosine of a third of an angle. */
function restrictedByDifference(first: Proportion, second: Proportion, d: number): number {
  const total = first.trials + second.trials
  const cases = first.successes + second.successes
  const l3 = total
  const l2 = (second.trials + 2 * first.trials) * d - total - cases
  const l1 = (first.trials * d - total - 2 * first.successes) * d + cases
  const l0 = first.successes * d * (1 - d)
  const third = l2 / (3 * l3)
  const q = third ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3)
  const size = Math.sqrt(Math.max(0, third * third - l1 / (3 * l3)))
  const p = q > 0 ? size : -size
  if (p === 0) return -third
  const angle = (Math.PI + Math.acos(clamp(q / p ** 3, -1, 1))) / 3
  return 2 * p * Math.cos(angle) - third
}

/** Two Newton steps on the likelihood equation: the cubic loses digits for rare outcomes in large samples. */
function polished(
  first: Proportion,
  second: Proportion,
  d: number,
  start: number,
  [low, high]: readonly [number, number],
): number {
  let p = start
  for (let step = 0; step < 2; step++) {
    let [slope, bend] = [0, 0]
    for (const [count, share] of [
      [first.successes, p],
      [first.trials - first.successes, p - 1],
      [second.successes, p + d],
      [second.trials - second.successes, p + d - 1],
    ] as const) {
      if (count === 0) continue
      slope += count / share
      bend += count / (share * share)
    }
    const next = p + slope / bend
    if (!(next > low && next < high)) return p
    p = next
  }
  return p
}

function restrictedByRatio(first: Proportion, second: Proportion, ratio: number): number {
  const cases = first.successes + second.successes
  const a = (first.trials + second.trials) * ratio
  const b = first.trials + second.successes + ratio * (second.trials + first.successes)
  // The smaller root of a p^2 - b p + cases, as cases over the larger.
  return (2 * cases) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * cases)))
}

function restrictedByOddsRatio(first: Proportion, second: Proportion, odds: number): number {
  const cases = first.successes + second.successes
  const a = first.trials * (odds - 1)
  const b = second.trials * odds + first.trials - cases * (odds - 1)
  const root = Math.sqrt(Math.max(0, b * b + 4 * a * cases))
  // The root (-b + root) / (2 a), written so that it stands at odds = 1 too.
  return b >= 0 ? (2 * cases) / (b + root) : (root - b) / (2 * a)
}

/** Refuses counts that no data could have: a programmer's mistake. */
export function requireProportion(side: Proportion, name: string): void {
  requireCount(side.trials, `${name}.trials`)
  requireCount(side.successes, `${name}.successes`)
  if (side.successes > side.trials) throw new RangeError(`${name}.successes must not exceed ${name}.trials`)
}
