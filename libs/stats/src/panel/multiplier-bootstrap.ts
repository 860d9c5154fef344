import { normalQuantile } from '../distributions/normal-quantile.ts'

/** Two-point weights with mean 0, variance 1 and third moment 1 (Mammen 1993), or plus and minus 1 (Rademacher). */
export type Multiplier = 'mammen' | 'rademacher'

/**
 * Error of an estimate: 'interquartile' range of its draws over that of the normal law (algorithm 1 of the paper, R's did), or root of the
 * mean square of its 'influence'. With few units in a group the first is too small (by up to 29 % with five treated units in our panel), since such draws are
 * not normal.
 */
export type BootstrapScale = 'interquartile' | 'influence'

const ROOT_FIVE = Math.sqrt(5)
const LOW = (1 - ROOT_FIVE) / 2
const HIGH = (1 + ROOT_FIVE) / 2
const LOW_CHANCE = (ROOT_FIVE + 1) / (2 * ROOT_FIVE)

/**
 * Multiplier bootstrap of several estimates at once, from their influence functions.
 *
 * When to use: errors and a simultaneous band of many effects, whose dependence nobody wants to write down.
 * Formula in words: each draw multiplies every cluster's influence by a random weight of variance 1; the error of an estimate is as
 * `scale` says; the critical value is the (1 - alpha) quantile over draws of the largest
 * draw in units of its error.
 * Sources: Callaway and Sant'Anna (2021), algorithm 1; Mammen (1993), Annals of Statistics 21:255-285.
 * Arguments: `influences` one list a figure, one entry a unit, mean 0; `clusters` cluster of each unit; `random` in [0, 1).
 * Edge cases: a figure without influence has error 0 and is left out of the critical value, which is then at least the pointwise one.
 * Errors: RangeError for draws not whole from 100. Cost: O(draws times figures times clusters).
 */
export function multiplierBootstrap(input: {
  influences: readonly Float64Array[]
  clusters: { of: readonly number[]; count: number }
  multiplier: Multiplier
  scale: BootstrapScale
  draws: number
  confidence: number
  random: () => number
}): { standardErrors: number[]; criticalValue: number } {
  const { influences, clusters, multiplier, scale, draws, confidence, random } = input
  if (!Number.isInteger(draws) || draws < 100)
    throw new RangeError(`draws must be a whole number from 100, got ${draws}`)
  const sums = influences.map((influence) => clusterSums(influence, clusters))
  const weights = new Float64Array(clusters.count)
  const drawn = influences.map(() => new Float64Array(draws))
  for (let draw = 0; draw < draws; draw++) {
    for (let c = 0; c < weights.length; c++) {
      const uniform = random()
      weights[c] = multiplier === 'mammen' ? (uniform < LOW_CHANCE ? LOW : HIGH) : uniform < 0.5 ? -1 : 1
    }
    for (let j = 0; j < sums.length; j++) {
      let total = 0
      const own = sums[j]!
      for (let c = 0; c < weights.length; c++) total += weights[c]! * own[c]!
      drawn[j]![draw] = total / (influences[j]!.length || 1)
    }
  }
  const normalRange = 2 * normalQuantile(0.25, 'upper')
  const standardErrors = drawn.map((values, j) => {
    if (scale === 'influence')
      return Math.sqrt(sums[j]!.reduce((sum, x) => sum + x * x, 0)) / (influences[j]!.length || 1)
    const sorted = values.toSorted()
    return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / normalRange
  })
  const largest = new Float64Array(draws)
  drawn.forEach((values, j) => {
    if (!(standardErrors[j]! > 0)) return
    for (let draw = 0; draw < draws; draw++)
      largest[draw] = Math.max(largest[draw]!, Math.abs(values[draw]!) / standardErrors[j]!)
  })
  const pointwise = normalQuantile((1 - confidence) / 2, 'upper')
  return { standardErrors, criticalValue: Math.max(pointwise, quantile(largest.sort(), confidence)) }
}

/** Sum of the influences of the units of each cluster. */
export function clusterSums(influence: Float64Array, clusters: { of: readonly number[]; count: number }): Float64Array {
  const sums = new Float64Array(clusters.count)
  influence.forEach((value, i) => {
    sums[clusters.of[i]!]! += value
  })
  return sums
}

/** Type 7 of Hyndman and Fan (1996). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
