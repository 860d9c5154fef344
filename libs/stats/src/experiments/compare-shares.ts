import { proportionDifference, riskRatio } from '../estimates/compare-proportions.ts'
import type { Cannot } from '../estimates/estimate.ts'
import type { Proportion } from '../estimates/score-proportions.ts'
import { USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { type Adjustment, adjustPValues } from '../multiplicity/adjust-p-values.ts'
import { chiSquareTest } from '../tests/chi-square-test.ts'

export interface ShareArm extends Proportion {
  name: string
}

export interface ShareComparison {
  first: string
  second: string
  /** Difference of shares, second - first, with its score interval. */
  estimate: number
  lower: number
  upper: number
  /** Interval at confidence 1 - (1 - confidence) / pairs: all of these hold at once (Bonferroni). */
  simultaneous: { lower: number; upper: number }
  pValue: number
  adjustedP: number
  /** second / first with its score interval, null without successes. */
  ratio: { estimate: number; lower: number; upper: number } | null
}

export interface ShareArmsResult {
  kind: 'comparison'
  /** Chi-square of all arms at once; null when all cases have the same outcome. */
  overall: { pValue: number; chiSquare: number; degreesOfFreedom: number } | null
  comparisons: ShareComparison[]
}

/**
 * Comparison of shares over several arms: chi-square overall, score intervals and adjusted p-values for pairs.
 *
 * When to use: satisfaction or conversion by arm. Score methods keep their size at small counts and shares near 0 or 1, where treating
 * shares as means (with variance p (1 - p) / n) does not.
 * Sources: Pearson (1900); Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226; Koopman (1984); Holm (1979).
 * Arguments: as `compareArms`. Edge cases: fewer than two arms or an arm without cases 'too-few'. Errors: RangeError for counts, equal names,
 * confidence. Cost: some 100 score evaluations a pair.
 */
export function compareShares(input: {
  arms: readonly ShareArm[]
  pairs?: 'against-first' | 'all'
  adjustment?: Adjustment
  confidence?: number
}): ShareArmsResult | Cannot<'too-few'> {
  const { arms, pairs = 'against-first', adjustment = 'holm', confidence = USUAL_CONFIDENCE } = input
  if (new Set(arms.map((arm) => arm.name)).size !== arms.length) throw new RangeError('arms must have different names')
  if (arms.length < 2) return { kind: 'cannot', because: 'too-few', detail: 'at least two arms are needed' }
  const empty = arms.find((arm) => arm.trials === 0)
  if (empty) return { kind: 'cannot', because: 'too-few', detail: `arm ${empty.name} has no cases` }
  const chosen = arms.flatMap((first, i) =>
    pairs === 'all' || i === 0 ? arms.slice(i + 1).map((second) => ({ first, second })) : [],
  )
  const plain = chosen.map(({ first, second }) => compareTwo(first, second, confidence, chosen.length))
  const adjusted = adjustPValues(
    plain.map((pair) => pair.pValue),
    adjustment,
  )
  const table = chiSquareTest(arms.map((arm) => [arm.successes, arm.trials - arm.successes]))
  const overall =
    table.kind === 'cannot'
      ? null
      : { pValue: table.pValue, chiSquare: table.chiSquare, degreesOfFreedom: table.degreesOfFreedom }
  return { kind: 'comparison', overall, comparisons: plain.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! })) }
}

function compareTwo(first: ShareArm, second: ShareArm, confidence: number, pairs: number): ShareComparison {
  const sides = { first, second }
  const single = proportionDifference({ ...sides, confidence })
  const all = proportionDifference({ ...sides, confidence: 1 - (1 - confidence) / pairs })
  if (single.kind === 'cannot' || all.kind === 'cannot') throw new RangeError('arms must have cases')
  const ratio = riskRatio({ ...sides, confidence })
  const { estimate, lower, upper, pValue } = single
  return {
    first: first.name,
    second: second.name,
    estimate,
    lower,
    upper,
    simultaneous: { lower: all.lower, upper: all.upper },
    pValue,
    adjustedP: pValue,
    ratio: ratio.kind === 'cannot' ? null : { estimate: ratio.estimate, lower: ratio.lower, upper: ratio.upper },
  }
}
