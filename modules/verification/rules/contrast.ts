/** One unit against several, one figure each. */
import type { Effect } from '#stats/interrupted/series-contract'
import { figuresOf } from '#stats/interrupted/series-figures'
import { leastSquares } from '#stats/regression/least-squares'

/**
 * Least squares of the figures on a mark for the unit, with a constant ('estimated': the unit against the mean of the others, as a t test with
 * one case on one side, Donald and Lang 2007) or without ('zero': the others ought to show nothing, their size is the error).
 */
export function figureOfContrast(input: {
  treated: number
  others: readonly number[]
  centre: 'estimated' | 'zero'
  confidence: number
}):
  | { readonly kind: 'effect'; readonly effect: Effect }
  | { readonly kind: 'cannot'; readonly because: 'too-few-comparisons' | 'not-finite' | 'constant' } {
  const { treated, others, centre, confidence } = input
  const constant = centre === 'estimated' ? [1] : []
  const fit = leastSquares({
    rows: [[1, ...constant], ...others.map(() => [0, ...constant])],
    response: [treated, ...others],
  })
  if (fit.kind === 'cannot')
    return { kind: 'cannot', because: fit.because === 'not-finite' ? 'not-finite' : 'too-few-comparisons' }
  if (fit.degreesOfFreedom < 1) return { kind: 'cannot', because: 'too-few-comparisons' }
  const size = Math.max(...[treated, ...others].map(Math.abs))
  if (!(Math.sqrt(fit.residualVariance) > 1e-12 * size)) return { kind: 'cannot', because: 'constant' }
  const covariance = fit.unscaledCovariance.map((row) => row.map((value) => value * fit.residualVariance))
  const { coefficients, degreesOfFreedom } = fit
  const figures = figuresOf({ coefficients, covariance, degreesOfFreedom }, confidence)
  return { kind: 'effect', effect: figures.effect([1, ...constant.map(() => 0)]) }
}
