/** Indicators by id, however many there are: those of the first page of the list, and the others one by one. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { type Indicator, measurementContract } from '#measurement/contract'
import { apiOf } from '#platform/web/api.ts'

export const measurement = apiOf('measurement', measurementContract)
const FIRST_PAGE = 200
const FRESH_MILLISECONDS = 300_000

export function useNamedIndicators(ids: readonly string[]): (id: string) => Indicator | undefined {
  const first = useQuery(
    measurement.listIndicators.queryOptions({ input: { limit: FIRST_PAGE }, staleTime: FRESH_MILLISECONDS }),
  )
  const rows = first.data?.rows
  const missing = rows === undefined ? [] : ids.filter((id) => !rows.some((row) => row.id === id))
  const others = useQueries({
    queries: missing.map((id) => ({
      ...measurement.readIndicator.queryOptions({ input: { id }, staleTime: FRESH_MILLISECONDS }),
      retry: false,
    })),
    combine: (all) => all.flatMap((one) => one.data ?? []),
  })
  const known = useMemo(() => new Map([...(rows ?? []), ...others].map((row) => [row.id, row])), [rows, others])
  return useCallback((id: string) => known.get(id), [known])
}
