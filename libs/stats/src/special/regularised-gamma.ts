import { devianceTerm } from './deviance-term.ts'
import { logGamma } from './log-gamma.ts'
import { stirlingError } from './stirling-error.ts'
import { HALF_LOG_TWO_PI } from './stirling-series.ts'
import { certainTail, type Tail, type TailForm, type TailProduct, tailValue } from './tail.ts'

const EPSILON = 1e-17
const TINY = 1e-300
const MOST_TERMS = 2_000_000

/** Logarithm of x^a exp(-x) / Gamma(a + 1), a Poisson probability for any positive a. O(1). */
export function logPoissonKernel(a: number, x: number): number {
  return -stirlingError(a) - devianceTerm(a, x, a - x) - HALF_LOG_TWO_PI - 0.5 * Math.log(a)
}

/**
 * Regularised incomplete gamma function: the share of a gamma distribution (shape a, scale 1) below x (lower, P) or above x (upper, Q).
 *
 * When to use: chi-square, Poisson and Erlang tails.
 * Formula in words: below the shape, P by its series of positive terms; above, Q by Lentz's continued fraction; for small a and x, Q by
 * the difference written with expm1. The prefactor is Loader's (Stirling error and deviance), so large shapes lose no digits.
 * Sources: Abramowitz and Stegun (1964), 6.5.29 and 6.5.31; Gautschi (1979), ACM TOMS 5:466-481; Loader (2000).
 * Units: x in units of the scale. Assumes a > 0. Form: 'log' for tails below 1e-308.
 * Edge cases: x = 0 and x = Infinity are exact. Errors: RangeError for a <= 0, x < 0 or NaN.
 * Convention: 'lower' and 'upper' are each computed where they are small; the other is the complement.
 * Cost: O(sqrt(a)) terms near x = a, fewer elsewhere.
 */
export function regularisedGamma(a: number, x: number, tail: Tail, form: TailForm = 'probability'): number {
  if (!(a > 0) || a === Number.POSITIVE_INFINITY) throw new RangeError(`a must be positive and finite, got ${a}`)
  if (!(x >= 0)) throw new RangeError(`x must be at least 0, got ${x}`)
  if (x === 0) return certainTail(tail === 'lower' ? 0 : 1, form)
  if (x === Number.POSITIVE_INFINITY) return certainTail(tail === 'lower' ? 1 : 0, form)
  return tailValue(gammaProduct(a, x), tail, form)
}

function gammaProduct(a: number, x: number): TailProduct {
  if (a < 1 && x < 1.5) return smallGamma(a, x)
  const logKernel = logPoissonKernel(a, x)
  if (x < a + 1) return { side: 'lower', logFactor: logKernel, factor: lowerSeries(a, x) }
  return { side: 'upper', logFactor: logKernel + Math.log(a), factor: upperFraction(a, x) }
}

/** 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... */
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k < MOST_TERMS; k++) {
    term *= x / (a + k)
    sum += term
    if (term < sum * EPSILON) break
  }
  return sum
}

/** 1 / (x+1-a - 1(1-a)/(x+3-a - ...)), by the modified Lentz method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let h = d
  for (let k = 1; k < MOST_TERMS; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = numerator * d + b
    if (Math.abs(d) < TINY) d = TINY
    c = b + numerator / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 1.2e-16) break
  }
  return h
}

/** a < 1, x < 1.5: P by the alternating series, Q as -(expm1 part) - (series part), whichever is the smaller. */
function smallGamma(a: number, x: number): TailProduct {
  let term = 1
  let sum = 0
  for (let k = 1; k < 200; k++) {
    term *= -x / k
    const addition = term / (a + k)
    sum += addition
    if (Math.abs(addition) < Math.abs(sum) * EPSILON) break
  }
  const logLead = a * Math.log(x) - logGammaOfNext(a)
  const upper = -Math.expm1(logLead) - Math.exp(logLead) * a * sum
  if (upper < 0.5) return { side: 'upper', logFactor: 0, factor: upper }
  return { side: 'lower', logFactor: logLead, factor: 1 + a * sum }
}

function logGammaOfNext(a: number): number {
  return a < 0.5 ? logGamma(a) + Math.log(a) : logGamma(a + 1)
}
