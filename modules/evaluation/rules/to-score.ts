/** From what is kept of a unit to what people and programs are told. */
import { normalQuantile } from '#stats/distributions/normal-quantile'
import { piecewiseLinear } from '#weighting/transforms/piecewise-linear'
import type { SchemeDraft } from '../contract/scheme.ts'
import type { RankingSummary, Score, ScorePart } from '../contract/scores.ts'
import { missingReasonOf, reasonOf } from './composing/compose.ts'
import { effectiveWeights, weightPlan } from './composing/effective-weights.ts'
import { flatItems } from './schemes/flat-items.ts'
import { PROVISIONAL } from './score-period.ts'
import { type RankReach, ranksWithin } from './standing/rank-reach.ts'
import { funnelOf } from './standing/standings.ts'

/** A unit as it is kept; null where there is nothing. */
export interface KeptScore {
  readonly periodStart: string
  readonly peerGroup: string
  readonly composite: number | null
  readonly error: number | null
  readonly stars: number
  readonly starsUncapped: number
  readonly starsHeld: number
  readonly gate: number
  readonly percentile: number | null
  readonly rank: number
  readonly rankLow: number
  readonly rankHigh: number
  readonly groupRank: number
  readonly top: number | null
  readonly bottom: number | null
  readonly n: number
  readonly provisional: number
  readonly reason: number
  readonly values: readonly (number | null)[]
  readonly ns: readonly number[]
  readonly errors: readonly (number | null)[]
  /** Empty where nothing was drawn together: then what counts is what was measured. */
  readonly used: readonly (number | null)[]
  readonly points: readonly (number | null)[]
  readonly slopes: readonly (number | null)[]
  readonly flags: readonly number[]
}

export interface Before {
  readonly composite: number | null
  readonly error: number | null
  readonly stars: number
}

const orNull = (place: number) => (place === 0 ? null : place)

export function toScore(
  draft: SchemeDraft,
  kept: KeptScore,
  around: {
    readonly entity: Score['entity']
    readonly complete: boolean
    readonly summary: Pick<RankingSummary, 'mean' | 'overDispersion' | 'ranked'>
    readonly before: Before | undefined
    /** Of very many units, whose ranges of ranks are not kept one by one. */
    readonly reach?: RankReach | null
  },
): Score {
  const { composite, error } = kept
  const { entity, complete, summary, before } = around
  const z = normalQuantile((1 + draft.certainty.confidence) / 2)
  const ranked = composite !== null && error !== null
  const range =
    around.reach && ranked
      ? ranksWithin(around.reach, summary.ranked, {
          rank: kept.rank,
          low: composite - z * error,
          high: composite + z * error,
        })
      : kept
  return {
    entity,
    periodStart: kept.periodStart,
    complete,
    peerGroup: kept.peerGroup === '' ? null : kept.peerGroup,
    composite,
    standardError: error,
    // Points go from 0 to 100, whatever a normal error would allow.
    low: ranked ? Math.max(0, composite - z * error) : null,
    high: ranked ? Math.min(100, composite + z * error) : null,
    experience: composite === null ? null : experienceOf(draft, composite),
    stars: orNull(kept.stars),
    starsUncapped: orNull(kept.starsUncapped),
    cappedBy: kept.gate < 0 ? null : draft.gates[kept.gate]!.id,
    starsHeld: kept.starsHeld === 1,
    percentile: kept.percentile,
    rank: orNull(kept.rank),
    rankLow: orNull(range.rankLow),
    rankHigh: orNull(range.rankHigh),
    groupRank: orNull(kept.groupRank),
    topProbability: kept.top,
    bottomProbability: kept.bottom,
    funnel:
      ranked && summary.mean !== null
        ? funnelOf(composite - summary.mean, Math.sqrt(summary.overDispersion) * error)
        : null,
    ...changeOf(kept, before, z),
    starsBefore: before ? orNull(before.stars) : null,
    n: kept.n,
    provisional: kept.provisional === 1,
    notRankedBecause: reasonOf(kept.reason),
    isProtected: false,
    parts: partsOf(draft, kept),
  }
}

export function experienceOf({ experience }: Pick<SchemeDraft, 'experience'>, composite: number): number {
  return piecewiseLinear(
    composite,
    experience.map(([x, y]) => ({ x, y })),
  )
}

/** Whether the change from the period before is more than chance: normal test of two independent scores (z of the scheme's confidence). */
export function changeOf(
  now: { readonly composite: number | null; readonly error: number | null },
  before: Before | undefined,
  z: number,
): Pick<Score, 'change' | 'changeSignificant'> {
  if (now.composite === null || before?.composite == null) return { change: null, changeSignificant: null }
  const change = now.composite - before.composite
  const error = Math.hypot(now.error ?? 0, before.error ?? 0)
  return { change, changeSignificant: Math.abs(change) > z * error }
}

/** Effective weights follow from which items are there, so they are not kept but found again. */
function partsOf(draft: SchemeDraft, kept: KeptScore): ScorePart[] {
  const items = flatItems(draft)
  const present = Uint8Array.from(kept.flags, (flag) => (flag % PROVISIONAL === 0 ? 1 : 0))
  const weights = new Float64Array(items.length)
  if (present.includes(1)) effectiveWeights(weightPlan(items, draft.missing), present, weights)
  const sum = draft.aggregation.kind === 'weighted-sum'
  return items.map((item, place) => {
    const points = kept.points[place] ?? null
    const effectiveWeight = weights[place]!
    const slope = kept.slopes[place] ?? null
    const used = kept.used.length > 0 ? kept.used[place] : present[place] ? kept.values[place] : null
    const ranked = kept.composite !== null
    return {
      item: item.id,
      dimension: item.dimension,
      value: kept.values[place] ?? null,
      n: kept.ns[place] ?? 0,
      standardError: kept.errors[place] ?? null,
      usedValue: used ?? null,
      points,
      weight: item.globalWeight,
      effectiveWeight,
      contribution: sum && ranked && points !== null ? effectiveWeight * points : null,
      gainPerUnit: sum && ranked && slope !== null && item.transform.kind !== 'step' ? effectiveWeight * slope : null,
      provisional: (kept.flags[place] ?? 0) >= PROVISIONAL,
      missingBecause: missingReasonOf((kept.flags[place] ?? 0) % PROVISIONAL),
      isProtected: false,
    }
  })
}
