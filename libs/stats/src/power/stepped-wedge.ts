import { cholesky, choleskySolve, zeros } from '../linear/dense.ts'
import { clusterPeriodVariances } from './clusters.ts'
import { type Design, powerOfEstimate, requirePositive, type TestOptions } from './design.ts'

/**
 * Variance of the effect in a stepped wedge (or any cluster-by-period) design, by generalised least squares on cluster-period means.
 *
 * When to use: behind `steppedWedgeDesign`, and to compare layouts.
 * Formula in words: period effects and one treatment effect; the covariance of a cluster's periods is lasting + passing on the diagonal and
 * lasting elsewhere; the treatment's information is what period effects leave of it.
 * Sources: Hussey and Hughes (2007), Contemporary Clinical Trials 28:182-191, equations 2-8; Hooper et al. (2016).
 * Arguments: `treated` one row of 0/1 per sequence, one column per period; `clustersPerSequence`; variances of `clusterPeriodVariances`.
 * Edge cases: a layout that leaves the treatment no information (all sequences alike) gives Infinity. Errors: RangeError for shapes, entries.
 * Cost: O(sequences periods^2 + periods^3).
 */
export function steppedWedgeVariance(input: {
  treated: readonly (readonly number[])[]
  clustersPerSequence: number
  lasting: number
  passing: number
}): number {
  const { treated, clustersPerSequence, lasting, passing } = input
  const periods = requireLayout(treated)
  requirePositive(clustersPerSequence, 'clustersPerSequence')
  // Inverse of passing I + lasting J: weight on the diagonal, `shared` everywhere.
  const weight = 1 / passing
  const shared = -lasting / (passing * (passing + periods * lasting))
  const inner = zeros(periods)
  const cross = Array.from({ length: periods }, () => 0)
  let own = 0
  for (const row of treated) {
    const sum = row.reduce((all, value) => all + value, 0)
    own += weight * sum + shared * sum * sum
    for (let t = 0; t < periods; t++) {
      cross[t]! += weight * row[t]! + shared * sum
      for (let s = 0; s < periods; s++) inner[t]![s]! += (s === t ? weight : 0) + shared
    }
  }
  const adjusted = choleskySolve(cholesky(inner), cross)
  const information = own - cross.reduce((sum, value, t) => sum + value * adjusted[t]!, 0)
  return information > 1e-12 * own ? 1 / (clustersPerSequence * information) : Number.POSITIVE_INFINITY
}

function requireLayout(treated: readonly (readonly number[])[]): number {
  const periods = treated[0]?.length ?? 0
  if (periods < 2) throw new RangeError('treated must have at least two periods')
  treated.forEach((row, i) => {
    if (row.length !== periods) throw new RangeError('treated must have rows of one length')
    if (row.some((value) => value !== 0 && value !== 1)) throw new RangeError(`treated[${i}] must hold 0 and 1 only`)
  })
  return periods
}

/**
 * The usual stepped wedge: all start untreated, one sequence crosses over before each later period.
 *
 * Source: Hussey and Hughes (2007), figure 1. Errors: RangeError for fewer than two periods. O(periods squared).
 */
export function steppedWedgeLayout(periods: number): number[][] {
  if (!Number.isInteger(periods) || periods < 2)
    throw new RangeError(`periods must be a whole number from 2, got ${periods}`)
  return Array.from({ length: periods - 1 }, (_, step) =>
    Array.from({ length: periods }, (_unused, period) => (period > step ? 1 : 0)),
  )
}

/**
 * Stepped wedge: count is clusters per sequence, effect the difference of means (or shares).
 *
 * When to use: all branches will change, but not at once.
 * Sources: Hussey and Hughes (2007) (normal); Barker et al. (2016), BMC Medical Research Methodology 16:69 (few clusters: t).
 * Arguments: as `steppedWedgeVariance` and `clusterPeriodVariances`; `reference` 't' (default, clusters - 2 degrees of freedom) or 'normal'.
 * Errors: RangeError as there. Cost: O(periods^3) once, two tails a power.
 */
export function steppedWedgeDesign(
  input: {
    treated: readonly (readonly number[])[]
    standardDeviation: number
    casesPerPeriod: number
    correlation: number
    betweenPeriods?: number
    reference?: 't' | 'normal'
  } & TestOptions,
): Design {
  const { treated, betweenPeriods = 1, reference = 't' } = input
  const variances = clusterPeriodVariances({ ...input, betweenPeriods })
  const variance = steppedWedgeVariance({ treated, clustersPerSequence: 1, ...variances })
  if (!Number.isFinite(variance)) throw new RangeError('treated must leave the treatment some information')
  return {
    leastCount: reference === 't' ? Math.max(1, Math.ceil(3 / treated.length)) : 1,
    power: (count, effect) =>
      powerOfEstimate({
        ...input,
        effect,
        standardError: Math.sqrt(variance / count),
        degreesOfFreedom: reference === 't' ? count * treated.length - 2 : Number.POSITIVE_INFINITY,
      }),
  }
}
