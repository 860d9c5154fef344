import { HALF_LOG_TWO_PI, STIRLING_FROM, stirlingSeries } from './stirling-series.ts'

// 1 - Euler's constant, then (-1)^k (zeta(k) - 1) / k for k = 2..36; made by reference/make-zeta-coefficients.py.
const SERIES_ABOUT_TWO = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11, 3.1044247747322276e-11,
  -1.5021384080754142e-11, 7.275974480239079e-12, -3.527742476575915e-12, 1.711991790559618e-12, -8.315385841420285e-13,
  4.04220052528944e-13,
]

function logGammaAboutTwo(offset: number): number {
  let sum = 0
  for (let j = SERIES_ABOUT_TWO.length - 1; j >= 0; j--) sum = offset * (SERIES_ABOUT_TWO[j]! + sum)
  return sum
}

/**
 * Natural logarithm of the gamma function.
 *
 * When to use: factorials, beta functions and densities of large arguments, where the gamma function itself overflows.
 * Formula in words: for 1.5 <= x <= 2.5 the Taylor series about 2, whose coefficients are zeta(k) - 1; below, one or two steps of
 * Gamma(x + 1) = x Gamma(x), with log1p near 1; up to 10 steps downwards; from 10 the Stirling series with eight terms.
 * Source: Abramowitz and Stegun (1964), 6.1.33 (series) and 6.1.41 (Stirling); our own arrangement.
 * Units: none. Relative accuracy measured against 50 digits: see README.
 * Edge cases: zeros at 1 and 2 are exact; Infinity gives Infinity. Errors: RangeError unless x > 0.
 * Convention: positive arguments only; no reflection. Cost: O(1).
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`x must be above 0, got ${x}`)
  if (x === Number.POSITIVE_INFINITY) return x
  if (x < 0.5) return logGammaFromOne(x) - Math.log(x)
  if (x < 1.5) return logGammaFromOne(x - 1)
  if (x >= STIRLING_FROM) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x)
  let product = 1
  let reduced = x
  while (reduced > 2.5) {
    reduced -= 1
    product *= reduced
  }
  return Math.log(product) + logGammaAboutTwo(reduced - 2)
}

/** log Gamma(1 + offset) for -0.5 <= offset <= 0.5. */
function logGammaFromOne(offset: number): number {
  return logGammaAboutTwo(offset) - Math.log1p(offset)
}
