/** Decisions of `evaluation`: points, composite with its error, ranks with bands, the funnel that protects small units. */
import { normalQuantile } from '#stats/distributions/normal-quantile'
import { type FunnelVerdict, overDispersion, USUAL_WINSORISED_SHARE } from '#stats/funnel/funnel-core'
import { compositeScore } from '#weighting/aggregation/composite-score'
import { compositeStandardError } from '#weighting/aggregation/composite-standard-error'
import { piecewiseLinear, piecewiseLinearSlope } from '#weighting/transforms/piecewise-linear'
import { rankIntervals } from '#weighting/ranks/rank-intervals'
import { rankWithTies } from '#weighting/ranks/rank-with-ties'
import type { SchemeDraft, Score } from './contract.ts'

/** Scores closer than this share a rank: the last digits of floating point must not decide. */
const TIE_TOLERANCE_POINTS = 1e-9
/** Weights typed by people sum to 1 within this. */
const WEIGHT_TOLERANCE = 1e-6
/** 95 % and 99.8 % two-sided, the limits of funnel plots (Spiegelhalter, 2005). */
const Z95 = normalQuantile(0.975)
const Z998 = normalQuantile(0.999)

export type SchemeFault =
  | { readonly kind: 'weights'; readonly sum: number }
  | { readonly kind: 'points'; readonly indicator: string }
  | null

/** Why a scheme cannot stand; null when it can. */
export function faultOfScheme(draft: SchemeDraft): SchemeFault {
  const sum = draft.items.reduce((total, item) => total + item.weight, 0)
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) return { kind: 'weights', sum }
  const unordered = draft.items.find((item) =>
    item.points.some(([value], index) => index > 0 && value <= item.points[index - 1]![0]),
  )
  return unordered ? { kind: 'points', indicator: unordered.indicator } : null
}

/** What was measured of a unit for one item. */
export interface ItemReading {
  readonly value: number | null
  readonly n: number
  readonly tooFew: boolean
  readonly standardError: number | null
}
export type UnitReadings = readonly (ItemReading | undefined)[]

/** A unit's score before it is compared with others. */
export interface UnitScore {
  readonly composite: number | null
  readonly standardError: number | null
  readonly n: number
  readonly notRankedBecause: Score['notRankedBecause']
  readonly parts: Score['parts']
}

/**
 * One unit, one period. Items without value, or with fewer cases than their indicator's minimum, count as missing; their weight goes
 * to the others up to the scheme's limit. The standard error follows from those of the values through the slope of the points
 * (delta method), items taken as independent; an item whose kind has no standard error adds none, so the band is then too narrow
 * by that item's share.
 */
export function scoreUnit(draft: SchemeDraft, readings: UnitReadings): UnitScore {
  const judged = draft.items.map((item, index) => {
    const reading = readings[index]
    const usable = reading !== undefined && reading.value !== null && !reading.tooFew
    const breakpoints = item.points.map(([x, y]) => ({ x, y }))
    const points = usable ? piecewiseLinear(reading.value, breakpoints) : null
    const error =
      usable && reading.standardError !== null
        ? Math.abs(piecewiseLinearSlope(reading.value, breakpoints)) * reading.standardError
        : 0
    return { item, reading, points, error }
  })
  const result = compositeScore(
    judged.map(({ item, points }) => ({ id: item.indicator, weight: item.weight, points })),
    { kind: 'redistribute', largestShare: draft.redistributedWeightMost },
  )
  const requiredMissing = judged.some(({ item, points }) => item.required && points === null)
  const ranked = result.kind === 'score' && !requiredMissing
  const parts = judged.map(({ item, reading, points }, index) => ({
    indicator: item.indicator,
    value: reading?.value ?? null,
    n: reading?.n ?? 0,
    points,
    effectiveWeight: result.kind === 'score' ? result.items[index]!.effectiveWeight : 0,
    contribution: result.kind === 'score' ? result.items[index]!.contribution : 0,
  }))
  const counted = parts.filter((part) => part.points !== null).map((part) => part.n)
  const n = counted.length > 0 ? Math.min(...counted) : 0
  if (!ranked) {
    const tooFew = readings.some((reading) => reading?.tooFew && reading.value !== null)
    const because =
      requiredMissing && result.kind === 'score' ? 'missing-required' : tooFew ? 'too-few' : 'missing-too-much'
    return { composite: null, standardError: null, n, notRankedBecause: because, parts }
  }
  const standardError = compositeStandardError(
    parts.map((part) => part.effectiveWeight),
    judged.map(({ error }) => error),
  )
  return { composite: result.score, standardError, n, notRankedBecause: null, parts }
}

/** How a unit stands among all. */
export interface Standing extends UnitScore {
  readonly low: number | null
  readonly high: number | null
  readonly rank: number | null
  readonly rankBest: number | null
  readonly rankWorst: number | null
  readonly funnel: Score['funnel']
}

const funnelNames: Record<Exclude<FunnelVerdict, 'no-data'>, NonNullable<Score['funnel']>> = {
  inside: 'inside',
  'above-95': 'above-95',
  'above-998': 'above-99.8',
  'below-95': 'below-95',
  'below-998': 'below-99.8',
}

/**
 * Ranks with their bands and the funnel over all units of a period. The centre is the mean of the composites; a unit's limits
 * are z standard errors around it, widened by root phi where units differ more than chance allows (multiplicative over-dispersion,
 * Spiegelhalter 2005, winsorised). So a small unit, whose error is large, must lie far out before anybody points at it.
 */
export function rankUnits(scores: readonly UnitScore[]): {
  mean: number | null
  overDispersion: number
  standings: Standing[]
} {
  const ranked = scores.filter((score) => score.composite !== null)
  const mean = ranked.length > 0 ? ranked.reduce((sum, score) => sum + score.composite!, 0) / ranked.length : null
  const zScores = ranked.flatMap((score) =>
    score.standardError! > TIE_TOLERANCE_POINTS ? [(score.composite! - mean!) / score.standardError!] : [],
  )
  const spread =
    zScores.length >= 2
      ? overDispersion(zScores, USUAL_WINSORISED_SHARE, 'significant')
      : { phi: 1, overDispersed: false }
  const phi = spread.overDispersed ? spread.phi : 1
  const intervals = ranked.map((score) => ({
    lower: score.composite! - Z95 * score.standardError!,
    upper: score.composite! + Z95 * score.standardError!,
  }))
  const bands = rankIntervals(intervals)
  const ranks = rankWithTies(
    ranked.map((score) => score.composite),
    'highest',
    TIE_TOLERANCE_POINTS,
  )
  const places = new Map(ranked.map((score, index) => [score, index]))
  const standings = scores.map((score): Standing => {
    const place = places.get(score)
    if (place === undefined)
      return { ...score, low: null, high: null, rank: null, rankBest: null, rankWorst: null, funnel: null }
    const { lower, upper } = intervals[place]!
    const rank = ranks[place]!
    const funnel = funnelOf(score, mean!, phi)
    // Ties are taken with a tolerance, bands without: the rank itself always belongs to the band.
    const rankBest = Math.min(rank, bands[place]!.best)
    const rankWorst = Math.max(rank, bands[place]!.worst)
    return { ...score, low: lower, high: upper, rank, rankBest, rankWorst, funnel }
  })
  return { mean, overDispersion: phi, standings }
}

function funnelOf(score: UnitScore, mean: number, phi: number): Score['funnel'] {
  const distance = score.composite! - mean
  const width = Math.sqrt(phi) * score.standardError!
  if (Math.abs(distance) <= Z95 * width || distance === 0) return funnelNames.inside
  const far = Math.abs(distance) > Z998 * width
  if (distance > 0) return funnelNames[far ? 'above-998' : 'above-95']
  return funnelNames[far ? 'below-998' : 'below-95']
}

/** Change from the period before, and whether it is more than chance at 95 % (normal test of two independent scores). */
export function changeOf(
  now: UnitScore,
  before: { composite: number | null; standardError: number | null } | undefined,
): Pick<Score, 'change' | 'changeSignificant'> {
  if (now.composite === null || before?.composite == null) return { change: null, changeSignificant: null }
  const change = now.composite - before.composite
  const error = Math.hypot(now.standardError ?? 0, before.standardError ?? 0)
  return { change, changeSignificant: Math.abs(change) > Z95 * error }
}
