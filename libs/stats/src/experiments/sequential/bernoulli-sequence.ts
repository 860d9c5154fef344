import { type Proportion, requireProportion } from '../../estimates/score-proportions.ts'
import { bracketedRoot } from '../../noncentral/bracketed-root.ts'
import { requirePositive, requireShare } from '../../power/design.ts'
import { logGamma } from '../../special/log-gamma.ts'

export interface BetaPrior {
  a: number
  b: number
}

const UNIFORM: BetaPrior = { a: 1, b: 1 }

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/** Logarithm of successes^... likelihood, 0 log 0 being 0. */
function logLikelihood(successes: number, failures: number, share: number): number {
  return (successes > 0 ? successes * Math.log(share) : 0) + (failures > 0 ? failures * Math.log1p(-share) : 0)
}

function logMarginal(side: Proportion, prior: BetaPrior): number {
  return logBeta(prior.a + side.successes, prior.b + side.trials - side.successes) - logBeta(prior.a, prior.b)
}

function requirePrior(prior: BetaPrior): void {
  requirePositive(prior.a, 'prior.a')
  requirePositive(prior.b, 'prior.b')
}

/**
 * Confidence sequence of a share: limits that hold at all looks at once, exact at any count.
 *
 * When to use: a running share of satisfied answers watched from the first case.
 * Formula in words: all shares whose likelihood is at least alpha times the likelihood averaged over a beta distribution of shares.
 * Sources: Robbins (1970); Lai (1976), Annals of Statistics 4:265-280; the beta-binomial mixture of Howard et al. (2021), proposition 7, in
 * its exact form. Arguments: `prior` a, b > 0, default uniform: it only shapes where the limits are tight, not their validity.
 * Edge cases: no cases give [0, 1]. Errors: RangeError for counts, prior, alpha. Cost: some 20 evaluations.
 */
export function bernoulliSequence(input: Proportion & { alpha?: number; prior?: BetaPrior }): {
  estimate: number
  lower: number
  upper: number
} {
  const { successes, trials, alpha = 0.05, prior = UNIFORM } = input
  requireShare(alpha, 'alpha')
  requirePrior(prior)
  requireProportion({ successes, trials }, 'share')
  if (trials === 0) return { estimate: Number.NaN, lower: 0, upper: 1 }
  const failures = trials - successes
  const threshold = logMarginal({ successes, trials }, prior) + Math.log(alpha)
  const estimate = successes / trials
  // On the logit scale, from the estimate outwards; the gap falls on both sides.
  const gap = (logit: number) => {
    const logShare = -Math.log1p(Math.exp(-logit))
    return successes * logShare + failures * (logShare - logit) - threshold
  }
  const centre = successes === 0 ? -40 : failures === 0 ? 40 : Math.log(successes / failures)
  const solve = (sign: 1 | -1) => {
    let reach = 1
    while (gap(centre + sign * reach) > 0 && reach < 1e6) reach *= 2
    const logit = bracketedRoot(gap, centre, centre + sign * reach)
    return 1 / (1 + Math.exp(-logit))
  }
  const inside = gap(centre) > 0
  return {
    estimate,
    lower: successes === 0 || !inside ? 0 : solve(-1),
    upper: failures === 0 || !inside ? 1 : solve(1),
  }
}

/**
 * Always-valid comparison of two shares, second - first.
 *
 * When to use: an A/B comparison of shares watched from the first case.
 * Formula in words: p is the highest likelihood with one common share over the likelihoods averaged over beta distributions, one per side;
 * the limits combine two sequences at alpha / 2 each, so they are wider than the test is sharp.
 * Sources: Wasserman, Ramdas and Balakrishnan (2020), PNAS 117:16880-16890 (universal inference: dividing by the maximum keeps it valid for a
 * composite null); Bonferroni for the limits.
 * Arguments: counts so far; keep the smallest p of all looks. `prior` default uniform. Errors: RangeError as `bernoulliSequence`.
 * Edge cases: a side without cases gives p = 1 and limits -1 and 1 at most. Cost: some 80 evaluations.
 */
export function compareBernoulliSequences(input: {
  first: Proportion
  second: Proportion
  alpha?: number
  prior?: BetaPrior
}): { estimate: number; lower: number; upper: number; pValue: number } {
  const { first, second, alpha = 0.05, prior = UNIFORM } = input
  const one = bernoulliSequence({ ...first, alpha: alpha / 2, prior })
  const two = bernoulliSequence({ ...second, alpha: alpha / 2, prior })
  const successes = first.successes + second.successes
  const failures = first.trials + second.trials - successes
  const pooled = successes + failures === 0 ? 0.5 : successes / (successes + failures)
  const log = logLikelihood(successes, failures, pooled) - logMarginal(first, prior) - logMarginal(second, prior)
  return {
    estimate: two.estimate - one.estimate,
    lower: two.lower - one.upper,
    upper: two.upper - one.lower,
    pValue: Math.min(1, Math.exp(log)),
  }
}
