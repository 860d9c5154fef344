/** Gates: conditions no score buys off. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Gate } from '#evaluation/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { units } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { gateShuts } from '../../../rules/composing/gates.ts'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { useEditorState } from '../state/use-editor.ts'
import { freshGate } from '../state/writing.ts'
import { IndicatorChoice } from '../tree/indicator-choice.tsx'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field, IssueLines, NameFields } from './fields.tsx'
import { useMarks } from '../punctuation.ts'

const words = rulesWords.gates
const GATES_LIMIT = 20
const MOST_STARS = 2
const MOST_POINTS = 60

export function GatesSection() {
  const say = useSay()
  const { draft, patch } = useEditorState()
  const { gates } = draft
  const put = (next: Gate[], about: string | null = null) => patch({ gates: next }, about)
  return (
    <Section title={say(words.title)} lead={say(words.lead)}>
      <IssueLines field="gates" />
      {gates.length === 0 && <p className="muted small">{say(words.none)}</p>}
      <ul>
        {gates.map((gate, place) => (
          <GateFields
            key={gate.id}
            place={place}
            gate={gate}
            onChange={(next, about) => put(gates.with(place, next), about)}
            onRemove={() => put(gates.toSpliced(place, 1))}
          />
        ))}
      </ul>
      <Button
        icon={<PlusOutlined />}
        disabled={gates.length >= GATES_LIMIT}
        onClick={() => put([...gates, freshGate(gates.map((gate) => gate.id))])}
      >
        {say(words.add)}
      </Button>
    </Section>
  )
}

interface Props {
  readonly place: number
  readonly gate: Gate
  readonly onChange: (gate: Gate, about?: string | null) => void
  readonly onRemove: () => void
}

function GateFields({ place, gate, onChange, onRemove }: Props) {
  const say = useSay()
  const { colon } = useMarks()
  const { language } = useLanguage()
  const { indicator } = useEditorState()
  const field = `gates.${place}`
  const unit = (units as Readonly<Record<string, Sentence>>)[indicator(gate.indicator)?.unit ?? '']?.[language] ?? ''
  return (
    <li className="gate">
      <NameFields
        field={`${field}.title`}
        label={words.name}
        value={gate.title}
        onChange={(title, about) => onChange({ ...gate, title }, about)}
      />
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field={`${field}.indicator`} label={rulesWords.item.indicator} width={210}>
          {(id) => (
            <IndicatorChoice
              id={id}
              value={gate.indicator}
              label={say(rulesWords.item.indicator)}
              onChange={(chosen) => onChange({ ...gate, indicator: chosen })}
            />
          )}
        </Field>
        <Field field={`${field}.operator`} label={words.operator} width={110}>
          {(id) => (
            <Choice
              id={id}
              value={gate.operator}
              options={words.operators}
              onChange={(operator) => onChange({ ...gate, operator })}
            />
          )}
        </Field>
        <Field field={`${field}.limit`} label={words.limit} width={120}>
          {(id) => (
            <NumberField
              id={id}
              value={gate.limit}
              {...(unit === '' ? {} : { suffix: unit })}
              onChange={(limit) => onChange({ ...gate, limit: limit ?? 0 }, `${field} limit`)}
            />
          )}
        </Field>
        <CapFields gate={gate} field={field} onChange={onChange} />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={say(floorWords.act.remove) + colon + gate.title[language]}
          onClick={onRemove}
          className="beside-fields"
        />
      </div>
      <ShutNow place={place} gate={gate} />
    </li>
  )
}

function CapFields({ gate, field, onChange }: Pick<Props, 'gate' | 'onChange'> & { field: string }) {
  const say = useSay()
  const { cap } = gate
  return (
    <>
      <Field field={`${field}.cap`} label={words.cap} width={120}>
        {(id) => (
          <Choice
            id={id}
            value={cap.kind}
            options={words.caps}
            onChange={(kind) => onChange({ ...gate, cap: { kind, most: kind === 'stars' ? MOST_STARS : MOST_POINTS } })}
          />
        )}
      </Field>
      <Field field={`${field}.cap.most`} label={words.capMost} width={76}>
        {(id) => (
          <NumberField
            id={id}
            value={cap.most}
            label={say(words.caps[cap.kind])}
            min={cap.kind === 'stars' ? 1 : 0}
            max={cap.kind === 'stars' ? 5 : 100}
            step={1}
            onChange={(most) => {
              const next = cap.kind === 'stars' ? Math.round(most ?? 1) : (most ?? 0)
              onChange({ ...gate, cap: { kind: cap.kind, most: next } }, `${field} cap`)
            }}
          />
        )}
      </Field>
    </>
  )
}

/** For how many units it is shut by the values of today: read with the inputs, in the order of the gates that can be read. */
function ShutNow({ place, gate }: { place: number; gate: Gate }) {
  const say = useSay()
  const { draft, preview, indicator } = useEditorState()
  if (!preview.inputs || indicator(gate.indicator) === undefined) return null
  const column = draft.gates.slice(0, place).filter((each) => indicator(each.indicator) !== undefined).length
  const shut = preview.inputs.units.filter((unit) => gateShuts(gate, unit.gates[column] ?? Number.NaN)).length
  return <p className="muted small">{say(words.now, { count: shut })}</p>
}
