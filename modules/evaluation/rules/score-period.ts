/** One period of a scheme from readings to everything that is kept: composites, stars, ranks, and what all units have in common. */
import type { SchemeDraft } from '../contract/scheme.ts'
import type { RankingSummary } from '../contract/scores.ts'
import { compose, type Composed } from './composing/compose.ts'
import { tightestGate } from './composing/gates.ts'
import type { Readings } from './composing/readings.ts'
import { seededRandom } from '#platform/seeded-random'
import { starBorders, starsOf } from './standing/stars.ts'
import { type Standing, standingsOf } from './standing/standings.ts'

/** Columns in the order of the units; 0 in `stars` and `rank`, NaN elsewhere, where a unit is not ranked. */
export interface ScoredUnits {
  readonly composite: Float64Array
  readonly uncapped: Float64Array
  readonly error: Float64Array
  readonly stars: Uint8Array
  readonly starsUncapped: Uint8Array
  readonly starsHeld: Uint8Array
  readonly gate: Int16Array
  readonly percentile: Float64Array
  readonly rank: Uint32Array
  readonly rankLow: Uint32Array
  readonly rankHigh: Uint32Array
  readonly groupRank: Uint32Array
  readonly top: Float64Array
  readonly bottom: Float64Array
  readonly n: Float64Array
  readonly provisional: Uint8Array
  readonly reason: Uint8Array
  readonly items: readonly {
    readonly used: Float64Array
    readonly points: Float64Array
    /** Points of the item for one more unit of the value. */
    readonly slopes: Float64Array
    /** Why it is missing (0: it is not), plus 8 where it is provisional. */
    readonly flags: Uint8Array
  }[]
}

export const PROVISIONAL = 8

/** `starsBefore`: of the period before, 0 where there were none. `seed` in [0, 1). */
export function scorePeriod(
  draft: SchemeDraft,
  readings: Readings,
  starsBefore: Uint8Array,
  seed: number,
): { units: ScoredUnits; summary: RankingSummary } {
  const random = seededRandom(seed)
  const composed = compose(draft, readings, random)
  const { count, groups } = readings
  const drawnTogether = draft.dimensions.some(({ items }) => items.some((item) => item.shrink === 'peers'))
  const ranking = { composite: composed.composite, errors: composed.errors, groups }
  const standings = standingsOf(draft, ranking, drawnTogether, random)
  const borders = starBorders(draft.grades, rankedOnly(composed.composite))
  const units = emptyUnits(count, composed, groups)
  const starsCounts = Array.from({ length: borders.length + 1 }, () => 0)
  let [ranked, above, below] = [0, 0, 0]
  for (let unit = 0; unit < count; unit += 1) {
    const standing = standings.rows[unit]
    const gate = tightestGate(draft.gates, readings.gates, unit)
    units.gate[unit] = gate.place
    if (!standing) continue
    ranked += 1
    if (standing.funnel.startsWith('above')) above += 1
    if (standing.funnel.startsWith('below')) below += 1
    placeUnit(units, unit, standing)
    const score = { composite: composed.composite[unit]!, uncapped: composed.uncapped[unit]! }
    const found = starsOf(score, borders, draft.grades.hysteresisPoints, starsBefore[unit]! || null, gate.mostStars)
    units.stars[unit] = found.stars
    units.starsUncapped[unit] = found.uncapped
    units.starsHeld[unit] = found.held ? 1 : 0
    starsCounts[found.stars - 1]! += 1
  }
  const { mean, overDispersion, topCount } = standings
  const nameOf = (group: number) => (readings.groupNames.length > 1 ? readings.groupNames[group]! : null)
  const priors = composed.priors.map(({ item, group, mean: centre, strength }) => ({
    item,
    peerGroup: nameOf(group),
    mean: centre,
    strength: strength === Infinity ? null : strength,
  }))
  const moments = composed.moments.map(({ item, group, mean: centre, deviation }) => ({
    item,
    peerGroup: nameOf(group),
    mean: centre,
    deviation,
  }))
  const bands = { starsFrom: borders, starsCounts, above, below }
  return { units, summary: { units: count, ranked, mean, overDispersion, ...bands, topCount, priors, moments } }
}

const rankedOnly = (composite: Float64Array) => composite.filter((each) => !Number.isNaN(each))

function emptyUnits(count: number, composed: Composed, groups: Int32Array): ScoredUnits {
  const gaps = () => new Float64Array(count).fill(Number.NaN)
  return {
    composite: composed.composite,
    uncapped: composed.uncapped,
    error: composed.errors,
    stars: new Uint8Array(count),
    starsUncapped: new Uint8Array(count),
    starsHeld: new Uint8Array(count),
    gate: new Int16Array(count).fill(-1),
    percentile: gaps(),
    rank: new Uint32Array(count),
    rankLow: new Uint32Array(count),
    rankHigh: new Uint32Array(count),
    groupRank: new Uint32Array(count),
    top: gaps(),
    bottom: gaps(),
    n: composed.ns,
    provisional: composed.provisional,
    reason: composed.reasons,
    items: composed.items.map(({ used, points, missing, provisional, functions }) => {
      const slopes = gaps()
      const flags = new Uint8Array(count)
      for (let unit = 0; unit < count; unit += 1) {
        flags[unit] = missing[unit]! + (provisional[unit] ? PROVISIONAL : 0)
        if (!missing[unit]) slopes[unit] = functions[groups[unit]!]!.slope(used[unit]!)
      }
      return { used, points, slopes, flags }
    }),
  }
}

function placeUnit(units: ScoredUnits, unit: number, standing: Standing): void {
  units.percentile[unit] = standing.percentile
  units.rank[unit] = standing.rank
  units.rankLow[unit] = standing.rankLow
  units.rankHigh[unit] = standing.rankHigh
  units.groupRank[unit] = standing.groupRank
  units.top[unit] = standing.topProbability
  units.bottom[unit] = standing.bottomProbability
}
