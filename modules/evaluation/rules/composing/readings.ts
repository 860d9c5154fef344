/** What was measured, as columns: one entry for each unit, NaN where there is none. The frozen input of a run. */

/** How an item's values scatter by chance alone; decides how small units are drawn towards their peers. */
export type Scatter = 'binomial' | 'poisson' | 'normal' | 'unknown'

/** Why an item has no value: 0 it has one, then as in `missingReasons`. */
export const PRESENT = 0
export const NO_VALUE = 1
export const TOO_FEW = 2
export const HIDDEN = 3

export interface ItemColumn {
  /** In the indicator's unit. */
  readonly values: Float64Array
  readonly ns: Float64Array
  /** Standard error in the indicator's unit; NaN: unknown. */
  readonly errors: Float64Array
  /** 1 where the definition hides the value because n is small. */
  readonly hidden: Uint8Array
  /** Below this n a value is provisional or missing. */
  readonly minimumN: number
  readonly better: 'more' | 'less'
  readonly scatter: Scatter
  /** Value of one whole: 100 for percent, 1,000 for per thousand, else 1. */
  readonly scale: number
}

/** Of a calculated period: how its items are read, and which run gave the stars of the period before. */
export interface PeriodBasis {
  /** In the order of `flatItems`. */
  readonly items: readonly Pick<ItemColumn, 'minimumN' | 'better' | 'scatter' | 'scale'>[]
  readonly before: { readonly periodStart: string; readonly run: string } | null
}

export interface Readings {
  readonly count: number
  /** Place of each unit's peer group in `groupNames`. */
  readonly groups: Int32Array
  readonly groupNames: readonly string[]
  /** In the order of `flatItems`. */
  readonly items: readonly ItemColumn[]
  /** Values of the gates' indicators, in the order of the scheme's gates. */
  readonly gates: readonly Float64Array[]
}

/** Places of the units of each peer group. */
export function membersOf({ groups, groupNames }: Pick<Readings, 'groups' | 'groupNames'>): Int32Array[] {
  const sizes = new Int32Array(groupNames.length)
  for (const group of groups) sizes[group]! += 1
  const members = Array.from(sizes, (size) => new Int32Array(size))
  const filled = new Int32Array(groupNames.length)
  for (let unit = 0; unit < groups.length; unit += 1) {
    const group = groups[unit]!
    members[group]![filled[group]!++] = unit
  }
  return members
}
