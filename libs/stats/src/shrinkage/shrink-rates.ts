import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { type CountedExposure, gammaLikelihood, gammaMoments, type GammaPrior } from './gamma-poisson-prior.ts'
import { gammaQuantile } from './gamma-quantile.ts'
import type { ShrunkenGroup } from './shrunken.ts'

export type ShrunkenRates =
  | { kind: 'shrunken'; prior: GammaPrior; groups: ShrunkenGroup[] }
  | { kind: 'cannot'; because: 'too-few' | 'no-events' | 'not-settled'; detail: string }

/**
 * Rates of many groups, each drawn towards the mean of all by what its few events leave open (empirical Bayes, gamma-Poisson).
 *
 * When to use: complaints per thousand cases, incidents per day, over units of very different size.
 * Formula in words: the true rates are taken as gamma distributed with mean m and shape a, learnt from all groups; a group's estimate =
 * (a + count) / (a / m + exposure), its interval from the gamma posterior.
 * Source: Clayton and Kaldor (1987), Biometrics 43:671-681; prior by 'moments': Marshall (1991); by 'marginal-likelihood': the negative
 * binomial likelihood.
 * Units: events per unit of exposure. `ownWeight` = exposure / (exposure + a / m).
 * Conventions: method named; the prior's own uncertainty is not in the intervals (too narrow with under some 20 groups).
 * Edge cases: a group without exposure gets the prior; groups that differ no more than by chance all get the mean (shape null, deviation
 * 0); fewer than two groups with exposure 'too-few'; no event anywhere 'no-events';
 * 'not-settled' is a safety net that 20,000 random samples never met.
 * Errors: RangeError for counts not whole or negative, exposure negative or not finite, a count without exposure, confidence.
 * Cost: O(groups), by likelihood times some 20, plus two gamma quantiles a group.
 */
export function shrinkRates(input: {
  groups: readonly CountedExposure[]
  method: 'moments' | 'marginal-likelihood'
  confidence?: number
}): ShrunkenRates {
  const { groups, method, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  groups.forEach(({ count, exposure }, i) => {
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`groups[${i}].count must be a whole number from 0, got ${count}`)
    if (!(exposure >= 0 && exposure < Number.POSITIVE_INFINITY) || (exposure === 0 && count > 0))
      throw new RangeError(`groups[${i}].exposure must be finite, at least 0, and above 0 with events, got ${exposure}`)
  })
  const known = groups.filter((group) => group.exposure > 0)
  if (known.length < 2)
    return { kind: 'cannot', because: 'too-few', detail: `${known.length} groups with exposure, two are needed` }
  if (known.every((group) => group.count === 0))
    return { kind: 'cannot', because: 'no-events', detail: 'no group has an event' }
  const prior = method === 'moments' ? gammaMoments(groups) : gammaLikelihood(groups)
  if (!prior) return { kind: 'cannot', because: 'not-settled', detail: 'the likelihood did not settle: use moments' }
  return { kind: 'shrunken', prior, groups: groups.map((group) => posterior(group, prior, confidence)) }
}

function posterior({ count, exposure }: CountedExposure, prior: GammaPrior, confidence: number): ShrunkenGroup {
  const raw = exposure > 0 ? count / exposure : null
  const { mean, shape } = prior
  if (shape === null) return { raw, estimate: mean, standardDeviation: 0, lower: mean, upper: mean, ownWeight: 0 }
  const own = shape + count
  const rate = shape / mean + exposure
  const tail = (1 - confidence) / 2
  return {
    raw,
    estimate: own / rate,
    standardDeviation: Math.sqrt(own) / rate,
    lower: gammaQuantile(tail, own, rate),
    upper: gammaQuantile(tail, own, rate, 'upper'),
    ownWeight: exposure / rate,
  }
}
