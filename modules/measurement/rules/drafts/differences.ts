/** What two definitions say differently, field by field. */
import type { IndicatorDraft } from '../../contract/indicators.ts'

export interface Difference {
  /** Path in the draft: `definition.numerator.0.where`. */
  readonly field: string
  /** As JSON; null where it says nothing. */
  readonly before: string | null
  readonly after: string | null
}

/** What a version carries beside its draft. */
const NOT_DEFINED = new Set(['version', 'createdAt', 'createdBy', 'retired', 'effectiveUntil', 'resolved'])

/** In the order of the fields; empty when both say the same. */
export function differencesOf(before: IndicatorDraft, after: IndicatorDraft): Difference[] {
  const [old, young] = [leaves(before), leaves(after)]
  const fields = [...new Set([...old.keys(), ...young.keys()])]
  return fields.flatMap((field) => {
    const [one, other] = [old.get(field) ?? null, young.get(field) ?? null]
    return one === other ? [] : [{ field, before: one, after: other }]
  })
}

function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === undefined) return found
  if (value === null || typeof value !== 'object') return found.set(path, JSON.stringify(value))
  const entries = Object.entries(value).filter(([key]) => path !== '' || !NOT_DEFINED.has(key))
  // Emptied lists differ from lists that were never there only by their being there.
  if (entries.length === 0) return found.set(path, JSON.stringify(value))
  for (const [key, each] of entries) {
    if (key === 'resolved') continue
    leaves(each, path === '' ? key : `${path}.${key}`, found)
  }
  return found
}
