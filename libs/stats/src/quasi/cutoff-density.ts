import { binomialTail } from '../distributions/binomial-tail.ts'
import { studentTTail } from '../distributions/student-t-tail.ts'
import { countRegression } from '../interrupted/count-regression.ts'

export type CutoffDensityResult =
  | {
      kind: 'test'
      /** Cases within the window below and above, and the exact p-value that both are equally likely. */
      windowBelow: number
      windowAbove: number
      windowPValue: number
      /** Jump of the logarithm of the density at the cutoff, and its p-value. */
      logJump: number
      standardError: number
      pValue: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'not-finite'; detail: string }

const LEAST_CASES = 20

/**
 * Did cases gather on one side of the cutoff?
 *
 * When to use: before a regression discontinuity is believed: people who place themselves above the cutoff make any jump.
 * Formula in words: exact binomial test of the counts in a small window on either side; and a quasi-Poisson regression of the counts of
 * equal bins on a jump and a straight line of its own on each side, log scale, within `bins` bins of the cutoff.
 * Sources: McCrary (2008), Journal of Econometrics 142:698-714 (jump of the log density; here by regression of bin counts); Cattaneo, Frandsen
 * and Titiunik (2015), Journal of Causal Inference 3:1-24 (binomial test).
 * Arguments: `window` and `binWidth` in units of the running figure; `bins` on each side, at least 4. Cases at the cutoff count as above.
 * Edge cases: fewer than 20 cases in the bins, or none in the window, 'too-few'; not finite 'not-finite'.
 * Errors: RangeError for widths not above 0, bins not whole from 4. Convention: two-sided, twice the smaller tail. Cost: O(cases).
 */
export function cutoffDensityTest(input: {
  running: readonly number[]
  cutoff: number
  window: number
  binWidth: number
  bins: number
}): CutoffDensityResult {
  const { running, cutoff, window, binWidth, bins } = input
  if (!(window > 0)) throw new RangeError(`window must be above 0, got ${window}`)
  if (!(binWidth > 0)) throw new RangeError(`binWidth must be above 0, got ${binWidth}`)
  if (!Number.isInteger(bins) || bins < 4) throw new RangeError(`bins must be a whole number from 4, got ${bins}`)
  if (!running.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a running figure is not a finite number' }
  const counts = Array.from({ length: 2 * bins }, () => 0)
  let [below, above] = [0, 0]
  for (const figure of running) {
    const distance = figure - cutoff
    if (distance < 0 && distance >= -window) below += 1
    if (distance >= 0 && distance < window) above += 1
    const bin = Math.floor(distance / binWidth) + bins
    if (bin >= 0 && bin < counts.length) counts[bin]! += 1
  }
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all < LEAST_CASES || below + above === 0)
    return { kind: 'cannot', because: 'too-few', detail: `${all} cases in the bins and ${below + above} in the window` }
  const rows = counts.map((_, bin) => {
    const middle = bin - bins + 0.5
    return [1, Number(middle > 0), middle, middle > 0 ? middle : 0]
  })
  const fit = countRegression({ rows, events: counts })
  if (fit.kind === 'cannot') return { kind: 'cannot', because: 'too-few', detail: fit.detail }
  const standardError = Math.sqrt(Math.max(1, fit.dispersion) * fit.unscaledCovariance[1]![1]!)
  const [low, high] = [
    binomialTail(above, below + above, 0.5, 'lower'),
    binomialTail(above, below + above, 0.5, 'upper'),
  ]
  const logJump = fit.coefficients[1]!
  return {
    kind: 'test',
    windowBelow: below,
    windowAbove: above,
    windowPValue: Math.min(1, 2 * Math.min(low, high)),
    logJump,
    standardError,
    pValue: 2 * studentTTail(Math.abs(logJump) / standardError, fit.degreesOfFreedom, 'upper'),
  }
}
