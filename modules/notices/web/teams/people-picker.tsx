/** Several people of the organisation, in the order chosen. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'

const CHOICES_LIMIT = 50

export function PeoplePicker(props: {
  readonly value?: string[]
  readonly onChange?: (value: string[]) => void
  readonly id?: string
  /** Names already known, for people no search has found yet. */
  readonly known: readonly { readonly id: string; readonly name: string }[]
}) {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const input = { limit: CHOICES_LIMIT, ...(search === '' ? {} : { search }) }
  const found = useQuery({ ...organisation.listPeople.queryOptions({ input }), enabled: useMay('people.read') })
  const rows = (found.data?.rows ?? []).filter((person) => person.active)
  const options = [
    ...rows.map(({ id, name }) => ({ value: id, label: name })),
    ...props.known
      .filter(({ id }) => !rows.some((row) => row.id === id))
      .map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Select<string[]>
      {...(props.id ? { id: props.id } : {})}
      mode="multiple"
      aria-label={say(words.teams.members)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={options}
      value={props.value ?? []}
      onChange={(value) => props.onChange?.(value)}
      loading={found.isFetching}
      style={{ width: '100%' }}
    />
  )
}
