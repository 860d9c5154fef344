/** Items of a scheme as people know them. */
import { useMemo } from 'react'
import type { Scheme, SchemeItem } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { flatItems } from '../../rules/schemes/flat-items.ts'
import { useNamedIndicators } from '../schemes/state/use-indicators.ts'
import { dimensionTitle } from '../schemes/tree/item-title.ts'
import { nameOf } from '../versions/told.ts'

export interface KnownItem {
  readonly item: SchemeItem
  readonly title: string
  readonly unit: string
  readonly better: 'more' | 'less'
  readonly dimension: string
  /** Where the indicator is shown; null for what people judge. */
  readonly indicator: string | null
}

export function useItems(scheme: Scheme): ReadonlyMap<string, KnownItem> {
  const say = useSay()
  const { language } = useLanguage()
  const items = useMemo(() => flatItems(scheme), [scheme])
  const ids = useMemo(
    () => [...new Set(items.flatMap(({ source }) => (source.kind === 'indicator' ? [source.indicator] : [])))],
    [items],
  )
  const indicator = useNamedIndicators(ids)
  return useMemo(
    () =>
      new Map(
        items.map((item) => {
          const known = item.source.kind === 'indicator' ? indicator(item.source.indicator) : undefined
          const dimension = scheme.dimensions.find((one) => one.id === item.dimension)
          return [
            item.id,
            {
              item,
              title: nameOf(item, { say, language, indicator }),
              unit: item.source.kind === 'assessed' ? 'points' : (known?.unit ?? 'number'),
              better: known?.direction === 'lower-is-better' ? 'less' : 'more',
              dimension: dimension ? dimensionTitle(dimension, say, language) : item.dimension,
              indicator: item.source.kind === 'indicator' ? item.source.indicator : null,
            },
          ]
        }),
      ),
    [items, indicator, scheme, say, language],
  )
}
