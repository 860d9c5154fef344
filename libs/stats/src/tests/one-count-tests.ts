import { minimumLikelihood } from '../comparisons/minimum-likelihood.ts'
import { binomialTail } from '../distributions/binomial-tail.ts'
import { poissonTail } from '../distributions/poisson-tail.ts'
import { requireCount } from '../estimates/estimate.ts'
import type { Alternative } from './ranks.ts'

/**
 * Exact p-value of one count of events against an expected rate.
 *
 * When to use: is this month's number of complaints unusual for the agreed rate?
 * Formula in words: one-sided the Poisson tail with the count included; two-sided all counts no more probable than the observed one.
 * Source: Przyborowski and Wilenski (1935), Biometrika 27:273-292; the convention of R poisson.test. Units: events per exposure.
 * Edge cases: an expected count of 0 gives 1 for no events and 0 otherwise. Errors: RangeError for events not whole, a rate or exposure
 * negative or not finite. Cost: O(1), two-sided O(events + root of the expected count).
 */
export function poissonTest(input: {
  events: number
  exposure: number
  rate: number
  alternative?: Alternative
}): number {
  const { events, exposure, rate, alternative = 'two-sided' } = input
  requireCount(events, 'events')
  if (!(exposure >= 0) || exposure === Number.POSITIVE_INFINITY)
    throw new RangeError(`exposure must be finite and at least 0, got ${exposure}`)
  if (!(rate >= 0) || rate === Number.POSITIVE_INFINITY)
    throw new RangeError(`rate must be finite and at least 0, got ${rate}`)
  const mean = rate * exposure
  if (alternative === 'greater') return poissonTail(events, mean, 'upper')
  if (alternative === 'less') return poissonTail(events, mean, 'lower')
  if (mean === 0) return events === 0 ? 1 : 0
  // Beyond this count nothing adds to the sum.
  const high = Math.ceil(Math.max(events, mean) + 40 * Math.sqrt(Math.max(events, mean)) + 80)
  return minimumLikelihood({ low: 0, high, mode: Math.floor(mean), observed: events, up: (k) => mean / (k + 1) })
}

/**
 * Exact p-value of one share against an expected one.
 *
 * When to use: is the share of answers in time below the agreed 90 %?
 * Formula in words: one-sided the binomial tail with the count included; two-sided all counts no more probable than the observed one.
 * Source: Clopper and Pearson (1934), Biometrika 26:404-413 (tails); the two-sided convention of R binom.test. Units: counts and a share.
 * Edge cases: an expected share of 0 or 1 is exact. Errors: RangeError for counts not whole, successes above trials, probability outside
 * [0, 1]. Cost: O(1), two-sided O(trials).
 */
export function binomialTest(input: {
  successes: number
  trials: number
  probability: number
  alternative?: Alternative
}): number {
  const { successes, trials, probability, alternative = 'two-sided' } = input
  const upper = binomialTail(successes, trials, probability, 'upper')
  if (alternative === 'greater') return upper
  if (alternative === 'less') return binomialTail(successes, trials, probability, 'lower')
  if (probability === 0 || probability === 1) return successes === trials * probability ? 1 : 0
  const odds = probability / (1 - probability)
  return minimumLikelihood({
    low: 0,
    high: trials,
    mode: Math.min(trials, Math.floor((trials + 1) * probability)),
    observed: successes,
    up: (k) => ((trials - k) / (k + 1)) * odds,
  })
}
