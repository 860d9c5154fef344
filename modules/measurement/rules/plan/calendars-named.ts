/** Calendars that conditions ask for, wherever in a definition, a draft or its facts they stand. */
export function calendarsNamed(value: unknown): string[] {
  const found = new Set<string>()
  const look = (each: unknown): void => {
    if (each === null || typeof each !== 'object') return
    if ('calendar' in each && 'operator' in each && typeof each.calendar === 'string') found.add(each.calendar)
    for (const part of Object.values(each)) look(part)
  }
  look(value)
  return [...found]
}
