import type { ChartLayout, ChartRefusal, ControlChart } from './chart-contract.ts'
import {
  drawChart,
  markExcluded,
  mean,
  median,
  type PartPlan,
  planParts,
  presentFigures,
  refuse,
} from './chart-parts.ts'

/** 'wheeler': 2.66, 3.268 and 3.145, 3.865; 'rounded-d2': 3 / 1.128, 3.267 and 3 / 0.954, 3.865; 'exact': from the normal law. */
export type XmrConstants = 'wheeler' | 'rounded-d2' | 'exact'

export interface MovingRangePart {
  /** Mean or median of the ranges used. */
  typical: number
  /** Upper limit of the ranges. */
  upper: number
  /** Positions (of the later value) of ranges left out by screening. */
  screened: number[]
}

export type XmrChart = ControlChart & {
  /** Range between each value and the value before it in the same part; null where there is none. */
  movingRanges: (number | null)[]
  rangeParts: MovingRangePart[]
}

export interface XmrInput extends ChartLayout {
  /** In order of time; null is a gap. */
  values: readonly (number | null)[]
  constants: XmrConstants
  /** Whether ranges beyond their upper limit are left out once and the typical range is taken again. */
  screening: boolean
  /** 'mean' (usual) or 'median' of the moving ranges. */
  spread?: 'mean' | 'median'
  /** 'mean' (usual) or 'median' of the values. */
  centre?: 'mean' | 'median'
  /** Over a gap or an excluded value: 'bridged' takes the range between the neighbours that are left, 'dropped' takes none. */
  rangesAcross?: 'bridged' | 'dropped'
  /** Limits locked earlier, for the first part. */
  standard?: { centre: number; sigma: number } | undefined
}

/** d2 and d3 of two values under the normal law, and the median of their range. */
const D2 = 2 / Math.sqrt(Math.PI)
const D3 = Math.sqrt(2 - 4 / Math.PI)
const MEDIAN_RANGE = 0.9538725524

const CONSTANTS: Record<XmrConstants, Record<'mean' | 'median', { perSigma: number; range: number }>> = {
  wheeler: { mean: { perSigma: 3 / 2.66, range: 3.268 }, median: { perSigma: 3 / 3.145, range: 3.865 } },
  'rounded-d2': { mean: { perSigma: 1.128, range: 3.267 }, median: { perSigma: 0.954, range: 3.865 } },
  exact: {
    mean: { perSigma: D2, range: 1 + (3 * D3) / D2 },
    median: { perSigma: MEDIAN_RANGE, range: (D2 + 3 * D3) / MEDIAN_RANGE },
  },
}

/**
 * Individuals and moving range chart (XmR) in parts, with frozen or locked limits, excluded points and medians.
 *
 * When to use: any regular indicator without a natural denominator; re-based parts after a confirmed change.
 * Formula in words: in every part, centre +- 3 sigma; sigma is the mean (or median) moving range of the part's baseline over its expected
 * size for sigma 1. Ranges never reach from one part into the next.
 * Sources: Shewhart (1931); Wheeler (2000), Understanding Variation, and (1993), chapter 3 (medians, factors 3.145 and 3.865); Nelson
 * (1982), Journal of Quality Technology 14:172-173 (screening); Montgomery (2013), section 6.4.
 * Arguments: see `XmrInput`; `baseline` first points of every part set its limits; `standard` locks the limits of the first part.
 * Units: those of the values. Assumes values in order of time with little autocorrelation, otherwise limits are too narrow.
 * Edge cases: a part with fewer than two usable values 'too-few'; without any movement 'constant'; a figure not finite 'not-finite';
 * fewer than 12 baseline points: `trial` (limits may still move). Values on a limit are inside.
 * Errors: RangeError for positions outside the series or a standard that is not finite with sigma above 0.
 * Convention: constants and screening have no default, because published charts differ. Cost: O(n log n).
 */
export function xmrChart(input: XmrInput): XmrChart | ChartRefusal {
  const { values, standard } = input
  if (standard && !(Number.isFinite(standard.centre) && standard.sigma > 0 && Number.isFinite(standard.sigma)))
    throw new RangeError('standard must have a finite centre and a sigma above 0')
  const present = presentFigures(values)
  if ('kind' in present) return present
  if (values.length === 0) return refuse('too-few', 'no values; two are needed')
  const plans = planParts(present, input)
  const ranges = plans.map((plan) => rangesOf(plan, input))
  const limits = []
  for (const [part, plan] of plans.entries()) {
    const locked = part === 0 ? standard : undefined
    if (!locked && plan.baseline.length < 2)
      return refuse(
        'too-few',
        `${plan.baseline.length} usable values from ${plan.start} to ${plan.end}; two are needed`,
      )
    const range = ranges[part]!
    if (!locked && !(range.typical > 0))
      return refuse('constant', `neighbouring values from ${plan.start} to ${plan.end} do not differ`)
    const own = plan.baseline.map((at) => values[at]!)
    const centre = locked?.centre ?? (input.centre === 'median' ? median(own) : mean(own))
    const sigma = locked?.sigma ?? range.typical / CONSTANTS[input.constants][input.spread ?? 'mean'].perSigma
    limits.push({ centre, centreAt: () => centre, sigmaAt: () => sigma })
  }
  const chart = markExcluded(drawChart(values, plans, limits), input.excluded)
  return { ...chart, movingRanges: shownRanges(values, plans, input), rangeParts: ranges }
}

function rangesOf(plan: PartPlan, input: XmrInput): MovingRangePart {
  const spread = input.spread ?? 'mean'
  const steps = plan.baseline.slice(1).map((at, i) => ({ at, from: plan.baseline[i]! }))
  const used = input.rangesAcross === 'dropped' ? steps.filter(({ at, from }) => at - from === 1) : steps
  const sized = used.map(({ at, from }) => ({ at, size: Math.abs(input.values[at]! - input.values[from]!) }))
  const typicalOf = (sizes: number[]): number =>
    sizes.length === 0 ? 0 : spread === 'mean' ? mean(sizes) : median(sizes)
  const factor = CONSTANTS[input.constants][spread].range
  const first = typicalOf(sized.map(({ size }) => size))
  if (!input.screening) return { typical: first, upper: factor * first, screened: [] }
  const typical = typicalOf(sized.filter(({ size }) => size <= factor * first).map(({ size }) => size))
  const screened = sized.filter(({ size }) => size > factor * first).map(({ at }) => at)
  return { typical, upper: factor * typical, screened }
}

function shownRanges(
  values: readonly (number | null)[],
  plans: readonly PartPlan[],
  input: XmrInput,
): (number | null)[] {
  const starts = new Set(plans.map((plan) => plan.start))
  let before: number | null = null
  return values.map((value, at) => {
    if (starts.has(at)) before = null
    if (value === null) {
      if (input.rangesAcross === 'dropped') before = null
      return null
    }
    const range = before === null ? null : Math.abs(value - before)
    before = value
    return range
  })
}
