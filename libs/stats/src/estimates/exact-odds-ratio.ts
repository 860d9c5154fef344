import { twoProportionTest } from '../comparisons/two-proportion-test.ts'
import { logGamma } from '../special/log-gamma.ts'
import { bracketedRoot } from '../noncentral/bracketed-root.ts'
import type { IntervalEstimate } from './estimate.ts'
import type { Proportion } from './score-proportions.ts'

/** Logarithms of odds ratios are searched within this. */
const FURTHEST_LOG = 600

/**
 * Conditional odds ratio of two shares with its exact interval; `oddsRatio` with method 'exact' is the door.
 *
 * Formula in words: given all margins the successes of the second side are noncentral hypergeometric; the estimate makes their mean the
 * observed count, each limit puts half of 1 - confidence into one tail.
 * Sources: Fisher (1935), J R Statist Soc 98:39-82; Cornfield (1956), Proc. 3rd Berkeley Symposium 4:135-148. R: fisher.test.
 * Edge cases: a count at the end of its range gives 0 or Infinity. Errors: none (the caller checks). Cost: O(smallest margin) per step.
 */
export function exactOddsRatio(first: Proportion, second: Proportion, confidence: number): IntervalEstimate {
  const cases = first.successes + second.successes
  const low = Math.max(0, cases - first.trials)
  const high = Math.min(cases, second.trials)
  const observed = second.successes
  const logWeights = Array.from({ length: high - low + 1 }, (_, i) => {
    const k = low + i
    return -(
      logGamma(k + 1) +
      logGamma(second.trials - k + 1) +
      logGamma(cases - k + 1) +
      logGamma(first.trials - cases + k + 1)
    )
  })
  const moments = (log: number) => {
    const exponents = logWeights.map((weight, i) => weight + log * (low + i))
    const top = exponents.reduce((most, exponent) => Math.max(most, exponent), Number.NEGATIVE_INFINITY)
    let [all, mean, upper, lower] = [0, 0, 0, 0]
    exponents.forEach((exponent, i) => {
      const weight = Math.exp(exponent - top)
      const k = low + i
      all += weight
      mean += weight * k
      if (k >= observed) upper += weight
      if (k <= observed) lower += weight
    })
    return { mean: mean / all, upper: upper / all, lower: lower / all }
  }
  const solve = (gap: (log: number) => number) => Math.exp(bracketedRoot(gap, -FURTHEST_LOG, FURTHEST_LOG, 1e-12))
  const tail = (1 - confidence) / 2
  const test = twoProportionTest({ first, second, method: 'exact', confidence })
  const ends = { atLow: observed === low, atHigh: observed === high }
  return {
    kind: 'estimate',
    estimate: ends.atLow ? 0 : ends.atHigh ? Number.POSITIVE_INFINITY : solve((log) => moments(log).mean - observed),
    lower: ends.atLow ? 0 : solve((log) => moments(log).upper - tail),
    upper: ends.atHigh ? Number.POSITIVE_INFINITY : solve((log) => moments(log).lower - tail),
    pValue: test.kind === 'comparison' ? test.pValue : 1,
    confidence,
  }
}
