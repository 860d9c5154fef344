/** Small inputs of the rule editor. */
import { Button, Form, InputNumber, Select, Switch } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'

const ROUND = 1e6

/** A share of one as percent on screen. */
export function SharePercent(props: {
  value?: number | null
  onChange?: (value: number | null) => void
  id?: string
  max?: number
  disabled?: boolean
  'aria-label'?: string
}) {
  const percent =
    props.value === null || props.value === undefined ? null : Math.round(props.value * 100 * ROUND) / ROUND
  return (
    <InputNumber<number>
      {...(props.id ? { id: props.id } : {})}
      aria-label={props['aria-label']}
      value={percent}
      onChange={(value) => props.onChange?.(value === null ? null : Math.round((value / 100) * ROUND) / ROUND)}
      min={0}
      max={props.max ?? 99.99}
      disabled={props.disabled ?? false}
      suffix="%"
      style={{ width: 140 }}
    />
  )
}

/** A whole number with its place in the form. */
export function NumberField(props: {
  name: readonly string[]
  label: Sentence
  min: number
  max: number
  required?: boolean
  precision?: number
  suffix?: string
}) {
  const say = useSay()
  return (
    <Form.Item
      name={[...props.name]}
      label={say(props.label)}
      {...((props.required ?? true) ? { rules: [{ required: true, message: say(words.policy.need) }] } : {})}
    >
      <InputNumber<number>
        min={props.min}
        max={props.max}
        {...(props.precision === undefined ? { precision: 0 } : { precision: props.precision })}
        {...(props.suffix === undefined ? {} : { suffix: props.suffix })}
        style={{ width: 140 }}
      />
    </Form.Item>
  )
}

export function ChoiceField<T extends string>(props: {
  name: readonly string[]
  label: Sentence
  options: Readonly<Record<T, Sentence>>
  width?: number
  extra?: Sentence
}) {
  const say = useSay()
  return (
    <Form.Item name={[...props.name]} label={say(props.label)} {...(props.extra ? { extra: say(props.extra) } : {})}>
      <Select<T>
        style={{ width: '100%', minWidth: props.width ?? 200 }}
        popupMatchSelectWidth={false}
        options={(Object.entries(props.options) as [T, Sentence][]).map(([value, name]) => ({
          value,
          label: say(name),
        }))}
      />
    </Form.Item>
  )
}

/** Words typed one after the other. */
export function TagsField(props: {
  name: readonly string[]
  label: Sentence
  hint?: Sentence
  most: number
  required?: boolean
}) {
  const say = useSay()
  const need = { required: true, type: 'array' as const, min: 1, message: say(words.policy.need) }
  return (
    <Form.Item name={[...props.name]} label={say(props.label)} {...(props.required ? { rules: [need] } : {})}>
      <Select<string[]>
        mode="tags"
        maxCount={props.most}
        tokenSeparators={[',', '，', '、', ';', '；']}
        open={false}
        suffixIcon={null}
        {...(props.hint ? { placeholder: say(props.hint) } : {})}
      />
    </Form.Item>
  )
}

/** Days, one below the other. */
export function DaysField({ value = [], onChange }: { value?: string[]; onChange?: (days: string[]) => void }) {
  const say = useSay()
  return (
    <span className="row">
      {value.map((day, place) => (
        <span key={`${day} ${place}`} className="row">
          <DayInput
            value={day}
            onChange={(next) => onChange?.(value.map((each, at) => (at === place ? next : each)))}
          />
          <Button size="small" type="text" onClick={() => onChange?.(value.filter((_each, at) => at !== place))}>
            {say(words.policy.remove)}
          </Button>
        </span>
      ))}
      <DayInput
        value=""
        onChange={(day) => day !== '' && onChange?.([...value, day])}
        aria-label={say(words.form.addDay)}
      />
    </span>
  )
}

/** Something that is off (null) or on with what it begins with. */
export function Optional<T>(props: {
  value?: T | null
  onChange?: (value: T | null) => void
  start: T
  label: string
  id?: string
}) {
  const on = props.value !== null && props.value !== undefined
  return (
    <Switch
      {...(props.id ? { id: props.id } : {})}
      aria-label={props.label}
      checked={on}
      onChange={(next) => props.onChange?.(next ? props.start : null)}
    />
  )
}
