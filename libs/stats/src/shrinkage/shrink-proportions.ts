import { betaQuantile } from '../distributions/beta-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { betaLikelihood, betaMoments, type BetaPrior, type CountedGroup } from './beta-binomial-prior.ts'
import type { ShrunkenGroup } from './shrunken.ts'

export type ShrunkenProportions =
  | { kind: 'shrunken'; prior: BetaPrior; groups: ShrunkenGroup[] }
  | {
      kind: 'cannot'
      because: 'too-few' | 'no-successes' | 'only-successes' | 'single-trials' | 'not-settled'
      detail: string
    }

/**
 * Proportions of many groups, each drawn towards the mean of all by what its few cases leave open (empirical Bayes, beta-binomial).
 *
 * When to use: ranking or grading units with very different numbers of cases, where raw proportions put the smallest units first and last.
 * Formula in words: the true proportions are taken as beta distributed; mean and concentration of that prior are learnt from all groups;
 * a group's estimate = (successes + concentration * mean) / (trials + concentration), its interval from the beta posterior.
 * Source: Skellam (1948), J R Statist Soc B 10:257-261 (beta-binomial); Efron (2010), Large-Scale Inference, chapter 1 (empirical Bayes);
 * prior by 'moments': Kleinman (1973); by 'marginal-likelihood': Griffiths (1973).
 * Units: proportions in [0, 1]. `ownWeight` = trials / (trials + concentration).
 * Conventions: method named. The prior's own uncertainty is not in the intervals: in our simulation 95 % intervals held the truth in 63, 82,
 * 91 and 94 of 100 cases with 5, 10, 20 and 50 groups (`reference/shrinkage-simulation.json`). Shrinkage protects small units and hides
 * small extreme ones; publish the raw figure beside it.
 * Edge cases: a group without trials gets the prior; groups that differ no more than by chance all get the mean (concentration null,
 * deviation 0); fewer than two groups with trials 'too-few'; all successes 0 'no-successes', all equal to trials 'only-successes' (no
 * spread to learn from); no group with two trials 'single-trials' (spread cannot be told from chance).
 * 'not-settled' is a safety net that 20,000 random samples never met.
 * Errors: RangeError for counts not whole, successes outside [0, trials], confidence outside (0, 1).
 * Cost: O(groups), by likelihood times some 20, plus two beta quantiles a group.
 */
export function shrinkProportions(input: {
  groups: readonly CountedGroup[]
  method: 'moments' | 'marginal-likelihood'
  confidence?: number
}): ShrunkenProportions {
  const { groups, method, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  groups.forEach(({ successes, trials }, i) => {
    if (!Number.isInteger(trials) || trials < 0)
      throw new RangeError(`groups[${i}].trials must be a whole number from 0, got ${trials}`)
    if (!Number.isInteger(successes) || successes < 0 || successes > trials)
      throw new RangeError(`groups[${i}].successes must be a whole number from 0 to trials, got ${successes}`)
  })
  const known = groups.filter((group) => group.trials > 0)
  const no = (because: 'too-few' | 'no-successes' | 'only-successes' | 'single-trials', detail: string) =>
    ({ kind: 'cannot', because, detail }) as const
  if (known.length < 2) return no('too-few', `${known.length} groups with trials, at least two are needed`)
  if (known.every((group) => group.successes === 0)) return no('no-successes', 'no group has a success')
  if (known.every((group) => group.successes === group.trials)) return no('only-successes', 'every trial is a success')
  if (known.every((group) => group.trials === 1))
    return no('single-trials', 'no group has more than one trial, so its spread cannot be told from chance')
  const prior = method === 'moments' ? betaMoments(groups) : betaLikelihood(groups)
  if (!prior) return { kind: 'cannot', because: 'not-settled', detail: 'the likelihood did not settle: use moments' }
  return { kind: 'shrunken', prior, groups: groups.map((group) => posterior(group, prior, confidence)) }
}

function posterior({ successes, trials }: CountedGroup, prior: BetaPrior, confidence: number): ShrunkenGroup {
  const raw = trials > 0 ? successes / trials : null
  const { mean, concentration } = prior
  if (concentration === null)
    return { raw, estimate: mean, standardDeviation: 0, lower: mean, upper: mean, ownWeight: 0 }
  const a = concentration * mean + successes
  const b = concentration * (1 - mean) + trials - successes
  const tail = (1 - confidence) / 2
  return {
    raw,
    estimate: a / (a + b),
    standardDeviation: Math.sqrt(((a / (a + b)) * (b / (a + b + 1))) / (a + b)),
    lower: betaQuantile(tail, a, b),
    upper: betaQuantile(tail, a, b, 'upper'),
    ownWeight: trials / (trials + concentration),
  }
}
