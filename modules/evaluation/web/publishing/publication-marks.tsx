/** What a publication is called and where it stands on its way. */
import { useQuery } from '@tanstack/react-query'
import type { Publication, PublicationState } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { publishingWords as words } from '../../words/publishing-screens.ts'
import { evaluation } from '../api.ts'
import { useNamedIndicators } from '../schemes/state/use-indicators.ts'
import { itemTitle } from '../schemes/tree/item-title.ts'

const statuses: Readonly<Record<PublicationState, Status>> = {
  draft: 'grey',
  preview: 'blue',
  published: 'green',
  corrected: 'yellow',
  withdrawn: 'red',
  discarded: 'grey',
}

export function StateMark({ state }: { state: PublicationState }) {
  const say = useSay()
  return <StatusMark status={statuses[state]} word={say(words.states[state])} />
}

export function usePublicationTitle(): (row: Pick<Publication, 'scheme' | 'periodStart' | 'grain'>) => string {
  const say = useSay()
  const { language } = useLanguage()
  return (row) => `${say(row.scheme.title)} · ${periodName(row.periodStart, row.grain, language)}`
}

export interface Named {
  readonly id: string
  readonly title: string
}

/** Items and gates of the version a publication rests on, as people call them. */
export function useSchemeNames({ scheme, version }: Pick<Publication, 'scheme' | 'version'>): {
  items: readonly Named[]
  gates: readonly Named[]
  nameOf: (id: string) => string
} {
  const say = useSay()
  const { language } = useLanguage()
  const { data } = useQuery(evaluation.readScheme.queryOptions({ input: { id: scheme.id, version } }))
  const all = (data?.dimensions ?? []).flatMap((dimension) => dimension.items)
  const indicator = useNamedIndicators(
    all.flatMap(({ source }) => (source.kind === 'indicator' ? [source.indicator] : [])),
  )
  const items = all.map((item) => ({ id: item.id, title: itemTitle(item, indicator, say, language) }))
  const gates = (data?.gates ?? []).map((gate) => ({ id: gate.id, title: say(gate.title) }))
  return { items, gates, nameOf: (id) => [...items, ...gates].find((one) => one.id === id)?.title ?? id }
}
