/** A formula: names and functions are offered while typing, a fault stands right below with the place marked. */
import { AutoComplete, Input } from 'antd'
import { useState } from 'react'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { issueText } from '#platform/web/problems.ts'
import { FORMULA_FUNCTIONS, isFault, readFormula } from '../../../rules/formula.ts'
import { words as all } from '../../../words.ts'
import { Field } from '../fields.tsx'

const words = all.definition
/** The name that is being typed: from its first letter to the caret. */
const LAST_NAME = /[A-Za-z_][\w.]*$/

interface FormulaProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Every name the formula may use, with its unit where one is known. */
  readonly names: ReadonlyMap<string, string | null>
}

export function FormulaField({ value, onChange, names }: FormulaProps) {
  const say = useSay()
  const { language } = useLanguage()
  const [caret, setCaret] = useState(value.length)
  const before = value.slice(0, caret)
  const typed = LAST_NAME.exec(before)?.[0] ?? ''
  const head = before.slice(0, before.length - typed.length)
  const offers = [
    ...[...names.keys()].map((name) => ({ name, insert: name })),
    ...FORMULA_FUNCTIONS.map((name) => ({ name: `${name}( )`, insert: `${name}(` })),
  ].filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()) && name !== typed)
  const follow = (event: { target: EventTarget }) =>
    setCaret((event.target as HTMLTextAreaElement).selectionStart ?? value.length)
  return (
    <Field
      field="definition.formula"
      label={words.formula}
      help={say(words.formulaWhy, { functions: FORMULA_FUNCTIONS.join(language === 'zh' ? '、' : ', ') })}
    >
      {(id) => (
        <>
          <AutoComplete
            id={id}
            value={value}
            options={offers.map(({ name, insert }) => ({
              key: name,
              value: head + insert + value.slice(caret),
              label: <code>{name}</code>,
            }))}
            onChange={(next: string | null) => onChange(next ?? '')}
            onSelect={(next) => setCaret((next ?? '').length - (value.length - caret))}
            popupMatchSelectWidth={false}
            style={{ width: '100%' }}
          >
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 5 }}
              maxLength={500}
              spellCheck={false}
              onKeyUp={follow}
              onClick={follow}
              onInput={follow}
              style={{ fontFamily: 'monospace' }}
            />
          </AutoComplete>
          <Fault text={value} names={names} />
        </>
      )}
    </Field>
  )
}

function Fault({ text, names }: { text: string; names: ReadonlyMap<string, string | null> }) {
  const { language } = useLanguage()
  if (text.trim() === '') return null
  const read = readFormula(text, names)
  if (!isFault(read)) return null
  const { place } = read
  return (
    <div className="small" role="status" style={{ marginTop: 4 }}>
      {place && (
        <code>
          {text.slice(0, place.from)}
          <mark style={{ background: 'var(--red)', color: 'var(--panel)' }}>
            {text.slice(place.from, place.until) || '…'}
          </mark>
          {text.slice(place.until)}
        </code>
      )}
      <div style={{ color: 'var(--red)' }}>
        {issueText({ field: '', rule: read.rule, message: read.message, values: read.values }, language)}
      </div>
    </div>
  )
}
