/**
 * Deviance term: observed * log(observed / expected) - difference, where difference = observed - expected.
 *
 * When to use: the exponent of Poisson, binomial, gamma and beta densities, without cancellation near the mode.
 * Formula in words: with v = difference / (observed + expected), log(observed / expected) = 2 atanh(v); when |v| is small the first
 * term of that series is merged with the difference, otherwise the definition is used.
 * Source: Loader (2000), section 3 (his function D0); the difference is an argument here so that callers can form it exactly.
 * Edge cases: observed = expected gives 0. Errors: none (callers check). Cost: O(1), at most some 20 terms.
 */
export function devianceTerm(observed: number, expected: number, difference: number): number {
  const v = difference / (observed + expected)
  if (Math.abs(v) > 0.1) return observed * Math.log(observed / expected) - difference
  let sum = difference * v
  let power = 2 * observed * v
  for (let j = 3; j < 60; j += 2) {
    power *= v * v
    const next = sum + power / j
    if (next === sum) return sum
    sum = next
  }
  return sum
}
