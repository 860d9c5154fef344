import type { ChartLayout, ChartRefusal, ControlChart } from './chart-contract.ts'
import { drawChart, markExcluded, mean, type PartLimits, type PartPlan, planParts, refuse } from './chart-parts.ts'

/** One period: events (or cases with the attribute) and what they are counted on: cases, or units of exposure. */
export interface AttributePeriod {
  events: number
  exposure: number
}

/** Laney's sigma Z of each part; 1 for the plain charts. */
export type AttributeChart = ControlChart & { sigmaZ: number[] }

interface AttributeInput extends ChartLayout {
  /** In order of time; null is a gap. A period without exposure is a gap too. */
  periods: readonly (AttributePeriod | null)[]
  /** Centre locked earlier (share or rate), for the first part. */
  standard?: number | undefined
}

/**
 * p chart: shares of cases with an attribute.
 *
 * When to use: share of answers in time, by week, up to some hundred cases a week; above some thousand use `laneyProportionChart`, because
 * real shares move by more than chance and nearly every point falls outside.
 * Formula in words: centre is all events over all cases of the part; sigma is root(centre (1 - centre) / cases); cut at 0 and 1.
 * Source: Shewhart (1931); Montgomery (2013), section 7.2, equation 7.8.
 * Units: shares in [0, 1]. Edge cases: a part with fewer than two periods 'too-few'; no cases at all 'no-exposure'; centre 0 'all-zero',
 * centre 1 'constant'; not finite 'not-finite'. Errors: RangeError for events not whole, negative or above the cases, cases not whole.
 * Convention: limits of each period by its own number of cases, not by an average one. Cost: O(n).
 */
export function proportionChart(input: AttributeInput): AttributeChart | ChartRefusal {
  return attributeChart(input, 'share', 1, 'plain')
}

/**
 * np chart: numbers of cases with an attribute, when the cases per period hardly change.
 *
 * Formula in words: the p chart times the number of cases of each period. Source: Montgomery (2013), section 7.2.2, equation 7.13.
 * Units: cases. Edge cases, errors and cost: as `proportionChart`.
 */
export function numberChart(input: AttributeInput): AttributeChart | ChartRefusal {
  return attributeChart(input, 'share', 'exposure', 'plain')
}

/**
 * c chart: counts of events in periods of equal exposure.
 *
 * Formula in words: centre is the mean count, sigma its root; cut at 0.
 * Source: Shewhart (1931); Montgomery (2013), section 7.3.1, equation 7.17.
 * Arguments: `counts` in order of time, null a gap. Units: events. Edge cases: no events at all 'all-zero'; a part with fewer than two
 * counts 'too-few'. Errors: RangeError for counts not whole or negative. Cost: O(n).
 */
export function countChart(
  input: { counts: readonly (number | null)[]; standard?: number | undefined } & ChartLayout,
): AttributeChart | ChartRefusal {
  const periods = input.counts.map((events) => (events === null ? null : { events, exposure: 1 }))
  return attributeChart({ ...input, periods }, 'rate', 1, 'plain')
}

/**
 * u chart: events per unit of exposure (complaints per thousand visits).
 *
 * Formula in words: centre is all events over all exposure of the part; sigma is root(centre / exposure); cut at 0.
 * Source: Montgomery (2013), section 7.3.1, equation 7.19. Units: events per unit of exposure; exposure above 0, need not be whole.
 * Edge cases and errors: as `countChart`; no exposure at all 'no-exposure'. Cost: O(n).
 */
export function rateChart(input: AttributeInput): AttributeChart | ChartRefusal {
  return attributeChart(input, 'rate', 1, 'plain')
}

/**
 * Laney's p' chart: shares of large numbers of cases, whose true share moves from period to period.
 *
 * When to use: by default for shares of some thousand cases and more.
 * Formula in words: the sigma of the p chart times sigma Z, which is the mean moving range of the p chart's z values over 1.128.
 * Source: Laney (2002), Quality Engineering 14:531-537. Edge cases: z values without movement 'constant'; else as `proportionChart`.
 * Convention: d2 is 1.128 as published; ranges over gaps and excluded periods are bridged, not over parts; sigma Z below 1 is applied
 * too, so that under-dispersed shares get narrower limits. Cost: O(n).
 */
export function laneyProportionChart(input: AttributeInput): AttributeChart | ChartRefusal {
  return attributeChart(input, 'share', 1, 'laney')
}

/**
 * Laney's u' chart: rates of large numbers of events, whose true rate moves from period to period.
 *
 * Formula in words: the sigma of the u chart times sigma Z, as in `laneyProportionChart`.
 * Source: Laney (2002), Quality Engineering 14:531-537. Edge cases, convention and cost: as there.
 */
export function laneyRateChart(input: AttributeInput): AttributeChart | ChartRefusal {
  return attributeChart(input, 'rate', 1, 'laney')
}

/** d2 of two values as rounded in Laney (2002). */
const LANEY_D2 = 1.128

function attributeChart(
  input: AttributeInput,
  family: 'share' | 'rate',
  unit: 1 | 'exposure',
  method: 'plain' | 'laney',
): AttributeChart | ChartRefusal {
  const broken = checkPeriods(input, family)
  if (broken) return broken
  const periods = input.periods.map((period) => (period && period.exposure > 0 ? period : null))
  if (!periods.some(Boolean))
    return periods.length === 0
      ? refuse('too-few', 'there are no periods')
      : refuse('no-exposure', 'no period has exposure')
  const plans = planParts(
    periods.map((period) => period !== null),
    input,
  )
  const limits: PartLimits[] = []
  const sigmaZ: number[] = []
  for (const [part, plan] of plans.entries()) {
    const centre = partCentre(plan, periods, part === 0 ? input.standard : undefined, family)
    if (typeof centre === 'object') return centre
    const spread = (at: number): number => {
      const { exposure } = periods[at] ?? { exposure: 1 }
      return Math.sqrt((family === 'share' ? centre * (1 - centre) : centre) / exposure)
    }
    const factor = method === 'plain' ? 1 : laneyFactor(plan, periods, centre, spread)
    if (!(factor > 0)) return refuse('constant', `z values from ${plan.start} to ${plan.end} do not move`)
    sigmaZ.push(factor)
    const scaleAt = (at: number): number => (unit === 1 ? 1 : (periods[at]?.exposure ?? 1))
    limits.push({
      centre,
      centreAt: (at) => centre * scaleAt(at),
      sigmaAt: (at) => factor * spread(at) * scaleAt(at),
    })
  }
  const values = periods.map((period) => (period ? period.events / (unit === 1 ? period.exposure : 1) : null))
  const bounds = family === 'share' && unit === 1 ? { floor: 0, ceiling: 1 } : { floor: 0 }
  return { ...markExcluded(drawChart(values, plans, limits, bounds), input.excluded), sigmaZ }
}

function partCentre(
  plan: PartPlan,
  periods: readonly (AttributePeriod | null)[],
  standard: number | undefined,
  family: 'share' | 'rate',
): number | ChartRefusal {
  if (standard !== undefined) return standard
  const where = `from ${plan.start} to ${plan.end}`
  if (plan.baseline.length < 2)
    return refuse('too-few', `${plan.baseline.length} usable periods ${where}; two are needed`)
  const own = plan.baseline.map((at) => periods[at]!)
  const events = own.reduce((sum, period) => sum + period.events, 0)
  const exposure = own.reduce((sum, period) => sum + period.exposure, 0)
  if (events === 0) return refuse('all-zero', `no events ${where}: a share or rate of 0 has no limits`)
  if (family === 'share' && events === exposure) return refuse('constant', `every case ${where} has the attribute`)
  return events / exposure
}

function laneyFactor(
  plan: PartPlan,
  periods: readonly (AttributePeriod | null)[],
  centre: number,
  spread: (at: number) => number,
): number {
  const z = plan.baseline.map((at) => (periods[at]!.events / periods[at]!.exposure - centre) / spread(at))
  return z.length < 2 ? 0 : mean(z.slice(1).map((value, i) => Math.abs(value - z[i]!))) / LANEY_D2
}

function checkPeriods(input: AttributeInput, family: 'share' | 'rate'): ChartRefusal | null {
  const { standard } = input
  if (standard !== undefined && !(standard > 0 && standard < (family === 'share' ? 1 : Number.POSITIVE_INFINITY)))
    throw new RangeError(`standard must lie above 0${family === 'share' ? ' and below 1' : ''}, got ${standard}`)
  for (const [i, period] of input.periods.entries()) {
    if (!period) continue
    const { events, exposure } = period
    if (!Number.isFinite(events) || !Number.isFinite(exposure))
      return refuse('not-finite', `period ${i} holds a figure that is not finite`)
    if (!Number.isInteger(events) || events < 0)
      throw new RangeError(`periods[${i}].events must be a whole number from 0, got ${events}`)
    if (exposure < 0) throw new RangeError(`periods[${i}].exposure must be at least 0, got ${exposure}`)
    if (family === 'share' && (!Number.isInteger(exposure) || events > exposure))
      throw new RangeError(`periods[${i}] must hold whole cases, no fewer than its events`)
    if (exposure === 0 && events > 0) throw new RangeError(`periods[${i}] has events without exposure`)
  }
  return null
}
