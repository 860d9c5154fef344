import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'

export interface MeanSummary {
  count: number
  mean: number
  standardDeviation: number
}

export type WelchResult =
  | {
      kind: 'comparison'
      /** second mean - first mean. */
      difference: number
      standardError: number
      lower: number
      upper: number
      degreesOfFreedom: number
      pValue: number
      confidence: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite'; detail: string }

/**
 * Welch's test of two means with unequal variances, first and second (for example before and after).
 *
 * When to use: is this change of a mean score or mean waiting time more than chance, cases independent?
 * Formula in words: the difference over root(variance / n + variance / n), against Student's t with Satterthwaite's degrees of freedom.
 * Sources: Welch (1947), Biometrika 34:28-35; Satterthwaite (1946), Biometrics Bulletin 2:110-114.
 * Units: those of the mean. Assumes independent cases, near-normal values or large counts; two-sided.
 * Edge cases: fewer than two cases on a side 'too-few'; no spread on both sides 'constant'; figures not finite 'not-finite'.
 * Errors: RangeError for counts not whole, a negative deviation, confidence outside (0, 1). R: t.test. Cost: O(1).
 */
export function welchTest(input: { first: MeanSummary; second: MeanSummary; confidence?: number }): WelchResult {
  const { first, second, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  for (const [name, side] of [
    ['first', first],
    ['second', second],
  ] as const) {
    if (!Number.isInteger(side.count) || side.count < 0)
      throw new RangeError(`${name}.count must be a whole number from 0`)
    if (side.standardDeviation < 0) throw new RangeError(`${name}.standardDeviation must be at least 0`)
  }
  if (first.count < 2 || second.count < 2) {
    return { kind: 'cannot', because: 'too-few', detail: 'each side needs at least two cases' }
  }
  const figures = [first.mean, second.mean, first.standardDeviation, second.standardDeviation]
  if (!figures.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a mean or deviation is not finite' }
  const one = first.standardDeviation / Math.sqrt(first.count)
  const two = second.standardDeviation / Math.sqrt(second.count)
  const standardError = Math.hypot(one, two)
  if (standardError === 0) return { kind: 'cannot', because: 'constant', detail: 'neither side has any spread' }
  const shareOfFirst = (one / standardError) ** 2
  const shareOfSecond = (two / standardError) ** 2
  const degreesOfFreedom = 1 / (shareOfFirst ** 2 / (first.count - 1) + shareOfSecond ** 2 / (second.count - 1))
  const difference = second.mean - first.mean
  const margin = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper') * standardError
  return {
    kind: 'comparison',
    difference,
    standardError,
    lower: difference - margin,
    upper: difference + margin,
    degreesOfFreedom,
    pValue: 2 * studentTTail(Math.abs(difference) / standardError, degreesOfFreedom, 'upper'),
    confidence,
  }
}
