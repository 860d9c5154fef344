import { regularisedBeta } from '../special/regularised-beta.ts'
import type { Tail } from '../special/tail.ts'
import { poissonMixture, requireNoncentrality } from './noncentral-chi-square-tail.ts'

/**
 * Tail of the noncentral F distribution: P(F <= f) ('lower') or P(F >= f) ('upper').
 *
 * When to use: power of the analysis of variance.
 * Formula in words: incomplete beta functions with first parameter numerator / 2 + j, averaged over a Poisson j with mean
 * noncentrality / 2.
 * Source: Johnson, Kotz and Balakrishnan (1995), Continuous Univariate Distributions 2, equation 30.10. Units: none.
 * Edge cases: f = 0 is exact. Errors: RangeError for f or noncentrality below 0, degrees of freedom <= 0.
 * Cost: O(root of the noncentrality) incomplete beta functions.
 */
export function noncentralFTail(
  f: number,
  numerator: number,
  denominator: number,
  noncentrality: number,
  tail: Tail,
): number {
  if (!(f >= 0) || f === Number.POSITIVE_INFINITY) throw new RangeError(`f must be finite and at least 0, got ${f}`)
  if (!(numerator > 0)) throw new RangeError(`numerator must be above 0, got ${numerator}`)
  if (!(denominator > 0)) throw new RangeError(`denominator must be above 0, got ${denominator}`)
  requireNoncentrality(noncentrality)
  const ratio = (numerator / denominator) * f
  const inner = ratio / (1 + ratio)
  const outer = 1 / (1 + ratio)
  return poissonMixture(noncentrality / 2, (j) =>
    regularisedBeta(numerator / 2 + j, denominator / 2, inner, tail, 'probability', outer),
  )
}
