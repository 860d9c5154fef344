/** What every field of the editor is made of: its label, its faults, and the inputs. */
import type { ReactNode } from 'react'
import type { SchemeIssue } from '#evaluation/contract'
import type { Bilingual } from '#platform/contract'
import { FieldFrame, NumberField, TextField } from '#platform/web/form/fields.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import type { Language, Sentence } from '#platform/web/words.ts'
import { issueWords } from '../../../words/schemes.ts'
import { rulesWords } from '../../../words/scheme-rules.ts'
import './fields.css'
import { useEditorState } from '../state/use-editor.ts'
import { useMarks } from '../punctuation.ts'

/** What is wrong, in the reader's language: by field and rule, else by rule, else as the server told it. */
export function issueText({ field, rule, message }: SchemeIssue, language: Language): string {
  const name = field.split('.').at(-1) ?? ''
  const known = issueWords[`${name} ${rule}`] ?? issueWords[rule]
  return known ? known[language] : message
}

/** Issues of a field, and of what is inside it when `deep`. */
export function useIssues(field: string, deep = false): readonly SchemeIssue[] {
  const { issues } = useEditorState()
  return issues.filter((issue) => issue.field === field || (deep && issue.field.startsWith(`${field}.`)))
}

interface FieldProps {
  readonly field: string
  readonly label: Sentence
  readonly help?: string | undefined
  readonly deep?: boolean
  /** Width in pixels where fields stand in a row; the whole line otherwise. */
  readonly width?: number
  readonly children: (id: string) => ReactNode
}

export function Field({ field, label, help, deep = false, width, children }: FieldProps) {
  const { semicolon } = useMarks()
  const { language } = useLanguage()
  const issues = useIssues(field, deep)
  const id = `field-${field}`
  const told = [...new Set(issues.map((issue) => issueText(issue, language)))].join(semicolon)
  const status = issues.some((issue) => issue.severity === 'error') ? 'error' : 'warning'
  return (
    <FieldFrame
      id={id}
      label={label}
      help={help}
      width={width}
      problem={issues.length > 0 ? { status, text: told } : null}
    >
      {children(id)}
    </FieldFrame>
  )
}

/** Issues without a field of their own in sight. */
export function IssueLines({ field, deep = false }: { field: string; deep?: boolean }) {
  const { language } = useLanguage()
  const issues = useIssues(field, deep)
  if (issues.length === 0) return null
  return (
    <div role="alert" className="issue-lines">
      {[...new Set(issues.map((issue) => issueText(issue, language)))].map((text) => (
        <p key={text} className={issues.some((issue) => issue.severity === 'error') ? 'issue-error' : 'issue-warning'}>
          {text}
        </p>
      ))}
    </div>
  )
}

/** A share of 0 to 1, shown as percent with up to two decimals. */
export function ShareField(props: {
  id?: string
  value: number
  onChange: (share: number) => void
  label?: string
  min?: number
  max?: number
  step?: number
  width?: number
}) {
  return (
    <NumberField
      {...props}
      value={Math.round(props.value * 1e4) / 1e2}
      min={(props.min ?? 0) * 100}
      max={(props.max ?? 1) * 100}
      step={props.step ?? 1}
      suffix="%"
      onChange={(percent) => props.onChange(Math.round((percent ?? 0) * 1e2) / 1e4)}
    />
  )
}

/** A name in the reader's language first; the other one may be left out. */
export function NameFields(props: {
  field: string
  label: Sentence
  value: Bilingual
  onChange: (value: Bilingual, about: string) => void
  max?: number
  lines?: number
}) {
  const say = useSay()
  const { language } = useLanguage()
  const { field, value, onChange, max = 200 } = props
  const other = language === 'zh' ? 'en' : 'zh'
  const lines = props.lines === undefined ? {} : { lines: props.lines }
  return (
    <div className="columns">
      <div className="half">
        <Field field={field} label={props.label}>
          {(id) => (
            <TextField
              id={id}
              max={max}
              {...lines}
              value={value[language]}
              onChange={(text) => onChange({ ...value, [language]: text }, `${field}.${language}`)}
            />
          )}
        </Field>
      </div>
      <div className="half">
        <Field field={`${field}.${other}`} label={rulesWords.otherLanguage}>
          {(id) => (
            <TextField
              id={id}
              max={max}
              {...lines}
              placeholder={say(rulesWords.sameAsFirst)}
              value={value[other]}
              onChange={(text) => onChange({ ...value, [other]: text }, `${field}.${other}`)}
            />
          )}
        </Field>
      </div>
    </div>
  )
}
