/** Streams of events, and sums of amounts over them. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { EVENTS, type EventStream, type Term } from '../../contract/definition.ts'
import { words as all } from '../../words.ts'
import { ConditionsField } from './conditions-field.tsx'
import { NumberField } from '#platform/web/form/fields.tsx'
import { Field, NameField, Remove, replaced, without } from './fields.tsx'
import { useEventTypes, useNames } from './recorded.ts'

const words = all.definition

interface StreamProps {
  /** Path of the stream in the draft. */
  readonly field: string
  readonly value: EventStream
  readonly onChange: (value: EventStream) => void
  readonly label?: Sentence
}

export function StreamField({ field, value, onChange, label = words.eventType }: StreamProps) {
  const types = useEventTypes()
  return (
    <>
      <Field field={`${field}.eventType`} label={label}>
        {(id) => (
          <NameField
            id={id}
            value={value.eventType}
            offered={types}
            onChange={(eventType) => onChange({ ...value, eventType })}
          />
        )}
      </Field>
      <Field field={`${field}.where`} label={words.where} deep>
        {() => (
          <ConditionsField
            value={value.where}
            eventType={value.eventType}
            onChange={(where) => onChange({ ...value, where })}
          />
        )}
      </Field>
    </>
  )
}

/** What is counted or added up: the events themselves, or a value they carry. */
export function AmountField(props: {
  id?: string
  value: string
  onChange: (value: string) => void
  eventType: string
  /** False where only a value will do. */
  events: boolean
}) {
  const say = useSay()
  const { values } = useNames(props.eventType)
  const label = say(words.eventCount)
  // People read the words, the definition says `events`.
  const shown = props.value === EVENTS && props.events ? label : props.value
  return (
    <NameField
      {...(props.id ? { id: props.id } : {})}
      value={shown}
      offered={[...(props.events ? [label] : []), ...values]}
      label={props.events ? words.ofWhat : words.valueOf}
      placeholder={say(props.events ? words.ofWhat : words.valueOf)}
      onChange={(value) => props.onChange(value === label && props.events ? EVENTS : value)}
      width={200}
    />
  )
}

interface TermsProps {
  readonly value: readonly Term[]
  readonly onChange: (value: Term[]) => void
  readonly eventType: string
  /** One value of the events, without factor. */
  readonly single: boolean
}

export function TermsField({ value, onChange, eventType, single }: TermsProps) {
  const say = useSay()
  return (
    <div className="stack" style={{ gap: 8 }}>
      {value.map((term, place) => (
        <TermRow
          key={place}
          value={term}
          eventType={eventType}
          single={single}
          onChange={(next) => onChange(replaced(value, place, next))}
          {...(value.length > 1 ? { onRemove: () => onChange(without(value, place)) } : {})}
        />
      ))}
      {!single && (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange([...value, { of: EVENTS, coefficient: 1, where: [] }])}
          >
            {say(words.addTerm)}
          </Button>
        </div>
      )}
    </div>
  )
}

function TermRow(props: {
  value: Term
  eventType: string
  single: boolean
  onChange: (value: Term) => void
  onRemove?: () => void
}) {
  const say = useSay()
  const types = useEventTypes()
  const { value, single, onChange } = props
  const own = value.eventType ?? props.eventType
  const retyped = (eventType: string) => {
    const { eventType: _before, ...rest } = value
    onChange(eventType === '' || eventType === props.eventType ? rest : { ...rest, eventType })
  }
  return (
    <div className="section stack" style={{ marginBottom: 0, padding: 12, gap: 8 }}>
      <div className="row">
        {!single && (
          <NumberField
            value={value.coefficient}
            label={words.coefficient}
            onChange={(coefficient) => onChange({ ...value, coefficient: coefficient ?? 1 })}
            width={90}
          />
        )}
        {!single && <span aria-hidden="true">×</span>}
        <AmountField value={value.of} eventType={own} events={!single} onChange={(of) => onChange({ ...value, of })} />
        {!single && (
          <NameField
            value={value.eventType ?? ''}
            offered={types}
            label={words.eventType}
            placeholder={`${say(words.eventType)}：${say(words.sameType)}`}
            onChange={retyped}
            width={200}
          />
        )}
        {props.onRemove && <Remove onClick={props.onRemove} />}
      </div>
      <ConditionsField value={value.where} eventType={own} onChange={(where) => onChange({ ...value, where })} />
    </div>
  )
}
