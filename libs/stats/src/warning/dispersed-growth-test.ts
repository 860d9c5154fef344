import { studentTTail } from '../distributions/student-t-tail.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { type ExposedCount, requireExposed } from './growth-test.ts'

/** How counts scatter: factor times the mean, or mean + alpha mean squared. */
export type Overdispersion =
  | { kind: 'quasi-poisson'; factor: number; degreesOfFreedom: number }
  | { kind: 'negative-binomial'; alpha: number; degreesOfFreedom: number }

export type DispersedGrowthResult =
  | { kind: 'growth'; ratio: number; statistic: number; pValue: number }
  | { kind: 'cannot'; because: 'no-data'; detail: string }

/**
 * Growth of a rate whose counts scatter more than independent events: score test with the dispersion of the history.
 *
 * When to use: counts that come in bunches (outages, campaigns, one customer writing five times); after `historyDispersion`.
 * Formula in words: later count less its share of all under the null ratio, over its standard deviation: quasi-Poisson, root of factor
 * times n p (1 - p); negative binomial, each count with variance mean + alpha mean squared at its mean under the null. Against Student's t
 * with the history's degrees of freedom, since the dispersion is estimated; Infinity for a known one.
 * Sources: McCullagh and Nelder (1989), section 4.5; Cameron and Trivedi (2013), Regression Analysis of Count Data, sections 3.2 and 3.3.
 * Units: as `growthTest`. Edge cases: no exposure or no events 'no-data'.
 * Errors: RangeError for a factor below 0, alpha below 0, degrees of freedom not above 0, and as `growthTest`.
 * Convention: one-sided p are those of a normal or t score, so below some ten events in all prefer `growthTest`. Cost: O(1).
 */
export function dispersedGrowthTest(input: {
  earlier: ExposedCount
  later: ExposedCount
  nullRatio: number
  alternative: 'greater' | 'less' | 'two-sided'
  dispersion: Overdispersion
}): DispersedGrowthResult {
  const { earlier, later, nullRatio, alternative, dispersion } = input
  requireExposed('earlier', earlier)
  requireExposed('later', later)
  if (!(nullRatio > 0) || nullRatio === Number.POSITIVE_INFINITY)
    throw new RangeError(`nullRatio must be above 0, got ${nullRatio}`)
  if (!(dispersion.degreesOfFreedom > 0))
    throw new RangeError(`degreesOfFreedom must be above 0, got ${dispersion.degreesOfFreedom}`)
  if (earlier.exposure === 0 || later.exposure === 0)
    return { kind: 'cannot', because: 'no-data', detail: 'a side has no exposure' }
  const all = earlier.events + later.events
  if (all === 0) return { kind: 'cannot', because: 'no-data', detail: 'there are no events on either side' }
  const odds = (nullRatio * later.exposure) / earlier.exposure
  const [meanEarlier, meanLater] = [all / (1 + odds), (odds * all) / (1 + odds)]
  const distance = later.events - odds * earlier.events
  const variance = varianceOf(dispersion, meanLater) + odds * odds * varianceOf(dispersion, meanEarlier)
  const statistic = distance / Math.sqrt(variance)
  const tail = (side: 'lower' | 'upper'): number =>
    dispersion.degreesOfFreedom === Number.POSITIVE_INFINITY
      ? normalTail(statistic, side)
      : studentTTail(statistic, dispersion.degreesOfFreedom, side)
  const pValue =
    alternative === 'greater'
      ? tail('upper')
      : alternative === 'less'
        ? tail('lower')
        : 2 * Math.min(tail('upper'), tail('lower'))
  return {
    kind: 'growth',
    ratio: later.events / later.exposure / (earlier.events / earlier.exposure),
    statistic,
    pValue,
  }
}

function varianceOf(dispersion: Overdispersion, mean: number): number {
  if (dispersion.kind === 'quasi-poisson') {
    if (!(dispersion.factor > 0)) throw new RangeError(`factor must be above 0, got ${dispersion.factor}`)
    return dispersion.factor * mean
  }
  if (!(dispersion.alpha >= 0)) throw new RangeError(`alpha must be at least 0, got ${dispersion.alpha}`)
  return mean + dispersion.alpha * mean * mean
}
