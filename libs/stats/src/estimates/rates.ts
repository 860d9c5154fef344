import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { wilsonInterval } from '../intervals/wilson-interval.ts'
import { bracketedRoot } from '../noncentral/bracketed-root.ts'
import { type Cannot, type IntervalEstimate, requireCount } from './estimate.ts'

export interface Rate {
  events: number
  exposure: number
}

type RateResult = IntervalEstimate | Cannot<'no-data' | 'no-events'>

function begin(input: { first: Rate; second: Rate; confidence?: number; dispersion?: number }) {
  const { first, second, confidence = USUAL_CONFIDENCE, dispersion = 1 } = input
  requireConfidence(confidence)
  requireRate(first, 'first')
  requireRate(second, 'second')
  if (!(dispersion > 0) || dispersion === Number.POSITIVE_INFINITY)
    throw new RangeError(`dispersion must be positive and finite, got ${dispersion}`)
  const z = normalQuantile((1 - confidence) / 2, 'upper') * Math.sqrt(dispersion)
  const none: Cannot<'no-data'> | null =
    first.exposure === 0 || second.exposure === 0
      ? { kind: 'cannot', because: 'no-data', detail: 'a side has no exposure' }
      : null
  return { confidence, dispersion, z, none }
}

/** Refuses counts and exposures that no data could have: a programmer's mistake. */
export function requireRate(rate: Rate, name: string): void {
  requireCount(rate.events, `${name}.events`)
  if (!(rate.exposure >= 0) || rate.exposure === Number.POSITIVE_INFINITY)
    throw new RangeError(`${name}.exposure must be finite and at least 0, got ${rate.exposure}`)
}

/**
 * Score interval of one rate of events.
 *
 * When to use: a rate from a moderate count, closer to its stated coverage than Garwood's exact interval (`poissonRateInterval`).
 * Formula in words: the rates at which (events - expected) / root(expected) reaches +-z; the smaller root from the product of the roots.
 * Source: Rao's score; Brown, Cai and DasGupta (2003), Statistica Sinica 13:19-49. Units: events per exposure.
 * Edge cases: no exposure 'no-data'. Errors: RangeError for events not whole, exposure negative, confidence. Cost: O(1).
 */
export function rateScoreInterval(
  input: Rate & { confidence?: number },
): { kind: 'interval'; estimate: number; lower: number; upper: number; confidence: number } | Cannot<'no-data'> {
  const { events, exposure, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireRate({ events, exposure }, 'rate')
  if (exposure === 0) return { kind: 'cannot', because: 'no-data', detail: 'there is no exposure' }
  const z = normalQuantile((1 - confidence) / 2, 'upper')
  const upper = events + (z * z) / 2 + z * Math.sqrt(events + (z * z) / 4)
  const lower = (events * events) / upper
  return { kind: 'interval', estimate: events / exposure, lower: lower / exposure, upper: upper / exposure, confidence }
}

/**
 * Ratio of two rates by the score method, second / first.
 *
 * When to use: complaints per visit before and after with more than a handful of events; for few events `rateRatioTest` is exact.
 * Formula in words: given all events those of the second side are binomial; Wilson's limits of that share turned into a ratio; the p-value
 * is that of the score test of equal rates.
 * Sources: Wilson (1927); Przyborowski and Wilenski (1940), Biometrika 31:313-323; Gu et al. (2008), Biometrical Journal 50:283-298.
 * Arguments: `dispersion` multiplies the variance (1 for Poisson; estimate it from the spread between days or units): McCullagh and Nelder
 * (1989), section 6.2. Units: events are counts, exposures share a unit.
 * Edge cases: no exposure 'no-data'; no events at all 'no-events'; no events on one side give 0 or Infinity.
 * Errors: RangeError for counts, exposures, dispersion, confidence. Cost: O(1).
 */
export function rateRatio(input: { first: Rate; second: Rate; dispersion?: number; confidence?: number }): RateResult {
  const { first, second } = input
  const { confidence, dispersion, none } = begin(input)
  if (none) return none
  const all = first.events + second.events
  if (all === 0) return { kind: 'cannot', because: 'no-events', detail: 'there are no events on either side' }
  const odds = second.exposure / first.exposure
  // Wilson's z times root dispersion is Wilson's interval with counts divided by the dispersion.
  const share = wilsonInterval({ successes: second.events / dispersion, trials: all / dispersion, confidence })
  if (share.kind === 'cannot') return { kind: 'cannot', because: 'no-events', detail: share.detail }
  const asRatio = (p: number) => (p === 1 ? Number.POSITIVE_INFINITY : p / (1 - p) / odds)
  const chance = odds / (1 + odds)
  const distance = Math.abs(second.events - all * chance) / Math.sqrt(dispersion * all * chance * (1 - chance))
  return {
    kind: 'estimate',
    estimate: second.events / first.events / odds,
    lower: asRatio(share.lower),
    upper: asRatio(share.upper),
    pValue: Math.min(1, 2 * normalTail(distance, 'upper')),
    confidence,
  }
}

/** Restricted score of second - first = d: Miettinen and Nurminen (1985), section 3. Callers check. O(1). */
export function rateDifferenceScore(first: Rate, second: Rate, d: number): { excess: number; standardError: number } {
  const total = first.exposure + second.exposure
  const b = first.events + second.events - total * d
  const root = Math.sqrt(Math.max(0, b * b + 4 * total * first.events * d))
  // The larger root of total x^2 - b x - events d, written so that it does not cancel.
  const larger = b >= 0 ? (b + root) / (2 * total) : (2 * first.events * d) / (root - b)
  const base = Math.max(0, -d, larger)
  return {
    excess: second.events / second.exposure - first.events / first.exposure - d,
    standardError: Math.sqrt(base / first.exposure + Math.max(0, base + d) / second.exposure),
  }
}

/**
 * Difference of two rates by the score method, second - first.
 *
 * When to use: when events per exposure saved is the figure people act on.
 * Formula in words: all differences whose score test, with the rates estimated under that difference, is not significant.
 * Source: Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226. Arguments and errors as `rateRatio`.
 * Edge cases: no exposure 'no-data'; no events at all still gives an interval, p = 1. Cost: some 25 evaluations.
 */
export function rateDifference(input: {
  first: Rate
  second: Rate
  dispersion?: number
  confidence?: number
}): RateResult {
  const { first, second } = input
  const { confidence, dispersion, z, none } = begin(input)
  if (none) return none
  const estimate = second.events / second.exposure - first.events / first.exposure
  const limit = (sign: 1 | -1) => {
    const gap = (d: number) => {
      const score = rateDifferenceScore(first, second, d)
      return score.excess - sign * z * score.standardError
    }
    let reach = (z * z + z) * (1 / first.exposure + 1 / second.exposure)
    while (sign * gap(estimate - sign * reach) <= 0) reach *= 2
    return bracketedRoot((t) => gap(estimate + t), -sign * reach, 0) + estimate
  }
  const { excess, standardError } = rateDifferenceScore(first, second, 0)
  const distance = standardError === 0 ? 0 : Math.abs(excess) / standardError / Math.sqrt(dispersion)
  const pValue = Math.min(1, 2 * normalTail(distance, 'upper'))
  return { kind: 'estimate', estimate, lower: limit(1), upper: limit(-1), pValue, confidence }
}
