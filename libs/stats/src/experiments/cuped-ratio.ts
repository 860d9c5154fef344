import { satterthwaite } from '../estimates/compare-estimates.ts'
import { type Cannot, describeEstimate } from '../estimates/estimate.ts'
import type { AdjustedResult } from './cuped.ts'
import { type Moments, type MomentSums, momentsOf } from './moment-sums.ts'

/**
 * Difference of a ratio metric adjusted for the same ratio before the experiment (CUPED for ratios), second - first.
 *
 * When to use: complaints per visit, score per answer, by customer or branch, with a past.
 * Formula in words: numerator - ratio x denominator over the mean denominator, now and before, turns both ratios into means (delta method);
 * theta is their slope within arms, pooled; then as `cuped`, theta's own error included.
 * Sources: Deng, Xu, Kohavi and Walker (2013), WSDM, appendix B; Deng, Knoblich and Lu (2018), KDD, section 2.
 * Arguments: sums per arm over the columns [numerator, denominator, numerator before, denominator before], in this order. A plain mean has
 * denominators of 1. Units: numerator per denominator.
 * Edge cases: as `cuped`; a mean denominator of 0 'denominator-zero'. Errors: RangeError for shapes, counts, confidence. Cost: O(1).
 */
export function cupedRatio(input: {
  first: MomentSums
  second: MomentSums
  confidence?: number
}): AdjustedResult | Cannot<'denominator-zero'> {
  const { confidence } = input
  for (const name of ['first', 'second'] as const)
    if (input[name].sums.length !== 4) throw new RangeError(`${name} must hold sums of four columns`)
  const first = momentsOf(input.first)
  if (first.kind === 'cannot') return first
  const second = momentsOf(input.second)
  if (second.kind === 'cannot') return second
  if (first.count < 3 || second.count < 3)
    return { kind: 'cannot', because: 'too-few', detail: 'each arm needs at least three units' }
  const arms = [first, second].map(linearised)
  if (arms.some((arm) => arm === null))
    return { kind: 'cannot', because: 'denominator-zero', detail: 'a mean denominator is 0' }
  const [one, two] = arms as [Linearised, Linearised]
  const squares = one.squares + two.squares
  if (squares === 0) return { kind: 'cannot', because: 'covariate-constant', detail: 'the past ratio has no spread' }
  const theta = (one.products + two.products) / squares
  const total = one.count + two.count
  const variances = [one, two].map((arm) => {
    const residual = arm.varianceY - 2 * theta * arm.covariance + theta * theta * arm.varianceX
    return (Math.max(0, residual) * (total - 2)) / (total - 3)
  })
  const ofTheta = (variances[0]! * one.squares + variances[1]! * two.squares) / (squares * squares)
  const before = (input.first.sums[2]! + input.second.sums[2]!) / (input.first.sums[3]! + input.second.sums[3]!)
  const measured = [one, two].map((arm, i) => ({
    estimate: arm.ratio - theta * (arm.past - before),
    standardError: Math.sqrt(variances[i]! / arm.count + (arm.past - before) ** 2 * ofTheta),
    degreesOfFreedom: arm.count - 1,
  }))
  const pieces = [one, two].map((arm, i) => ({ variance: variances[i]! / arm.count, degreesOfFreedom: arm.count - 1 }))
  const own = pieces[0]!.variance + pieces[1]!.variance
  const variance = own + (two.past - one.past) ** 2 * ofTheta
  const plain = one.varianceY / one.count + two.varianceY / two.count
  const described = describeEstimate(
    {
      estimate: measured[1]!.estimate - measured[0]!.estimate,
      standardError: Math.sqrt(variance > 1e-14 * plain ? variance : 0),
      degreesOfFreedom: own > 0 ? satterthwaite(pieces) : total - 3,
    },
    { confidence },
  )
  if (described.kind === 'cannot') return described
  return { ...described, theta, varianceRatio: variance / plain, first: measured[0]!, second: measured[1]! }
}

interface Linearised {
  count: number
  ratio: number
  past: number
  varianceY: number
  varianceX: number
  covariance: number
  squares: number
  products: number
}

/** Ratios and the (co)variances of their linearised units; null when a mean denominator is 0. */
function linearised({ count, means, covariance: c }: Moments): Linearised | null {
  const [up, down, upBefore, downBefore] = means as [number, number, number, number]
  if (down === 0 || downBefore === 0) return null
  const ratio = up / down
  const past = upBefore / downBefore
  // Weights of the four columns in the two linearised variables.
  const y = [1 / down, -ratio / down, 0, 0]
  const x = [0, 0, 1 / downBefore, -past / downBefore]
  const form = (left: number[], right: number[]) => {
    let sum = 0
    for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) sum += left[i]! * c[i]![j]! * right[j]!
    return sum
  }
  const [varianceY, varianceX, covariance] = [Math.max(0, form(y, y)), Math.max(0, form(x, x)), form(x, y)]
  // What rounding leaves of a past ratio that is the same in all units is no spread.
  const still = varianceX <= 1e-20 * past * past
  return {
    count,
    ratio,
    past,
    varianceY,
    varianceX: still ? 0 : varianceX,
    covariance: still ? 0 : covariance,
    squares: still ? 0 : (count - 1) * varianceX,
    products: still ? 0 : (count - 1) * covariance,
  }
}
