import type { ChartLayout, ChartPoint, ChartRefusal, ControlChart } from './chart-contract.ts'
import { TRIAL_POINTS } from './chart-contract.ts'

/** Distances that differ by less than this share of sigma are taken as equal: rounding, not variation. */
export const SIGMA_ROUNDING = 1e-9

/** A part before its limits are known. */
export interface PartPlan {
  start: number
  end: number
  /** Positions whose figures set the limits. */
  baseline: number[]
}

/** What limits a part has: centre and sigma of each of its positions on the scale of the limits. */
export interface PartLimits {
  centre: number
  centreAt: (position: number) => number
  sigmaAt: (position: number) => number
}

/**
 * Cuts a series into parts and names the points that set the limits of each.
 *
 * Source: Perla, Provost and Murray (2011), BMJ Quality and Safety 20:46-51 (frozen limits, re-basing at a known change).
 * Errors: RangeError for parts not ascending inside the series, excluded positions outside it, a baseline that is not a positive whole
 * number. Cost: O(n).
 */
export function planParts(present: readonly boolean[], layout: ChartLayout): PartPlan[] {
  const { parts = [], excluded = [], baseline = Number.POSITIVE_INFINITY } = layout
  const count = present.length
  parts.forEach((start, i) => {
    if (!Number.isInteger(start) || start <= (parts[i - 1] ?? 0) || start >= count)
      throw new RangeError(`parts[${i}] must be a position inside the series, above the one before, got ${start}`)
  })
  for (const position of excluded) {
    if (!Number.isInteger(position) || position < 0 || position >= count)
      throw new RangeError(`excluded must hold positions from 0 to ${count - 1}, got ${position}`)
  }
  if (baseline !== Number.POSITIVE_INFINITY && (!Number.isInteger(baseline) || baseline < 1))
    throw new RangeError(`baseline must be a positive whole number, got ${baseline}`)
  const left = new Set(excluded)
  const starts = [0, ...parts]
  return starts.map((start, i) => {
    const end = (starts[i + 1] ?? count) - 1
    const positions: number[] = []
    for (let at = start; at <= end && at < start + baseline; at++) if (present[at] && !left.has(at)) positions.push(at)
    return { start, end, baseline: positions }
  })
}

/** Which positions hold a figure, or the refusal of a figure that is not finite. O(n). */
export function presentFigures(values: readonly (number | null)[]): boolean[] | ChartRefusal {
  const broken = values.findIndex((value) => value !== null && !Number.isFinite(value))
  if (broken >= 0) return refuse('not-finite', `value ${broken} is not a finite number`)
  return values.map((value) => value !== null)
}

/** A refusal that data, not the caller, are to blame for. */
export const refuse = (because: ChartRefusal['because'], detail: string): ChartRefusal => ({
  kind: 'cannot',
  because,
  detail,
})

/** The scale on which limits are straight, and the bounds the statistic cannot pass. */
export interface ChartScale {
  /** From the statistic to the scale of the limits and back; default the same. */
  onto?: (value: number) => number
  back?: (scaled: number) => number
  floor?: number
  ceiling?: number
  /** Distance of the limits in sigmas; default 3. */
  width?: number
}

/**
 * Puts points and limits together.
 *
 * Source: Shewhart (1931), Economic Control of Quality of Manufactured Product: centre and three-sigma limits.
 * Cost: O(n).
 */
export function drawChart(
  values: readonly (number | null)[],
  plans: readonly PartPlan[],
  limits: readonly PartLimits[],
  scale: ChartScale = {},
): ControlChart {
  const points = plans.flatMap((plan, part) => {
    const own = new Set(plan.baseline)
    return values.slice(plan.start, plan.end + 1).map((value, offset): ChartPoint => {
      const position = plan.start + offset
      const role = value === null ? 'gap' : own.has(position) ? 'baseline' : 'judged'
      const { centreAt, sigmaAt } = limits[part]!
      return { ...drawPoint(value, centreAt(position), sigmaAt(position), scale), part, role }
    })
  })
  const parts = plans.map(({ start, end, baseline }, part) => ({
    start,
    end,
    baselineCount: baseline.length,
    centre: limits[part]!.centre,
    trial: baseline.length < TRIAL_POINTS,
  }))
  return { kind: 'chart', points, parts, outside: points.flatMap((point, i) => (point.beyond ? [i] : [])) }
}

/** Points that were excluded by name keep that role. */
export function markExcluded(chart: ControlChart, excluded: readonly number[] | undefined): ControlChart {
  for (const position of excluded ?? []) {
    const point = chart.points[position]!
    if (point.role !== 'gap') point.role = 'excluded'
  }
  return chart
}

function drawPoint(
  value: number | null,
  centre: number,
  sigma: number,
  scale: ChartScale,
): Omit<ChartPoint, 'part' | 'role'> {
  const { onto = same, back = same, floor = Number.NEGATIVE_INFINITY, ceiling = Number.POSITIVE_INFINITY } = scale
  const width = scale.width ?? 3
  const line = (distance: number): number => Math.min(ceiling, Math.max(floor, back(centre + distance * sigma)))
  const away = value === null ? null : onto(value) - centre
  const z = away === null ? null : sigma > 0 ? away / sigma : null
  const reach = width * sigma * (1 + SIGMA_ROUNDING) + (sigma === 0 ? SIGMA_ROUNDING * Math.abs(centre) : 0)
  return {
    value,
    centre: back(centre),
    lower: line(-width),
    upper: line(width),
    oneSigma: { lower: line(-1), upper: line(1) },
    twoSigma: { lower: line(-2), upper: line(2) },
    z,
    beyond: away === null ? null : away > reach ? 'above' : away < -reach ? 'below' : null,
  }
}

function same(value: number): number {
  return value
}

/** Arithmetic mean; NaN of nothing. O(n). */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Middle value, or the mean of the middle two; NaN of nothing. O(n log n). */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
