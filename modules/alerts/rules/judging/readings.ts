/** What an alert shows of the value it was raised for. */
import { meanInterval } from '#stats/intervals/mean-interval'
import { poissonRateInterval } from '#stats/intervals/poisson-rate-interval'
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import { addPeriods } from '#platform/periods'
import type { Reading, RuleDraft } from '../../contract.ts'
import { colourOf, levelsOf } from '../levels.ts'
import { cellAt, figuresAt, type Panel, standardErrorOf } from './panel.ts'
import type { Verdicts } from './verdicts.ts'

const Z_95 = 1.959963984540054
const orNull = (value: number) => (Number.isFinite(value) ? value : null)

export function readingOf(
  rule: Pick<RuleDraft, 'condition' | 'grain'>,
  panel: Panel,
  verdicts: Verdicts,
  { unit, place }: { readonly unit: number; readonly place: number },
): Reading {
  const colour = colourOf(verdicts.severity[unit]!)!
  const cell = cellAt(panel, unit, place)
  const periodStart = panel.periods.starts[place]!
  const ahead = verdicts.expectedIn.get(unit)
  return {
    periodStart,
    value: panel.value[cell]!,
    n: panel.n[cell]!,
    ...intervalOf(panel, cell),
    baseline: orNull(verdicts.baseline[unit]!),
    level: levelsOf(rule.condition)?.[colour] ?? 0,
    colour,
    measured: orNull(verdicts.measured[unit]!),
    pValue: orNull(verdicts.pValue[unit]!),
    because: verdicts.because.get(unit) ?? [],
    expectedIn: ahead === undefined ? null : addPeriods(periodStart, rule.grain, ahead),
  }
}

/** 95 %: Wilson for shares, Garwood for counts and rates, Student's t for means, else from the error; null: unknown. */
export function intervalOf(panel: Panel, cell: number): { low: number | null; high: number | null } {
  const figures = figuresAt(panel, cell)
  const { numerator, denominator, n, value } = figures
  const { scatter, scale } = panel
  const counted = Number.isInteger(numerator) && numerator >= 0
  const scaled = (result: { kind: string; lower?: number; upper?: number }) =>
    result.kind === 'cannot'
      ? { low: null, high: null }
      : { low: orNull(result.lower! * scale), high: orNull(result.upper! * scale) }
  if (scatter === 'binomial' && counted && Number.isInteger(denominator) && denominator > 0 && numerator <= denominator)
    return scaled(wilsonInterval({ successes: numerator, trials: denominator }))
  if ((scatter === 'count' || scatter === 'poisson') && counted && (scatter === 'count' || denominator > 0))
    return scaled(poissonRateInterval({ events: numerator, exposure: scatter === 'count' ? 1 : denominator }))
  const error = standardErrorOf(panel, figures)
  if (scatter === 'normal' && n >= 2 && Number.isInteger(n) && Number.isNaN(figures.error)) {
    const deviation = (error / scale) * Math.sqrt(n)
    return scaled(meanInterval({ count: n, mean: value / scale, standardDeviation: deviation }))
  }
  return Number.isNaN(error) ? { low: null, high: null } : { low: value - Z_95 * error, high: value + Z_95 * error }
}
