/** Choosing an indicator by name: the server searches, so that however many there are each can be found. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { useEditorState } from '../state/use-editor.ts'
import { measurement } from '../state/use-indicators.ts'

const CHOICES_LIMIT = 100

export function IndicatorChoice(props: {
  id?: string
  value: string
  onChange: (id: string) => void
  label: string
  clear?: boolean
}) {
  const say = useSay()
  const { indicator } = useEditorState()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const input = { limit: CHOICES_LIMIT, ...(search === '' ? {} : { search }) }
  const found = useQuery(measurement.listIndicators.queryOptions({ input, placeholderData: (before) => before }))
  const rows = (found.data?.rows ?? []).filter((one) => !one.retired)
  const chosen = indicator(props.value)
  const shown = chosen && search === '' && !rows.some((one) => one.id === chosen.id) ? [chosen, ...rows] : rows
  return (
    <Select<string>
      {...(props.id ? { id: props.id } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={shown.map((one) => ({ value: one.id, label: say(one.title) }))}
      {...(props.value === '' ? {} : { value: props.value })}
      onChange={(id) => props.onChange(id ?? '')}
      allowClear={props.clear ?? false}
      placeholder={say(floorWords.pick.indicator)}
      loading={found.isFetching}
      aria-label={props.label}
      popupMatchSelectWidth={false}
      style={{ width: '100%', minWidth: 200 }}
    />
  )
}
