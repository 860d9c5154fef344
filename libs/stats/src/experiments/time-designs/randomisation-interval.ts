import { requireConfidence } from '../../intervals/interval.ts'

/** One arrangement: the statistic of the outcomes and of the actual treatment under its labels. */
export interface Arrangement {
  outcome: number
  treatment: number
}

/** Differences below this share count as equal, since sums are rounded. */
const EQUAL_WITHIN = 1e-10

/**
 * p-value and interval of a constant effect from the arrangements that could have been drawn.
 *
 * When to use: behind stepped-wedge and other randomisation tests with a linear statistic.
 * Formula in words: with an effect d taken away the statistic of an arrangement is outcome - d treatment, that of the actual one (treatment 1)
 * is estimate - d. An arrangement is at least as extreme for all d between two roots about the estimate; the limits are order statistics
 * of those roots, so that no search is needed and the interval is exactly the effects not rejected.
 * Sources: Fisher (1935), The Design of Experiments, section 21; Ernst (2004), Statistical Science 19:676-685 (intervals by inversion); the
 * closed form for linear statistics is our own. Arguments: `arrangements` include the actual one. Assumes an effect that is the same for all.
 * Edge cases: fewer than 1 / (1 - confidence) arrangements give the whole line. Errors: RangeError for confidence. Cost: O(n log n).
 */
export function randomisationInterval(input: {
  estimate: number
  arrangements: readonly Arrangement[]
  confidence: number
}): { pValue: number; lower: number; upper: number } {
  const { estimate, arrangements, confidence } = input
  requireConfidence(confidence)
  const count = arrangements.length
  let extreme = 0
  const lows = new Float64Array(count)
  const highs = new Float64Array(count)
  const scale = Math.max(Math.abs(estimate), Number.MIN_VALUE)
  arrangements.forEach(({ outcome, treatment }, i) => {
    if (Math.abs(outcome) >= Math.abs(estimate) - EQUAL_WITHIN * scale) extreme++
    const same = Math.abs(1 - treatment) < EQUAL_WITHIN
    const opposite = Math.abs(1 + treatment) < EQUAL_WITHIN
    if (same || opposite) {
      lows[i] = Number.NEGATIVE_INFINITY
      highs[i] = Number.POSITIVE_INFINITY
      return
    }
    const one = (outcome + estimate) / (1 + treatment)
    const two = (estimate - outcome) / (1 - treatment)
    lows[i] = Math.min(one, two)
    highs[i] = Math.max(one, two)
  })
  lows.sort()
  highs.sort()
  const outside = Math.floor((1 - confidence) * count + 1e-9)
  return {
    pValue: extreme / count,
    lower: outside < count ? lows[outside]! : Number.NEGATIVE_INFINITY,
    upper: outside < count ? highs[count - 1 - outside]! : Number.POSITIVE_INFINITY,
  }
}
