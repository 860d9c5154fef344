/** JSON with all keys in order: equal texts mean equal content. */
export const canonicalText = (value: unknown): string => JSON.stringify(ordered(value))

/** The same content with the keys of all objects in order. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  )
}
