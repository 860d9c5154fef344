/** Formulas over named facts, and over other indicators. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { IndicatorPicker, useIndicators } from '#platform/web/parts/pickers.tsx'
import type { IndicatorDefinition, NamedFact } from '../../../contract/definition.ts'
import { expressionNames } from '../../../rules/plan/plan.ts'
import { words as all } from '../../../words.ts'
import { ConditionsField } from '../conditions-field.tsx'
import { Field, NameField, Remove, replaced, without } from '../fields.tsx'
import { FormulaField } from './formula-field.tsx'
import type { KindProps } from './kind-fields.tsx'
import { useEventTypes, useNames } from '../recorded.ts'
import { AmountField } from '../terms-field.tsx'

const words = all.definition
type Expression = Extract<IndicatorDefinition, { kind: 'expression' }>
type Derived = Extract<IndicatorDefinition, { kind: 'derived' }>

export function FormulaKinds({ value, onChange }: KindProps<Expression | Derived>) {
  return value.kind === 'expression' ? (
    <ExpressionFields value={value} onChange={onChange} />
  ) : (
    <DerivedFields value={value} onChange={onChange} />
  )
}

/** The first letter, or two of them, that is not taken. */
function freeName(taken: readonly string[]): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  const names = [...letters, ...letters.map((letter) => `a${letter}`)]
  return names.find((name) => !taken.includes(name)) ?? ''
}

function ExpressionFields({ value, onChange }: KindProps<Expression>) {
  const say = useSay()
  const { facts } = value
  const set = (next: NamedFact[]) => onChange({ ...value, facts: next })
  const named = facts.map((fact) => fact.name)
  const add = () =>
    set([...facts, { name: freeName(named), eventType: facts[0]?.eventType ?? '', where: [], of: 'events' }])
  return (
    <>
      <Field field="definition.facts" label={words.facts} help={say(words.factNameWhy)} deep>
        {() => (
          <div className="stack" style={{ gap: 8 }}>
            {facts.map((fact, place) => (
              <FactRow
                key={place}
                value={fact}
                onChange={(next) => set(replaced(facts, place, next))}
                {...(facts.length > 1 ? { onRemove: () => set(without(facts, place)) } : {})}
              />
            ))}
            <div>
              <Button size="small" icon={<PlusOutlined />} onClick={add}>
                {say(words.addFact)}
              </Button>
            </div>
          </div>
        )}
      </Field>
      <FormulaField
        value={value.formula}
        names={expressionNames(facts)}
        onChange={(formula) => onChange({ ...value, formula })}
      />
      <Field field="definition.nOf" label={words.nOf} width={220}>
        {(id) => (
          <Select<string>
            id={id}
            allowClear
            placeholder={say(words.nOfAny)}
            {...(value.nOf === undefined ? {} : { value: value.nOf })}
            options={named.map((name) => ({ value: name, label: name }))}
            onChange={(nOf: string | undefined) => {
              const { nOf: _before, ...rest } = value
              onChange(nOf === undefined ? rest : { ...rest, nOf })
            }}
          />
        )}
      </Field>
    </>
  )
}

function FactRow(props: { value: NamedFact; onChange: (value: NamedFact) => void; onRemove?: () => void }) {
  const say = useSay()
  const { value, onChange } = props
  const types = useEventTypes()
  const { attributes } = useNames(value.eventType)
  const counted = (distinct: string) => {
    const { distinct: _before, ...rest } = value
    onChange(distinct === '' ? rest : { ...rest, distinct })
  }
  return (
    <div className="section stack" style={{ marginBottom: 0, padding: 12, gap: 8 }}>
      <div className="row">
        <Input
          value={value.name}
          aria-label={say(words.factName)}
          placeholder={say(words.factName)}
          maxLength={40}
          spellCheck={false}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
          style={{ width: 120, fontFamily: 'monospace' }}
        />
        <NameField
          value={value.eventType}
          offered={types}
          label={words.eventType}
          placeholder={say(words.eventType)}
          onChange={(eventType) => onChange({ ...value, eventType })}
          width={180}
        />
        <AmountField
          value={value.of}
          eventType={value.eventType}
          events
          onChange={(of) => onChange({ ...value, of })}
        />
        <NameField
          value={value.distinct ?? ''}
          offered={attributes}
          label={words.factDistinct}
          placeholder={say(words.factDistinct)}
          onChange={counted}
          width={170}
        />
        {props.onRemove && <Remove onClick={props.onRemove} />}
      </div>
      <ConditionsField
        value={value.where}
        eventType={value.eventType}
        onChange={(where) => onChange({ ...value, where })}
      />
    </div>
  )
}

function DerivedFields({ value, onChange }: KindProps<Derived>) {
  const say = useSay()
  const indicators = useIndicators()
  const { parts } = value
  const set = (next: Derived['parts']) => onChange({ ...value, parts: next })
  const unitOf = (id: string) => indicators?.find((one) => one.id === id)?.unit ?? null
  return (
    <>
      <Field field="definition.parts" label={words.parts} deep>
        {() => (
          <div className="stack" style={{ gap: 8 }}>
            {parts.map((part, place) => (
              <div className="row" key={place} style={{ flexWrap: 'nowrap' }}>
                <Input
                  value={part.name}
                  aria-label={say(words.factName)}
                  maxLength={40}
                  spellCheck={false}
                  onChange={(event) => set(replaced(parts, place, { ...part, name: event.target.value }))}
                  style={{ width: 120, fontFamily: 'monospace' }}
                />
                <IndicatorPicker
                  value={part.indicator}
                  onChange={(id) => set(replaced(parts, place, { ...part, indicator: id ?? '' }))}
                />
                {parts.length > 1 && <Remove onClick={() => set(without(parts, place))} />}
              </div>
            ))}
            <div>
              <Button
                size="small"
                icon={<PlusOutlined />}
                onClick={() => set([...parts, { name: freeName(parts.map((each) => each.name)), indicator: '' }])}
              >
                {say(words.addPart)}
              </Button>
            </div>
          </div>
        )}
      </Field>
      <FormulaField
        value={value.formula}
        names={new Map(parts.map((part) => [part.name, unitOf(part.indicator)]))}
        onChange={(formula) => onChange({ ...value, formula })}
      />
    </>
  )
}
