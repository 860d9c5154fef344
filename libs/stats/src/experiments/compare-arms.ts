import { chiSquareTail } from '../distributions/chi-square-tail.ts'
import { fTail } from '../distributions/f-tail.ts'
import { differenceOfEstimates, relativeChange } from '../estimates/compare-estimates.ts'
import type { Cannot, Measured } from '../estimates/estimate.ts'
import { USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { type Adjustment, adjustPValues } from '../multiplicity/adjust-p-values.ts'
import { selectedIntervals, simultaneousIntervals } from '../multiplicity/matching-intervals.ts'

export interface Arm extends Measured {
  name: string
}

export interface ArmComparison extends Measured {
  first: string
  second: string
  pValue: number
  adjustedP: number
  /** Ordinary interval of this one difference. */
  lower: number
  upper: number
  /** Interval that goes with the adjustment (see `compareArms`); null when none is defined for it. */
  matched: { lower: number; upper: number } | null
  /** second / first - 1 by Fieller, or null when the first figure cannot be told from 0. */
  relative: { estimate: number; lower: number; upper: number } | null
}

export interface ArmsResult {
  kind: 'comparison'
  /** Test of any difference at all. */
  overall: { pValue: number; statistic: number; numerator: number; denominator: number }
  comparisons: ArmComparison[]
}

/**
 * Comparison of several arms (A/B/n): overall test and adjusted pairs.
 *
 * When to use: one metric, two or more arms, any figures with errors (means, ratios, quantiles, adjusted means).
 * Formula in words: overall Welch's test with weights 1 over squared error (chi-square for endless degrees of freedom); each pair by
 * `differenceOfEstimates`; p-values adjusted over the pairs. `matched` are Bonferroni intervals for 'bonferroni', 'holm', 'hochberg' and
 * 'hommel' (they hold all at once), and for 'benjamini-hochberg' the false-coverage intervals of what was selected, null for the rest; for
 * 'benjamini-yekutieli' null.
 * Sources: Welch (1951), Biometrika 38:330-336; Holm (1979); Benjamini and Yekutieli (2005).
 * Arguments: the first arm is the control; `pairs` 'against-first' (default) or 'all'; `adjustment` default 'holm'.
 * Edge cases: fewer than two arms 'too-few'; an arm without error 'constant'; figures not finite 'not-finite'.
 * Errors: RangeError for confidence, errors, equal names. Cost: O(pairs).
 */
export function compareArms(input: {
  arms: readonly Arm[]
  pairs?: 'against-first' | 'all'
  adjustment?: Adjustment
  confidence?: number
}): ArmsResult | Cannot<'too-few' | 'constant' | 'not-finite'> {
  const { arms, pairs = 'against-first', adjustment = 'holm', confidence = USUAL_CONFIDENCE } = input
  if (new Set(arms.map((arm) => arm.name)).size !== arms.length) throw new RangeError('arms must have different names')
  if (arms.length < 2) return { kind: 'cannot', because: 'too-few', detail: 'at least two arms are needed' }
  const still = arms.find((arm) => arm.standardError === 0)
  if (still) return { kind: 'cannot', because: 'constant', detail: `arm ${still.name} has no measured error` }
  const plain: ArmComparison[] = []
  for (let i = 0; i < (pairs === 'all' ? arms.length : 1); i++) {
    for (let j = i + 1; j < arms.length; j++) {
      const [first, second] = [arms[i]!, arms[j]!]
      const difference = differenceOfEstimates({ first, second, confidence })
      if (difference.kind === 'cannot') return difference
      const relative = relativeChange({ first, second, confidence })
      const { estimate, standardError, degreesOfFreedom, pValue, lower, upper } = difference
      plain.push({
        first: first.name,
        second: second.name,
        estimate,
        standardError,
        degreesOfFreedom,
        pValue,
        adjustedP: pValue,
        lower,
        upper,
        matched: null,
        relative:
          relative.kind === 'cannot'
            ? null
            : { estimate: relative.estimate, lower: relative.lower, upper: relative.upper },
      })
    }
  }
  const adjusted = adjustPValues(
    plain.map((pair) => pair.pValue),
    adjustment,
  )
  const matched =
    adjustment === 'benjamini-yekutieli'
      ? plain.map(() => null)
      : adjustment === 'benjamini-hochberg'
        ? selectedIntervals(plain, { falseDiscoveryRate: 1 - confidence })
        : simultaneousIntervals(plain, { confidence })
  const comparisons = plain.map((pair, i) => ({
    ...pair,
    adjustedP: adjusted[i]!,
    matched: matched[i] ? { lower: matched[i].lower, upper: matched[i].upper } : null,
  }))
  return { kind: 'comparison', overall: overallTest(arms), comparisons }
}

function overallTest(arms: readonly Arm[]): ArmsResult['overall'] {
  const k = arms.length
  const weights = arms.map((arm) => 1 / arm.standardError ** 2)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const origin = arms[0]!.estimate
  const shift = arms.reduce((sum, arm, i) => sum + (weights[i]! / all) * (arm.estimate - origin), 0)
  const spread = arms.reduce((sum, arm, i) => sum + weights[i]! * (arm.estimate - origin - shift) ** 2, 0)
  const lack = arms.reduce((sum, arm, i) => sum + (1 - weights[i]! / all) ** 2 / arm.degreesOfFreedom, 0)
  const numerator = k - 1
  if (lack === 0) {
    const pValue = chiSquareTail(spread, numerator, 'upper')
    return { pValue, statistic: spread / numerator, numerator, denominator: Number.POSITIVE_INFINITY }
  }
  const denominator = (k * k - 1) / (3 * lack)
  const statistic = spread / numerator / (1 + (2 * (k - 2) * lack) / (k * k - 1))
  return { pValue: fTail(statistic, numerator, denominator, 'upper'), statistic, numerator, denominator }
}
