import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { requireConfidence } from '../intervals/interval.ts'

export type BootstrapMethod = 'percentile' | 'basic' | 'bca'

export interface BootstrapInterval {
  kind: 'estimate'
  estimate: number
  /** Standard deviation of the resampled statistics. */
  standardError: number
  /** Mean of the resampled statistics - estimate. */
  bias: number
  lower: number
  upper: number
  confidence: number
  resamples: number
}

/** Refuses a number of resamples that is not whole or below 1: a programmer's mistake. */
export function requireResamples(resamples: number): void {
  if (!Number.isInteger(resamples) || resamples < 1)
    throw new RangeError(`resamples must be a positive whole number, got ${resamples}`)
}

/**
 * Interval from resampled statistics.
 *
 * When to use: behind every bootstrap of this folder; 'bca' by default, 'basic' where a statistic is far from its bounds and symmetric.
 * Formula in words: 'percentile' quantiles of the resampled statistics; 'basic' these mirrored about the estimate; 'bca' quantiles at
 * levels corrected for bias (share of resampled statistics below the estimate, ties half) and for acceleration (skewness of the jackknife).
 * Sources: Efron (1987), JASA 82:171-185; Davison and Hinkley (1997), Bootstrap Methods and their Application, equations 5.6, 5.20-5.21.
 * Convention: order statistics are interpolated on normal scores, as R boot::boot.ci does (Davison and Hinkley, 5.8).
 * Arguments: `statistics` are sorted in place; `acceleration` for 'bca'. Units: those of the statistic.
 * Edge cases: no spread 'constant'; statistics not finite 'not-finite'; levels beyond the resamples are cut to the outermost one.
 * Errors: RangeError for confidence. Cost: O(resamples log resamples).
 */
export function bootstrapInterval(input: {
  estimate: number
  statistics: Float64Array
  method: BootstrapMethod
  confidence: number
  acceleration?: number
}): BootstrapInterval | Cannot<'constant' | 'not-finite'> {
  const { estimate, statistics, method, confidence, acceleration = 0 } = input
  requireConfidence(confidence)
  const resamples = statistics.length
  requireResamples(resamples)
  let [sum, below] = [0, 0]
  for (const value of statistics) {
    sum += value
    below += value < estimate ? 1 : value === estimate ? 0.5 : 0
  }
  const mean = sum / resamples
  if (!Number.isFinite(mean) || !Number.isFinite(estimate))
    return { kind: 'cannot', because: 'not-finite', detail: 'the statistic is not finite in some resample' }
  let squares = 0
  for (const value of statistics) squares += (value - mean) ** 2
  statistics.sort()
  if (statistics[0] === statistics[resamples - 1])
    return { kind: 'cannot', because: 'constant', detail: 'the statistic is the same in all resamples' }
  const tail = (1 - confidence) / 2
  const levels: [number, number] =
    method === 'bca'
      ? [
          correctedLevel(tail, below / resamples, acceleration),
          correctedLevel(1 - tail, below / resamples, acceleration),
        ]
      : [tail, 1 - tail]
  const low = interpolated(statistics, levels[0])
  const high = interpolated(statistics, levels[1])
  return {
    kind: 'estimate',
    estimate,
    standardError: Math.sqrt(squares / Math.max(1, resamples - 1)),
    bias: mean - estimate,
    lower: method === 'basic' ? 2 * estimate - high : low,
    upper: method === 'basic' ? 2 * estimate - low : high,
    confidence,
    resamples,
  }
}

function correctedLevel(level: number, shareBelow: number, acceleration: number): number {
  if (shareBelow === 0 || shareBelow === 1) return shareBelow === 0 ? 0 : 1
  const centre = normalQuantile(shareBelow)
  const reach = centre + normalQuantile(level)
  return normalTail(centre + reach / (1 - acceleration * reach), 'lower')
}

/** Order statistic number (resamples + 1) level, between neighbours on the scale of normal scores. */
function interpolated(sorted: Float64Array, level: number): number {
  const count = sorted.length
  const position = (count + 1) * level
  const k = Math.floor(position)
  if (k < 1) return sorted[0]!
  if (k >= count) return sorted[count - 1]!
  if (position === k) return sorted[k - 1]!
  const [low, high] = [normalQuantile(k / (count + 1)), normalQuantile((k + 1) / (count + 1))]
  const share = (normalQuantile(level) - low) / (high - low)
  return sorted[k - 1]! + share * (sorted[k]! - sorted[k - 1]!)
}

/** Acceleration from jackknife values: sum of cubed over 6 (sum of squared deviations)^1.5. Efron (1987), equation 7.3. O(n). */
export function jackknifeAcceleration(values: ArrayLike<number>): number {
  let mean = 0
  for (let i = 0; i < values.length; i++) mean += values[i]! / values.length
  let [squares, cubes] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const deviation = mean - values[i]!
    squares += deviation * deviation
    cubes += deviation ** 3
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}
