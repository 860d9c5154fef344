/** Deciding an objection: the values the score came from, what is changed in them, what that would give, and why. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Adjustment, Appeal, Publication, PublicationRow } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { Facts } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { publishingWords } from '../../words/publishing-screens.ts'
import { evaluation } from '../api.ts'
import { AdjustmentFields, type Begun, begun, finished } from './adjustment-fields.tsx'
import { useSchemeNames } from './publication-marks.tsx'

const words = publishingWords.decide
const { rows: rowWords } = publishingWords
type Outcome = 'upheld' | 'rejected'

interface Props {
  readonly appeal: Appeal
  readonly publication: Publication
  readonly onClose: () => void
}

/** The unit's row as it was frozen. */
function useFrozen({ appeal, publication }: Props): PublicationRow | undefined {
  const input = { id: publication.id, search: appeal.entity.key, limit: 100 }
  const { data } = useQuery(evaluation.listPublishedScores.queryOptions({ input }))
  return data?.rows.find((row) => row.entity.key === appeal.entity.key)
}

function useDecision(props: Props) {
  const { appeal, onClose } = props
  const frozen = useFrozen(props)
  const names = useSchemeNames(props.publication)
  const [outcome, setOutcome] = useState<Outcome>('rejected')
  const [reason, setReason] = useState('')
  const [changes, setChanges] = useState<readonly Begun[]>([])
  const adjustments = outcome === 'upheld' ? changes.flatMap((one) => finished(one) ?? []) : []
  const whole = outcome === 'rejected' || (changes.length > 0 && adjustments.length === changes.length)
  const decide = useAct(
    () => evaluation.decideAppeal.call({ id: appeal.id, outcome, reason: reason.trim(), adjustments }),
    { quiet: true, done: words.done, refresh: ['evaluation'], onDone: onClose },
  )
  const choose = (next: Outcome) => {
    setOutcome(next)
    if (next === 'upheld' && changes.length === 0) setChanges([begun(appeal.item ?? names.items[0]?.id ?? '')])
  }
  return { frozen, names, outcome, reason, setReason, changes, setChanges, adjustments, whole, decide, choose }
}

export function DecideForm(props: Props) {
  const { appeal, onClose } = props
  const say = useSay()
  const { frozen, names, outcome, reason, setReason, changes, setChanges, adjustments, whole, decide, choose } =
    useDecision(props)
  return (
    <Modal
      open
      width={720}
      title={say(words.title, { unit: appeal.entity.name })}
      okText={say(words.confirm)}
      cancelText={say(floorWords.act.cancel)}
      okButtonProps={{ disabled: reason.trim() === '' || !whole }}
      confirmLoading={decide.busy}
      onOk={() => decide.run(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="appeal-text">{appeal.text}</p>
        {frozen && <FrozenValues row={frozen} nameOf={names.nameOf} />}
        <Form layout="vertical" component={false}>
          <Form.Item label={say(words.outcome)}>
            <Radio.Group
              aria-label={say(words.outcome)}
              value={outcome}
              onChange={(event) => choose(event.target.value as Outcome)}
              options={[
                { value: 'upheld', label: say(words.uphold) },
                { value: 'rejected', label: say(words.reject) },
              ]}
            />
          </Form.Item>
          {outcome === 'upheld' && (
            <Changes appeal={appeal} changes={changes} names={names} adjustments={adjustments} onChange={setChanges} />
          )}
          <Form.Item label={say(words.reason)} htmlFor="decision-reason" extra={say(words.reasonHint)}>
            <Input.TextArea
              id="decision-reason"
              value={reason}
              maxLength={5000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
        <ProblemNotice error={decide.error} />
      </div>
    </Modal>
  )
}

function FrozenValues({ row, nameOf }: { row: PublicationRow; nameOf: (id: string) => string }) {
  const say = useSay()
  const { language } = useLanguage()
  const text = (value: number | null) => (value === null ? '—' : formatNumber(value, language, 3))
  return (
    <table className="frozen-values">
      <caption className="muted small">{say(words.frozen)}</caption>
      <thead>
        <tr className="muted small">
          <th scope="col">{say(words.what)}</th>
          <th scope="col">{say(words.value)}</th>
          <th scope="col">{say(words.cases)}</th>
          <th scope="col">{say(words.error)}</th>
        </tr>
      </thead>
      <tbody>
        {row.parts.map((part) => (
          <tr key={part.item}>
            <th scope="row">{nameOf(part.item)}</th>
            {part.isProtected ? (
              <td colSpan={3}>{say(rowWords.protected)}</td>
            ) : (
              [part.value, part.n, part.standardError].map((value, index) => (
                // Three columns that never move.
                <td key={index} className="number">
                  {text(value)}
                </td>
              ))
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Changes({
  appeal,
  changes,
  names,
  adjustments,
  onChange,
}: {
  appeal: Appeal
  changes: readonly Begun[]
  names: ReturnType<typeof useSchemeNames>
  adjustments: readonly Adjustment[]
  onChange: (changes: readonly Begun[]) => void
}) {
  const say = useSay()
  const trial = useAct(() => evaluation.tryAdjustments.call({ id: appeal.id, adjustments: [...adjustments] }), {
    quiet: true,
  })
  const change = (next: readonly Begun[]) => {
    trial.forget()
    onChange(next)
  }
  const whole = changes.length > 0 && adjustments.length === changes.length
  return (
    <Form.Item label={say(words.changes)}>
      <div className="stack">
        {changes.map((one, index) => (
          <AdjustmentFields
            key={one.key}
            value={one}
            items={names.items}
            gates={names.gates}
            onChange={(next) => change(changes.with(index, next))}
            onRemove={() => change(changes.toSpliced(index, 1))}
          />
        ))}
        {!whole && <p className="muted small">{say(words.need)}</p>}
        <div className="row">
          <Button onClick={() => change([...changes, begun(names.items[0]?.id ?? '')])}>{say(words.add)}</Button>
          <Button disabled={!whole} loading={trial.busy} onClick={() => trial.run(undefined)}>
            {say(words.try)}
          </Button>
        </div>
        <ProblemNotice error={trial.error} />
        {trial.answer && <Trial answer={trial.answer} />}
      </div>
    </Form.Item>
  )
}

type TrialAnswer = Awaited<ReturnType<typeof evaluation.tryAdjustments.call>>

function Trial({ answer }: { answer: TrialAnswer }) {
  const say = useSay()
  const { language } = useLanguage()
  const told = ({ composite, rank, stars }: TrialAnswer['before']) =>
    [
      composite === null ? '—' : `${say(rowWords.score)} ${formatPlain(composite, 'points', language)}`,
      rank === null ? null : `${say(rowWords.rank)} ${rank}`,
      stars === null ? null : say(rowWords.starsAre, { count: stars }),
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <div aria-live="polite">
      <Facts
        rows={[
          [say(words.before), told(answer.before)],
          [say(words.after), told(answer.after)],
        ]}
      />
      <p className="muted small">{say(words.others, { count: answer.othersMoved })}</p>
    </div>
  )
}
