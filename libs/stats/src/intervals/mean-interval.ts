import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { type IntervalResult, requireConfidence, USUAL_CONFIDENCE } from './interval.ts'

/**
 * Student's t interval of a mean, from count, mean and standard deviation.
 *
 * When to use: mean scores, mean waiting times, from independent cases.
 * Formula in words: mean +- t quantile (count - 1 degrees of freedom) times standard deviation over root count.
 * Source: Student (1908), Biometrika 6:1-25. Units: those of the mean.
 * Assumes independent cases, and either near-normal values or a large count.
 * Edge cases: count 0 and 1 give 'no-data' and 'too-few'; a mean or deviation that is not finite gives 'not-finite'.
 * Errors: RangeError for a count that is not whole or negative, a negative deviation, confidence outside (0, 1).
 * Convention: the standard deviation is the sample's, divisor count - 1 (see `summariseSample`). Cost: O(1).
 */
export function meanInterval(input: {
  count: number
  mean: number
  standardDeviation: number
  confidence?: number
}): IntervalResult {
  const { count, mean, standardDeviation, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be a whole number from 0, got ${count}`)
  if (count === 0) return { kind: 'cannot', because: 'no-data', detail: 'there are no values' }
  if (count === 1) return { kind: 'cannot', because: 'too-few', detail: 'one value carries no spread' }
  if (standardDeviation < 0) throw new RangeError(`standardDeviation must be at least 0, got ${standardDeviation}`)
  if (!Number.isFinite(mean) || !Number.isFinite(standardDeviation)) {
    return { kind: 'cannot', because: 'not-finite', detail: 'mean or standard deviation is not a finite number' }
  }
  const margin = (studentTQuantile((1 - confidence) / 2, count - 1, 'upper') * standardDeviation) / Math.sqrt(count)
  return { kind: 'interval', estimate: mean, lower: mean - margin, upper: mean + margin, confidence }
}
