/** A scheme for very many units, as the store works it out; and what of a scheme it cannot. */
import { chiSquareTail } from '#stats/distributions/chi-square-tail'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import { DISPERSION_SIGNIFICANCE } from '#stats/funnel/funnel-core'
import { optimalClusters } from '#weighting/grades/optimal-clusters'
import type { Aggregation, Grades, SchemeDraft, Transform } from '../contract/scheme.ts'
import { pointsFunction } from './composing/points.ts'
import { PEERS_NEEDED } from './composing/shrink.ts'
import { flatItems } from './schemes/flat-items.ts'

/** Why a scheme can be calculated unit by unit only. */
export type UnitByUnit =
  | Aggregation['kind']
  | 'assessed-items'
  | 'percentile-points'
  | 'peer-groups'
  | 'short-periods'
  | `indicator ${string}`

export function unitByUnit(draft: SchemeDraft, grain: string): UnitByUnit | null {
  if (draft.aggregation.kind !== 'weighted-sum') return draft.aggregation.kind
  const items = flatItems(draft)
  if (items.some((item) => item.source.kind === 'assessed')) return 'assessed-items'
  if (items.some((item) => item.transform.kind === 'percentile')) return 'percentile-points'
  if (draft.peerGroups.by !== 'none') return 'peer-groups'
  return grain === 'day' || grain === 'week' ? 'short-periods' : null
}

type Points =
  | { readonly kind: 'lines'; readonly corners: readonly (readonly [number, number])[] }
  | { readonly kind: 'steps'; readonly steps: readonly (readonly [number, number])[]; readonly better: 'more' | 'less' }
  | {
      readonly kind: 'z-score'
      readonly centre: number
      readonly pointsPerDeviation: number
      readonly better: 'more' | 'less'
    }

const NO_PEERS = new Float64Array(0)

export function bulkPoints(transform: Exclude<Transform, { kind: 'percentile' }>, better: 'more' | 'less'): Points {
  if (transform.kind === 'step') return { kind: 'steps', steps: transform.steps, better }
  if (transform.kind === 'z-score')
    return { kind: 'z-score', centre: transform.centre, pointsPerDeviation: transform.pointsPerDeviation, better }
  const { corners } = pointsFunction(transform, better, NO_PEERS)!
  return { kind: 'lines', corners: corners!.map(({ x, y }) => [x, y] as const) }
}

/** Sums over all units of an item, as the store gives them. */
export interface UnitSums {
  readonly units: number
  readonly cases: number
  readonly squaredCases: number
  readonly events: number
  readonly squaredEventsByCases: number
  readonly atMostOneCase: number
  readonly uncertain: number
  readonly weights: number
  readonly squaredWeights: number
  readonly weighted: number
  readonly weightedSquares: number
}

const LEAST_STRENGTH = 1e-6
const MOST_STRENGTH = 1e9

type Scatter = 'binomial' | 'poisson' | 'normal' | 'unknown'

/** Variance of the true means between units (DerSimonian and Laird 1986), from sums with weights 1 / error squared; null: nothing to learn. */
export function betweenOfSums({
  uncertain,
  weights,
  squaredWeights,
  weighted,
  weightedSquares,
}: UnitSums): number | null {
  if (uncertain < PEERS_NEEDED) return null
  const q = weightedSquares - weighted ** 2 / weights
  return Math.max(0, (q - (uncertain - 1)) / (weights - squaredWeights / weights))
}

/**
 * The prior by moments, as `composing/shrink.ts` finds it unit by unit: Kleinman (1973) for shares, Marshall (1991) for rates, DerSimonian and
 * Laird (1986) for means. `between`: of means, whose `sums` then have weights 1 / (error squared + between). `scale`: value of one whole.
 */
export function priorOfSums(
  scatter: Scatter,
  sums: UnitSums,
  between: number | null,
  scale: number,
): { mean: number; strength: number } | null {
  if (scatter === 'unknown' || sums.units < PEERS_NEEDED) return null
  if (scatter === 'normal')
    return between === null ? null : { mean: sums.weighted / sums.weights, strength: 1 / between }
  const { units, cases, events, squaredCases, squaredEventsByCases, atMostOneCase } = sums
  if (events <= 0) return null
  const mean = events / cases
  const squares = squaredEventsByCases - mean * mean * cases
  if (scatter === 'poisson') {
    const variance = squares / cases - (mean * units) / cases
    const shape = (mean * mean) / variance
    const known = variance > 0 && shape < MOST_STRENGTH
    return { mean: mean * scale, strength: known ? Math.max(LEAST_STRENGTH, shape) / mean : Infinity }
  }
  if (events >= cases || atMostOneCase === units) return null
  const spread = cases - squaredCases / cases
  const variance = mean * (1 - mean)
  const correlation = (squares - variance * (units - 1)) / (variance * (spread - (units - 1)))
  const known = correlation > 1 / MOST_STRENGTH
  return { mean: mean * scale, strength: known ? Math.max(LEAST_STRENGTH, 1 / correlation - 1) : Infinity }
}

/** Borders of grades from how many units lie in each hundredth of a point. */
export function bordersOfBins({ bands }: Grades, counts: readonly number[], binsAPoint: number): number[] {
  if (bands.kind === 'fixed') return [...bands.from]
  const filled = counts.flatMap((count, bin) => (count > 0 ? [{ at: bin / binsAPoint, count }] : []))
  if (filled.length < 2) return []
  if (bands.kind === 'k-means') {
    const found = optimalClusters(
      filled.map(({ at }) => at),
      Math.min(bands.count, filled.length),
      filled.map(({ count }) => count),
    )
    return found.kind === 'clusters' ? found.cutPoints : []
  }
  const all = filled.reduce((sum, { count }) => sum + count, 0)
  let [share, seen, place] = [0, 0, 0]
  const borders = bands.shares.slice(0, -1).map((each) => {
    share += each
    while (place < filled.length - 1 && seen + filled[place]!.count < share * all) {
      seen += filled[place]!.count
      place += 1
    }
    return filled[place]!.at
  })
  return [...new Set(borders)]
}

export const zOf = (confidence: number): number => normalQuantile((1 + confidence) / 2)

/** Over-dispersion that is more than chance, else 1 (Spiegelhalter 2005). `phi`: mean of the squared winsorised z-scores of so many units. */
export function dispersionOf(phi: number | null, units: number): number {
  if (phi === null || units < 2 || phi <= 1) return 1
  return chiSquareTail(phi * units, units, 'upper') < DISPERSION_SIGNIFICANCE ? phi : 1
}
