import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { type Proportion, requireProportion } from '../estimates/score-proportions.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'

/**
 * Cohen's h: the difference of two shares on the arcsine scale, second - first, with its interval.
 *
 * When to use: planning with shares and comparing changes of shares near 0 or 1 with those in the middle.
 * Formula in words: 2 arcsin root(p2) - 2 arcsin root(p1), standard error root(1 / n1 + 1 / n2).
 * Source: Cohen (1988), Statistical Power Analysis, section 6.2. Units: radians, -pi to pi.
 * Edge cases: a side without cases 'no-data'. Errors: RangeError for counts, confidence. Cost: O(1).
 */
export function cohensH(input: {
  first: Proportion
  second: Proportion
  confidence?: number
}): { kind: 'estimate'; h: number; lower: number; upper: number; confidence: number } | Cannot<'no-data'> {
  const { first, second, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireProportion(first, 'first')
  requireProportion(second, 'second')
  if (first.trials === 0 || second.trials === 0)
    return { kind: 'cannot', because: 'no-data', detail: 'a side has no cases' }
  const h = arcsineDistance(first.successes / first.trials, second.successes / second.trials)
  const margin = normalQuantile((1 - confidence) / 2, 'upper') * Math.sqrt(1 / first.trials + 1 / second.trials)
  return {
    kind: 'estimate',
    h,
    lower: Math.max(-Math.PI, h - margin),
    upper: Math.min(Math.PI, h + margin),
    confidence,
  }
}

/** 2 arcsin root(second) - 2 arcsin root(first): Cohen (1988), equation 6.2.1. Errors: RangeError outside [0, 1]. O(1). */
export function arcsineDistance(first: number, second: number): number {
  for (const share of [first, second])
    if (!(share >= 0 && share <= 1)) throw new RangeError(`share must lie in [0, 1], got ${share}`)
  return 2 * (Math.asin(Math.sqrt(second)) - Math.asin(Math.sqrt(first)))
}
