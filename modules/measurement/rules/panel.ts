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

type Column = 'value' | 'numerator' | 'denominator' | 'n' | 'squares' | 'error'
/** What stands in a cell that holds nothing. */
const NOTHING: Readonly<Record<Column, number>> = {
  value: Number.NaN,
  numerator: 0,
  denominator: Number.NaN,
  n: 0,
  squares: 0,
  error: Number.NaN,
}
const columns = Object.keys(NOTHING) as Column[]

export function emptyPanel(
  of: Pick<Panel, 'indicator' | 'subjects' | 'periods' | 'scatter' | 'scale'>,
): Panel & { readonly [column in Column]: Float64Array } {
  const cells = of.subjects.length * of.periods.starts.length
  const filled = (column: Column) => new Float64Array(cells).fill(NOTHING[column])
  return {
    ...of,
    value: filled('value'),
    numerator: filled('numerator'),
    denominator: filled('denominator'),
    n: filled('n'),
    squares: filled('squares'),
    error: filled('error'),
  }
}

export function emptyCell(panel: Panel, cell: number): void {
  for (const column of columns) panel[column][cell] = NOTHING[column]
}
