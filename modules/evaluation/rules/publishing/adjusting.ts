/** Upheld objections as changes of the frozen inputs of one unit: checked, applied to a copy, told with what was there before. */
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import type { Adjustment } from '../../contract/appeals.ts'
import type { AppliedAdjustment } from '../../contract/publishing.ts'
import type { SchemeDraft } from '../../contract/scheme.ts'
import type { ItemColumn, Readings } from '../composing/readings.ts'
import { flatItems, type FlatItem } from '../schemes/flat-items.ts'

export interface AdjustmentIssue {
  /** As in `adjustments.0.value`. */
  readonly field: string
  readonly rule: 'adjustment-unknown' | 'adjustment-twice' | 'adjustment-range'
  readonly message: string
}

/** What speaks against these changes; empty where they can be made. */
export function adjustmentIssues(
  draft: SchemeDraft,
  { items }: Pick<Readings, 'items'>,
  adjustments: readonly Adjustment[],
): AdjustmentIssue[] {
  const flat = flatItems(draft)
  const seen = new Set<string>()
  return adjustments.flatMap((adjustment, index) => {
    const name = adjustment.kind === 'gate' ? 'gate' : 'item'
    const of = adjustment.kind === 'gate' ? adjustment.gate : adjustment.item
    const issue = (part: string, rule: AdjustmentIssue['rule'], message: string) => [
      { field: `adjustments.${index}.${part}`, rule, message },
    ]
    const known = name === 'gate' ? draft.gates.some(({ id }) => id === of) : flat.some(({ id }) => id === of)
    if (!known) return issue(name, 'adjustment-unknown', `The scheme has no ${name} "${of}".`)
    if (seen.has(`${name} ${of}`)) return issue(name, 'adjustment-twice', `There are two changes of "${of}".`)
    seen.add(`${name} ${of}`)
    if (adjustment.kind !== 'set') return []
    const place = flat.findIndex(({ id }) => id === of)
    const range = rangeOf(flat[place]!, items[place]!)
    if (adjustment.value < range.low || adjustment.value > range.high)
      return issue('value', 'adjustment-range', `The value must lie between ${range.low} and ${range.high}.`)
    return []
  })
}

function rangeOf({ source }: FlatItem, { scatter, scale }: ItemColumn): { low: number; high: number } {
  if (source.kind === 'assessed') return source.scale
  if (scatter === 'binomial') return { low: 0, high: scale }
  return { low: scatter === 'poisson' ? 0 : -Number.MAX_VALUE, high: Number.MAX_VALUE }
}

/** `unit`: its place. The readings given stay as they are. */
export function adjusted(
  draft: SchemeDraft,
  readings: Readings,
  unit: number,
  adjustments: readonly Adjustment[],
): { readings: Readings; applied: Omit<AppliedAdjustment, 'appeal' | 'entity'>[] } {
  const flat = flatItems(draft)
  const items = [...readings.items]
  const gates = [...readings.gates]
  const applied = adjustments.map((adjustment) => {
    const { kind, reason } = adjustment
    if (adjustment.kind === 'gate') {
      const place = draft.gates.findIndex(({ id }) => id === adjustment.gate)
      const before = plain(gates[place]![unit]!, 0, Number.NaN)
      gates[place] = gates[place]!.with(unit, adjustment.value ?? Number.NaN)
      return { kind, of: adjustment.gate, before, after: plain(gates[place][unit]!, 0, Number.NaN), reason }
    }
    const place = flat.findIndex(({ id }) => id === adjustment.item)
    const column = items[place]!
    items[place] = adjustment.kind === 'set' ? withValue(column, unit, adjustment) : withoutValue(column, unit)
    return { kind, of: adjustment.item, before: cellOf(column, unit), after: cellOf(items[place], unit), reason }
  })
  return { readings: { ...readings, items, gates }, applied }
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value)
const plain = (value: number, n: number, error: number) => ({ value: orNull(value), n, standardError: orNull(error) })
const cellOf = ({ values, ns, errors }: ItemColumn, unit: number) => plain(values[unit]!, ns[unit]!, errors[unit]!)

const withoutValue = (column: ItemColumn, unit: number): ItemColumn => ({
  ...column,
  values: column.values.with(unit, Number.NaN),
  ns: column.ns.with(unit, 0),
  errors: column.errors.with(unit, Number.NaN),
  hidden: column.hidden.with(unit, 0),
})

function withValue(
  column: ItemColumn,
  unit: number,
  { value, n, standardError }: Extract<Adjustment, { kind: 'set' }>,
): ItemColumn {
  return {
    ...column,
    values: column.values.with(unit, value),
    ns: column.ns.with(unit, n),
    errors: column.errors.with(unit, standardError ?? errorOf(column, unit, value, n)),
    hidden: column.hidden.with(unit, 0),
  }
}

const Z_95 = normalQuantile(0.975)

/** As calculations find it: half of Wilson's interval for shares, as counts for rates; for means that of before, for other n. */
function errorOf({ scatter, scale, errors, ns }: ItemColumn, unit: number, value: number, n: number): number {
  if (scatter === 'binomial') {
    const interval = wilsonInterval({ successes: Math.min(n, (value / scale) * n), trials: n })
    return interval.kind === 'interval' ? ((interval.upper - interval.lower) / (2 * Z_95)) * scale : Number.NaN
  }
  if (scatter === 'poisson') return (Math.sqrt(Math.max(1, (value / scale) * n)) / n) * scale
  return errors[unit]! * Math.sqrt(ns[unit]! / n)
}
