import { twoProportionTest } from '../comparisons/two-proportion-test.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { bracketedRoot } from '../noncentral/bracketed-root.ts'
import type { Cannot, IntervalEstimate } from './estimate.ts'
import { exactOddsRatio } from './exact-odds-ratio.ts'
import { type Proportion, type ProportionMeasure, proportionScore, requireProportion } from './score-proportions.ts'

export type ProportionComparison = IntervalEstimate | Cannot<'no-data' | 'no-events'>

interface Sides {
  first: Proportion
  second: Proportion
  confidence?: number
}

function begin(input: Sides): { confidence: number; refusal: Cannot<'no-data'> | null } {
  const { first, second, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireProportion(first, 'first')
  requireProportion(second, 'second')
  const empty = first.trials === 0 || second.trials === 0
  return {
    confidence,
    refusal: empty ? { kind: 'cannot', because: 'no-data', detail: 'a side has no cases' } : null,
  }
}

/**
 * Difference of two shares, second - first.
 *
 * When to use: "satisfaction rose by 4 points"; `miettinen-nurminen` for equivalence and small counts, `newcombe` where a closed form is
 * wanted.
 * Formula in words: 'miettinen-nurminen' all differences whose score test is not significant, with its p-value; 'newcombe' the two Wilson
 * intervals combined, with the p-value of `twoProportionTest` (large sample).
 * Sources: Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226; Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
 * Units: counts in, a difference of shares out. Assumes independent cases. No continuity correction.
 * Edge cases: a side without trials 'no-data'; both shares 0 or both 1 give p = 1.
 * Errors: RangeError for counts not whole, successes above trials, confidence outside (0, 1). Cost: some 25 score evaluations.
 */
export function proportionDifference(
  input: Sides & { method?: 'miettinen-nurminen' | 'newcombe' },
): ProportionComparison {
  const { first, second, method = 'miettinen-nurminen' } = input
  const { confidence, refusal } = begin(input)
  if (refusal) return refusal
  const estimate = second.successes / second.trials - first.successes / first.trials
  if (method === 'newcombe') {
    const got = twoProportionTest({ first, second, method: 'large-sample', confidence })
    if (got.kind === 'cannot') return got
    return { kind: 'estimate', estimate, lower: got.lower, upper: got.upper, pValue: got.pValue, confidence }
  }
  const z = normalQuantile((1 - confidence) / 2, 'upper')
  const limit = (sign: 1 | -1) => {
    const end = -sign
    const gap = (d: number) => {
      const score = proportionScore(first, second, 'difference', d)
      return score.excess - sign * z * score.standardError
    }
    if (estimate === end || Math.abs(gap(end)) < 1e-15) return end
    // At a difference of -1 or 1 the restricted error is 0, and the gap has a root that is no limit.
    return bracketedRoot(gap, end, Math.abs(estimate) === 1 ? estimate - sign * 1e-9 : estimate)
  }
  return { kind: 'estimate', estimate, lower: limit(1), upper: limit(-1), pValue: nullP(first, second), confidence }
}

/**
 * Ratio of two shares, second / first.
 *
 * When to use: rare outcomes, where a ratio travels better than a difference.
 * Formula in words: 'score' all ratios whose score test is not significant; 'log' the logarithm of the ratio +- z times
 * root(1/x1 - 1/n1 + 1/x2 - 1/n2).
 * Sources: Koopman (1984), Biometrics 40:513-517, with the factor N / (N - 1) of Miettinen and Nurminen (1985); Katz et al. (1978),
 * Biometrics 34:469-474. Units: a pure number.
 * Edge cases: no trials 'no-data'; no successes at all 'no-events', with 'log' already when one side has none; with 'score' limits 0 or
 * Infinity. Errors: as `proportionDifference`. Convention: p is that of the score test of equality for 'score', Wald for 'log'. Cost: as it.
 */
export function riskRatio(input: Sides & { method?: 'score' | 'log' }): ProportionComparison {
  const { first, second, method = 'score' } = input
  const { confidence, refusal } = begin(input)
  if (refusal) return refusal
  if (first.successes + second.successes === 0 || (method === 'log' && first.successes * second.successes === 0))
    return { kind: 'cannot', because: 'no-events', detail: 'a ratio needs successes' }
  const estimate = second.successes / second.trials / (first.successes / first.trials)
  const z = normalQuantile((1 - confidence) / 2, 'upper')
  if (method === 'log') {
    const variance = 1 / first.successes - 1 / first.trials + 1 / second.successes - 1 / second.trials
    if (variance === 0) return { kind: 'cannot', because: 'no-events', detail: 'every case is a success' }
    return logWald(estimate, Math.sqrt(variance), z, confidence)
  }
  const limits = ratioLimits(first, second, 'ratio', z, [second.successes === 0, first.successes === 0])
  return { kind: 'estimate', estimate, ...limits, pValue: nullP(first, second), confidence }
}

/**
 * Ratio of the odds of two shares, second / first.
 *
 * When to use: beside logistic regression, or when cases were sampled by outcome.
 * Formula in words: 'score' all odds ratios whose score test is not significant; 'log' the logarithm +- z times the root of the sum of the
 * reciprocals of the four cells; 'exact' conditional on the margins, as R fisher.test (estimate: conditional maximum likelihood).
 * Sources: Miettinen and Nurminen (1985); Woolf (1955), Annals of Human Genetics 19:251-253; Cornfield (1956) and Fisher (1935) (exact).
 * Edge cases: no trials 'no-data'; all or no cases successful on both sides 'no-events'; an empty cell gives 'no-events' with 'log', limits
 * 0 or Infinity otherwise. Errors: as `proportionDifference`. Cost: as it; exact O(smallest margin) per step.
 */
export function oddsRatio(input: Sides & { method?: 'score' | 'log' | 'exact' }): ProportionComparison {
  const { first, second, method = 'score' } = input
  const { confidence, refusal } = begin(input)
  if (refusal) return refusal
  const cells = [
    first.successes,
    first.trials - first.successes,
    second.successes,
    second.trials - second.successes,
  ] as const
  const [a, b, c, d] = cells
  if (a + c === 0 || b + d === 0)
    return { kind: 'cannot', because: 'no-events', detail: 'all cases have the same outcome' }
  if (method === 'exact') return exactOddsRatio(first, second, confidence)
  const estimate = (c * b) / (d * a)
  const z = normalQuantile((1 - confidence) / 2, 'upper')
  if (method === 'log') {
    if (cells.includes(0)) return { kind: 'cannot', because: 'no-events', detail: 'a cell of the table is empty' }
    return logWald(estimate, Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), z, confidence)
  }
  const limits = ratioLimits(first, second, 'odds-ratio', z, [c === 0 || b === 0, a === 0 || d === 0])
  return { kind: 'estimate', estimate, ...limits, pValue: nullP(first, second), confidence }
}

function logWald(estimate: number, error: number, z: number, confidence: number): IntervalEstimate {
  return {
    kind: 'estimate',
    estimate,
    lower: estimate * Math.exp(-z * error),
    upper: estimate * Math.exp(z * error),
    pValue: 2 * normalTail(Math.abs(Math.log(estimate)) / error, 'upper'),
    confidence,
  }
}

/** Two-sided p of the score test of equal shares; the three measures share it at no effect. */
function nullP(first: Proportion, second: Proportion): number {
  const { excess, standardError } = proportionScore(first, second, 'difference', 0)
  return standardError === 0 ? 1 : Math.min(1, 2 * normalTail(Math.abs(excess) / standardError, 'upper'))
}

function ratioLimits(
  first: Proportion,
  second: Proportion,
  measure: ProportionMeasure,
  z: number,
  open: [boolean, boolean],
): { lower: number; upper: number } {
  const gap = (log: number, sign: 1 | -1) => {
    const score = proportionScore(first, second, measure, Math.exp(log))
    return score.excess - sign * z * score.standardError
  }
  const solve = (sign: 1 | -1) => {
    let [low, high] = [-1, 1]
    while (gap(low, sign) <= 0 && low > -700) low *= 2
    while (gap(high, sign) >= 0 && high < 700) high *= 2
    return Math.exp(bracketedRoot((log) => gap(log, sign), low, high))
  }
  return { lower: open[0] ? 0 : solve(1), upper: open[1] ? Number.POSITIVE_INFINITY : solve(-1) }
}
