/** What a proof looks at: which observations count, before and after, of the unit and of the units it is compared with. */
import type { ProofMethod } from '#plans/contract'

/** The parts of a frozen design the verdict depends on. */
export interface VerdictDesign {
  readonly method: ProofMethod
  readonly direction: 'higher-is-better' | 'lower-is-better'
  readonly interventionOn: string
  readonly smallestEffect: number
  readonly equivalenceMargin: number
  readonly seasonPeriods: number
  /** Last periods of the baseline that are left out. */
  readonly runUpPeriods: number
  readonly errorRate: number
  /** Of methods that draw. */
  readonly seed: number
}

/** One period of the series: its first and last day, what was measured. */
export interface Observation {
  readonly periodStart: string
  readonly periodEnd: string
  readonly numerator: number
  readonly denominator: number
  readonly n: number
  readonly value: number | null
  /** Proportional to 1 / variance; 1 where the indicator's kind gives none. */
  readonly weight: number
}

export interface Unit {
  readonly key: string
  readonly observations: readonly Observation[]
}

export interface Evidence {
  readonly treated: readonly Observation[]
  /** Periods as those of the treated unit. */
  readonly comparison: readonly Unit[]
}

/** A period that counts; `time` is its place among all periods of the proof. */
export interface UsedPoint {
  readonly time: number
  readonly periodStart: string
  readonly value: number
  readonly weight: number
}

export interface UsedSeries {
  readonly points: readonly UsedPoint[]
  /** Place of the first period after the measure; null when there is none. */
  readonly interventionTime: number | null
  readonly before: number
  readonly after: number
}

/** Periods without value, the one the measure began in the middle of, and the run-up are left out. */
export function usedSeries(
  design: Pick<VerdictDesign, 'interventionOn' | 'runUpPeriods'>,
  observations: readonly Observation[],
): UsedSeries {
  const { interventionOn, runUpPeriods } = design
  const firstAfter = observations.findIndex(({ periodStart }) => periodStart >= interventionOn)
  const baselineEnd = observations.filter(({ periodEnd }) => periodEnd < interventionOn).length - runUpPeriods
  const points = observations.flatMap((observation, time): UsedPoint[] => {
    const { periodStart, value, weight } = observation
    const isAfter = periodStart >= interventionOn
    return value === null || (!isAfter && time >= baselineEnd) ? [] : [{ time, periodStart, value, weight }]
  })
  const after = points.filter(({ periodStart }) => periodStart >= interventionOn).length
  return {
    points,
    interventionTime: firstAfter < 0 ? null : firstAfter,
    before: points.length - after,
    after,
  }
}

/** A comparison unit that lacks more than this share of the periods is left out, rather than shortening everything. */
const MISSING_SHARE_LIMIT = 0.1

export interface Aligned extends UsedSeries {
  readonly interventionTime: number
  readonly comparison: readonly { readonly key: string; readonly points: readonly UsedPoint[] }[]
  readonly leftOut: readonly string[]
}

/** The unit and its comparison at the periods all of them have; null when nothing lies after the measure. */
export function align(design: VerdictDesign, evidence: Evidence): Aligned | null {
  const series = usedSeries(design, evidence.treated)
  const { interventionTime } = series
  if (interventionTime === null) return null
  const others = evidence.comparison.map((unit) => ({
    key: unit.key,
    points: new Map(usedSeries(design, unit.observations).points.map((point) => [point.periodStart, point])),
  }))
  const missing = (points: ReadonlyMap<string, UsedPoint>) =>
    series.points.filter(({ periodStart }) => !points.has(periodStart)).length
  const kept = others.filter(({ points }) => missing(points) <= MISSING_SHARE_LIMIT * series.points.length)
  const points = series.points.filter(({ periodStart }) => kept.every((unit) => unit.points.has(periodStart)))
  const after = points.filter(({ time }) => time >= interventionTime).length
  return {
    points,
    interventionTime,
    before: points.length - after,
    after,
    comparison: kept.map((unit) => ({
      key: unit.key,
      points: points.map(({ periodStart, time }) => ({ ...unit.points.get(periodStart)!, time })),
    })),
    leftOut: others.filter((unit) => !kept.includes(unit)).map(({ key }) => key),
  }
}
