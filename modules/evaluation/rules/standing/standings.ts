/** Where each unit stands among all: rank with its interval, percentile, funnel, chance of truly belonging to the top. */
import { normalQuantile } from '#stats/distributions/normal-quantile'
import { overDispersion, USUAL_WINSORISED_SHARE } from '#stats/funnel/funnel-core'
import { betweenVariance } from '#stats/shrinkage/between-variance'
import { percentileRanks } from '#weighting/ranks/percentile-ranks'
import { type DrawnRank } from '#weighting/ranks/drawn-ranks'
import { rankDistribution, type UncertainScore } from '#weighting/ranks/rank-distribution'
import { rankWithTies } from '#weighting/ranks/rank-with-ties'
import type { funnelPlaces } from '../../contract/scores.ts'
import type { SchemeDraft } from '../../contract/scheme.ts'

/** Scores closer than this share a rank: the last digits of floating point must not decide. */
export const TIE_TOLERANCE_POINTS = 1e-9
/** 95 % and 99.8 % two-sided, the limits of funnel plots (Spiegelhalter, 2005). */
const Z95 = normalQuantile(0.975)
const Z998 = normalQuantile(0.999)
/** Ranks drawn in all: with very many units fewer draws, so that a ranking is there within seconds. */
const DRAWN_RANKS_LIMIT = 10_000_000
const DRAWS_LEAST = 200

export type FunnelPlace = (typeof funnelPlaces)[number]

export interface Standings {
  /** In the order of the units; null for those not ranked. */
  readonly rows: readonly (Standing | null)[]
  readonly mean: number | null
  readonly overDispersion: number
  readonly topCount: number
}
export interface Standing {
  readonly low: number
  readonly high: number
  readonly rank: number
  readonly rankLow: number
  readonly rankHigh: number
  readonly groupRank: number
  readonly percentile: number
  readonly topProbability: number
  readonly bottomProbability: number
  readonly funnel: FunnelPlace
}

interface Ranked {
  readonly composite: Float64Array
  readonly errors: Float64Array
  readonly groups: Int32Array
}

/**
 * `drawnTogether`: values were drawn towards their peers already, so composite and error are the distribution of the true score.
 * Otherwise composites are drawn together here before chance moves them (normal empirical Bayes): a raw score carries its noise
 * already and would get it a second time. The rank itself is that of the composite, and always belongs to its interval.
 */
export function standingsOf(
  { certainty }: Pick<SchemeDraft, 'certainty'>,
  { composite, errors, groups }: Ranked,
  drawnTogether: boolean,
  random: () => number,
): Standings {
  const units = Array.from(composite.keys()).filter((unit) => !Number.isNaN(composite[unit]!))
  const scores = units.map((unit) => composite[unit]!)
  // An error of rounding is none.
  const own = units.map((unit) => (errors[unit]! > TIE_TOLERANCE_POINTS ? errors[unit]! : 0))
  const topCount = Math.max(1, Math.round(certainty.topShare * units.length))
  const rows: (Standing | null)[] = Array.from(composite, () => null)
  if (units.length === 0) return { rows, mean: null, overDispersion: 1, topCount: 0 }
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const phi = dispersionOf(scores, own, mean)
  const ranks = rankWithTies(scores, 'highest', TIE_TOLERANCE_POINTS)
  const groupRanks = ranksInGroups(units, scores, groups)
  const percentiles = percentileRanks(scores, 'highest', 'mid')
  const drawn = drawRanks(scores, own, drawnTogether, { certainty, topCount, random })
  const z = normalQuantile((1 + certainty.confidence) / 2)
  for (const [place, unit] of units.entries()) {
    const [score, error, rank] = [scores[place]!, own[place]!, ranks[place]!]
    rows[unit] = {
      low: score - z * error,
      high: score + z * error,
      rank,
      rankLow: Math.min(rank, drawn[place]!.lower),
      rankHigh: Math.max(rank, drawn[place]!.upper),
      groupRank: groupRanks[place]!,
      percentile: percentiles[place]!,
      topProbability: drawn[place]!.probabilityTop,
      bottomProbability: drawn[place]!.probabilityBottom,
      funnel: funnelOf(score - mean, Math.sqrt(phi) * error),
    }
  }
  return { rows, mean, overDispersion: phi, topCount }
}

function dispersionOf(scores: readonly number[], errors: readonly number[], mean: number): number {
  const zScores = scores.flatMap((score, place) =>
    errors[place]! > TIE_TOLERANCE_POINTS ? [(score - mean) / errors[place]!] : [],
  )
  if (zScores.length < 2) return 1
  const { phi, overDispersed } = overDispersion(zScores, USUAL_WINSORISED_SHARE, 'significant')
  return overDispersed ? phi : 1
}

/**
 * Against the mean of all units, a unit's limits being z of its own errors, widened by root phi where units differ more than chance
 * allows (multiplicative over-dispersion, Spiegelhalter 2005). So a small unit must lie far out before anybody points at it.
 */
export function funnelOf(distance: number, width: number): FunnelPlace {
  if (Math.abs(distance) <= Z95 * width || distance === 0) return 'inside'
  const far = Math.abs(distance) > Z998 * width
  if (distance > 0) return far ? 'above-99.8' : 'above-95'
  return far ? 'below-99.8' : 'below-95'
}

function ranksInGroups(units: readonly number[], scores: readonly number[], groups: Int32Array): number[] {
  const ranks = scores.map(() => 0)
  const byGroup = Map.groupBy(units.keys(), (place) => groups[units[place]!]!)
  for (const places of byGroup.values()) {
    const own = rankWithTies(
      places.map((place) => scores[place]!),
      'highest',
      TIE_TOLERANCE_POINTS,
    )
    for (const [index, place] of places.entries()) ranks[place] = own[index]!
  }
  return ranks
}

function drawRanks(
  scores: readonly number[],
  errors: readonly number[],
  drawnTogether: boolean,
  how: { certainty: SchemeDraft['certainty']; topCount: number; random: () => number },
): DrawnRank[] {
  const { certainty, topCount, random } = how
  const raw = scores.map((estimate, place) => ({ estimate, standardError: errors[place]! }))
  const uncertain = drawnTogether ? raw : posteriors(raw)
  const draws = Math.max(DRAWS_LEAST, Math.min(certainty.draws, Math.floor(DRAWN_RANKS_LIMIT / scores.length)))
  return rankDistribution(uncertain, {
    draws,
    random,
    level: certainty.confidence,
    top: topCount,
    bottom: topCount,
  })
}

/** Fewer uncertain scores say nothing about how much units truly differ. */
const UNCERTAIN_NEEDED = 3

/** The distributions of the true scores, given those that were found (normal-normal, DerSimonian and Laird 1986). */
function posteriors(scores: readonly UncertainScore[]): readonly UncertainScore[] {
  const uncertain = scores.filter((score) => score.standardError > 0)
  if (uncertain.length < UNCERTAIN_NEEDED) return scores
  const { mean, variance } = betweenVariance(uncertain, 'dersimonian-laird')
  return scores.map((score) => {
    const { estimate, standardError } = score
    if (standardError === 0) return score
    const own = variance / (variance + standardError ** 2)
    return { estimate: own * estimate + (1 - own) * mean, standardError: Math.sqrt(own) * standardError }
  })
}
