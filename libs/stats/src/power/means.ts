import { chiSquareQuantile } from '../distributions/chi-square-quantile.ts'
import { fQuantile } from '../noncentral/f-quantile.ts'
import { noncentralChiSquareTail } from '../noncentral/noncentral-chi-square-tail.ts'
import { noncentralFTail } from '../noncentral/noncentral-f-tail.ts'
import { satterthwaite } from '../estimates/compare-estimates.ts'
import { type Design, powerOfEstimate, requirePositive, requireShare, type TestOptions } from './design.ts'

/**
 * Two independent means: count is cases of the first side, effect the difference in the unit of the deviation.
 *
 * When to use: A/B comparison of mean scores or times; ratio metrics with `unitDeviation`; with CUPED pass `adjustedDeviation`.
 * Formula in words: noncentral t; equal deviations pool (n1 + n2 - 2 degrees of freedom), unequal ones give Welch's error and degrees of
 * freedom. Source: Cohen (1988), section 2.5; Satterthwaite (1946). R: pwr::pwr.t.test, pwr.t2n.test.
 * Arguments: `allocation` second count over first (default 1); `deviationOfSecond` default the same; alpha, sided as `TestOptions`.
 * Errors: RangeError for deviations or allocation not positive. Cost: two noncentral tails a power.
 */
export function twoMeansDesign(
  input: { standardDeviation: number; deviationOfSecond?: number; allocation?: number } & TestOptions,
): Design {
  const { standardDeviation, deviationOfSecond, allocation = 1 } = input
  requirePositive(standardDeviation, 'standardDeviation')
  requirePositive(allocation, 'allocation')
  if (deviationOfSecond !== undefined) requirePositive(deviationOfSecond, 'deviationOfSecond')
  const second = deviationOfSecond ?? standardDeviation
  return {
    leastCount: Math.max(2, 2 / allocation),
    power: (count, effect) => {
      const [m, n] = [count, count * allocation]
      const variances = [standardDeviation ** 2 / m, second ** 2 / n]
      const degreesOfFreedom =
        deviationOfSecond === undefined
          ? m + n - 2
          : satterthwaite([
              { variance: variances[0]!, degreesOfFreedom: m - 1 },
              { variance: variances[1]!, degreesOfFreedom: n - 1 },
            ])
      const standardError = Math.sqrt(variances[0]! + variances[1]!)
      return powerOfEstimate({ ...input, effect, standardError, degreesOfFreedom })
    },
  }
}

/**
 * Paired differences: count is pairs, effect the mean difference.
 *
 * Formula in words: noncentral t with count - 1 degrees of freedom; the deviation of differences is sd root(2 (1 - correlation)).
 * Source: Cohen (1988), section 2.3.5. R: pwr::pwr.t.test(type = "paired"). Arguments: `standardDeviation` of single values, `correlation`
 * within pairs in (-1, 1). Errors: RangeError for either. Cost: two noncentral tails a power.
 */
export function pairedMeansDesign(input: { standardDeviation: number; correlation: number } & TestOptions): Design {
  const { standardDeviation, correlation } = input
  requirePositive(standardDeviation, 'standardDeviation')
  if (!(correlation > -1 && correlation < 1))
    throw new RangeError(`correlation must lie in (-1, 1), got ${correlation}`)
  const deviation = standardDeviation * Math.sqrt(2 * (1 - correlation))
  return {
    leastCount: 2,
    power: (count, effect) =>
      powerOfEstimate({
        ...input,
        effect,
        standardError: deviation / Math.sqrt(count),
        degreesOfFreedom: count - 1,
      }),
  }
}

/**
 * Several means by analysis of variance: count is cases per group, effect Cohen's f (deviation of the true means over that within groups).
 *
 * Source: Cohen (1988), section 8.2; noncentrality count x groups x f squared. R: pwr::pwr.anova.test. Two-sided by nature.
 * Errors: RangeError for fewer than two groups, alpha. Cost: one noncentral F tail a power.
 */
export function severalMeansDesign(input: { groups: number; alpha?: number }): Design {
  const { groups, alpha = 0.05 } = input
  requireShare(alpha, 'alpha')
  if (!Number.isInteger(groups) || groups < 2)
    throw new RangeError(`groups must be a whole number from 2, got ${groups}`)
  return {
    leastCount: 2,
    power: (count, effect) => {
      const denominator = groups * (count - 1)
      const critical = fQuantile(alpha, groups - 1, denominator, 'upper')
      return noncentralFTail(critical, groups - 1, denominator, count * groups * effect * effect, 'upper')
    },
  }
}

/**
 * A chi-square test: count is all cases, effect Cohen's w (root of the summed squared departures of shares over expected shares).
 *
 * When to use: several arms with a share, or a sample-ratio check. Source: Cohen (1988), section 7.2. R: pwr::pwr.chisq.test.
 * Errors: RangeError for degreesOfFreedom, alpha. Cost: one noncentral tail a power.
 */
export function chiSquareDesign(input: { degreesOfFreedom: number; alpha?: number }): Design {
  const { degreesOfFreedom, alpha = 0.05 } = input
  requireShare(alpha, 'alpha')
  const critical = chiSquareQuantile(alpha, degreesOfFreedom, 'upper')
  return {
    leastCount: 1,
    power: (count, effect) => noncentralChiSquareTail(critical, degreesOfFreedom, count * effect * effect, 'upper'),
  }
}

/**
 * Deviation per unit of any estimate whose error shrinks with the root of the count: for planning ratio metrics, quantiles and the like.
 *
 * Formula in words: standard error times root of the count it came from. Source: Deng, Knoblich and Lu (2018), KDD, section 2 (ratio metrics
 * enter every formula for means through their linearised variance). Errors: RangeError for either not positive. O(1).
 */
export function unitDeviation(input: { standardError: number; count: number }): number {
  requirePositive(input.standardError, 'standardError')
  requirePositive(input.count, 'count')
  return input.standardError * Math.sqrt(input.count)
}

/**
 * Deviation left after adjustment for a covariate measured before (CUPED): deviation x root(1 - correlation squared).
 *
 * Source: Deng, Xu, Kohavi and Walker (2013), WSDM, equation 4. Errors: RangeError for correlation outside (-1, 1). O(1).
 */
export function adjustedDeviation(standardDeviation: number, correlation: number): number {
  requirePositive(standardDeviation, 'standardDeviation')
  if (!(correlation > -1 && correlation < 1))
    throw new RangeError(`correlation must lie in (-1, 1), got ${correlation}`)
  return standardDeviation * Math.sqrt((1 - correlation) * (1 + correlation))
}
