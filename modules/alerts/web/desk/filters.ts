/** What the desk shows, kept in the address. */
import { type Alert, colour as colourSchema } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { useAddress, useSearchValues } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { subjectOf } from '../telling/why.ts'

export const STATES = ['live', 'open', 'acknowledged', 'planned', 'closed', 'all'] as const
export type StateFilter = (typeof STATES)[number]
export const OWNERS = ['me', 'nobody'] as const
/** Names of the address that narrow the desk, apart from the scope. */
const NAMES = ['colour', 'state', 'indicator', 'rule', 'owner', 'overdue', 'drill', 'q'] as const
const PAGE_ROWS = 100

export function useFilters() {
  const { search } = useAddress()
  const { entity } = useScope()
  const set = useSearchValues()
  const values = new URLSearchParams(search)
  const textOf = (name: (typeof NAMES)[number]) => values.get(name) ?? undefined
  const colour = colourSchema.safeParse(textOf('colour')).data
  const state: StateFilter = STATES.find((one) => one === textOf('state')) ?? 'live'
  const owner = OWNERS.find((one) => one === textOf('owner'))
  const [indicator, rule] = [textOf('indicator'), textOf('rule')]
  const [overdue, drill] = [textOf('overdue') === 'true', textOf('drill') === 'true']
  const input = {
    state,
    limit: PAGE_ROWS,
    ...(colour === undefined ? {} : { colour }),
    ...(entity === undefined ? {} : { below: entity }),
    ...(indicator === undefined ? {} : { indicator }),
    ...(rule === undefined ? {} : { rule }),
    ...(owner === undefined ? {} : { owner }),
    ...(overdue ? { overdue: 'true' } : {}),
    ...(drill ? { drill: 'true' } : {}),
  }
  const text = textOf('q') ?? ''
  return {
    input,
    text,
    filtered: entity !== undefined || NAMES.some((name) => textOf(name) !== undefined),
    clear: () => set({ entity: undefined, ...Object.fromEntries(NAMES.map((name) => [name, undefined])) }),
  }
}
export type Filters = ReturnType<typeof useFilters>

/** Whether an alert holds every word typed, in its unit, indicator, rule, owner or the units behind it. */
export function useMatches(): (alert: Alert, text: string) => boolean {
  const say = useSay()
  return (alert, text) => {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
    const told = [
      alert.entity.name,
      alert.entity.key,
      say(subjectOf(alert)),
      say(alert.rule.title),
      alert.owner?.name ?? '',
      ...alert.members.map((member) => member.name),
    ]
      .join('\n')
      .toLowerCase()
    return wanted.every((word) => told.includes(word))
  }
}
