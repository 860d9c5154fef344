/** Probabilities equal up to this relative difference count as equal (R uses the same in fisher.test and binom.test). */
const EQUAL_WITHIN = 1e-7

/**
 * Two-sided exact p-value by minimum likelihood: the probability of all counts that are no more probable than the observed one.
 *
 * Formula in words: weights relative to the mode by the recurrence `up(k)` = weight(k + 1) / weight(k), summed and normalised.
 * Source: Fisher (1935); the convention of R's fisher.test, binom.test and poisson.test. Assumes one mode. Cost: O(high - low).
 */
export function minimumLikelihood(input: {
  low: number
  high: number
  mode: number
  observed: number
  up: (k: number) => number
}): number {
  const { low, high, mode, observed, up } = input
  const weights = new Float64Array(high - low + 1)
  weights[mode - low] = 1
  for (let k = mode; k < high; k++) weights[k + 1 - low] = weights[k - low]! * up(k)
  for (let k = mode; k > low; k--) weights[k - 1 - low] = weights[k - low]! / up(k - 1)
  const limit = weights[observed - low]! * (1 + EQUAL_WITHIN)
  let all = 0
  let extreme = 0
  for (const weight of weights.sort()) {
    all += weight
    if (weight <= limit) extreme += weight
  }
  return Math.min(1, extreme / all)
}
