/** Two events of one story, and events that come again. */
import { Checkbox } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import type { IndicatorDefinition, Pair } from '../../../contract/definition.ts'
import { words as all } from '../../../words.ts'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field, NamesField } from '../fields.tsx'
import type { KindProps } from './kind-fields.tsx'
import { useNames } from '../recorded.ts'
import { StreamField } from '../terms-field.tsx'

const words = all.definition
type Paired = Extract<IndicatorDefinition, { kind: 'duration' | 'conversion' }>

export function PairFields({ value, onChange }: KindProps<Paired>) {
  const { pair } = value
  const set = (part: Partial<Pair>) => onChange({ ...value, pair: { ...pair, ...part } })
  return (
    <>
      <StreamField
        field="definition.pair.from"
        label={words.pairFrom}
        value={pair.from}
        onChange={(from) => set({ from })}
      />
      <StreamField field="definition.pair.to" label={words.pairTo} value={pair.to} onChange={(to) => set({ to })} />
      <Matching field="definition.pair" value={pair} eventType={pair.from.eventType} onChange={set} />
      <Field field="definition.pair.open" label={words.open} width={320}>
        {(id) => <Choice id={id} value={pair.open} options={words.opens} onChange={(open) => set({ open })} />}
      </Field>
      {value.kind === 'duration' && <StatisticFields value={value} onChange={onChange} />}
    </>
  )
}

export function RepeatFields({ value, onChange }: KindProps<Extract<IndicatorDefinition, { kind: 'repeat' }>>) {
  return (
    <Matching
      field="definition"
      value={value}
      eventType={value.eventType}
      onChange={(part) => onChange({ ...value, ...part })}
    />
  )
}

type Matched = Pick<Pair, 'match' | 'acrossEntities' | 'withinHours'>

function Matching(props: {
  field: string
  value: Matched
  eventType: string
  onChange: (part: Partial<Matched>) => void
}) {
  const say = useSay()
  const { field, value, onChange } = props
  const { attributes } = useNames(props.eventType)
  return (
    <>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field={`${field}.match`} label={words.match} help={say(words.matchWhy)} deep width={320}>
          {(id) => (
            <NamesField id={id} value={value.match} offered={attributes} onChange={(match) => onChange({ match })} />
          )}
        </Field>
        <Field field={`${field}.withinHours`} label={words.withinHours} help={say(words.withinWhy)} width={170}>
          {(id) => (
            <NumberField
              id={id}
              value={value.withinHours}
              min={0}
              onChange={(withinHours) => onChange({ withinHours: withinHours ?? 0 })}
            />
          )}
        </Field>
      </div>
      <Checkbox
        checked={value.acrossEntities}
        onChange={(event) => onChange({ acrossEntities: event.target.checked })}
        style={{ marginBottom: 12 }}
      >
        {say(words.acrossEntities)}
      </Checkbox>
    </>
  )
}

function StatisticFields({ value, onChange }: KindProps<Extract<IndicatorDefinition, { kind: 'duration' }>>) {
  const { statistic } = value
  const set = (next: typeof statistic) => onChange({ ...value, statistic: next })
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Field field="definition.statistic.of" label={words.statistic} width={220}>
        {(id) => (
          <Choice
            id={id}
            value={statistic.of}
            options={words.statistics}
            onChange={(of) =>
              set(of === 'mean' ? { of } : of === 'quantile' ? { of, quantile: 0.9 } : { of, limitHours: 24 })
            }
          />
        )}
      </Field>
      {statistic.of === 'quantile' && (
        <Field field="definition.statistic.quantile" label={words.quantile} width={120}>
          {(id) => (
            <NumberField
              id={id}
              value={statistic.quantile}
              min={0.01}
              max={0.99}
              step={0.05}
              onChange={(quantile) => set({ ...statistic, quantile: quantile ?? 0.9 })}
            />
          )}
        </Field>
      )}
      {statistic.of === 'within' && (
        <Field field="definition.statistic.limitHours" label={words.limitHours} width={140}>
          {(id) => (
            <NumberField
              id={id}
              value={statistic.limitHours}
              min={0}
              onChange={(limitHours) => set({ ...statistic, limitHours: limitHours ?? 0 })}
            />
          )}
        </Field>
      )}
    </div>
  )
}
