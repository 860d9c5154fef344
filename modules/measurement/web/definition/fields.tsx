/** What every field of the editor is made of: its label, its faults, and the inputs. */
import { DeleteOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Select } from 'antd'
import { createContext, type ReactNode, useContext } from 'react'
import { floorWords } from '#platform/web/floor-words.ts'
import { FieldFrame } from '#platform/web/form/fields.tsx'
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
  const { language } = useLanguage()
  const faults = useContext(Faults).filter(
    (issue) => issue.field === field || (deep && issue.field.startsWith(`${field}.`)),
  )
  const id = `field-${field}`
  const text = faults.map((issue) => issueText(issue, language)).join('；')
  return (
    <FieldFrame
      id={id}
      label={label}
      help={help}
      width={width}
      problem={faults.length > 0 ? { status: 'error', text } : null}
    >
      {children(id)}
    </FieldFrame>
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
