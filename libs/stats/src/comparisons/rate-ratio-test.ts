import { betaQuantile } from '../distributions/beta-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { minimumLikelihood } from './minimum-likelihood.ts'

export type RateRatioResult =
  | {
      kind: 'comparison'
      /** second rate / first rate; Infinity when the first has no events. */
      ratio: number
      lower: number
      upper: number
      pValue: number
      confidence: number
    }
  | { kind: 'cannot'; because: 'no-data'; detail: string }

/**
 * Exact comparison of two Poisson rates, first and second (for example before and after).
 *
 * When to use: is this change of complaints per visit more than chance?
 * Formula in words: given all events, those of the second period are binomial with chance exposure2 / (exposure1 + exposure2) when the
 * rates
 * are equal; p by minimum likelihood; the interval turns the Clopper-Pearson limits of that chance into a ratio of rates.
 * Sources: Przyborowski and Wilenski (1940), Biometrika 31:313-323; Clopper and Pearson (1934), Biometrika 26:404-413.
 * Units: events are counts, exposures in one common unit, the ratio is a pure number.
 * Assumes independent events; over-dispersed counts make p too small. Two-sided.
 * Edge cases: no events at all or an exposure of 0 give 'no-data'; no events on one side give the limits 0 or Infinity.
 * Errors: RangeError for events not whole, exposures negative or not finite, confidence outside (0, 1).
 * Convention: p and interval can disagree in rare cases, since p is by likelihood and the interval by equal tails, as in R poisson.test.
 * Cost: O(events).
 */
export function rateRatioTest(input: {
  first: { events: number; exposure: number }
  second: { events: number; exposure: number }
  confidence?: number
}): RateRatioResult {
  const { first, second, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  for (const [name, side] of [
    ['first', first],
    ['second', second],
  ] as const) {
    if (!Number.isInteger(side.events) || side.events < 0)
      throw new RangeError(`${name}.events must be a whole number from 0`)
    if (!(side.exposure >= 0) || side.exposure === Number.POSITIVE_INFINITY) {
      throw new RangeError(`${name}.exposure must be finite and at least 0, got ${side.exposure}`)
    }
  }
  const all = first.events + second.events
  if (first.exposure === 0 || second.exposure === 0)
    return { kind: 'cannot', because: 'no-data', detail: 'a side has no exposure' }
  if (all === 0) return { kind: 'cannot', because: 'no-data', detail: 'there are no events on either side' }
  const odds = second.exposure / first.exposure
  const tail = (1 - confidence) / 2
  const lower = second.events === 0 ? 0 : betaQuantile(tail, second.events, first.events + 1, 'lower')
  const upper = first.events === 0 ? 1 : betaQuantile(tail, second.events + 1, first.events, 'upper')
  const chance = odds / (1 + odds)
  return {
    kind: 'comparison',
    ratio: second.events / first.events / odds,
    lower: lower / (1 - lower) / odds,
    upper: upper === 1 ? Number.POSITIVE_INFINITY : upper / (1 - upper) / odds,
    pValue: minimumLikelihood({
      low: 0,
      high: all,
      mode: Math.min(all, Math.floor((all + 1) * chance)),
      observed: second.events,
      up: (k) => ((all - k) / (k + 1)) * odds,
    }),
    confidence,
  }
}
