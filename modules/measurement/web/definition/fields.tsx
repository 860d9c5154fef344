/** What every field of the editor is made of: its label, its faults, and the inputs. */
import { DeleteOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { createContext, type ReactNode, useContext } from 'react'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Issue, issueText } from '#platform/web/problems.ts'
import type { Sentence } from '#platform/web/words.ts'

/** The faults of the draft as it stands. */
export const Faults = createContext<readonly Issue[]>([])

/** Changes a part of an object. */
export type Patch<T> = (part: Partial<T>) => void
export const patching =
  <T extends object>(value: T, onChange: (value: T) => void): Patch<T> =>
  (part) =>
    onChange({ ...value, ...part })

interface FieldProps {
  /** Path in the draft; the faults of it, and of what is inside it when `deep`, stand below. */
  readonly field: string
  readonly label: Sentence
  readonly help?: string | undefined
  readonly deep?: boolean
  /** Width in pixels where fields stand in a row; the whole line otherwise. */
  readonly width?: number
  readonly children: (id: string) => ReactNode
}

export function Field({ field, label, help, deep = false, width, children }: FieldProps) {
  const say = useSay()
  const { language } = useLanguage()
  const faults = useContext(Faults).filter(
    (issue) => issue.field === field || (deep && issue.field.startsWith(`${field}.`)),
  )
  const id = `field-${field}`
  return (
    <Form.Item
      label={say(label)}
      htmlFor={id}
      {...(faults.length > 0
        ? { validateStatus: 'error' as const, help: faults.map((issue) => issueText(issue, language)).join('；') }
        : {})}
      {...(help === undefined ? {} : { extra: help })}
      style={{ marginBottom: 12, ...(width === undefined ? {} : { width, maxWidth: '100%' }) }}
    >
      {children(id)}
    </Form.Item>
  )
}

/** One of few, each with its word. */
export function Choice<T extends string>(props: {
  id?: string
  value: T | null | undefined
  onChange: (value: T) => void
  options: Readonly<Record<T, Sentence>>
  label?: Sentence
  width?: number
  disabled?: boolean
}) {
  const say = useSay()
  const options = (Object.entries(props.options) as [T, Sentence][]).map(([value, word]) => ({
    value,
    label: say(word),
  }))
  return (
    <Select<T>
      {...(props.id ? { id: props.id } : {})}
      {...(props.label ? { 'aria-label': say(props.label) } : {})}
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
  label?: Sentence
  min?: number
  max?: number
  step?: number
  width?: number
  placeholder?: string
}) {
  const say = useSay()
  return (
    <InputNumber<number>
      {...(props.id ? { id: props.id } : {})}
      {...(props.label ? { 'aria-label': say(props.label) } : {})}
      {...(props.min === undefined ? {} : { min: props.min })}
      {...(props.max === undefined ? {} : { max: props.max })}
      {...(props.step === undefined ? {} : { step: props.step })}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
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
  label?: Sentence
  max: number
  lines?: number
  disabled?: boolean
  placeholder?: string
}) {
  const say = useSay()
  const same = {
    ...(props.id ? { id: props.id } : {}),
    ...(props.label ? { 'aria-label': say(props.label) } : {}),
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

/** A word of the sender's, offered from what was recorded, free to be another. */
export function NameField(props: {
  id?: string
  value: string
  onChange: (value: string) => void
  offered: readonly string[]
  label?: Sentence
  placeholder?: string
  width?: number
}) {
  const say = useSay()
  return (
    <AutoComplete
      {...(props.id ? { id: props.id } : {})}
      {...(props.label ? { 'aria-label': say(props.label) } : {})}
      {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      value={props.value}
      onChange={(value: string | null) => props.onChange(value ?? '')}
      options={props.offered.map((value) => ({ value }))}
      showSearch={{
        filterOption: (typed, option) => (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()),
      }}
      popupMatchSelectWidth={false}
      style={{ width: props.width ?? '100%' }}
    />
  )
}

/** Several of the sender's words. */
export function NamesField(props: {
  id?: string
  value: readonly string[]
  onChange: (value: string[]) => void
  offered: readonly string[]
  label?: Sentence
  placeholder?: string
  width?: number
}) {
  const say = useSay()
  return (
    <Select<string[]>
      {...(props.id ? { id: props.id } : {})}
      {...(props.label ? { 'aria-label': say(props.label) } : {})}
      {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      mode="tags"
      value={[...props.value]}
      onChange={props.onChange}
      options={props.offered.map((value) => ({ value, label: value }))}
      style={{ minWidth: 180, width: props.width ?? '100%' }}
    />
  )
}

export function Remove({ onClick }: { onClick: () => void }) {
  const say = useSay()
  return <Button type="text" icon={<DeleteOutlined />} aria-label={say(floorWords.act.remove)} onClick={onClick} />
}

/** A list with one of its items changed or taken out. */
export const replaced = <T,>(list: readonly T[], place: number, item: T): T[] => list.with(place, item)
export const without = <T,>(list: readonly T[], place: number): T[] => list.toSpliced(place, 1)
