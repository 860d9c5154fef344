/** One unit: each item with its question, the scale to choose from, and room for a remark. */
import { Button, Input, InputNumber, Tag } from 'antd'
import { useState } from 'react'
import type { AssessmentRound, UnitToAssess } from '#evaluation/contract'
import { queryClient } from '#platform/web/api.ts'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { assessingWords } from '../../words/assessing.ts'
import { raterWords } from '../../words/schemes.ts'
import { evaluation } from '../api.ts'

const words = assessingWords.mine
type Item = UnitToAssess['items'][number]
/** A scale of so many whole steps is chosen by buttons, a finer one by number. */
const BUTTONS_LIMIT = 11

export function UnitCard({ unit, round }: { unit: UnitToAssess; round: AssessmentRound }) {
  return (
    <li className="section unit-card">
      <h2>{unit.entity.name}</h2>
      {unit.items.map((item) => (
        <ItemFields key={item.item} unit={unit} item={item} round={round} />
      ))}
    </li>
  )
}

interface Props {
  readonly unit: UnitToAssess
  readonly item: Item
  readonly round: AssessmentRound
}

function useGiving({ unit, item, round }: Props) {
  const [given, setGiven] = useState(item.mine)
  const give = useAct(
    (what: { value: number; remark: string }) =>
      evaluation.giveAssessment.call({
        scheme: round.scheme.id,
        item: item.item,
        grain: round.grain,
        periodStart: round.periodStart,
        entity: unit.entity.key,
        ...what,
      }),
    {
      quiet: true,
      onDone: (answer) => {
        setGiven(answer)
        // Only the counts: reading the list again would move cards away under the finger.
        void queryClient.invalidateQueries({ queryKey: evaluation.listAssessmentRounds.key() })
      },
    },
  )
  return { given, give }
}

function ItemFields(props: Props) {
  const say = useSay()
  const { item } = props
  const { given, give } = useGiving(props)
  const title = say(item.title)
  const question = item.question && say(item.question)
  return (
    <div className="assessed-item">
      <div className="row spread">
        <strong>{title}</strong>
        <span className="row small">
          <Tag>{say(words.as, { kind: say(raterWords[item.as]) })}</Tag>
          {give.busy ? (
            <span className="muted">{say(words.saving)}</span>
          ) : given ? (
            <StatusMark status="green" word={say(words.saved)} />
          ) : (
            <StatusMark status="grey" word={say(words.openNot)} />
          )}
        </span>
      </div>
      {question !== null && question !== title && <p>{question}</p>}
      <ScaleChoice
        item={item}
        title={title}
        value={given?.value ?? null}
        onChoose={(value) => give.run({ value, remark: given?.remark ?? '' })}
      />
      <Remark given={given} busy={give.busy} onSave={(remark) => given && give.run({ value: given.value, remark })} />
      {give.error !== null && <ProblemNotice error={give.error} />}
    </div>
  )
}

interface ScaleProps {
  readonly item: Item
  readonly title: string
  readonly value: number | null
  readonly onChoose: (value: number) => void
}

function ScaleChoice(props: ScaleProps) {
  const say = useSay()
  const { low, high } = props.item.scale
  const whole = Number.isInteger(low) && Number.isInteger(high) && high - low < BUTTONS_LIMIT
  return (
    <div>
      {whole ? <ScaleButtons {...props} /> : <ScaleNumber {...props} />}
      <p className="muted small">{say(words.scale, { low, high })}</p>
    </div>
  )
}

function ScaleButtons({ item, title, value, onChoose }: ScaleProps) {
  const say = useSay()
  const { low, high } = item.scale
  const label = say(words.value, { item: title })
  return (
    <div className="scale-buttons" role="radiogroup" aria-label={label}>
      {Array.from({ length: high - low + 1 }, (_unused, place) => low + place).map((step) => (
        <button
          key={step}
          type="button"
          role="radio"
          aria-checked={value === step}
          className={value === step ? 'chosen' : ''}
          onClick={() => onChoose(step)}
        >
          {step}
        </button>
      ))}
    </div>
  )
}

function ScaleNumber({ item, title, value, onChoose }: ScaleProps) {
  const say = useSay()
  const { low, high } = item.scale
  const [typed, setTyped] = useState<number | null>(value)
  const label = say(words.value, { item: title })
  return (
    <div className="row scale-number">
      <input
        type="range"
        min={low}
        max={high}
        step={(high - low) / 100}
        value={typed ?? (low + high) / 2}
        aria-label={label}
        onChange={(event) => setTyped(Number(event.target.value))}
      />
      <InputNumber<number>
        value={typed}
        min={low}
        max={high}
        aria-label={label}
        onChange={setTyped}
        style={{ width: 100 }}
      />
      <Button
        type="primary"
        disabled={typed === null || typed === value}
        onClick={() => typed !== null && onChoose(typed)}
      >
        {say(words.give)}
      </Button>
    </div>
  )
}

function Remark(props: { given: Item['mine']; busy: boolean; onSave: (remark: string) => void }) {
  const say = useSay()
  const { given } = props
  const kept = given?.remark ?? ''
  const [open, setOpen] = useState(kept !== '')
  const [text, setText] = useState(kept)
  if (!open) {
    return (
      <Button type="link" size="small" className="add-remark" onClick={() => setOpen(true)}>
        {say(words.addRemark)}
      </Button>
    )
  }
  return (
    <div className="remark">
      <Input.TextArea
        value={text}
        maxLength={1000}
        autoSize={{ minRows: 1, maxRows: 5 }}
        placeholder={say(words.remark)}
        aria-label={say(words.remark)}
        onChange={(event) => setText(event.target.value)}
      />
      {text !== kept && (
        <Button loading={props.busy} disabled={given === null} onClick={() => props.onSave(text.trim())}>
          {say(given === null ? words.needValue : words.saveRemark)}
        </Button>
      )}
    </div>
  )
}
