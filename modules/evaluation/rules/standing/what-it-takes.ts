/** What more of each item would bring a unit, and what it takes to reach the next grade by one item alone. */
import { marginalGains } from '#weighting/sensitivity/marginal-gains'
import { valueForPoints } from '#weighting/transforms/points-inverse'
import type { Scheme, SchemeItem } from '../../contract/scheme.ts'
import type { RankingSummary, Score, ScorePart } from '../../contract/scores.ts'
import { pointsFunction } from '../composing/points.ts'
import { flatItems } from '../schemes/flat-items.ts'

export interface ItemGain {
  readonly item: string
  readonly part: ScorePart
  readonly better: 'more' | 'less'
  /** Points of the composite for one point of the item, and for one unit of its value; null where steps or peers decide. */
  readonly gainPerPoint: number
  readonly gainPerUnit: number | null
  /** What the composite could win through this item alone. */
  readonly mostGain: number
  /** Points and value at which this item alone would bring the next grade; null where it cannot, or where the value is not known. */
  readonly pointsForNext: number | null
  readonly valueForNext: number | null
}

export interface WhatItTakes {
  readonly nextStars: number | null
  /** Points of the composite from which the next grade is given, the margin for a change of grade included. */
  readonly nextFrom: number | null
  readonly items: readonly ItemGain[]
}

const HIGHEST_POINTS = 100
const nobody = new Float64Array(0)

/** Null where nobody can say: the composite is no weighted sum, or there is none. */
export function whatItTakes(
  scheme: Scheme,
  score: Score,
  summary: Pick<RankingSummary, 'starsFrom' | 'moments'>,
  better: (item: SchemeItem) => 'more' | 'less',
): WhatItTakes | null {
  if (scheme.aggregation.kind !== 'weighted-sum' || score.composite === null) return null
  const border = score.stars === null ? undefined : summary.starsFrom[score.stars - 1]
  // Whoever has a grade now rises only when the border is passed by the margin.
  const nextFrom = border === undefined ? null : border + scheme.grades.hysteresisPoints
  const items = new Map(flatItems(scheme).map((item) => [item.id, item]))
  const told = score.parts.filter((part) => part.points !== null && part.effectiveWeight > 0 && items.has(part.item))
  const gains = marginalGains(
    score.composite,
    told.map((part) => ({
      id: part.item,
      effectiveWeight: Math.min(1, part.effectiveWeight),
      points: Math.min(HIGHEST_POINTS, part.points!),
      slope: null,
      highestPoints: HIGHEST_POINTS,
    })),
    nextFrom,
  )
  return {
    nextStars: nextFrom === null ? null : score.stars! + 1,
    nextFrom,
    items: gains.map((gain, place) => {
      const part = told[place]!
      const item = items.get(part.item)!
      const way = better(item)
      const wanted = gain.pointsForTarget
      return {
        item: part.item,
        part,
        better: way,
        gainPerPoint: gain.gainPerPoint,
        gainPerUnit: part.gainPerUnit,
        mostGain: gain.mostGain,
        pointsForNext: wanted,
        valueForNext: wanted === null ? null : valueOf(item, { part, way, wanted, group: score.peerGroup, summary }),
      }
    }),
  }
}

interface Wanted {
  readonly part: ScorePart
  readonly way: 'more' | 'less'
  readonly wanted: number
  readonly group: string | null
  readonly summary: Pick<RankingSummary, 'moments'>
}

/** The value nearest to the present one that is worth the wanted points. */
function valueOf({ transform }: SchemeItem, { part, way, wanted, group, summary }: Wanted): number | null {
  const value = part.usedValue ?? part.value
  if (value === null) return null
  if (transform.kind === 'step') {
    const enough = transform.steps.filter(([, points]) => points >= wanted - 1e-9).map(([from]) => from)
    return enough.length === 0 ? null : way === 'more' ? Math.min(...enough) : Math.max(...enough)
  }
  const moments = summary.moments.find((each) => each.item === part.item && each.peerGroup === group)
  const peers = moments && Float64Array.of(moments.mean - spread(moments), moments.mean + spread(moments))
  const corners = pointsFunction(transform, way, peers ?? nobody)?.corners
  return corners ? valueForPoints(wanted - 1e-9, corners, value) : null
}

/** Two peers so far from their mean have the deviation that is wanted (n - 1). */
const spread = ({ deviation }: { deviation: number }) => deviation / Math.SQRT2
