/** The fields of each kind of definition. */
import { useSay } from '#platform/web/language.tsx'
import type { IndicatorDefinition } from '../../../contract/definition.ts'
import { words as all } from '../../../words.ts'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field, NameField, type Patch, patching } from '../fields.tsx'
import { FormulaKinds } from './formula-kinds.tsx'
import { PairFields, RepeatFields } from './pair-fields.tsx'
import { useNames } from '../recorded.ts'
import { StreamField, TermsField } from '../terms-field.tsx'

const words = all.definition

export interface KindProps<K extends IndicatorDefinition = IndicatorDefinition> {
  readonly value: K
  readonly onChange: (value: K) => void
}
type Of<K extends IndicatorDefinition['kind']> = Extract<IndicatorDefinition, { kind: K }>

export function KindFields({ value, onChange }: KindProps) {
  switch (value.kind) {
    case 'duration':
    case 'conversion':
      return <PairFields value={value} onChange={onChange} />
    case 'backlog':
      return (
        <>
          <StreamField
            field="definition.opened"
            label={words.opened}
            value={value.opened}
            onChange={(opened) => onChange({ ...value, opened })}
          />
          <StreamField
            field="definition.closed"
            label={words.closed}
            value={value.closed}
            onChange={(closed) => onChange({ ...value, closed })}
          />
        </>
      )
    case 'expression':
    case 'derived':
      return <FormulaKinds value={value} onChange={onChange} />
    default:
      return (
        <>
          <StreamField
            field="definition"
            value={{ eventType: value.eventType, where: value.where }}
            onChange={(stream) => onChange({ ...value, ...stream })}
          />
          <OneStream value={value} onChange={onChange} />
        </>
      )
  }
}

type StreamKind = Extract<IndicatorDefinition, { eventType: string }>

function OneStream({ value, onChange }: KindProps<StreamKind>) {
  switch (value.kind) {
    case 'repeat':
      return <RepeatFields value={value} onChange={onChange} />
    case 'distinct':
      return (
        <NamedField
          field="attribute"
          value={value.attribute}
          of={value}
          onChange={(attribute) => onChange({ ...value, attribute })}
        />
      )
    case 'level':
      return <LevelFields value={value} onChange={onChange} />
    case 'survey':
      return <SurveyFields value={value} onChange={onChange} />
    default:
      return <TermFields value={value} onChange={onChange} />
  }
}

function NamedField(props: {
  field: 'attribute' | 'value'
  value: string
  of: { eventType: string }
  onChange: (value: string) => void
}) {
  const { attributes, values } = useNames(props.of.eventType)
  const label = props.field === 'attribute' ? words.attribute : words.valueOf
  return (
    <Field field={`definition.${props.field}`} label={label} width={260}>
      {(id) => (
        <NameField
          id={id}
          value={props.value}
          offered={props.field === 'attribute' ? attributes : values}
          onChange={props.onChange}
        />
      )}
    </Field>
  )
}

type Termed = Of<'count' | 'sum' | 'mean' | 'ratio' | 'proportion' | 'quantile' | 'cumulative'>

function TermFields({ value, onChange }: KindProps<Termed>) {
  const say = useSay()
  const single = value.kind === 'mean' || value.kind === 'quantile'
  const divided = value.kind === 'ratio' || value.kind === 'proportion'
  return (
    <>
      <Field
        field="definition.numerator"
        label={single ? words.valueOf : divided ? words.numerator : words.amount}
        deep
      >
        {() => (
          <TermsField
            value={value.numerator}
            eventType={value.eventType}
            single={single}
            onChange={(numerator) => onChange({ ...value, numerator })}
          />
        )}
      </Field>
      {divided && (
        <Field field="definition.denominator" label={words.denominator} deep>
          {() => (
            <TermsField
              value={value.denominator}
              eventType={value.eventType}
              single={false}
              onChange={(denominator) => onChange({ ...value, denominator })}
            />
          )}
        </Field>
      )}
      {value.kind === 'quantile' && (
        <Field field="definition.quantile" label={words.quantile} help={say(words.quantileWhy)} width={160}>
          {(id) => (
            <NumberField
              id={id}
              value={value.quantile}
              min={0.01}
              max={0.99}
              step={0.05}
              onChange={(quantile) => onChange({ ...value, quantile: quantile ?? 0.9 })}
            />
          )}
        </Field>
      )}
      {value.kind === 'cumulative' && <WindowFields value={value} onChange={onChange} />}
    </>
  )
}

function WindowFields({ value, onChange }: KindProps<Of<'cumulative'>>) {
  const { window } = value
  const set = (next: typeof window) => onChange({ ...value, window: next })
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Field field="definition.window.kind" label={words.window} width={200}>
        {(id) => (
          <Choice
            id={id}
            value={window.kind}
            options={words.windows}
            onChange={(kind) =>
              set(kind === 'rolling' ? { kind, days: 30 } : kind === 'to-date' ? { kind, since: 'year' } : { kind })
            }
          />
        )}
      </Field>
      {window.kind === 'rolling' && (
        <Field field="definition.window.days" label={words.windowDays} width={120}>
          {(id) => (
            <NumberField id={id} value={window.days} min={1} onChange={(days) => set({ ...window, days: days ?? 1 })} />
          )}
        </Field>
      )}
      {window.kind === 'to-date' && (
        <Field field="definition.window.since" label={words.since} width={140}>
          {(id) => (
            <Choice
              id={id}
              value={window.since}
              options={words.sinces}
              onChange={(since) => set({ ...window, since })}
            />
          )}
        </Field>
      )}
    </div>
  )
}

function LevelFields({ value, onChange }: KindProps<Of<'level'>>) {
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <NamedField
        field="value"
        value={value.value}
        of={value}
        onChange={(name) => onChange({ ...value, value: name })}
      />
      <Field field="definition.take" label={words.take} width={200}>
        {(id) => (
          <Choice id={id} value={value.take} options={words.takes} onChange={(take) => onChange({ ...value, take })} />
        )}
      </Field>
    </div>
  )
}

function SurveyFields({ value, onChange }: KindProps<Of<'survey'>>) {
  const { scale, score } = value
  const setScore = (next: typeof score) => onChange({ ...value, score: next })
  const setScale: Patch<typeof scale> = patching(scale, (next) => onChange({ ...value, scale: next }))
  const freshScore = (of: typeof score.of): typeof score =>
    of === 'mean'
      ? { of }
      : of === 'top-box'
        ? { of, from: scale.high - 1 }
        : { of, promotersFrom: scale.high - 1, detractorsTo: scale.high - 4 }
  const number = (field: string, label: typeof words.topFrom, shown: number, set: (next: number) => void) => (
    <Field field={`definition.${field}`} label={label} width={170}>
      {(id) => <NumberField id={id} value={shown} onChange={(next) => set(next ?? 0)} />}
    </Field>
  )
  return (
    <>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <NamedField
          field="value"
          value={value.value}
          of={value}
          onChange={(name) => onChange({ ...value, value: name })}
        />
        {number('scale.low', words.scaleLow, scale.low, (low) => setScale({ low }))}
        {number('scale.high', words.scaleHigh, scale.high, (high) => setScale({ high }))}
      </div>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field="definition.score" label={words.score} width={260}>
          {(id) => (
            <Choice id={id} value={score.of} options={words.scores} onChange={(of) => setScore(freshScore(of))} />
          )}
        </Field>
        {score.of === 'top-box' &&
          number('score.from', words.topFrom, score.from, (from) => setScore({ ...score, from }))}
        {score.of === 'net-promoter' &&
          number('score.promotersFrom', words.promotersFrom, score.promotersFrom, (promotersFrom) =>
            setScore({ ...score, promotersFrom }),
          )}
        {score.of === 'net-promoter' &&
          number('score.detractorsTo', words.detractorsTo, score.detractorsTo, (detractorsTo) =>
            setScore({ ...score, detractorsTo }),
          )}
      </div>
    </>
  )
}
