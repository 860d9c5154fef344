import { chiSquareQuantile } from '../distributions/chi-square-quantile.ts'
import { type IntervalResult, requireConfidence, USUAL_CONFIDENCE } from './interval.ts'

/**
 * Exact interval of a Poisson rate (Garwood).
 *
 * When to use: complaints per thousand visits, incidents per month, at any count.
 * Formula in words: half the chi-square quantiles with 2 k and 2 k + 2 degrees of freedom, divided by the exposure.
 * Source: Garwood (1936), Biometrika 28:437-442. Units: events per unit of exposure.
 * Assumes independent events at a constant rate; over-dispersed counts need wider limits.
 * Edge cases: exposure 0 gives 'no-data'; 0 events give lower 0 exactly.
 * Errors: RangeError for events not whole or negative, exposure negative, confidence outside (0, 1).
 * Convention: equal tails; conservative (coverage at least as stated). R: poisson.test. Cost: O(1), some ten tail evaluations.
 */
export function poissonRateInterval(input: { events: number; exposure: number; confidence?: number }): IntervalResult {
  const { events, exposure, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  if (!Number.isInteger(events) || events < 0)
    throw new RangeError(`events must be a whole number from 0, got ${events}`)
  if (!(exposure >= 0) || exposure === Number.POSITIVE_INFINITY) {
    throw new RangeError(`exposure must be finite and at least 0, got ${exposure}`)
  }
  if (exposure === 0) return { kind: 'cannot', because: 'no-data', detail: 'there is no exposure' }
  const tail = (1 - confidence) / 2
  return {
    kind: 'interval',
    estimate: events / exposure,
    lower: events === 0 ? 0 : chiSquareQuantile(tail, 2 * events, 'lower') / 2 / exposure,
    upper: chiSquareQuantile(tail, 2 * events + 2, 'upper') / 2 / exposure,
    confidence,
  }
}
