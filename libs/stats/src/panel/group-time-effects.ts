import { groupingOf } from './within.ts'

/** One unit through all periods. */
export interface StaggeredUnit {
  unit: string
  /** First treated time; null for never. Treatment does not end. */
  treatedFrom: number | null
  /** One value a time, in the order of `times`. */
  values: readonly number[]
  cluster?: string | undefined
}

/** Average effect on the units first treated at `group`, at `time`, with how every unit moves it. */
export interface GroupTimeEffect {
  group: number
  time: number
  estimate: number
  /** One figure a unit, mean 0; the estimate's variance is the mean square over the number of units. */
  influence: Float64Array
  treatedUnits: number
  controlUnits: number
}

export interface GroupTimeEffects {
  kind: 'effects'
  effects: GroupTimeEffect[]
  /** Groups, ascending, and the share of all units in each. */
  groups: { group: number; share: number; members: number[] }[]
  times: number[]
  units: number
  /** Cluster number of each unit. */
  clusters: { of: readonly number[]; count: number }
}

export type GroupTimeResult =
  | GroupTimeEffects
  | { kind: 'cannot'; because: 'no-treated' | 'no-control' | 'not-finite' | 'too-few'; detail: string }

export interface StaggeredInput {
  units: readonly StaggeredUnit[]
  /** Ascending; differences between neighbours count as one period. */
  times: readonly number[]
  /** Whom the treated are compared with: units never treated, or all not treated yet at the time compared. */
  control: 'never-treated' | 'not-yet-treated'
  /** Before the treatment: against the period just before ('varying', as the did package by default) or always the last untreated one. */
  base: 'varying' | 'universal'
}

/**
 * Effects by group of introduction and time, ATT(g, t).
 *
 * When to use: a measure introduced in branches at different times; the bricks for `staggeredEffects`.
 * Formula in words: mean change of the group from its base period to t less that of the control units over the same periods; base is the
 * last period before the introduction, and before it, with 'varying', the period just before t.
 * Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230, theorem 1 and equation 4.1 without covariates. R: did::att_gt.
 * Units: of the values. Assumes parallel trends of group and controls, no anticipation, a balanced panel; units treated at the first time
 * tell nothing and are left out. Edge cases: no treated group left 'no-treated'; no control for any comparison 'no-control'; comparisons
 * without control, or with a single treated or control unit (no error), are skipped; fewer than two times 'too-few'; not finite 'not-finite'.
 * Errors: RangeError for times not ascending, units with another number of values, double names. Cost: O(groups times units).
 */
export function groupTimeEffects(input: StaggeredInput): GroupTimeResult {
  const { times } = input
  requireStaggered(input)
  if (times.length < 2) return { kind: 'cannot', because: 'too-few', detail: `${times.length} times; two are needed` }
  const units = input.units.filter(({ treatedFrom }) => treatedFrom === null || treatedFrom > times[0]!)
  const broken = units.find(({ values }) => !values.every(Number.isFinite))
  if (broken)
    return {
      kind: 'cannot',
      because: 'not-finite',
      detail: `unit ${broken.unit} holds a value that is not a finite number`,
    }
  const last = times.at(-1)!
  const starts = [
    ...new Set(units.flatMap(({ treatedFrom: from }) => (from !== null && from <= last ? [from] : []))),
  ].sort((a, b) => a - b)
  if (starts.length === 0)
    return {
      kind: 'cannot',
      because: 'no-treated',
      detail: 'no unit is first treated after the first time and by the last',
    }
  const groups = starts.map((group) => {
    const members = units.flatMap(({ treatedFrom }, i) => (treatedFrom === group ? [i] : []))
    return { group, share: members.length / units.length, members }
  })
  const effects = groups.flatMap(({ group, members }) => effectsOf(group, members, units, input))
  if (!effects.some(({ group, time }) => time >= group))
    return {
      kind: 'cannot',
      because: 'no-control',
      detail: 'no effect after a treatment has two treated and two control units',
    }
  const clusters = groupingOf(units.map(({ unit, cluster }) => cluster ?? unit))
  return { kind: 'effects', effects, groups, times: [...times], units: units.length, clusters }
}

function effectsOf(
  group: number,
  members: readonly number[],
  units: readonly StaggeredUnit[],
  input: StaggeredInput,
): GroupTimeEffect[] {
  const { times, control, base } = input
  // The last time before the treatment.
  const lastBefore = times.findLastIndex((time) => time < group)
  return times.flatMap((time, t): GroupTimeEffect[] => {
    const from = time >= group || base === 'universal' ? lastBefore : t - 1
    if (from < 0 || from === t) return []
    const latest = Math.max(time, times[from]!)
    const controls = units.flatMap(({ treatedFrom }, i) =>
      treatedFrom === null || (control === 'not-yet-treated' && treatedFrom > latest && treatedFrom !== group)
        ? [i]
        : [],
    )
    if (members.length < 2 || controls.length < 2) return []
    const change = (i: number): number => units[i]!.values[t]! - units[i]!.values[from]!
    const mean = (of: readonly number[]): number => of.reduce((sum, i) => sum + change(i), 0) / of.length
    const [ofTreated, ofControl] = [mean(members), mean(controls)]
    const influence = new Float64Array(units.length)
    for (const i of members) influence[i] = ((change(i) - ofTreated) * units.length) / members.length
    for (const i of controls) influence[i] = (-(change(i) - ofControl) * units.length) / controls.length
    const estimate = ofTreated - ofControl
    return [{ group, time, estimate, influence, treatedUnits: members.length, controlUnits: controls.length }]
  })
}

function requireStaggered({ units, times }: StaggeredInput): void {
  times.forEach((time, t) => {
    if (!Number.isFinite(time) || (t > 0 && time <= times[t - 1]!))
      throw new RangeError(`times[${t}] must be finite and above the one before`)
  })
  if (new Set(units.map(({ unit }) => unit)).size !== units.length)
    throw new RangeError('units must have different names')
  for (const [i, { values }] of units.entries())
    if (values.length !== times.length) throw new RangeError(`units[${i}].values must have ${times.length} figures`)
}
