/** Whether published values still hold, and why not. */
import type { RevisionReason } from '../../contract/exploring/publications.ts'

export interface UnitValue {
  readonly entity: number
  readonly value: number | null
  readonly n: number
}

export interface ValueChange {
  readonly entity: number
  readonly before: number | null
  readonly after: number | null
  readonly nBefore: number
  readonly nAfter: number
}

/** Sums in another order differ in their last digits: that is no change. */
const RELATIVE_TOLERANCE = 1e-9

/** Units whose value is another one now, by number; those that came or went count as without a value. */
export function changesOf(published: readonly UnitValue[], now: readonly UnitValue[]): ValueChange[] {
  const before = new Map(published.map((unit) => [unit.entity, unit]))
  const after = new Map(now.map((unit) => [unit.entity, unit]))
  const entities = [...new Set([...before.keys(), ...after.keys()])].toSorted((a, b) => a - b)
  return entities.flatMap((entity) => {
    const [old, fresh] = [before.get(entity), after.get(entity)]
    const change = {
      entity,
      before: old?.value ?? null,
      after: fresh?.value ?? null,
      nBefore: old?.n ?? 0,
      nAfter: fresh?.n ?? 0,
    }
    return same(change.before, change.after) ? [] : [change]
  })
}

function same(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other
  return Math.abs(one - other) <= RELATIVE_TOLERANCE * Math.max(Math.abs(one), Math.abs(other), 1)
}

/** News of events does not say whether some were corrected: where no unit has more cases than before, nothing came late. */
export function reasonOf(cause: 'events' | 'definition', changes: readonly ValueChange[]): RevisionReason {
  if (cause === 'definition') return 'definition'
  return changes.some((change) => change.nAfter > change.nBefore) ? 'late-events' : 'correction'
}
