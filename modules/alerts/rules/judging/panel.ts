/** What rules look at: sums of one indicator for units and periods, and several cells taken as one. */

/** As `measurement` fills it; cell of a unit and a period: `unit * periods + period`. */
export interface Panel {
  readonly periods: { readonly starts: readonly string[] }
  readonly subjects: readonly number[]
  readonly scatter: 'binomial' | 'poisson' | 'count' | 'normal' | 'unknown'
  readonly scale: number
  readonly value: Float64Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  readonly n: Float64Array
  readonly squares: Float64Array
  readonly error: Float64Array
}

/** One cell or several as one; in events and amounts, `value` and `error` in the indicator's unit. */
export interface Figures {
  readonly value: number
  readonly numerator: number
  readonly denominator: number
  readonly n: number
  readonly squares: number
  /** NaN: unknown, or to be found from the sums. */
  readonly error: number
  /** How many periods it covers: the exposure of plain counts. */
  readonly periods: number
}

export const cellAt = (panel: Panel, unit: number, place: number): number => unit * panel.periods.starts.length + place

export function figuresAt(panel: Panel, cell: number): Figures {
  return {
    value: panel.value[cell]!,
    numerator: panel.numerator[cell]!,
    denominator: panel.denominator[cell]!,
    n: panel.n[cell]!,
    squares: panel.squares[cell]!,
    error: panel.error[cell]!,
    periods: 1,
  }
}

/**
 * Cells as one: the ratio of sums, for plain counts the mean of a period, for values that are no ratio the mean weighted by cases. Null
 * where none has a value.
 */
export function pooledFigures(panel: Panel, cells: readonly number[]): Figures | null {
  const known = cells.filter((cell) => !Number.isNaN(panel.value[cell]!))
  if (known.length === 0) return null
  if (known.length === 1) return figuresAt(panel, known[0]!)
  const sum = (column: Float64Array) => known.reduce((all, cell) => all + column[cell]!, 0)
  const [numerator, n, squares] = [sum(panel.numerator), sum(panel.n), sum(panel.squares)]
  const periods = known.length
  if (panel.scatter === 'count')
    return {
      value: (numerator / periods) * panel.scale,
      numerator,
      denominator: periods,
      n,
      squares,
      error: Number.NaN,
      periods,
    }
  const ratio = panel.scatter !== 'unknown' && !Number.isNaN(panel.denominator[known[0]!]!)
  if (ratio) {
    const denominator = sum(panel.denominator)
    if (denominator === 0) return null
    return {
      value: (numerator / denominator) * panel.scale,
      numerator,
      denominator,
      n,
      squares,
      error: Number.NaN,
      periods,
    }
  }
  const weight = (cell: number) => Math.max(panel.n[cell]!, Number.MIN_VALUE)
  const all = known.reduce((total, cell) => total + weight(cell), 0)
  const value = known.reduce((total, cell) => total + weight(cell) * panel.value[cell]!, 0) / all
  const variance = known.reduce((total, cell) => total + (weight(cell) * panel.error[cell]!) ** 2, 0)
  return { value, numerator, denominator: Number.NaN, n, squares, error: Math.sqrt(variance) / all, periods }
}

/** Standard error in the indicator's unit: as given, else from the sums. NaN where it cannot be told. */
export function standardErrorOf({ scatter, scale }: Pick<Panel, 'scatter' | 'scale'>, figures: Figures): number {
  const { numerator, denominator, n, squares, error } = figures
  if (!Number.isNaN(error)) return error
  switch (scatter) {
    case 'binomial': {
      const share = numerator / denominator
      return Math.sqrt((share * (1 - share)) / denominator) * scale
    }
    case 'poisson':
      return (Math.sqrt(Math.max(1, numerator)) / denominator) * scale
    case 'count':
      return (Math.sqrt(Math.max(1, numerator)) / figures.periods) * scale
    case 'normal': {
      if (n < 2) return Number.NaN
      const mean = numerator / denominator
      return Math.sqrt(Math.max(0, squares - n * mean * mean) / (n - 1) / n) * scale
    }
    case 'unknown':
      return Number.NaN
  }
}
