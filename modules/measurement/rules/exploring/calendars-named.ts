/** Calendars a definition's conditions ask for. */
import type { IndicatorDraft } from '../../contract/indicators.ts'

/** Ids, each once, in the order they are named. */
export function calendarsNamed(draft: Pick<IndicatorDraft, 'definition' | 'exclusions'>): string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    if ('calendar' in value && 'operator' in value && typeof value.calendar === 'string') found.add(value.calendar)
    for (const each of Object.values(value)) look(each)
  }
  look(draft.definition)
  look(draft.exclusions)
  return [...found]
}
