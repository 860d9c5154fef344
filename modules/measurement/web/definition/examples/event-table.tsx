/** The events of a worked example as a small sheet: a row for each event, a column for each name. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Segmented } from 'antd'
import { useState } from 'react'
import type { IndicatorDraft } from '#measurement/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { useMe } from '#platform/web/session.ts'
import { words as all } from '../../../words.ts'
import { NumberField, TextField } from '#platform/web/form/fields.tsx'
import { NameField, Remove, replaced, without } from '../fields.tsx'
import { bothNames, type Names, namesCarried } from './example-names.ts'
import { clockTime, instantOf } from './example-time.ts'

const words = all.definition
type Event = IndicatorDraft['examples'][number]['events'][number]

interface TableProps {
  readonly events: Event[]
  readonly onChange: (events: Event[]) => void
  /** What the definition looks at. */
  readonly needed: Names
  readonly types: readonly string[]
  /** First day of the example: new events begin there. */
  readonly day: string
}

export function EventTable({ events, onChange, needed, types, day }: TableProps) {
  const say = useSay()
  const timeZone = useMe()?.organisation.timeZone ?? 'UTC'
  const [added, setAdded] = useState<Names>({ attributes: [], values: [] })
  const names = bothNames(bothNames(needed, namesCarried(events)), added)
  const last = events.at(-1)
  const add = () => {
    const at = last?.at ?? instantOf(`${day}T09:00:00`, timeZone)
    onChange([...events, { type: last?.type ?? types[0] ?? '', at, entity: 'a', attributes: {}, values: {} }])
  }
  return (
    <div className="stack" style={{ gap: 8 }}>
      {events.length > 0 && (
        <div style={{ overflowX: 'auto' }}>
          <table className="small" style={{ borderSpacing: 4 }}>
            <thead>
              <tr style={{ textAlign: 'left' }}>
                <th>{say(words.eventType)}</th>
                <th>{say(words.eventTime)}</th>
                <th>{say(words.eventUnit)}</th>
                {[...names.attributes, ...names.values].map((name, index) => (
                  <th key={`${index < names.attributes.length} ${name}`}>{name}</th>
                ))}
                <th aria-label={say(floorWords.act.remove)} />
              </tr>
            </thead>
            <tbody>
              {events.map((event, place) => (
                <EventRow
                  key={place}
                  event={event}
                  names={names}
                  types={types}
                  timeZone={timeZone}
                  onChange={(next) => onChange(replaced(events, place, next))}
                  onRemove={() => onChange(without(events, place))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row">
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {say(words.addEvent)}
        </Button>
        {events.length > 0 && <AddColumn onAdd={(more) => setAdded(bothNames(added, more))} />}
      </div>
    </div>
  )
}

function EventRow(props: {
  event: Event
  names: Names
  types: readonly string[]
  timeZone: string
  onChange: (event: Event) => void
  onRemove: () => void
}) {
  const say = useSay()
  const { event, names, timeZone, onChange } = props
  return (
    <tr>
      <td>
        <NameField
          value={event.type}
          offered={props.types}
          label={words.eventType}
          onChange={(type) => onChange({ ...event, type })}
          width={130}
        />
      </td>
      <td>
        <Input
          type="datetime-local"
          step={1}
          aria-label={say(words.eventTime)}
          value={clockTime(event.at, timeZone)}
          onChange={(changed) => onChange({ ...event, at: instantOf(changed.target.value, timeZone) })}
          style={{ width: 190 }}
        />
      </td>
      <td style={{ minWidth: 64 }}>
        <TextField
          value={event.entity}
          label={words.eventUnit}
          max={100}
          onChange={(entity) => onChange({ ...event, entity })}
        />
      </td>
      <NameCells event={event} names={names} onChange={onChange} />
      <td>
        <Remove onClick={props.onRemove} />
      </td>
    </tr>
  )
}

function NameCells(props: { event: Event; names: Names; onChange: (event: Event) => void }) {
  const { event, names, onChange } = props
  const said = (name: string, text: string) => {
    const { [name]: _before, ...rest } = event.attributes
    onChange({ ...event, attributes: text === '' ? rest : { ...rest, [name]: text } })
  }
  const valued = (name: string, number: number | null) => {
    const { [name]: _before, ...rest } = event.values
    onChange({ ...event, values: number === null ? rest : { ...rest, [name]: number } })
  }
  return (
    <>
      {names.attributes.map((name) => (
        <td key={name} style={{ minWidth: 100 }}>
          <TextField
            value={event.attributes[name] ?? ''}
            label={{ zh: name, en: name }}
            max={500}
            onChange={(text) => said(name, text)}
          />
        </td>
      ))}
      {names.values.map((name) => (
        <td key={name}>
          <NumberField
            value={event.values[name] ?? null}
            label={{ zh: name, en: name }}
            onChange={(number) => valued(name, number)}
            width={96}
          />
        </td>
      ))}
    </>
  )
}

function AddColumn({ onAdd }: { onAdd: (names: Names) => void }) {
  const say = useSay()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<'attribute' | 'value'>('attribute')
  const add = () => {
    if (name.trim() === '') return
    onAdd(kind === 'attribute' ? { attributes: [name.trim()], values: [] } : { attributes: [], values: [name.trim()] })
    setName('')
  }
  const form = (
    <div className="stack">
      <Segmented
        value={kind}
        options={[
          { value: 'attribute', label: say(words.onAttribute) },
          { value: 'value', label: say(words.onValue) },
        ]}
        onChange={setKind}
      />
      <TextField
        value={name}
        max={100}
        label={words.columnName}
        placeholder={say(words.columnName)}
        onChange={setName}
      />
      <Button type="primary" size="small" onClick={add}>
        {say(words.addColumn)}
      </Button>
    </div>
  )
  return (
    <Popover content={form} trigger="click">
      <Button size="small">{say(words.addColumn)}</Button>
    </Popover>
  )
}
