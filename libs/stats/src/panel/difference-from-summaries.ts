import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'

/** Cases of one group in one period, or changes of the units of one group. */
export interface CellSummary {
  count: number
  mean: number
  /** Divisor count - 1. */
  standardDeviation: number
}

export interface DifferenceEstimate {
  kind: 'estimate'
  /** (treated after - treated before) - (control after - control before), in units of the mean. */
  estimate: number
  standardError: number
  lower: number
  upper: number
  pValue: number
  degreesOfFreedom: number
  treatedChange: number
  controlChange: number
  confidence: number
}

export type DifferenceResult =
  | DifferenceEstimate
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite'; detail: string }

/**
 * Difference in differences of two groups and two periods, from the summaries of four independent samples.
 *
 * When to use: surveys before and after in a region with and one without the measure, different people each time.
 * Formula in words: change of the treated less change of the control; its variance is the sum of the four squared standard errors, against
 * Student's t with Satterthwaite's degrees of freedom.
 * Sources: Card and Krueger (1994), American Economic Review 84:772-793, table 3; Satterthwaite (1946), Biometrics Bulletin 2:110-114.
 * Units: those of the mean. Assumes that both groups would have changed alike, and cases independent: one branch a side is one case, not
 * many, and then the interval is far too narrow (Donald and Lang 2007, Review of Economics and Statistics 89:221-233).
 * Edge cases: a cell with fewer than two cases 'too-few'; no spread at all 'constant'; not finite 'not-finite'.
 * Errors: RangeError for counts not whole from 0 or negative deviations. Cost: O(1).
 */
export function differenceFromSamples(input: {
  treatedBefore: CellSummary
  treatedAfter: CellSummary
  controlBefore: CellSummary
  controlAfter: CellSummary
  confidence?: number
}): DifferenceResult {
  const { treatedBefore, treatedAfter, controlBefore, controlAfter, confidence = USUAL_CONFIDENCE } = input
  const treatedChange = treatedAfter.mean - treatedBefore.mean
  const controlChange = controlAfter.mean - controlBefore.mean
  return fromCells(
    { treatedBefore, treatedAfter, controlBefore, controlAfter },
    treatedChange,
    controlChange,
    confidence,
  )
}

/**
 * Difference in differences from the changes of the same units, summarised by group.
 *
 * When to use: the same branches, agents or customers measured before and after; what differs between them for good cancels.
 * Formula in words: mean change of the treated less mean change of the control; Welch's test on the changes.
 * Sources: Card and Krueger (1994), table 4 (changes of a balanced panel); Welch (1947), Biometrika 34:28-35.
 * Units, edge cases and errors: as `differenceFromSamples`; assumes units independent of each other. Cost: O(1).
 */
export function differenceFromChanges(input: {
  treated: CellSummary
  control: CellSummary
  confidence?: number
}): DifferenceResult {
  const { treated, control, confidence = USUAL_CONFIDENCE } = input
  return fromCells({ treated, control }, treated.mean, control.mean, confidence)
}

function fromCells(
  cells: Record<string, CellSummary>,
  treatedChange: number,
  controlChange: number,
  confidence: number,
): DifferenceResult {
  requireConfidence(confidence)
  for (const [name, { count, mean, standardDeviation }] of Object.entries(cells)) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`${name}.count must be a whole number from 0`)
    if (standardDeviation < 0) throw new RangeError(`${name}.standardDeviation must be at least 0`)
    if (count < 2) return { kind: 'cannot', because: 'too-few', detail: `${name} has ${count} cases; two are needed` }
    if (!Number.isFinite(mean) || !Number.isFinite(standardDeviation))
      return { kind: 'cannot', because: 'not-finite', detail: `${name} holds a figure that is not finite` }
  }
  const parts = Object.values(cells).map(({ count, standardDeviation }) => ({
    variance: standardDeviation ** 2 / count,
    df: count - 1,
  }))
  const variance = parts.reduce((sum, part) => sum + part.variance, 0)
  if (variance === 0) return { kind: 'cannot', because: 'constant', detail: 'no cell has any spread' }
  const degreesOfFreedom = 1 / parts.reduce((sum, part) => sum + (part.variance / variance) ** 2 / part.df, 0)
  const estimate = treatedChange - controlChange
  const standardError = Math.sqrt(variance)
  const margin = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper') * standardError
  return {
    kind: 'estimate',
    estimate,
    standardError,
    lower: estimate - margin,
    upper: estimate + margin,
    pValue: 2 * studentTTail(Math.abs(estimate) / standardError, degreesOfFreedom, 'upper'),
    degreesOfFreedom,
    treatedChange,
    controlChange,
    confidence,
  }
}
