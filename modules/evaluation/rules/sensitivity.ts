/** How much a ranking owes to its weights. */
import { ranksOverWeights } from '#weighting/sensitivity/ranks-over-weights'
import { weightIntervals } from '#weighting/sensitivity/weight-intervals'
import type { Sensitivity } from '../contract/ranking.ts'
import type { SchemeDraft } from '../contract/scheme.ts'
import { flatItems } from './schemes/flat-items.ts'

export interface RankedUnit {
  readonly entity: { readonly key: string; readonly name: string }
  readonly rank: number
  readonly points: readonly number[]
}

/** A weight of 0.2 then moves by some 0.04 (one standard deviation). */
const NEARBY_CONCENTRATION = 100
const DRAWS = 1_000
/** Units whose ranks are drawn; with more, those at the top. */
export const SENSITIVITY_UNITS_LIMIT = 5_000
const HALF = 0.5

/** `units`: those with all items, best first. `shown`: how many from the top the order is asked about. */
export function sensitivityOf(
  draft: SchemeDraft,
  units: readonly RankedUnit[],
  shown: number,
  random: () => number,
): Pick<Sensitivity, 'ranges' | 'nearby' | 'anywhere' | 'topKept' | 'because'> {
  const nothing = { ranges: [], nearby: [], anywhere: [], topKept: null }
  if (draft.aggregation.kind !== 'weighted-sum') return { ...nothing, because: 'not-a-sum' }
  if (units.length < 2) return { ...nothing, because: 'too-few-units' }
  const items = flatItems(draft)
  const weights = items.map((item) => item.globalWeight)
  const top = Math.max(1, Math.round(draft.certainty.topShare * units.length))
  const points = units.map((unit) => unit.points)
  const places = (spread: Parameters<typeof ranksOverWeights>[1]['spread']) => {
    const level = draft.certainty.confidence
    const found = ranksOverWeights(points, { spread, draws: DRAWS, random, level, top, bottom: top })
    return found.kind === 'cannot' ? [] : found.units
  }
  const nearby = places({ kind: 'dirichlet', weights, concentration: NEARBY_CONCENTRATION })
  const anywhere = places({ kind: 'uniform' })
  const told = (drawn: ReturnType<typeof places>) =>
    drawn.slice(0, shown).map((place, index) => ({
      entity: units[index]!.entity,
      rank: units[index]!.rank,
      best: place.best,
      worst: place.worst,
      low: place.lower,
      high: place.upper,
      median: place.median,
      topShare: place.probabilityTop,
    }))
  const kept = anywhere.slice(0, top).filter((place) => place.probabilityTop >= HALF).length
  return {
    ranges: rangesOf(
      items.map((item) => item.id),
      weights,
      units.slice(0, shown),
    ),
    nearby: told(nearby),
    anywhere: told(anywhere),
    topKept: anywhere.length > 0 ? kept / top : null,
    because: null,
  }
}

function rangesOf(
  ids: readonly string[],
  weights: readonly number[],
  units: readonly RankedUnit[],
): Sensitivity['ranges'] {
  const found = weightIntervals(
    units.map((unit) => unit.points),
    weights,
  )
  if (found.kind === 'cannot') return []
  return found.items.map((item, place) => {
    const id = ids[place]!
    if (item.kind === 'cannot') return { item: id, weight: 1, leader: null, order: null, swaps: [] }
    const { leader, order } = item
    const swaps = [order.swapBelow, order.swapAbove].flatMap((swap) =>
      swap
        ? [
            {
              weight: swap.weight,
              ahead: units[swap.ahead]!.entity.name,
              overtakes: units[swap.overtakes]!.entity.name,
            },
          ]
        : [],
    )
    return {
      item: id,
      weight: item.weight,
      leader: { from: leader.lower, to: leader.upper },
      order: { from: order.lower, to: order.upper },
      swaps,
    }
  })
}
