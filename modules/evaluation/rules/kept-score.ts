/** One unit of a calculated period in the form it is kept in. */
import type { Readings } from './composing/readings.ts'
import type { ScoredUnits } from './score-period.ts'
import type { KeptScore } from './to-score.ts'

const orNull = (value: number) => (Number.isNaN(value) ? null : value)

/** `unit`: its place. `uncapped`: before gates that cap points. */
export function keptScore(
  units: ScoredUnits,
  { items, groups, groupNames }: Pick<Readings, 'items' | 'groups' | 'groupNames'>,
  unit: number,
  periodStart: string,
): KeptScore & { readonly uncapped: number | null } {
  const at = (column: ArrayLike<number>) => orNull(column[unit]!)
  return {
    periodStart,
    peerGroup: groupNames[groups[unit]!]!,
    composite: at(units.composite),
    uncapped: at(units.uncapped),
    error: at(units.error),
    stars: units.stars[unit]!,
    starsUncapped: units.starsUncapped[unit]!,
    starsHeld: units.starsHeld[unit]!,
    gate: units.gate[unit]!,
    percentile: at(units.percentile),
    rank: units.rank[unit]!,
    rankLow: units.rankLow[unit]!,
    rankHigh: units.rankHigh[unit]!,
    groupRank: units.groupRank[unit]!,
    top: at(units.top),
    bottom: at(units.bottom),
    n: units.n[unit]!,
    provisional: units.provisional[unit]!,
    reason: units.reason[unit]!,
    values: items.map(({ values }) => at(values)),
    ns: items.map(({ ns }) => ns[unit]!),
    errors: items.map(({ errors }) => at(errors)),
    used: units.items.map(({ used }) => at(used)),
    points: units.items.map(({ points }) => at(points)),
    slopes: units.items.map(({ slopes }) => at(slopes)),
    flags: units.items.map(({ flags }) => flags[unit]!),
  }
}
