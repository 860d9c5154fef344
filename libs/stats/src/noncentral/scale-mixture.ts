import { stirlingError } from '../special/stirling-error.ts'
import { HALF_LOG_TWO_PI } from '../special/stirling-series.ts'

/** Contributions below the peak times this are rounding. */
const NEGLIGIBLE_LOG = -46
const FIRST_STEPS = 48
const MOST_DOUBLINGS = 8

/**
 * Logarithm of the expectation of exp(logIntegrand(s)), where s is root(chi-square / degreesOfFreedom), the ratio of an estimated to a true
 * standard deviation.
 *
 * When to use: probabilities of anything divided by an estimated standard deviation (noncentral t, power of two one-sided tests).
 * Formula in words: with u = log s the integrand is smooth and falls off on both sides, so the trapezoidal rule converges faster than any
 * power of its step; the step is halved until two results agree. Everything is positive, so small tails keep their digits.
 * Sources: Owen (1965), Biometrika 52:437-446 (the mixture); Trefethen and Weideman (2014), SIAM Review 56:385-458 (the rule).
 * Arguments: `logIntegrand` may return -Infinity; it must have one peak together with the density. `degreesOfFreedom` > 0 and finite.
 * Edge cases: an integrand that is zero throughout gives -Infinity. Errors: RangeError for degreesOfFreedom. Cost: some 200 evaluations.
 */
export function logScaleMixture(logIntegrand: (s: number) => number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || degreesOfFreedom === Number.POSITIVE_INFINITY) {
    throw new RangeError(`degreesOfFreedom must be positive and finite, got ${degreesOfFreedom}`)
  }
  const half = degreesOfFreedom / 2
  const constant = Math.LN2 + 0.5 * Math.log(half) - HALF_LOG_TWO_PI - stirlingError(half)
  // log density of u = log s: constant - half (exp(2u) - 1 - 2u).
  const log = (u: number) => constant - half * (Math.expm1(2 * u) - 2 * u) + logIntegrand(Math.exp(u))
  const width = 1 / Math.sqrt(degreesOfFreedom)
  const peak = findPeak(log, width)
  const top = log(peak)
  if (!(top > Number.NEGATIVE_INFINITY)) return Number.NEGATIVE_INFINITY
  const low = findEdge(log, peak, -width, top)
  const high = findEdge(log, peak, width, top)
  let count = FIRST_STEPS
  let step = (high - low) / count
  let sum = 0
  for (let j = 0; j <= count; j++) sum += Math.exp(log(low + j * step) - top)
  let result = sum * step
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
    for (let j = 0; j < count; j++) sum += Math.exp(log(low + (j + 0.5) * step) - top)
    step /= 2
    count *= 2
    const next = sum * step
    if (Math.abs(next - result) <= 1e-14 * next) return top + Math.log(next)
    result = next
  }
  return top + Math.log(result)
}

/** The highest point of a function with one peak, roughly: strides from 0, then thirds. */
function findPeak(log: (u: number) => number, width: number): number {
  let stride = width
  let at = 0
  const direction = log(stride) >= log(-stride) ? 1 : -1
  while (log(at + direction * stride) > log(at) && stride < 1e4) {
    at += direction * stride
    stride *= 2
  }
  let low = at - stride
  let high = at + stride
  for (let round = 0; round < 40 && high - low > width * 1e-3; round++) {
    const third = (high - low) / 3
    if (log(low + third) < log(high - third)) low += third
    else high -= third
  }
  return (low + high) / 2
}

function findEdge(log: (u: number) => number, peak: number, stride: number, top: number): number {
  let edge = peak + stride
  for (let round = 0; round < 60 && log(edge) - top > NEGLIGIBLE_LOG; round++) {
    edge += stride
    stride *= 1.25
  }
  return edge
}
