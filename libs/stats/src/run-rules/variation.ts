import type { ChartPoint } from '../charts/chart-contract.ts'
import type { RunRulesResult } from './run-rules.ts'

/** Which way is good. */
export type ImprovementDirection = 'higher' | 'lower' | 'neutral'

export type VariationKind =
  | 'common-cause'
  | 'improvement-high'
  | 'improvement-low'
  | 'concern-high'
  | 'concern-low'
  | 'neutral-high'
  | 'neutral-low'

/**
 * Kind of variation of every point, and of the latest one, which gives a chart its icon.
 *
 * When to use: after `runRules`, to say "better", "worse" or "only noise" to people who do not read charts.
 * Formula in words: a flagged point above the centre is high, below it low; high is an improvement when higher is better, else a concern.
 * Source: NHS England (2019), Making Data Count: variation icons.
 * Arguments: `trendSide` 'centre' takes the side of the centre also for points a trend flagged, as the NHS does; 'direction' takes the way
 * the trend goes (a rising trend below the centre is high). Only points whose label is a trend are touched by it.
 * Edge cases: no points, latest null; a gap is null; a flagged point on the centre takes the side of its signal, else 'common-cause'.
 * Cost: O(points times signals).
 */
export function variationOf(input: {
  points: readonly ChartPoint[]
  rules: RunRulesResult
  direction: ImprovementDirection
  trendSide: 'centre' | 'direction'
}): { points: (VariationKind | null)[]; latest: VariationKind | null } {
  const { points, rules, direction, trendSide } = input
  const kinds = points.map((point, at): VariationKind | null => {
    if (point.value === null) return null
    const label = rules.labels[at]
    if (!label) return 'common-cause'
    const signal = rules.signals.find(({ rule, positions }) => rule === label && positions.includes(at))
    const ofCentre = point.value === point.centre ? null : point.value > point.centre ? 'above' : 'below'
    const byTrend = trendSide === 'direction' && label.endsWith('trend')
    const side = (byTrend ? signal?.side : ofCentre) ?? signal?.side
    if (!side) return 'common-cause'
    const height = side === 'above' ? 'high' : 'low'
    if (direction === 'neutral') return `neutral-${height}`
    return (direction === 'higher') === (side === 'above') ? `improvement-${height}` : `concern-${height}`
  })
  return { points: kinds, latest: kinds.findLast((kind) => kind !== null) ?? null }
}

export type Assurance = 'consistently-passes' | 'consistently-fails' | 'hit-or-miss'

/**
 * Whether a process will meet its target if nothing changes.
 *
 * Formula in words: the target against the limits of the latest point; outside them on the good side of the process the target is always
 * missed, on the bad side always met; between or on them it is met by chance.
 * Source: NHS England (2019), Making Data Count: assurance icons; a target on a limit is hit or miss.
 * Edge cases: null without a direction ('neutral') or without points. Errors: RangeError for a target that is not finite. Cost: O(1).
 */
export function assuranceOf(input: {
  points: readonly Pick<ChartPoint, 'lower' | 'upper'>[]
  target: number
  direction: ImprovementDirection
}): Assurance | null {
  const { points, target, direction } = input
  if (!Number.isFinite(target)) throw new RangeError(`target must be finite, got ${target}`)
  const last = points.at(-1)
  if (!last || direction === 'neutral') return null
  if (target >= last.lower && target <= last.upper) return 'hit-or-miss'
  return target < last.lower === (direction === 'higher') ? 'consistently-passes' : 'consistently-fails'
}
