import type { ChartLayout, ChartPoint, ChartRefusal, ControlChart } from './chart-contract.ts'
import { drawChart, markExcluded, mean, type PartLimits, planParts, presentFigures, refuse } from './chart-parts.ts'
import { xmrChart, type XmrConstants } from './xmr-chart.ts'

/** Nelson (1994): a Weibull variable of this power is nearly normal when the times are exponential. */
const NELSON_POWER = 1 / 3.6
/** Median of a geometric variable in units of its mean, rounded as published by Provost and Murray (2011), page 228. */
const MEDIAN_OF_MEAN = 0.693
/** Two-sided chance of a normal value beyond three sigma. */
const THREE_SIGMA_CHANCE = 0.0026997960632601866

/**
 * g chart: numbers of cases between rare events (visits between two serious complaints).
 *
 * When to use: fewer than about one event in a hundred cases, when a p chart would hold mostly zeros. More cases between is better.
 * Formula in words: cases between events are geometric with mean g; 'three-sigma' limits are g +- 3 root(g (g + 1)), cut at 0, so that
 * there is hardly ever a lower one; 'probability' limits are the geometric quantiles that leave 0.135 % on each side.
 * Sources: Benneyan (2001), Health Care Management Science 4:305-318; Provost and Murray (2011), The Health Care Data Guide, page 228
 * (centre line at 0.693 g, so that the run rules hold).
 * Arguments: `between` whole numbers from 0 in order, null a gap; `centreLine` 'mean' or 'median-0.693' moves the drawn centre only.
 * Units: cases. Edge cases: fewer than two figures in a part 'too-few'; all zero 'all-zero'; not finite 'not-finite'.
 * Errors: RangeError for figures negative or not whole. Convention: g counts the cases strictly between events; add none. Cost: O(n).
 */
export function casesBetweenChart(
  input: {
    between: readonly (number | null)[]
    limits: 'three-sigma' | 'probability'
    centreLine: 'mean' | 'median-0.693'
  } & ChartLayout,
): ControlChart | ChartRefusal {
  const { between } = input
  const present = presentFigures(between)
  if ('kind' in present) return present
  between.forEach((value, i) => {
    if (value !== null && (!Number.isInteger(value) || value < 0))
      throw new RangeError(`between[${i}] must be a whole number from 0, got ${value}`)
  })
  if (between.length === 0) return refuse('too-few', 'there are no figures')
  const plans = planParts(present, input)
  const limits: PartLimits[] = []
  for (const { baseline, start, end } of plans) {
    if (baseline.length < 2) return refuse('too-few', `${baseline.length} usable figures from ${start} to ${end}`)
    const typical = mean(baseline.map((at) => between[at]!))
    if (typical === 0) return refuse('all-zero', `all figures from ${start} to ${end} are 0`)
    limits.push({ centre: typical, centreAt: () => typical, sigmaAt: () => Math.sqrt(typical * (typical + 1)) })
  }
  const chart = markExcluded(drawChart(between, plans, limits, { floor: 0 }), input.excluded)
  const share = input.centreLine === 'mean' ? 1 : MEDIAN_OF_MEAN
  for (const point of chart.points) {
    const typical = point.centre
    if (input.limits === 'probability') useGeometricLimits(point, typical)
    point.centre = share * typical
    if (point.value !== null) point.z = (point.value - point.centre) / Math.sqrt(typical * (typical + 1))
  }
  const parts = chart.parts.map((part) => ({ ...part, centre: share * part.centre }))
  return { ...chart, parts, outside: chart.points.flatMap((point, i) => (point.beyond ? [i] : [])) }
}

/** P(G >= k) = q to the power k, with q = typical / (1 + typical), G from 0. */
function useGeometricLimits(point: ChartPoint, typical: number): void {
  const logQ = Math.log(typical) - Math.log1p(typical)
  // The least k with P(G <= k) above the tail, and the greatest with P(G >= k) above it: both still inside.
  point.lower = Math.floor(Math.log1p(-THREE_SIGMA_CHANCE / 2) / logQ)
  point.upper = Math.ceil(Math.log(THREE_SIGMA_CHANCE / 2) / logQ) - 1
  if (point.value === null) return
  point.beyond = point.value > point.upper ? 'above' : point.value < point.lower ? 'below' : null
}

/**
 * t chart: times between rare events.
 *
 * When to use: as the g chart, when time rather than cases passes between events (days between two safety events).
 * Formula in words: times to the power 1 / 3.6 are nearly normal; an individuals chart of them, its lines raised to the power 3.6.
 * Source: Nelson (1994), Journal of Quality Technology 26:7-12 and 238 (exponent 0.2777).
 * Arguments: `times` >= 0 in order, null a gap; the rest as `xmrChart`.
 * Units: those of the times. Edge cases: as `xmrChart`; a time of 0 is kept as 0 (events on the same day: note hours instead).
 * Errors: RangeError for negative times. Convention: a transformed lower limit below 0 is drawn at 0. Cost: O(n log n).
 */
export function timeBetweenChart(
  input: { times: readonly (number | null)[]; constants: XmrConstants; screening: boolean } & ChartLayout,
): ControlChart | ChartRefusal {
  const { times, ...rest } = input
  times.forEach((time, i) => {
    if (time !== null && time < 0) throw new RangeError(`times[${i}] must be at least 0, got ${time}`)
  })
  const chart = xmrChart({ ...rest, values: times.map((time) => (time === null ? null : time ** NELSON_POWER)) })
  if (chart.kind === 'cannot') return chart
  const back = (scaled: number): number => Math.max(0, scaled) ** (1 / NELSON_POWER)
  const pair = ({ lower, upper }: { lower: number; upper: number }) => ({ lower: back(lower), upper: back(upper) })
  const points = chart.points.map((point, i) => ({
    ...point,
    value: times[i]!,
    centre: back(point.centre),
    ...pair(point),
    oneSigma: pair(point.oneSigma),
    twoSigma: pair(point.twoSigma),
  }))
  const parts = chart.parts.map((part) => ({ ...part, centre: back(part.centre) }))
  return { kind: 'chart', points, parts, outside: chart.outside }
}
