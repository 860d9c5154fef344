/** The charts beside a series and a comparison. */
import type { FunnelEstimate, FunnelVerdict } from '#stats/funnel/funnel-core'
import { meanFunnel } from '#stats/funnel/mean-funnel'
import { proportionFunnel } from '#stats/funnel/proportion-funnel'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import { individualsChart } from '#stats/charts/individuals-chart'
import { shiftRule } from '#stats/charts/shift-rule'
import type { Comparison, IndicatorDraft, Point, Series } from '../contract.ts'
import type { Measured } from '../contract/point.ts'
import { scaleOf, shapeOf } from './plan/shape.ts'

/** Complete points an individuals chart needs before its limits mean anything. */
const CHART_POINTS_NEEDED = 12
const SHIFT_RUN_LENGTH = 8
/** Points of the curves of a funnel plot. */
const LIMIT_CURVE_POINTS = 60

/** Limits and signals of an ungrouped series; null where there are too few points or they do not move. */
export function chartOf(points: readonly Point[]): Series['chart'] {
  const judged = points.filter((point) => point.complete && point.value !== null && !point.tooFew)
  if (judged.length < CHART_POINTS_NEEDED) return null
  const values = judged.map((point) => point.value!)
  const chart = individualsChart({ values, factor: '2.66', screening: false })
  if (chart.kind === 'cannot') return null
  const outside = chart.outside.map((at) => ({
    periodStart: judged[at]!.periodStart,
    rule: values[at]! > chart.upper ? 'above-limit' : 'below-limit',
  }))
  const shifts = shiftRule({ values, centre: chart.centre, runLength: SHIFT_RUN_LENGTH }).map((shift) => ({
    periodStart: judged[shift.end]!.periodStart,
    rule: `shift-${shift.side}`,
  }))
  const signals = [...outside, ...shifts].toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1))
  const convention = `individuals chart, mean ± 2.66 × mean moving range of all ${judged.length} complete points; shift: ${SHIFT_RUN_LENGTH} on one side`
  return { centre: chart.centre, lower: chart.lower, upper: chart.upper, convention, signals }
}

type Funnel = Pick<Comparison, 'centre' | 'overDispersion' | 'limits'> & {
  /** In the order of the points; null where a unit cannot be judged. */
  readonly verdicts: readonly Comparison['rows'][number]['funnel'][]
}

const verdictNames: Record<Exclude<FunnelVerdict, 'no-data'>, NonNullable<Comparison['rows'][number]['funnel']>> = {
  inside: 'inside',
  'above-95': 'above-95',
  'above-998': 'above-99.8',
  'below-95': 'below-95',
  'below-998': 'below-99.8',
}

/** What is protected has no n. */
const isMeasured = (point: Point): point is Measured => point.n !== null

/** How units of one period compare; kinds without a funnel get none. Points with too few cases are left out. */
export function funnelOf(draft: Pick<IndicatorDraft, 'definition' | 'unit'>, points: readonly Point[]): Funnel {
  const judged = points.map((point) => (isMeasured(point) && point.value !== null && !point.tooFew ? point : null))
  const units = judged.filter((point) => point !== null)
  const estimate =
    shapeOf(draft.definition) === 'proportion'
      ? funnelOfShares(units)
      : shapeOf(draft.definition) === 'mean'
        ? funnelOfMeans(units)
        : null
  if (estimate === null) return { centre: null, overDispersion: 1, limits: [], verdicts: judged.map(() => null) }
  const verdicts = new Map(units.map((point, index) => [point, estimate.funnel.units[index]!.verdict]))
  // Means of points are in the unit already; shares are counted in cases.
  const scale = shapeOf(draft.definition) === 'mean' ? 1 : scaleOf(draft)
  return {
    centre: estimate.funnel.target * scale,
    // Limits are widened by root phi: the factor people see is that of distances, not of variances.
    overDispersion: estimate.funnel.overDispersed ? Math.sqrt(estimate.funnel.phi) : 1,
    limits: curveSizes(units.map((point) => point.n)).map((n) => estimate.limitsAt(n, scale)),
    verdicts: judged.map((point) => {
      const verdict = point && verdicts.get(point)
      return !verdict || verdict === 'no-data' ? null : verdictNames[verdict]
    }),
  }
}

interface Judgement {
  readonly funnel: FunnelEstimate
  readonly limitsAt: (n: number, scale: number) => Comparison['limits'][number]
}

/** The exact limits count whole cases: a share of weighted ones has no funnel. */
function funnelOfShares(points: readonly Measured[]): Judgement | null {
  const whole = points.every(
    ({ numerator, denominator }) =>
      Number.isInteger(numerator) && Number.isInteger(denominator) && numerator >= 0 && numerator <= denominator,
  )
  if (!whole) return null
  const units = points.map((point) => ({ successes: point.numerator, trials: point.denominator }))
  const funnel = proportionFunnel({ units })
  if (funnel.kind === 'cannot') return null
  const spread = Math.sqrt((funnel.overDispersed ? funnel.phi : 1) * funnel.target * (1 - funnel.target))
  return { funnel, limitsAt: (n, scale) => curvePoint(funnel.target, spread, n, scale, { least: 0, most: 1 }) }
}

function funnelOfMeans(points: readonly Measured[]): Judgement | null {
  const cases = points.reduce((sum, point) => sum + point.n, 0)
  // Within units: (n - 1) times each unit's variance, which is n times its squared standard error.
  const squares = points.reduce((sum, point) => sum + (point.n - 1) * point.n * (point.standardError ?? 0) ** 2, 0)
  if (cases <= points.length) return null
  const standardDeviation = Math.sqrt(squares / (cases - points.length))
  const funnel = meanFunnel({
    units: points.map((point) => ({ count: point.n, mean: point.value! })),
    standardDeviation,
  })
  if (funnel.kind === 'cannot') return null
  const spread = standardDeviation * Math.sqrt(funnel.overDispersed ? funnel.phi : 1)
  const open = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }
  return { funnel, limitsAt: (n, scale) => curvePoint(funnel.target, spread, n, scale, open) }
}

const Z95 = normalQuantile(0.025, 'upper')
const Z998 = normalQuantile(0.001, 'upper')

/** The curves are drawn with the normal limits; the verdicts of shares rest on the exact ones where nothing is widened. */
function curvePoint(centre: number, spread: number, n: number, scale: number, bound: { least: number; most: number }) {
  const at = (z: number) => Math.min(bound.most, Math.max(bound.least, centre + (z * spread) / Math.sqrt(n))) * scale
  return { n, low95: at(-Z95), high95: at(Z95), low998: at(-Z998), high998: at(Z998) }
}

/** Sizes from the smallest to the largest unit in equal ratios, so that the steep begin of the funnel is smooth. */
function curveSizes(sizes: readonly number[]): number[] {
  const least = sizes.reduce((low, n) => Math.min(low, n), Number.POSITIVE_INFINITY)
  const most = sizes.reduce((high, n) => Math.max(high, n), 0)
  if (!(least > 0 && most > 0)) return []
  const steps = Array.from({ length: LIMIT_CURVE_POINTS }, (_, step) =>
    Math.round(least * (most / least) ** (step / (LIMIT_CURVE_POINTS - 1))),
  )
  return [...new Set(steps)]
}
