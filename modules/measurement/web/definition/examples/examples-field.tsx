/** Worked examples: events in, expected value out, with what the definition gives beside it. */
import { CheckCircleOutlined, CloseCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Input } from 'antd'
import type { IndicatorDraft } from '#measurement/contract'
import { today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { useMe } from '#platform/web/session.ts'
import { eventTypesOf } from '../../../rules/plan/event-types.ts'
import { words as all } from '../../../words.ts'
import type { Check } from '../../adopting/use-check.ts'
import type { DraftProps } from '../draft-fields.tsx'
import { NumberField, TextField } from '#platform/web/form/fields.tsx'
import { Field, Remove, replaced, without } from '../fields.tsx'
import { freshExample } from '../fresh-draft.ts'
import { useSamples } from '../recorded.ts'
import { EventTable } from './event-table.tsx'
import { namesOf } from './example-names.ts'
import { clockTime, instantOf } from './example-time.ts'

const words = all.definition
type Example = IndicatorDraft['examples'][number]
type Outcome = Check['examples'][number]
/** Events one click takes over. */
const TAKEN = 8

export function Examples({ draft, change, check }: DraftProps & { check: Check }) {
  const say = useSay()
  const { examples } = draft
  const set = (next: Example[]) => change({ examples: next })
  return (
    <Section title={say(words.examples)} lead={say(words.examplesLead)}>
      <Field field="examples" label={words.examples}>
        {() => (
          <div className="stack">
            {examples.map((one, place) => (
              <ExampleCard
                key={place}
                number={place + 1}
                value={one}
                draft={draft}
                outcome={check.waiting ? undefined : check.examples[place]}
                onChange={(next) => set(replaced(examples, place, next))}
                {...(examples.length > 1 ? { onRemove: () => set(without(examples, place)) } : {})}
              />
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => set([...examples, freshExample(today())])}>
                {say(words.addExample)}
              </Button>
            </div>
          </div>
        )}
      </Field>
    </Section>
  )
}

interface CardProps {
  readonly number: number
  readonly value: Example
  readonly draft: IndicatorDraft
  readonly outcome: Outcome | undefined
  readonly onChange: (value: Example) => void
  readonly onRemove?: () => void
}

function ExampleCard(props: CardProps) {
  const say = useSay()
  const { number, value, draft, onChange } = props
  const field = `examples.${number - 1}`
  const types = eventTypesOf(draft.definition).filter((type) => type !== '')
  return (
    <div className="section stack" style={{ marginBottom: 0, padding: 12 }}>
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <TextField
          value={value.title}
          label={words.exampleTitle}
          placeholder={say(words.exampleNumber, { number })}
          max={200}
          onChange={(title) => onChange({ ...value, title })}
        />
        {props.onRemove && <Remove onClick={props.onRemove} />}
      </div>
      {draft.definition.kind === 'derived' ? (
        <PartValues names={draft.definition.parts.map((part) => part.name)} value={value} onChange={onChange} />
      ) : (
        <>
          <EventTable
            events={value.events}
            needed={namesOf(draft)}
            types={types}
            day={value.from}
            onChange={(events) => onChange({ ...value, events })}
          />
          <div>
            <TakeEvents types={types} value={value} onChange={onChange} />
          </div>
          <Days
            field={field}
            value={value}
            onChange={onChange}
            asOf={'pair' in draft.definition || draft.definition.kind === 'repeat'}
          />
        </>
      )}
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field={`${field}.expected`} label={words.expected} help={say(words.expectedNone)} width={170}>
          {(id) => (
            <NumberField id={id} value={value.expected} onChange={(expected) => onChange({ ...value, expected })} />
          )}
        </Field>
        <Given outcome={props.outcome} unit={draft.unit} onAdopt={(expected) => onChange({ ...value, expected })} />
      </div>
    </div>
  )
}

function Days({
  field,
  value,
  onChange,
  asOf,
}: {
  field: string
  value: Example
  onChange: (value: Example) => void
  asOf: boolean
}) {
  const say = useSay()
  const timeZone = useMe()?.organisation.timeZone ?? 'UTC'
  const looked = (clock: string) => {
    const { asOf: _before, ...rest } = value
    const at = instantOf(clock, timeZone)
    onChange(at === '' ? rest : { ...rest, asOf: at })
  }
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Field field={`${field}.from`} label={words.exampleFrom}>
        {(id) => <DayInput id={id} value={value.from} onChange={(from) => onChange({ ...value, from })} />}
      </Field>
      <Field field={`${field}.to`} label={words.exampleTo}>
        {(id) => <DayInput id={id} value={value.to} onChange={(to) => onChange({ ...value, to })} />}
      </Field>
      {asOf && (
        <Field field={`${field}.asOf`} label={words.exampleAsOf} help={say(words.exampleAsOfWhy)} width={240}>
          {(id) => (
            <Input
              id={id}
              type="datetime-local"
              value={value.asOf === undefined ? '' : clockTime(value.asOf, timeZone).slice(0, 16)}
              onChange={(event) => looked(event.target.value)}
            />
          )}
        </Field>
      )}
    </div>
  )
}

function Given(props: { outcome: Outcome | undefined; unit: string; onAdopt: (value: number | null) => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const { outcome } = props
  if (!outcome) return null
  const { value, n, agrees } = outcome
  const told = value === null ? say(words.noValue) : formatValue(value, props.unit, language)
  return (
    <div className="stack" role="status" style={{ gap: 4, marginTop: 34 }}>
      <span>
        {agrees ? (
          <CheckCircleOutlined style={{ color: 'var(--green)' }} aria-hidden="true" />
        ) : (
          <CloseCircleOutlined style={{ color: 'var(--red)' }} aria-hidden="true" />
        )}{' '}
        {say(words.gives, { value: told, n })} · {say(agrees ? words.agrees : words.disagrees)}
      </span>
      {!agrees && (
        <Button size="small" onClick={() => props.onAdopt(value)}>
          {say(words.adopt)}
        </Button>
      )}
    </div>
  )
}

function PartValues(props: { names: readonly string[]; value: Example; onChange: (value: Example) => void }) {
  const say = useSay()
  const { names, value, onChange } = props
  const parts = value.parts ?? {}
  const set = (name: string, number: number | null) => {
    const { [name]: _before, ...rest } = parts
    onChange({ ...value, parts: number === null ? rest : { ...rest, [name]: number } })
  }
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="muted small">{say(words.partValues)}</legend>
      <div className="row">
        {names.map((name) => (
          <label key={name} className="row">
            <code>{name}</code>
            <NumberField value={parts[name] ?? null} onChange={(number) => set(name, number)} width={110} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The newest events of each type, with their days as the example's. */
function TakeEvents(props: { types: readonly string[]; value: Example; onChange: (value: Example) => void }) {
  const say = useSay()
  const { message } = App.useApp()
  const timeZone = useMe()?.organisation.timeZone ?? 'UTC'
  const [first = '', second = ''] = props.types
  const [one, other] = [useSamples(first), useSamples(second)]
  const take = () => {
    const each = second === '' ? TAKEN : TAKEN / 2
    const rows = [...(one.data?.rows ?? []).slice(0, each), ...(other.data?.rows ?? []).slice(0, each)]
    if (rows.length === 0) return void message.info(say(words.takenNone))
    const events = rows
      .map(({ type, at, entity, attributes, values }) => ({ type, at, entity, attributes, values }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    const days = events.map((event) => clockTime(event.at, timeZone).slice(0, 10))
    props.onChange({ ...props.value, events, from: days[0] ?? '', to: days.at(-1) ?? '' })
  }
  return (
    <Button size="small" onClick={take} disabled={first === ''} loading={one.isFetching}>
      {say(words.takeEvents)}
    </Button>
  )
}
