import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { leastSquares } from '../regression/least-squares.ts'
import { compressRows } from './compress-rows.ts'
import { connectedGroups } from './connected-groups.ts'

export interface Rating {
  unit: string
  rater: string
  score: number
}

export interface RaterEffect {
  rater: string
  ratings: number
  /** Points this rater gives above the mean of the raters, for the same work. */
  leniency: number
  standardError: number
  lower: number
  upper: number
}

export interface CorrectedUnit {
  unit: string
  ratings: number
  /** Plain mean of its ratings. */
  raw: number
  /** What the mean rater would have given: mean of its ratings less their raters' leniency. */
  corrected: number
  standardError: number
}

export type LeniencyResult =
  | {
      kind: 'leniency'
      raters: RaterEffect[]
      units: CorrectedUnit[]
      residualDeviation: number
      degreesOfFreedom: number
      confidence: number
    }
  | {
      kind: 'cannot'
      because: 'too-few' | 'disconnected' | 'not-finite' | 'collinear'
      detail: string
      /** Raters joined by common units, for 'disconnected'. */
      components?: string[][]
    }

/**
 * Leniency and severity of raters, and unit scores corrected for it, from an unbalanced design.
 *
 * When to use: inspectors who visited different units; before units are ranked by their scores.
 * Formula in words: score = unit effect + rater effect + error, by least squares, rater effects summing to 0; the unit means are taken out
 * first (Frisch and Waugh), so that only rater effects are solved for. Corrected score of a unit = the mean of its scores less the mean
 * leniency of their raters.
 * Source: two-way additive model without interaction, Searle (1971), Linear Models, section 7.1; Frisch and Waugh (1933), Econometrica
 * 1:387-401; the practice of fair averages in Linacre (1989), Many-Facet Rasch Measurement, here on the plain scale.
 * Conventions: effects are deviations from the unweighted mean of the raters; intervals by Student's t, one rater at a time. Units are
 * fixed, not shrunken: feed `corrected` and `standardError` to `shrinkMeans` to rank them. Assumes a rater is lenient to all units alike.
 * Edge cases: raters not joined through common units cannot be compared: 'disconnected', naming the groups; no repeated information
 * (degrees of freedom 0) 'too-few'; one rater alone 'too-few'. Units seen once help nothing but are corrected too. A rater may rate a unit
 * twice. Errors: RangeError for confidence outside (0, 1). Order: first appearance. Cost: O(ratings * raters squared): 100,000 ratings by 50
 * raters some seconds.
 */
export function raterLeniency(ratings: readonly Rating[], confidence = USUAL_CONFIDENCE): LeniencyResult {
  requireConfidence(confidence)
  const raters = [...new Set(ratings.map((rating) => rating.rater))]
  const units = [...new Set(ratings.map((rating) => rating.unit))]
  if (ratings.some((rating) => !Number.isFinite(rating.score)))
    return { kind: 'cannot', because: 'not-finite', detail: 'a score is not a finite number' }
  if (raters.length < 2)
    return { kind: 'cannot', because: 'too-few', detail: `${raters.length} raters, at least two are needed` }
  const components = connectedGroups(ratings)
  if (components.length > 1) {
    const named = components.map((group) => `{${group.join(', ')}}`).join(' and ')
    return { kind: 'cannot', because: 'disconnected', detail: `no common unit joins the raters ${named}`, components }
  }
  const degreesOfFreedom = ratings.length - units.length - raters.length + 1
  if (degreesOfFreedom < 1)
    return { kind: 'cannot', because: 'too-few', detail: 'as many effects as ratings: no error can be estimated' }
  const design = withoutUnitMeans(ratings, raters, units)
  const fit = leastSquares(compressRows(design.rows, design.response))
  if (fit.kind === 'cannot') return { kind: 'cannot', because: fit.because, detail: `rater effects: ${fit.detail}` }
  const variance = fit.residualSumOfSquares / degreesOfFreedom
  const reach = studentTQuantile((1 - confidence) / 2, degreesOfFreedom, 'upper')
  // The last rater's effect is minus the sum of the others.
  const combine = (combination: readonly number[]) => ({
    estimate: combination.reduce((sum, c, j) => sum + c * fit.coefficients[j]!, 0),
    unscaled: combination.reduce(
      (sum, c, i) => sum + combination.reduce((inner, d, j) => inner + c * d * fit.unscaledCovariance[i]![j]!, 0),
      0,
    ),
  })
  const effects = raters.map((rater, r): RaterEffect => {
    const { estimate, unscaled } = combine(contrast(r, raters.length))
    const standardError = Math.sqrt(variance * unscaled)
    const bounds = { lower: estimate - reach * standardError, upper: estimate + reach * standardError }
    const own = ratings.filter((rating) => rating.rater === rater).length
    return { rater, ratings: own, leniency: estimate, standardError, ...bounds }
  })
  const corrected = units.map((unit, u): CorrectedUnit => {
    const { count, mean, regressors } = design.means[u]!
    const { estimate, unscaled } = combine(regressors)
    const standardError = Math.sqrt(variance * (1 / count + unscaled))
    return { unit, ratings: count, raw: mean, corrected: mean - estimate, standardError }
  })
  const residualDeviation = Math.sqrt(variance)
  return { kind: 'leniency', raters: effects, units: corrected, residualDeviation, degreesOfFreedom, confidence }
}

function contrast(rater: number, raters: number): number[] {
  return Array.from({ length: raters - 1 }, (_, j) => (rater === raters - 1 ? -1 : j === rater ? 1 : 0))
}

/** Regressors and scores with each unit's mean taken out, and those means. */
function withoutUnitMeans(ratings: readonly Rating[], raters: readonly string[], units: readonly string[]) {
  const raterAt = new Map(raters.map((rater, r) => [rater, r]))
  const unitAt = new Map(units.map((unit, u) => [unit, u]))
  const means = units.map(() => ({ count: 0, mean: 0, regressors: raters.slice(1).map(() => 0) }))
  const rows = ratings.map((rating) => contrast(raterAt.get(rating.rater)!, raters.length))
  ratings.forEach((rating, i) => {
    const own = means[unitAt.get(rating.unit)!]!
    own.count++
    own.mean += (rating.score - own.mean) / own.count
    rows[i]!.forEach((value, j) => {
      own.regressors[j]! += value
    })
  })
  for (const own of means) own.regressors = own.regressors.map((sum) => sum / own.count)
  return {
    means,
    rows: rows.map((row, i) => {
      const own = means[unitAt.get(ratings[i]!.unit)!]!
      return row.map((value, j) => value - own.regressors[j]!)
    }),
    response: ratings.map((rating) => rating.score - means[unitAt.get(rating.unit)!]!.mean),
  }
}
