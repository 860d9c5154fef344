import { requireExposed, type ExposedCount } from './growth-test.ts'

export type DispersionResult =
  | {
      kind: 'dispersion'
      /** Events per unit of exposure. */
      rate: number
      /** Variance over mean of the counts (quasi-Poisson); 1 for Poisson counts. */
      factor: number
      /** Variance = mean + alpha mean squared (negative binomial); 0 for Poisson counts. */
      alpha: number
      degreesOfFreedom: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'all-zero'; detail: string }

/**
 * How much more a unit's counts scatter than independent events would.
 *
 * When to use: before `dispersedGrowthTest`; from a quiet history of the same unit or, pooled, of its peers.
 * Formula in words: 'pearson': sum of (count - expected) squared / expected over n - 1; 'successive': half the mean square of differences
 * of neighbouring standardised counts, which a slow trend does not inflate. Alpha, by moments: sum of ((count - expected) squared n / (n -
 * 1) - expected) over the sum of expected squared ('successive': from the factor and the mean expected count). Both at least Poisson.
 * Sources: McCullagh and Nelder (1989), Generalized Linear Models, section 4.5.2; Breslow (1984), Applied Statistics 33:38-44 (moments);
 * von Neumann (1941), Annals of Mathematical Statistics 12:367-395 (successive differences).
 * Arguments: `history` in order of time, exposures above 0 counted only. Units: factor a pure number, alpha too.
 * Edge cases: fewer than three periods 'too-few'; no events 'all-zero'. Errors: RangeError as `growthTest`. Cost: O(n).
 */
export function historyDispersion(input: {
  history: readonly ExposedCount[]
  method: 'pearson' | 'successive'
}): DispersionResult {
  input.history.forEach((period, i) => requireExposed(`history[${i}]`, period))
  const history = input.history.filter(({ exposure }) => exposure > 0)
  const count = history.length
  if (count < 3)
    return { kind: 'cannot', because: 'too-few', detail: `${count} periods with exposure; three are needed` }
  const events = history.reduce((sum, period) => sum + period.events, 0)
  if (events === 0) return { kind: 'cannot', because: 'all-zero', detail: 'the history holds no events' }
  const rate = events / history.reduce((sum, period) => sum + period.exposure, 0)
  const expected = history.map(({ exposure }) => rate * exposure)
  const z = history.map(({ events: seen }, i) => (seen - expected[i]!) / Math.sqrt(expected[i]!))
  const expectedSquares = expected.reduce((sum, mean) => sum + mean * mean, 0)
  if (input.method === 'successive') {
    const steps = z.slice(1).reduce((sum, value, i) => sum + (value - z[i]!) ** 2, 0)
    const factor = Math.max(1, steps / (2 * (count - 1)))
    // Twice the square of its mean over its variance, as for a chi-square: successive differences know less than a plain variance.
    const degreesOfFreedom = (2 * (count - 1) ** 2) / (3 * count - 4)
    return { kind: 'dispersion', rate, factor, alpha: ((factor - 1) * events) / expectedSquares, degreesOfFreedom }
  }
  const factor = Math.max(1, z.reduce((sum, value) => sum + value * value, 0) / (count - 1))
  const extra = history.reduce(
    (sum, { events: seen }, i) => sum + ((seen - expected[i]!) ** 2 * count) / (count - 1) - expected[i]!,
    0,
  )
  return { kind: 'dispersion', rate, factor, alpha: Math.max(0, extra / expectedSquares), degreesOfFreedom: count - 1 }
}
