import { betaQuantile } from '../../distributions/beta-quantile.ts'
import type { Cannot } from '../../estimates/estimate.ts'
import { type Rate, requireRate } from '../../estimates/rates.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../../intervals/interval.ts'
import { requirePositive } from '../../power/design.ts'
import { regularisedBeta } from '../../special/regularised-beta.ts'
import type { Posterior } from './normal-effect.ts'

interface Gamma {
  shape: number
  rate: number
}

/** P(second > first) for independent gammas: a beta tail, both sides of it. */
function chances(first: Gamma, second: Gamma): { above: number; below: number } {
  const all = first.rate + second.rate
  const [cut, rest] = [second.rate / all, first.rate / all]
  return {
    above: regularisedBeta(second.shape, first.shape, cut, 'upper', 'probability', rest),
    below: regularisedBeta(second.shape, first.shape, cut, 'lower', 'probability', rest),
  }
}

/**
 * Posterior comparison of two rates with gamma priors; `estimate`, `lower` and `upper` are of the ratio second / first.
 *
 * When to use: a view beside the test for complaints per visit and the like; state the prior.
 * Formula in words: posteriors are gamma with events and exposures added; second over the sum of both, scaled, is beta, which gives the
 * chance and the interval of the ratio in closed form; losses, in events per exposure, as in `betaPosterior`.
 * Source: Gelman et al. (2013), section 2.6; Abramowitz and Stegun (1964), 26.5 (the beta of two gammas).
 * Arguments: `prior` shape > 0 and rate >= 0 (in exposure) for both sides; Jeffreys is shape 0.5, rate 0. `better` the good direction. The
 * estimate is the posterior median of the ratio. Peeking: as `normalPosterior`.
 * Edge cases: a rate of 0 in the prior and no exposure 'no-data'. Errors: RangeError for counts, prior, confidence. Cost: O(1).
 */
export function gammaPosterior(input: {
  first: Rate
  second: Rate
  prior: Gamma
  better: 'higher' | 'lower'
  confidence?: number
}): Posterior | Cannot<'no-data'> {
  const { prior, better, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requirePositive(prior.shape, 'prior.shape')
  if (!(prior.rate >= 0 && prior.rate < Number.POSITIVE_INFINITY))
    throw new RangeError(`prior.rate must be finite and at least 0, got ${prior.rate}`)
  const [first, second] = (['first', 'second'] as const).map((name) => {
    requireRate(input[name], name)
    return { shape: prior.shape + input[name].events, rate: prior.rate + input[name].exposure }
  }) as [Gamma, Gamma]
  if (first.rate === 0 || second.rate === 0)
    return { kind: 'cannot', because: 'no-data', detail: 'a side has no exposure and the prior has none either' }
  const { above, below } = chances(first, second)
  const mean = ({ shape, rate }: Gamma) => shape / rate
  const grown = ({ shape, rate }: Gamma) => ({ shape: shape + 1, rate })
  const shortfall =
    mean(first) * chances(grown(first), second).below - mean(second) * chances(first, grown(second)).below
  const excess = mean(second) * chances(first, grown(second)).above - mean(first) * chances(grown(first), second).above
  const ratioAt = (probability: number, tail: 'lower' | 'upper') => {
    const share = betaQuantile(probability, second.shape, first.shape, tail)
    return ((share / (1 - share)) * first.rate) / second.rate
  }
  const tail = (1 - confidence) / 2
  const [taking, keeping] = better === 'higher' ? [shortfall, excess] : [excess, shortfall]
  return {
    kind: 'posterior',
    chanceToBeat: better === 'higher' ? above : below,
    lossOfTaking: Math.max(0, taking),
    lossOfKeeping: Math.max(0, keeping),
    estimate: ratioAt(0.5, 'lower'),
    lower: ratioAt(tail, 'lower'),
    upper: ratioAt(tail, 'upper'),
    confidence,
  }
}
