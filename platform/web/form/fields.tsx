/** Inputs of editors that keep their draft themselves: a value in, a change out, an accessible name. */
import { Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../language.tsx'
import type { Sentence } from '../words.ts'

/** A sentence, or text that is worded already. */
type Label = Sentence | string

function useLabel(label: Label | undefined): { 'aria-label'?: string } {
  const say = useSay()
  return label ? { 'aria-label': typeof label === 'string' ? label : say(label) } : {}
}

/** A label, what is wrong with the field, and the field below it. */
export function FieldFrame(props: {
  id: string
  label: Sentence
  problem: { readonly status: 'error' | 'warning'; readonly text: string } | null
  help?: string | undefined
  /** Width in pixels where fields stand in a row; the whole line otherwise. */
  width?: number | undefined
  children: ReactNode
}) {
  const say = useSay()
  const { id, label, problem, help, width, children } = props
  return (
    <Form.Item
      label={say(label)}
      htmlFor={id}
      {...(problem === null ? {} : { validateStatus: problem.status, help: problem.text })}
      {...(help === undefined ? {} : { extra: help })}
      style={{ marginBottom: 12, ...(width === undefined ? {} : { width, maxWidth: '100%' }) }}
    >
      {children}
    </Form.Item>
  )
}

/** One of few, each with its word. */
export function Choice<T extends string>(props: {
  id?: string
  value: T | null | undefined
  onChange: (value: T) => void
  options: Readonly<Record<T, Sentence>>
  label?: Label
  width?: number
  disabled?: boolean
}) {
  const say = useSay()
  const named = useLabel(props.label)
  const options = (Object.entries(props.options) as [T, Sentence][]).map(([value, word]) => ({
    value,
    label: say(word),
  }))
  return (
    <Select<T>
      {...(props.id ? { id: props.id } : {})}
      {...named}
      {...(props.value === null || props.value === undefined ? {} : { value: props.value })}
      onChange={props.onChange}
      options={options}
      popupMatchSelectWidth={false}
      disabled={props.disabled ?? false}
      style={{ width: props.width ?? '100%' }}
    />
  )
}

export function NumberField(props: {
  id?: string
  value: number | null | undefined
  onChange: (value: number | null) => void
  label?: Label
  min?: number
  max?: number
  step?: number
  width?: number
  suffix?: string
  placeholder?: string
}) {
  const named = useLabel(props.label)
  return (
    <InputNumber<number>
      {...(props.id ? { id: props.id } : {})}
      {...named}
      {...(props.min === undefined ? {} : { min: props.min })}
      {...(props.max === undefined ? {} : { max: props.max })}
      {...(props.step === undefined ? {} : { step: props.step })}
      {...(props.suffix ? { suffix: props.suffix } : {})}
      {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      value={props.value ?? null}
      onChange={props.onChange}
      style={{ width: props.width ?? '100%' }}
    />
  )
}

export function TextField(props: {
  id?: string
  value: string
  onChange: (value: string) => void
  label?: Label
  max: number
  /** Several lines, this many to begin with. */
  lines?: number
  disabled?: boolean
  placeholder?: string
}) {
  const same = {
    ...(props.id ? { id: props.id } : {}),
    ...useLabel(props.label),
    ...(props.placeholder ? { placeholder: props.placeholder } : {}),
    value: props.value,
    maxLength: props.max,
    disabled: props.disabled ?? false,
    onChange: (event: { target: { value: string } }) => props.onChange(event.target.value),
  }
  return props.lines ? (
    <Input.TextArea {...same} autoSize={{ minRows: props.lines, maxRows: 8 }} />
  ) : (
    <Input {...same} />
  )
}
