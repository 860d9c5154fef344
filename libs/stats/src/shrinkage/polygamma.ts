const SERIES_FROM = 10

/**
 * Digamma function: derivative of log Gamma.
 *
 * When to use: likelihoods of gamma and beta kind.
 * Formula in words: the recurrence psi(x) = psi(x + 1) - 1 / x up to 10, then the asymptotic series in 1 / x squared.
 * Source: Abramowitz and Stegun (1964), 6.3.5 and 6.3.18; Bernardo (1976), Applied Statistics 25:315-317.
 * Errors: RangeError unless x > 0. Cost: O(1).
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`x must be above 0, got ${x}`)
  let shift = 0
  let y = x
  for (; y < SERIES_FROM; y++) shift -= 1 / y
  return shift + Math.log(y) - 0.5 / y - tailOfDigamma(y)
}

/**
 * Trigamma function: second derivative of log Gamma.
 *
 * When to use: curvature of likelihoods of gamma and beta kind.
 * Formula in words: the recurrence psi'(x) = psi'(x + 1) + 1 / x squared up to 10, then the asymptotic series.
 * Source: Abramowitz and Stegun (1964), 6.4.6 and 6.4.12. Errors: RangeError unless x > 0. Cost: O(1).
 */
export function trigamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`x must be above 0, got ${x}`)
  let shift = 0
  let y = x
  for (; y < SERIES_FROM; y++) shift += 1 / (y * y)
  return shift + 1 / y + 0.5 / (y * y) + tailOfTrigamma(y)
}

/**
 * Rise of digamma and of trigamma from x to x + n: psi(x + n) - psi(x), psi'(x + n) - psi'(x).
 *
 * When to use: slopes of beta-binomial and negative binomial likelihoods, where x may be enormous and the two values nearly equal.
 * Formula in words: from 10 upwards the series of both subtracted term by term, the logarithm as one; below, the plain difference.
 * Source: Abramowitz and Stegun (1964), 6.3.18 and 6.4.12. Arguments: x > 0, n >= 0. Errors: RangeError unless x > 0. Cost: O(1).
 */
export function polygammaRise(x: number, n: number): { digamma: number; trigamma: number } {
  if (n === 0) return { digamma: 0, trigamma: 0 }
  if (x < SERIES_FROM) return { digamma: digamma(x + n) - digamma(x), trigamma: trigamma(x + n) - trigamma(x) }
  const far = x + n
  const step = -n / (x * far)
  // 1 / far - 1 / x is `step`; the squares differ by step * (1 / far + 1 / x).
  const squares = step * (1 / far + 1 / x)
  return {
    digamma: Math.log1p(n / x) - step / 2 - (tailOfDigamma(far) - tailOfDigamma(x)),
    trigamma: step + squares / 2 + tailOfTrigamma(far) - tailOfTrigamma(x),
  }
}

function tailOfDigamma(y: number): number {
  const s = 1 / (y * y)
  return s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - (s * 691) / 32760)))))
}

function tailOfTrigamma(y: number): number {
  const s = 1 / (y * y)
  return (s * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - (s * 691) / 2730)))))) / y
}
