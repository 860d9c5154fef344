/** What was recorded: types of event with their names, and the newest events of a type. */
import { useQuery } from '@tanstack/react-query'
import { measurement } from '../api.ts'

const SAMPLES = 100

export function useEventTypes(): readonly string[] {
  const types = useQuery(measurement.eventTypes.queryOptions())
  return (types.data ?? []).map((one) => one.type)
}

/** Attributes and values events of a type carry; empty for types nobody sent. */
export function useNames(eventType: string): { attributes: readonly string[]; values: readonly string[] } {
  const types = useQuery(measurement.eventTypes.queryOptions())
  const found = types.data?.find((one) => one.type === eventType)
  return { attributes: found?.attributes ?? [], values: found?.values ?? [] }
}

/** The newest events of a type. */
export function useSamples(eventType: string) {
  const input = { type: eventType, limit: SAMPLES }
  return useQuery({
    ...measurement.listEvents.queryOptions({ input }),
    enabled: eventType !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What an attribute says in the newest events: most used first. */
export function useSaid(eventType: string, attribute: string): readonly string[] {
  const samples = useSamples(eventType)
  const counts = new Map<string, number>()
  for (const { attributes } of samples.data?.rows ?? []) {
    const value = attributes[attribute]
    if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([value]) => value)
}
