import { devianceTerm } from './deviance-term.ts'
import { stirlingError } from './stirling-error.ts'
import { HALF_LOG_TWO_PI } from './stirling-series.ts'
import { certainTail, type Tail, type TailForm, type TailProduct, tailValue } from './tail.ts'

const TINY = 1e-300
const MOST_TERMS = 2_000_000

/** Logarithm of x^a y^b / Beta(a, b), with y = 1 - x given so that neither end loses digits. O(1). */
export function logBetaKernel(a: number, b: number, x: number, y: number): number {
  const n = a + b
  const difference = a * y - b * x
  const deviance = devianceTerm(a, n * x, difference) + devianceTerm(b, n * y, -difference)
  const stirling = stirlingError(n) - stirlingError(a) - stirlingError(b)
  return stirling - deviance - HALF_LOG_TWO_PI + 0.5 * Math.log(a * (b / n))
}

/**
 * Regularised incomplete beta function: the share of a beta distribution (a, b) below x (lower) or above x (upper).
 *
 * When to use: Student t, F and binomial tails.
 * Formula in words: on the side of the mean where x lies, Loader's form of x^a y^b / Beta(a, b) divided by the continued fraction of
 * Didonato and Morris; the other side is the complement.
 * Sources: Didonato and Morris (1992), ACM TOMS 18:360-373, equation 9 (BFRAC); Loader (2000) for the kernel.
 * Arguments: `complement` is 1 - x, worth giving when x is close to 1 and its distance from 1 is known better than 1 - x.
 * Edge cases: x = 0 and x = 1 are exact. Errors: RangeError for a, b <= 0 or x outside [0, 1].
 * Convention: full accuracy for a, b >= 0.05; below that the complement loses digits in proportion to 1 / a.
 * Cost: O(sqrt(max(a, b))) terms near the mean, fewer elsewhere.
 */
export function regularisedBeta(
  a: number,
  b: number,
  x: number,
  tail: Tail,
  form: TailForm = 'probability',
  complement: number = 1 - x,
): number {
  if (!(a > 0) || a === Number.POSITIVE_INFINITY) throw new RangeError(`a must be positive and finite, got ${a}`)
  if (!(b > 0) || b === Number.POSITIVE_INFINITY) throw new RangeError(`b must be positive and finite, got ${b}`)
  if (!(x >= 0 && x <= 1)) throw new RangeError(`x must lie in [0, 1], got ${x}`)
  if (!(complement >= 0 && complement <= 1)) throw new RangeError(`complement must lie in [0, 1], got ${complement}`)
  if (x === 0) return certainTail(tail === 'lower' ? 0 : 1, form)
  if (complement === 0) return certainTail(tail === 'lower' ? 1 : 0, form)
  return tailValue(betaProduct(a, b, x, complement), tail, form)
}

function betaProduct(a: number, b: number, x: number, y: number): TailProduct {
  const logFactor = logBetaKernel(a, b, x, y)
  if (a * y - b * x >= 0) return { side: 'lower', logFactor, factor: 1 / betaFraction(a, b, x, y) }
  return { side: 'upper', logFactor, factor: 1 / betaFraction(b, a, y, x) }
}

/** The continued fraction b0 + a1/(b1 + a2/(b2 + ...)) of Didonato and Morris, by the modified Lentz method. */
function betaFraction(a: number, b: number, x: number, y: number): number {
  const slope = a * y - b * x + 1
  let value = (a * slope) / (a + 1)
  let c = value
  let d = 0
  for (let m = 1; m < MOST_TERMS; m++) {
    const odd = a + 2 * m - 1
    const cross = m * (b - m) * x
    const numerator = ((a + m - 1) / odd) * ((a + b + m - 1) / odd) * cross * x
    const denominator = m + cross / odd + ((a + m) * (slope + m * (1 + y))) / (odd + 2)
    d = denominator + numerator * d
    if (Math.abs(d) < TINY) d = TINY
    c = denominator + numerator / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const change = c * d
    value *= change
    if (Math.abs(change - 1) < 1.2e-16) break
  }
  return value
}
