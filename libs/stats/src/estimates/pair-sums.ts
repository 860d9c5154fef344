import { type Cannot, describeEstimate, type Estimate, requireCount } from './estimate.ts'

/**
 * What a database can add up about pairs (x, y): enough for means, variances, their covariance, and so for paired differences, ratios of
 * sums and regression on a covariate. Sums keep their digits when the values lie near 0: subtract a constant first where all are large.
 */
export interface PairSums {
  count: number
  sumX: number
  sumY: number
  sumXX: number
  sumYY: number
  sumXY: number
}

export interface PairMoments {
  count: number
  meanX: number
  meanY: number
  /** Sample variances and covariance, divisor count - 1. */
  varianceX: number
  varianceY: number
  covariance: number
}

/** A centred sum of squares below this share of the raw one is rounding, not spread. */
const ROUNDING_SHARE = 1e-13

/**
 * The sums of two columns of one length.
 *
 * Source: the definition; Chan, Golub and LeVeque (1983) on why sums are taken about a shift. Errors: RangeError for unequal lengths.
 * Cost: O(n).
 */
export function pairSumsOf(x: ArrayLike<number>, y: ArrayLike<number>): PairSums {
  if (x.length !== y.length) throw new RangeError(`x and y must have one length, got ${x.length} and ${y.length}`)
  const sums = { count: x.length, sumX: 0, sumY: 0, sumXX: 0, sumYY: 0, sumXY: 0 }
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!
    const b = y[i]!
    sums.sumX += a
    sums.sumY += b
    sums.sumXX += a * a
    sums.sumYY += b * b
    sums.sumXY += a * b
  }
  return sums
}

/**
 * Means, variances and covariance from sums.
 *
 * When to use: the first step of everything below that takes `PairSums`.
 * Formula in words: sum of squares minus square of the sum over n, divided by n - 1.
 * Source: Chan, Golub and LeVeque (1983), The American Statistician 37:242-247, equation 1.3, with their warning: spread below 1e-13 of the
 * raw sum of squares cannot be told from rounding and counts as 0.
 * Edge cases: fewer than two pairs 'too-few'; sums that are not finite 'not-finite'; sums no data could have (a negative variance or a
 * correlation above 1 beyond rounding) 'inconsistent'. Errors: RangeError for a count not whole. Cost: O(1).
 */
export function momentsOfPairs(
  sums: PairSums,
): (PairMoments & { kind: 'moments' }) | Cannot<'too-few' | 'not-finite' | 'inconsistent'> {
  const { count, sumX, sumY, sumXX, sumYY, sumXY } = sums
  requireCount(count, 'count')
  if (count < 2) return { kind: 'cannot', because: 'too-few', detail: 'at least two pairs are needed' }
  if (![sumX, sumY, sumXX, sumYY, sumXY].every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a sum is not a finite number' }
  const squaresX = centred(sumXX, sumX, sumX, count)
  const squaresY = centred(sumYY, sumY, sumY, count)
  const products = sumXY - (sumX / count) * sumY
  const slack = ROUNDING_SHARE * Math.sqrt(sumXX * sumYY)
  if (squaresX < 0 || squaresY < 0 || Math.abs(products) > Math.sqrt(squaresX * squaresY) * (1 + 1e-6) + 10 * slack) {
    return { kind: 'cannot', because: 'inconsistent', detail: 'no data have these sums' }
  }
  const covariance = squaresX === 0 || squaresY === 0 ? 0 : products / (count - 1)
  return {
    kind: 'moments',
    count,
    meanX: sumX / count,
    meanY: sumY / count,
    varianceX: squaresX / (count - 1),
    varianceY: squaresY / (count - 1),
    covariance,
  }
}

function centred(raw: number, first: number, second: number, count: number): number {
  const value = raw - (first / count) * second
  return Math.abs(value) <= ROUNDING_SHARE * Math.abs(raw) ? 0 : value
}

/**
 * Mean difference of pairs, y - x (for example the same branch after and before).
 *
 * When to use: every unit was measured twice.
 * Formula in words: the mean of the differences over root(variance of the differences / n), against Student's t with n - 1 degrees of
 * freedom; the variance is var x + var y - 2 cov.
 * Source: Student (1908), Biometrika 6:1-25. Units: those of the values.
 * Assumes independent pairs; regression to the mean biases it when units were picked because x was bad.
 * Edge cases: as `momentsOfPairs`; equal differences throughout give 'constant'. Errors: RangeError for confidence, count. Cost: O(1).
 */
export function pairedDifference(input: {
  sums: PairSums
  confidence?: number
}): Estimate | Cannot<'too-few' | 'not-finite' | 'inconsistent' | 'constant'> {
  const moments = momentsOfPairs(input.sums)
  if (moments.kind === 'cannot') return moments
  const { count, varianceX, varianceY, covariance } = moments
  const variance = varianceX + varianceY - 2 * covariance
  const exact = variance > 1e-12 * (varianceX + varianceY) ? variance : 0
  return describeEstimate(
    {
      estimate: moments.meanY - moments.meanX,
      standardError: Math.sqrt(exact / count),
      degreesOfFreedom: count - 1,
    },
    { confidence: input.confidence },
  )
}
