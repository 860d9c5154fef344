/** One indicator for many subjects over many periods, as columns of sums: what rules, forecasts and trials on the past look at. */
import type { Indicator } from '../contract/indicators.ts'

export interface PanelPeriods {
  /** First days, rising. */
  readonly starts: readonly string[]
}

/**
 * Cell of a subject and a period: `subject * periods + period`. NaN in `value` where there is none; in `denominator` where the value is no
 * ratio of sums. `numerator` and `denominator` are in events or amounts, `value` and `error` in the indicator's unit.
 */
export interface Panel {
  readonly indicator: Indicator
  /** Numbers of the subjects in the order of the rows; 0: the whole organisation. */
  readonly subjects: readonly number[]
  readonly periods: PanelPeriods
  /** How its values scatter by chance. */
  readonly scatter: 'binomial' | 'poisson' | 'count' | 'normal' | 'unknown'
  /** Value of one whole: 100 for percent. */
  readonly scale: number
  readonly value: Float64Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  readonly n: Float64Array
  /** Sums of squared amounts; only of means. */
  readonly squares: Float64Array
  /** Standard errors where they do not follow from the sums; else NaN. */
  readonly error: Float64Array
}

export function emptyPanel(
  of: Pick<Panel, 'indicator' | 'subjects' | 'periods' | 'scatter' | 'scale'>,
): Panel & { readonly [column in 'value' | 'numerator' | 'denominator' | 'n' | 'squares' | 'error']: Float64Array } {
  const cells = of.subjects.length * of.periods.starts.length
  const filled = (value: number) => new Float64Array(cells).fill(value)
  return {
    ...of,
    value: filled(Number.NaN),
    numerator: filled(0),
    denominator: filled(Number.NaN),
    n: filled(0),
    squares: filled(0),
    error: filled(Number.NaN),
  }
}
