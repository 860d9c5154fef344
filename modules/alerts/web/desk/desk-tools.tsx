/** The filters above the list, and the export of what is seen. */
import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, Segmented, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { Alert } from '#alerts/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { saveCsv } from '#platform/web/page/csv.ts'
import { usePhone } from '#platform/web/page/phone.ts'
import { IndicatorPicker } from '#platform/web/parts/pickers.tsx'
import { useSearchValues } from '#platform/web/router.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { latest, subjectOf, whyText } from '../telling/why.ts'
import { type Filters, OWNERS, STATES, type StateFilter } from './filters.ts'

const filter = words.filter
/** Typing is written to the address once it pauses. */
const PAUSE_MILLISECONDS = 250

export function DeskTools({ filters, rows }: { filters: Filters; rows: readonly Alert[] }) {
  const say = useSay()
  const set = useSearchValues()
  const phone = usePhone()
  const { input } = filters
  const [more, setMore] = useState(false)
  const states = STATES.map((one) => ({ value: one, label: say(words.state[one]) }))
  const chosen = (state: StateFilter) => set({ state: state === 'live' ? undefined : state })
  const wide = !phone || more
  return (
    <div className="list-tools desk-tools">
      <div className="row">
        <SearchBox text={filters.text} />
        {phone ? (
          <Select<StateFilter>
            aria-label={say(words.state.label)}
            value={input.state}
            onChange={chosen}
            options={states}
            style={{ minWidth: 120 }}
          />
        ) : (
          <Segmented<StateFilter>
            aria-label={say(words.state.label)}
            value={input.state}
            onChange={chosen}
            options={states}
          />
        )}
        {phone && <Button onClick={() => setMore(!more)}>{say(filter.more)}</Button>}
        {wide && <Picks input={input} />}
        {rows.length > 0 && <ExportButton rows={rows} />}
        {filters.filtered && (
          <Button type="link" size="small" onClick={filters.clear}>
            {say(filter.clear)}
          </Button>
        )}
      </div>
    </div>
  )
}

function Picks({ input }: Pick<Filters, 'input'>) {
  const say = useSay()
  const set = useSearchValues()
  const rules = useQuery(alerts.listRules.queryOptions())
  return (
    <>
      <Select<string>
        aria-label={say(filter.owner)}
        value={input.owner ?? ''}
        onChange={(owner) => set({ owner })}
        options={[
          { value: '', label: say(filter.anyOwner) },
          ...OWNERS.map((one) => ({ value: one, label: say(filter[one]) })),
        ]}
        style={{ width: 110 }}
        popupMatchSelectWidth={false}
      />
      <Select<string>
        aria-label={say(filter.rule)}
        showSearch={{ optionFilterProp: 'label' }}
        value={input.rule ?? ''}
        onChange={(rule) => set({ rule })}
        options={[
          { value: '', label: say(filter.anyRule) },
          ...(rules.data ?? []).map((rule) => ({ value: rule.id, label: say(rule.title) })),
        ]}
        style={{ width: 130 }}
        popupMatchSelectWidth={280}
      />
      <div style={{ width: 130 }} className="narrow-picker">
        <IndicatorPicker
          allowClear
          value={input.indicator}
          onChange={(indicator) => set({ indicator })}
          aria-label={say(floorWords.pick.indicator)}
        />
      </div>
      <Checkbox
        checked={'drill' in input}
        onChange={(event) => set({ drill: event.target.checked ? 'true' : undefined })}
      >
        {say(filter.drill)}
      </Checkbox>
    </>
  )
}

function SearchBox({ text }: { text: string }) {
  const say = useSay()
  const set = useSearchValues()
  const [typed, setTyped] = useState(text)
  const [known, setKnown] = useState(text)
  // Filters are also cleared from elsewhere.
  if (known !== text) {
    setKnown(text)
    setTyped(text)
  }
  useEffect(() => {
    if (typed === text) return
    const timer = setTimeout(() => set({ q: typed.trim() === '' ? undefined : typed }), PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [typed, text, set])
  return (
    <Input.Search
      allowClear
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      placeholder={say(filter.search)}
      aria-label={say(filter.search)}
      style={{ width: 210 }}
    />
  )
}

/** Exactly what is seen, in the reader's language. */
function ExportButton({ rows }: { rows: readonly Alert[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const { column } = words
  const save = () => {
    const head = [
      column.colour,
      column.what,
      column.entity,
      column.rule,
      column.why,
      column.state,
      column.signal,
      column.owner,
      column.raised,
      column.due,
      words.counts.overdue,
    ]
    saveCsv(
      say(words.title),
      head.map((one) => say(one)),
      rows.map((row) => {
        const reading = latest(row)
        return [
          say(words.colour[row.colour]),
          say(subjectOf(row)),
          row.entity.name,
          say(row.rule.title),
          reading ? whyText(row, reading, language) : '',
          say(words.state[row.state]),
          say(words.page.signals[row.signal]),
          row.owner?.name ?? '',
          row.raisedAt,
          row.dueAt,
          row.overdue ? 1 : 0,
        ]
      }),
    )
  }
  return (
    <Button
      icon={<DownloadOutlined />}
      onClick={save}
      aria-label={say(floorWords.list.export)}
      title={say(floorWords.list.export)}
    ></Button>
  )
}
