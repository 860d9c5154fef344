import { normalQuantile } from '../distributions/normal-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import {
  betweenVariance,
  type BetweenVariance,
  type BetweenVarianceMethod,
  type MeasuredGroup,
} from './between-variance.ts'
import type { ShrunkenGroup } from './shrunken.ts'

export type ShrunkenMeans =
  | { kind: 'shrunken'; prior: BetweenVariance; groups: ShrunkenGroup[] }
  | { kind: 'cannot'; because: 'too-few' | 'not-finite' | 'no-error'; detail: string }

export interface ShrinkMeansInput {
  groups: readonly MeasuredGroup[]
  method: BetweenVarianceMethod
  /** 'morris': shrink less by (k - 3) / (k - 1) and widen for the unknown variance; needs four groups. 'none': as meta-analysis does. */
  correction: 'none' | 'morris'
  /** Whether the error of the prior mean counts in the deviations; default 'included'. */
  meanUncertainty?: 'included' | 'ignored'
  confidence?: number
}

/**
 * Means (or any figures with standard errors) of many groups, each drawn towards the mean of all (empirical Bayes, normal-normal).
 *
 * When to use: mean ratings, mean times, composite scores of units with very unequal numbers of cases.
 * Formula in words: true values are taken as normal about one mean with a variance learnt from all groups; own weight = variance /
 * (variance + standard error squared); estimate = own weight * figure + (1 - own weight) * mean; posterior variance = own weight * standard
 * error squared, plus (1 - own weight) squared times the variance of the mean. With 'morris' the shrinkage 1 - own weight is multiplied by
 * (k - 3) / (k - 1), and the posterior variance gets 2 / (k - 3) * shrinkage squared * (mean error variance + variance) / (error variance +
 * variance) * (figure - mean) squared.
 * Source: Efron and Morris (1975), Journal of the American Statistical Association 70:311-319; Morris (1983), the same journal 78:47-65,
 * sections 2 and 5 (correction, unequal variances).
 * Units: those of the figures. Assumes standard errors known: for small groups pool the variance within groups first and take its root over
 * root n, since a group's own deviation of three cases is worth nothing.
 * Conventions: interval estimate -+ z * posterior deviation. 'paule-mandel' with 'morris' and equal errors is the James-Stein estimator
 * with k - 3. `correction` has no default: in our simulation (`reference/shrinkage-simulation.json`, 5 to 50 groups) 95 % intervals held
 * the truth in 80 to 93 of 100 cases under 'none' and in 94 to 99 under 'morris'; over thousands of groups both hold it in 95.
 * Edge cases: groups that differ no more than by chance (variance 0) all get the mean; fewer than two groups (four with 'morris')
 * 'too-few'; an error of 0 'no-error'; figures not finite 'not-finite'.
 * Errors: RangeError for negative errors, confidence outside (0, 1). Cost: O(groups) times some 10 to 50 steps.
 */
export function shrinkMeans(input: ShrinkMeansInput): ShrunkenMeans {
  const { groups, method, correction, meanUncertainty = 'included', confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  groups.forEach(({ standardError }, i) => {
    if (standardError < 0) throw new RangeError(`groups[${i}].standardError must be at least 0, got ${standardError}`)
  })
  const needed = correction === 'morris' ? 4 : 2
  if (groups.length < needed)
    return { kind: 'cannot', because: 'too-few', detail: `${groups.length} groups, at least ${needed} are needed` }
  const broken = groups.findIndex((group) => !Number.isFinite(group.estimate) || !Number.isFinite(group.standardError))
  if (broken >= 0) return { kind: 'cannot', because: 'not-finite', detail: `group ${broken} holds a figure not finite` }
  const exact = groups.findIndex((group) => group.standardError === 0)
  if (exact >= 0)
    return { kind: 'cannot', because: 'no-error', detail: `group ${exact} has the standard error 0: it cannot shrink` }
  const prior = betweenVariance(groups, method)
  const k = groups.length
  const factor = correction === 'morris' ? (k - 3) / (k - 1) : 1
  const z = normalQuantile((1 - confidence) / 2, 'upper')
  // Mean error variance, weighted as the mean is: only for the correction.
  let [weights, weighted] = [0, 0]
  for (const { standardError } of groups) {
    const w = 1 / (standardError ** 2 + prior.variance)
    weights += w
    weighted += w * standardError ** 2
  }
  const shrunken = groups.map(({ estimate: raw, standardError }): ShrunkenGroup => {
    const total = standardError ** 2 + prior.variance
    const shrinkage = (factor * standardError ** 2) / total
    const estimate = prior.mean + (1 - shrinkage) * (raw - prior.mean)
    // Morris (1983) has B/k in place of B squared times the variance of the mean; equal without correction.
    const ofMean = meanUncertainty === 'included' ? (shrinkage * standardError ** 2) / (total * weights) : 0
    const ofVariance =
      correction === 'morris'
        ? (2 / (k - 3)) * shrinkage ** 2 * ((weighted / weights + prior.variance) / total) * (raw - prior.mean) ** 2
        : 0
    const standardDeviation = Math.sqrt((1 - shrinkage) * standardError ** 2 + ofMean + ofVariance)
    const reach = z * standardDeviation
    return {
      raw,
      estimate,
      standardDeviation,
      lower: estimate - reach,
      upper: estimate + reach,
      ownWeight: 1 - shrinkage,
    }
  })
  return { kind: 'shrunken', prior, groups: shrunken }
}
