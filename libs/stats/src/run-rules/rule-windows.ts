import type { Rule } from './rule-sets.ts'

export type Side = 'above' | 'below'

/** A point as rules see it. */
export interface JudgedPoint {
  /** Where it stands in the series. */
  position: number
  value: number
  /** Sigmas from the centre; a value within rounding of the centre or a line counts as on it. */
  z: number
  beyond: Side | null
}

/** Points that together meet a rule; `hits` are the ones that carry it, in order. */
export interface Window {
  hits: number[]
  side: Side | null
}

const ROUNDING = 1e-9
const sideOf = (z: number): Side | null => (z > ROUNDING ? 'above' : z < -ROUNDING ? 'below' : null)

/**
 * Every full window of a stretch of neighbouring points that meets a rule.
 *
 * Source: the rules of Western Electric (1956) and Nelson (1984), see `RULE_SETS`. Convention: a window must be full, so "two of three"
 * cannot be met before the third point of a stretch. Cost: O(points times window).
 */
export function windowsOf(rule: Rule, stretch: readonly JudgedPoint[]): Window[] {
  const length = windowLength(rule)
  const found: Window[] = []
  for (let end = length; end <= stretch.length; end++) {
    const window = meets(rule, stretch.slice(end - length, end))
    if (window) found.push(window)
  }
  return found
}

function windowLength(rule: Rule): number {
  if (rule.kind === 'beyond') return 1
  return rule.kind === 'zone' ? rule.window : rule.points
}

function meets(rule: Rule, points: readonly JudgedPoint[]): Window | null {
  if (rule.kind === 'zone') return zoneWindow(rule, points)
  const all = points.map(({ position }) => position)
  const first = points[0]!
  if (rule.kind === 'beyond') return first.beyond ? { hits: all, side: first.beyond } : null
  if (rule.kind === 'side') {
    const side = sideOf(first.z)
    return side && points.every(({ z }) => sideOf(z) === side) ? { hits: all, side } : null
  }
  if (rule.kind === 'hugging') {
    return points.every(({ z }) => Math.abs(z) < rule.sigmas - ROUNDING) ? { hits: all, side: null } : null
  }
  if (rule.kind === 'mixture') {
    const far = points.every(({ z }) => Math.abs(z) > rule.sigmas + ROUNDING)
    return far && new Set(points.map(({ z }) => sideOf(z))).size === 2 ? { hits: all, side: null } : null
  }
  const steps = points.slice(1).map(({ value }, i) => Math.sign(value - points[i]!.value))
  if (rule.kind === 'trend') {
    const way = steps[0]!
    return way !== 0 && steps.every((step) => step === way) ? { hits: all, side: way > 0 ? 'above' : 'below' } : null
  }
  const turns = steps[0] !== 0 && steps.every((step, i) => i === 0 || step === -steps[i - 1]!)
  return turns ? { hits: all, side: null } : null
}

function zoneWindow(rule: Extract<Rule, { kind: 'zone' }>, points: readonly JudgedPoint[]): Window | null {
  for (const side of ['above', 'below'] as const) {
    const outward = ({ z }: JudgedPoint): number => (side === 'above' ? z : -z)
    const hits = points.filter((point) => outward(point) > rule.sigmas + ROUNDING && !(rule.inLimits && point.beyond))
    if (hits.length < rule.hits) continue
    if (rule.sameSide && !points.every(({ z }) => sideOf(z) === side)) continue
    return { hits: hits.map(({ position }) => position), side }
  }
  return null
}
