/** Which ranking is asked for, as it stands in the address. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Ranking, Scheme, Track } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { useAddress } from '#platform/web/router.tsx'
import { evaluation } from '../api.ts'

export const filters = ['outside', 'changed', 'not-ranked'] as const
export type Filter = (typeof filters)[number]

export interface Asked {
  readonly id: string
  readonly grain?: Grain
  readonly track: Track
  readonly periodStart?: string
  readonly run?: string
  readonly search?: string
  readonly peerGroup?: string
  readonly stars?: number
  readonly only?: Filter
}

const optional = <K extends string, V>(name: K, value: V | null | undefined) =>
  (value === null || value === undefined || value === '' ? {} : { [name]: value }) as { [P in K]?: V }

export function useAsked(scheme: Scheme): Asked {
  const { search } = useAddress()
  return useMemo(() => {
    const values = new URLSearchParams(search)
    const stars = Number(values.get('stars') ?? 0)
    return {
      id: scheme.id,
      track: values.get('track') === 'overlap' ? 'overlap' : 'main',
      // The grain of the address comes from other pages too; the scheme may not know it.
      ...optional(
        'grain',
        scheme.grains.find((one) => one === values.get('grain')),
      ),
      ...optional('periodStart', values.get('period')),
      ...optional('run', values.get('run')),
      ...optional('search', values.get('search')),
      ...optional('peerGroup', values.get('group')),
      ...optional('stars', stars >= 1 && stars <= 5 ? stars : null),
      ...optional(
        'only',
        filters.find((one) => one === values.get('show')),
      ),
    }
  }, [search, scheme])
}

export const isFiltered = ({ search, peerGroup, stars, only }: Asked): boolean =>
  [search, peerGroup, stars, only].some((each) => each !== undefined)

/** Pages of the ranking; each carries what all units have in common. */
export function useRanking(asked: Asked) {
  return useInfiniteQuery({
    queryKey: [...evaluation.readRanking.key({ input: asked }), 'pages'],
    queryFn: ({ pageParam }): Promise<Ranking> =>
      evaluation.readRanking.call({ ...asked, ...optional('cursor', pageParam) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Ranking) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
  })
}

/** Where a unit's scorecard stands. */
export function cardAddress(key: string, of: Pick<Ranking, 'scheme' | 'grain' | 'track' | 'period'>): string {
  const values = new URLSearchParams({ scheme: of.scheme.id, grain: of.grain })
  if (of.period) values.set('period', of.period.periodStart)
  if (of.track === 'overlap') values.set('track', 'overlap')
  return `/evaluate/units/${encodeURIComponent(key)}?${values.toString()}`
}
