import { type Design, powerOfEstimate, requirePositive, type TestOptions } from './design.ts'

/** Refuses a correlation outside [0, 1]: a programmer's mistake. */
export function requireCorrelation(value: number, name: string): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie in [0, 1], got ${value}`)
}

/**
 * Design effect: by what factor clustering multiplies the variance of a mean.
 *
 * Formula in words: 1 + ((1 + cv squared) mean size - 1) x intracluster correlation.
 * Sources: Kish (1965), Survey Sampling, section 5.4; Eldridge, Ashby and Kerry (2006), Int J Epidemiology 35:1292-1300, equation 1 (varying
 * sizes). Units: none. Errors: RangeError for size below 1, a negative variation, a correlation outside [0, 1]. O(1).
 */
export function designEffect(input: { clusterSize: number; variationOfSize?: number; correlation: number }): number {
  const { clusterSize, variationOfSize = 0, correlation } = input
  if (!(clusterSize >= 1)) throw new RangeError(`clusterSize must be at least 1, got ${clusterSize}`)
  if (!(variationOfSize >= 0)) throw new RangeError(`variationOfSize must be at least 0, got ${variationOfSize}`)
  requireCorrelation(correlation, 'correlation')
  return 1 + ((1 + variationOfSize ** 2) * clusterSize - 1) * correlation
}

/**
 * Two groups of clusters: count is clusters of the first side, effect the difference of means (or shares).
 *
 * When to use: branches, teams or days are treated as wholes.
 * Formula in words: variance of a case times the design effect, over cases; t with clusters - 2 degrees of freedom.
 * Sources: Donner and Klar (2000), Design and Analysis of Cluster Randomization Trials, section 5.2; Eldridge et al. (2006).
 * Arguments: `standardDeviation` of single cases (for a share p: root(p (1 - p))); `deviationOfSecond` default the same; cluster size and
 * its coefficient of variation; `correlation` within clusters; `allocation` second clusters over first.
 * Errors: RangeError as `designEffect`, deviations not positive. Cost: two noncentral tails a power.
 */
export function clusterDesign(
  input: {
    standardDeviation: number
    deviationOfSecond?: number
    clusterSize: number
    variationOfSize?: number
    correlation: number
    allocation?: number
  } & TestOptions,
): Design {
  const { standardDeviation, deviationOfSecond = standardDeviation, clusterSize, allocation = 1 } = input
  requirePositive(standardDeviation, 'standardDeviation')
  requirePositive(deviationOfSecond, 'deviationOfSecond')
  requirePositive(allocation, 'allocation')
  const factor = designEffect(input) / clusterSize
  return {
    leastCount: Math.max(2, 2 / allocation),
    power: (count, effect) =>
      powerOfEstimate({
        ...input,
        effect,
        standardError: Math.sqrt((factor / count) * (standardDeviation ** 2 + deviationOfSecond ** 2 / allocation)),
        degreesOfFreedom: count * (1 + allocation) - 2,
      }),
  }
}

/**
 * Difference in differences over a panel of clusters: count is clusters of the first side (not treated), effect the difference.
 *
 * When to use: some branches change, others do not, both are measured for some periods before and after.
 * Formula in words: the variance of a cluster's period mean splits into a lasting part (correlation x between-period correlation), a part of
 * the period, and sampling of cases; differences remove the lasting part, 'covariance' removes the best share of it, 'after-only' none.
 * Sources: Frison and Pocock (1992), Statistics in Medicine 11:1685-1704, equations 7-9; Hooper et al. (2016), Statistics in Medicine
 * 35:4718-4728 (cluster and period correlations); McKenzie (2012), J Development Economics 99:210-221.
 * Arguments: `before`, `after` periods; `casesPerPeriod` of one cluster; `correlation` of two cases of one cluster and period;
 * `betweenPeriods` share of that correlation between different periods, 0 to 1; `allocation` treated clusters over others. t with clusters - 2
 * degrees of freedom (- 3 for 'covariance'). Assumes different cases in each period and a lasting part equally strong over all periods.
 * Errors: RangeError for counts below 1, correlations outside [0, 1]. Cost: two noncentral tails a power.
 */
export function differenceInDifferencesDesign(
  input: {
    standardDeviation: number
    before: number
    after: number
    casesPerPeriod: number
    correlation: number
    betweenPeriods: number
    analysis?: 'difference' | 'covariance' | 'after-only'
    allocation?: number
  } & TestOptions,
): Design {
  const { before, after, analysis = 'difference', allocation = 1 } = input
  for (const name of ['before', 'after', 'casesPerPeriod'] as const)
    if (!(input[name] >= 1)) throw new RangeError(`${name} must be at least 1, got ${input[name]}`)
  const { lasting, passing } = clusterPeriodVariances(input)
  requirePositive(allocation, 'allocation')
  const post = lasting + passing / after
  const pre = lasting + passing / before
  const variance =
    analysis === 'difference'
      ? passing * (1 / before + 1 / after)
      : analysis === 'covariance'
        ? post - lasting ** 2 / pre
        : post
  const spent = analysis === 'covariance' ? 3 : 2
  return {
    leastCount: Math.max(1, 1 / allocation, (spent + 1) / (1 + allocation)),
    power: (count, effect) =>
      powerOfEstimate({
        ...input,
        effect,
        standardError: Math.sqrt((variance / count) * (1 + 1 / allocation)),
        degreesOfFreedom: count * (1 + allocation) - spent,
      }),
  }
}

/** The lasting and the passing variance of a cluster's period mean: Hooper et al. (2016), section 2. O(1). */
export function clusterPeriodVariances(input: {
  standardDeviation: number
  casesPerPeriod: number
  correlation: number
  betweenPeriods: number
}): { lasting: number; passing: number } {
  const { standardDeviation, casesPerPeriod, correlation, betweenPeriods } = input
  requirePositive(standardDeviation, 'standardDeviation')
  requirePositive(casesPerPeriod, 'casesPerPeriod')
  requireCorrelation(correlation, 'correlation')
  requireCorrelation(betweenPeriods, 'betweenPeriods')
  const variance = standardDeviation ** 2
  const passing = variance * (correlation * (1 - betweenPeriods) + (1 - correlation) / casesPerPeriod)
  if (!(passing > 0)) throw new RangeError('correlation and betweenPeriods must not both be 1')
  return { lasting: variance * correlation * betweenPeriods, passing }
}
