import { satterthwaite } from '../estimates/compare-estimates.ts'
import { type Cannot, describeEstimate, type Estimate, type Measured } from '../estimates/estimate.ts'
import { momentsOfPairs, type PairMoments, type PairSums } from '../estimates/pair-sums.ts'

export interface AdjustedComparison extends Estimate {
  /** Slope of the metric on the covariate (of the second arm too when fitted by arm). */
  theta: number
  /** Variance of the adjusted over that of the plain difference: 1 - correlation squared, roughly. */
  varianceRatio: number
  /** Adjusted figures of the arms at the common mean of the covariate. */
  first: Measured
  second: Measured
}

export type AdjustedResult =
  | AdjustedComparison
  | Cannot<'too-few' | 'not-finite' | 'inconsistent' | 'constant' | 'covariate-constant'>

/**
 * Difference of means adjusted for a covariate measured before the experiment (CUPED), second - first.
 *
 * When to use: the same units have a past (last month's waiting time); the variance falls by the squared correlation.
 * Formula in words: theta is the slope within arms, pooled, so that a treatment effect cannot leak into it; each mean is moved along theta to
 * the common mean of the covariate; the variance is that of the residuals per arm plus the part that theta itself was estimated. 'by-arm'
 * fits a slope in each arm and adds the part that the common mean of the covariate is random.
 * Sources: Deng, Xu, Kohavi and Walker (2013), WSDM (CUPED); Fisher (1932) and Cochran (1957), Biometrics 13:261-281 (analysis of covariance,
 * which it is); Lin (2013), Annals of Applied Statistics 7:295-318 (slopes by arm).
 * Arguments: sums with x the covariate and y the metric, one set per arm; `variance` 'unequal' per arm with Satterthwaite degrees of freedom
 * (default), 'equal' pooled with N - 3 (R: lm(y ~ arm + x)). Units: those of the metric. The covariate must not be touched by the treatment.
 * Edge cases: fewer than three units in an arm 'too-few'; no spread of the covariate (in an arm, by arm) 'covariate-constant'; residuals
 * without spread 'constant'. Errors: RangeError for counts, confidence. Cost: O(1).
 */
export function cuped(input: {
  first: PairSums
  second: PairSums
  slopes?: 'pooled' | 'by-arm'
  variance?: 'unequal' | 'equal'
  confidence?: number
}): AdjustedResult {
  const { slopes = 'pooled', variance = 'unequal', confidence } = input
  const first = momentsOfPairs(input.first)
  if (first.kind === 'cannot') return first
  const second = momentsOfPairs(input.second)
  if (second.kind === 'cannot') return second
  if (first.count < 3 || second.count < 3)
    return { kind: 'cannot', because: 'too-few', detail: 'each arm needs at least three units' }
  const still = [first, second].filter((arm) => arm.varianceX === 0).length
  const empty = slopes === 'pooled' ? still === 2 : still > 0
  if (empty) return { kind: 'cannot', because: 'covariate-constant', detail: 'the covariate has no spread' }
  const parts = slopes === 'pooled' ? pooledSlope(first, second, variance) : slopeByArm(first, second)
  const plain = first.varianceY / first.count + second.varianceY / second.count
  const described = describeEstimate(
    {
      estimate: parts.second.estimate - parts.first.estimate,
      standardError: Math.sqrt(parts.variance > 1e-14 * plain ? parts.variance : 0),
      degreesOfFreedom: parts.degreesOfFreedom,
    },
    { confidence },
  )
  if (described.kind === 'cannot') return described
  const { first: one, second: two, theta } = parts
  return { ...described, theta, varianceRatio: parts.variance / plain, first: one, second: two }
}

interface AdjustedParts {
  first: Measured
  second: Measured
  theta: number
  variance: number
  degreesOfFreedom: number
}

function residualSquares(arm: PairMoments, theta: number): number {
  return (arm.count - 1) * Math.max(0, arm.varianceY - 2 * theta * arm.covariance + theta * theta * arm.varianceX)
}

function commonMean(first: PairMoments, second: PairMoments): number {
  return (first.count * first.meanX + second.count * second.meanX) / (first.count + second.count)
}

function pooledSlope(first: PairMoments, second: PairMoments, kind: 'unequal' | 'equal'): AdjustedParts {
  const arms = [first, second]
  const total = first.count + second.count
  const squares = arms.reduce((sum, arm) => sum + (arm.count - 1) * arm.varianceX, 0)
  const theta = arms.reduce((sum, arm) => sum + (arm.count - 1) * arm.covariance, 0) / squares
  const residuals = arms.map((arm) => residualSquares(arm, theta))
  const pooled = (residuals[0]! + residuals[1]!) / (total - 3)
  // The slope took one degree of freedom from both arms together.
  const factor = (total - 2) / (total - 3)
  const variances = arms.map((arm, i) => (kind === 'equal' ? pooled : (residuals[i]! / (arm.count - 1)) * factor))
  const ofTheta =
    arms.reduce((sum, arm, i) => sum + variances[i]! * (arm.count - 1) * arm.varianceX, 0) / (squares * squares)
  const distance = second.meanX - first.meanX
  const centre = commonMean(first, second)
  const [one, two] = arms.map((arm, i) => ({
    estimate: arm.meanY - theta * (arm.meanX - centre),
    standardError: Math.sqrt(variances[i]! / arm.count + (arm.meanX - centre) ** 2 * ofTheta),
    degreesOfFreedom: kind === 'equal' ? total - 3 : arm.count - 1,
  }))
  const pieces = arms.map((arm, i) => ({ variance: variances[i]! / arm.count, degreesOfFreedom: arm.count - 1 }))
  const own = pieces[0]!.variance + pieces[1]!.variance
  const degreesOfFreedom = kind === 'equal' || own === 0 ? total - 3 : satterthwaite(pieces)
  return { first: one!, second: two!, theta, variance: own + distance * distance * ofTheta, degreesOfFreedom }
}

function slopeByArm(first: PairMoments, second: PairMoments): AdjustedParts {
  const centre = commonMean(first, second)
  const total = first.count + second.count
  const thetas = [first, second].map((arm) => arm.covariance / arm.varianceX)
  const [one, two] = [first, second].map((arm, i) => {
    const residual = residualSquares(arm, thetas[i]!) / (arm.count - 2)
    const distance = (arm.meanX - centre) ** 2 / ((arm.count - 1) * arm.varianceX)
    return {
      estimate: arm.meanY - thetas[i]! * (arm.meanX - centre),
      standardError: Math.sqrt(residual * (1 / arm.count + distance)),
      degreesOfFreedom: arm.count - 2,
    }
  })
  const pieces = [one!, two!].map((arm) => ({
    variance: arm.standardError ** 2,
    degreesOfFreedom: arm.degreesOfFreedom,
  }))
  const spread = ((first.count - 1) * first.varianceX + (second.count - 1) * second.varianceX) / (total - 2)
  const ofCentre = ((thetas[1]! - thetas[0]!) ** 2 * spread) / total
  const own = pieces[0]!.variance + pieces[1]!.variance
  const degreesOfFreedom = own === 0 ? total - 4 : satterthwaite(pieces)
  return { first: one!, second: two!, theta: thetas[1]!, variance: own + ofCentre, degreesOfFreedom }
}
