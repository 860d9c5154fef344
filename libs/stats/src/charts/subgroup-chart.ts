import type { ChartLayout, ChartRefusal, ControlChart } from './chart-contract.ts'
import { drawChart, markExcluded, type PartLimits, type PartPlan, planParts, refuse } from './chart-parts.ts'
import { deviationConstant, rangeConstants } from './spread-constants.ts'

/** One period's cases in figures. `spread` is their standard deviation (divisor n - 1) or their range; it counts from two cases on. */
export interface Subgroup {
  count: number
  mean: number
  spread: number
}

export type SubgroupChart = {
  kind: 'charts'
  /** Means of the subgroups. */
  means: ControlChart
  /** Standard deviations or ranges of the subgroups. */
  spreads: ControlChart
  /** Within-subgroup sigma of each part. */
  sigmas: number[]
}

/**
 * 'unweighted' mean of the unbiased sigmas of the subgroups; 'minimum-variance' their best weighting (Burr 1976); 'pooled' root of the
 * pooled variance over its own c4; 'montgomery' root of the pooled variance over the c4 of each subgroup (equations 6.31, A3).
 */
export type DeviationMethod = 'unweighted' | 'minimum-variance' | 'pooled' | 'montgomery'
export type RangeMethod = 'unweighted' | 'minimum-variance'

interface Spread {
  /** Expected spread and its deviation for sigma 1. */
  constants: (count: number) => { centre: number; sigma: number }
  /** Within sigma, as each subgroup's limits take it. */
  sigma: (groups: readonly Subgroup[]) => (count: number) => number
}

/**
 * Xbar-S chart: means of subgroups judged by the spread within them, and the standard deviations themselves.
 *
 * When to use: several measured cases a period (handling minutes of the day's calls), periods alike; not where days differ for reasons
 * that last (then the means scatter more than the cases explain: use an XmR chart of the means).
 * Formula in words: centre is the mean of all cases; limits of a mean are 3 sigma / root n about it; deviations lie about c4 sigma with
 * 3 sigma root(1 - c4 squared), not below 0.
 * Sources: Montgomery (2013), section 6.3, equations 6.28 to 6.31; Burr (1976), Statistical Quality Control Methods (minimum variance).
 * Arguments: `subgroups` in order of time, null a gap, `spread` the standard deviation; a subgroup of one is plotted but sets no sigma.
 * Units: those of the cases. Edge cases: a part without two cases in any subgroup 'too-few'; without any spread 'constant'; not finite
 * 'not-finite'. Errors: RangeError for counts not whole from 1, negative spreads. Cost: O(n).
 */
export function meanDeviationChart(
  input: { subgroups: readonly (Subgroup | null)[]; method: DeviationMethod } & ChartLayout,
): SubgroupChart | ChartRefusal {
  const constants = (count: number) => {
    const centre = deviationConstant(count)
    return { centre, sigma: Math.sqrt(1 - centre * centre) }
  }
  return subgroupChart(input.subgroups, input, { constants, sigma: deviationSigma(input.method, constants) })
}

/**
 * Xbar-R chart: as `meanDeviationChart`, with ranges.
 *
 * When to use: small subgroups of equal kind, 2 to 25 cases, where ranges are what was written down.
 * Formula in words: sigma is the range over d2; ranges lie about d2 sigma with 3 d3 sigma, not below 0.
 * Sources: Shewhart (1931); Montgomery (2013), section 6.2; Burr (1976) (minimum variance).
 * Units, edge cases and errors: as `meanDeviationChart`, `spread` being the range; RangeError for a subgroup above 25. Cost: O(n).
 */
export function meanRangeChart(
  input: { subgroups: readonly (Subgroup | null)[]; method: RangeMethod } & ChartLayout,
): SubgroupChart | ChartRefusal {
  const constants = (count: number) => {
    const { d2, d3 } = rangeConstants(count)
    return { centre: d2, sigma: d3 }
  }
  return subgroupChart(input.subgroups, input, { constants, sigma: weightedSigma(input.method, constants) })
}

function weightedSigma(method: RangeMethod, constants: Spread['constants']): Spread['sigma'] {
  return (groups) => {
    let sum = 0
    let weights = 0
    for (const { count, spread } of groups) {
      const { centre, sigma } = constants(count)
      const weight = method === 'unweighted' ? 1 : (centre / sigma) ** 2
      sum += (weight * spread) / centre
      weights += weight
    }
    return () => sum / weights
  }
}

function deviationSigma(method: DeviationMethod, constants: Spread['constants']): Spread['sigma'] {
  if (method === 'unweighted' || method === 'minimum-variance') return weightedSigma(method, constants)
  return (groups) => {
    const degrees = groups.reduce((sum, { count }) => sum + count - 1, 0)
    const pooled = Math.sqrt(groups.reduce((sum, { count, spread }) => sum + (count - 1) * spread ** 2, 0) / degrees)
    if (method === 'pooled') return () => pooled / deviationConstant(degrees + 1)
    return (count) => pooled / deviationConstant(Math.max(2, count))
  }
}

function subgroupChart(
  subgroups: readonly (Subgroup | null)[],
  layout: ChartLayout,
  spread: Spread,
): SubgroupChart | ChartRefusal {
  for (const [i, group] of subgroups.entries()) {
    if (!group) continue
    if (!Number.isInteger(group.count) || group.count < 1)
      throw new RangeError(`subgroups[${i}].count must be a whole number from 1, got ${group.count}`)
    if (group.spread < 0) throw new RangeError(`subgroups[${i}].spread must be at least 0`)
    if (!Number.isFinite(group.mean) || (group.count > 1 && !Number.isFinite(group.spread)))
      return refuse('not-finite', `subgroup ${i} holds a figure that is not finite`)
  }
  if (subgroups.length === 0) return refuse('too-few', 'there are no subgroups')
  const plans = planParts(
    subgroups.map((group) => group !== null),
    layout,
  )
  const means: PartLimits[] = []
  const spreads: PartLimits[] = []
  const sigmas: number[] = []
  for (const plan of plans) {
    const found = partSigma(plan, subgroups, spread)
    if ('kind' in found) return found
    const countAt = (at: number): number => subgroups[at]?.count ?? 1
    const sigmaAt = (at: number): number => found.sigma(Math.max(2, countAt(at)))
    sigmas.push(found.sigma(found.typicalCount))
    means.push({
      centre: found.centre,
      centreAt: () => found.centre,
      sigmaAt: (at) => sigmaAt(at) / Math.sqrt(countAt(at)),
    })
    const constantsAt = (at: number) => spread.constants(Math.max(2, countAt(at)))
    spreads.push({
      centre: spread.constants(found.typicalCount).centre * found.sigma(found.typicalCount),
      centreAt: (at) => constantsAt(at).centre * sigmaAt(at),
      sigmaAt: (at) => constantsAt(at).sigma * sigmaAt(at),
    })
  }
  const meanValues = subgroups.map((group) => group?.mean ?? null)
  const spreadValues = subgroups.map((group) => (group && group.count > 1 ? group.spread : null))
  return {
    kind: 'charts',
    means: markExcluded(drawChart(meanValues, plans, means), layout.excluded),
    spreads: markExcluded(drawChart(spreadValues, plans, spreads, { floor: 0 }), layout.excluded),
    sigmas,
  }
}

function partSigma(
  plan: PartPlan,
  subgroups: readonly (Subgroup | null)[],
  spread: Spread,
): { centre: number; sigma: (count: number) => number; typicalCount: number } | ChartRefusal {
  const own = plan.baseline.map((at) => subgroups[at]!)
  const spreading = own.filter((group) => group.count > 1)
  if (spreading.length === 0) return refuse('too-few', `no subgroup of two cases from ${plan.start} to ${plan.end}`)
  const sigma = spread.sigma(spreading)
  if (!(sigma(2) > 0)) return refuse('constant', `no spread within subgroups from ${plan.start} to ${plan.end}`)
  const cases = own.reduce((sum, group) => sum + group.count, 0)
  const centre = own.reduce((sum, group) => sum + group.count * group.mean, 0) / cases
  return { centre, sigma, typicalCount: Math.max(2, Math.round(cases / own.length)) }
}
