/** Conditions on events: on what an attribute says, on a value, on the hour it happened. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { organisation } from '#platform/web/session.ts'
import type { Condition } from '../../contract/definition.ts'
import { words as all } from '../../words.ts'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { NameField, NamesField, Remove, replaced, without } from './fields.tsx'
import { useNames, useSaid } from './recorded.ts'

const words = all.definition
const groups = {
  attribute: ['is', 'is-not', 'in', 'not-in', 'given', 'not-given'],
  value: ['at-least', 'more-than', 'at-most', 'less-than'],
  calendar: ['open', 'closed'],
} as const satisfies Record<string, readonly Condition['operator'][]>
type Group = keyof typeof groups

const groupOf = (one: Condition): Group => ('calendar' in one ? 'calendar' : 'limit' in one ? 'value' : 'attribute')
const fresh = (group: Group): Condition =>
  group === 'calendar'
    ? { operator: 'open', calendar: '' }
    : group === 'value'
      ? { operator: 'at-least', value: '', limit: 0 }
      : { operator: 'is', attribute: '', value: '' }

/** The same condition with another operator: what both can hold is kept. */
function turned(one: Condition, operator: Condition['operator']): Condition {
  if ('calendar' in one) return { ...one, operator } as Condition
  if ('limit' in one) return { ...one, operator } as Condition
  const { attribute } = one
  const values = 'values' in one ? one.values : 'value' in one && one.value !== '' ? [one.value] : []
  if (operator === 'in' || operator === 'not-in') return { attribute, operator, values }
  if (operator === 'given' || operator === 'not-given') return { attribute, operator }
  return { attribute, operator: operator as 'is' | 'is-not', value: values[0] ?? '' }
}

interface ConditionsProps {
  readonly value: readonly Condition[]
  readonly onChange: (value: Condition[]) => void
  readonly eventType: string
}

export function ConditionsField({ value, onChange, eventType }: ConditionsProps) {
  const say = useSay()
  return (
    <div className="stack" style={{ gap: 8 }}>
      {value.map((one, place) => (
        <ConditionRow
          // Rows have nothing of their own to be known by; they are only added at the end.
          key={place}
          value={one}
          eventType={eventType}
          onChange={(next) => onChange(replaced(value, place, next))}
          onRemove={() => onChange(without(value, place))}
        />
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...value, fresh('attribute')])}>
          {say(words.addCondition)}
        </Button>
      </div>
    </div>
  )
}

interface RowProps {
  readonly value: Condition
  readonly eventType: string
  readonly onChange: (value: Condition) => void
  readonly onRemove: () => void
}

function ConditionRow({ value, eventType, onChange, onRemove }: RowProps) {
  const group = groupOf(value)
  const operators = Object.fromEntries(groups[group].map((one) => [one, words.operators[one]])) as Record<
    Condition['operator'],
    { zh: string; en: string }
  >
  return (
    <div className="row">
      <Choice<Group>
        value={group}
        label={words.conditionOn}
        options={{ attribute: words.onAttribute, value: words.onValue, calendar: words.onCalendar }}
        onChange={(next) => onChange(fresh(next))}
        width={110}
      />
      <Subject value={value} eventType={eventType} onChange={onChange} />
      <Choice
        value={value.operator}
        label={words.operator}
        options={operators}
        onChange={(operator) => onChange(turned(value, operator))}
        width={120}
      />
      <Against value={value} eventType={eventType} onChange={onChange} />
      <Remove onClick={onRemove} />
    </div>
  )
}

type PartProps = Omit<RowProps, 'onRemove'>

function Subject({ value, eventType, onChange }: PartProps) {
  const say = useSay()
  const names = useNames(eventType)
  if ('calendar' in value)
    return <CalendarPicker value={value.calendar} onChange={(id) => onChange({ ...value, calendar: id })} />
  if ('limit' in value)
    return (
      <NameField
        value={value.value}
        offered={names.values}
        placeholder={say(words.onValue)}
        label={words.onValue}
        onChange={(name) => onChange({ ...value, value: name })}
        width={150}
      />
    )
  return (
    <NameField
      value={value.attribute}
      offered={names.attributes}
      placeholder={say(words.attribute)}
      label={words.attribute}
      onChange={(attribute) => onChange({ ...value, attribute })}
      width={150}
    />
  )
}

function Against({ value, eventType, onChange }: PartProps) {
  const say = useSay()
  const said = useSaid(eventType, 'attribute' in value ? value.attribute : '')
  if ('calendar' in value) return null
  if ('limit' in value)
    return (
      <NumberField
        value={value.limit}
        label={words.value}
        onChange={(limit) => onChange({ ...value, limit: limit ?? 0 })}
        width={120}
      />
    )
  if ('values' in value)
    return (
      <NamesField
        value={value.values}
        offered={said}
        label={words.values}
        placeholder={say(words.values)}
        onChange={(values) => onChange({ ...value, values })}
        width={240}
      />
    )
  if (!('value' in value)) return null
  return (
    <NameField
      value={value.value}
      offered={said}
      label={words.value}
      placeholder={say(words.value)}
      onChange={(text) => onChange({ ...value, value: text })}
      width={180}
    />
  )
}

function CalendarPicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const say = useSay()
  const calendars = useQuery(organisation.listCalendars.queryOptions())
  return (
    <Select<string>
      aria-label={say(words.calendar)}
      placeholder={say(words.calendar)}
      {...(value === '' ? {} : { value })}
      onChange={onChange}
      options={(calendars.data ?? []).map((one) => ({ value: one.id, label: say(one.name) }))}
      loading={calendars.isLoading}
      style={{ width: 180 }}
    />
  )
}
