/** What a rule says of every unit in one period, as columns: a million units are judged at once. */
export interface Verdicts {
  /** 0: nothing, 1: yellow, 2: orange, 3: red. */
  readonly severity: Uint8Array
  /** 1: there was something to judge; 0: no value, or too few cases. */
  readonly known: Uint8Array
  /** What was compared with the level, in the unit the condition states it in; NaN: nothing. */
  readonly measured: Float64Array
  readonly baseline: Float64Array
  /** One-sided probability by chance alone; NaN: not tested. */
  readonly pValue: Float64Array
  /** Only for units that have something to say. */
  readonly because: Map<number, string[]>
  /** Periods from now in which a forecast expects it. */
  readonly expectedIn: Map<number, number>
}

export const newVerdicts = (units: number): Verdicts => ({
  severity: new Uint8Array(units),
  known: new Uint8Array(units),
  measured: new Float64Array(units).fill(Number.NaN),
  baseline: new Float64Array(units).fill(Number.NaN),
  pValue: new Float64Array(units).fill(Number.NaN),
  because: new Map(),
  expectedIn: new Map(),
})
