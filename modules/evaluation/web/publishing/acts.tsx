/** What may be done with a publication now: each step says what it brings about before it is taken. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Publication } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useGo } from '#platform/web/router.tsx'
import { publishingWords } from '../../words/publishing-screens.ts'
import { evaluation } from '../api.ts'

const words = publishingWords.act
const steps = ['preview', 'publish', 'correct', 'discard', 'withdraw'] as const
type Step = (typeof steps)[number]
/** Steps that say why, to everybody who reads the publication. */
const reasoned: readonly Step[] = ['correct', 'discard', 'withdraw']
const forward: readonly Step[] = ['preview', 'publish']

async function take(step: Step, row: Publication, reason: string): Promise<Publication> {
  const { id } = row
  if (step === 'preview') return evaluation.previewPublication.call({ id })
  if (step === 'publish') return evaluation.publishPublication.call({ id })
  if (step === 'discard') return evaluation.discardPublication.call({ id, reason })
  if (step === 'withdraw') return evaluation.withdrawPublication.call({ id, reason })
  const made = await evaluation.draftPublication.call({
    scheme: row.scheme.id,
    grain: row.grain,
    periodStart: row.periodStart,
    corrects: id,
    reason,
  })
  return made.find((one) => one.corrects === id) ?? row
}

export function Acts({ row }: { row: Publication }) {
  const say = useSay()
  const [asked, setAsked] = useState<Step | null>(null)
  const offered = steps.filter((step) => row.may.includes(step))
  return (
    <>
      {offered.map((step) => (
        <Button
          key={step}
          type={forward.includes(step) ? 'primary' : 'default'}
          danger={step === 'withdraw' || step === 'discard'}
          onClick={() => setAsked(step)}
        >
          {say(words[step])}
        </Button>
      ))}
      {asked && <StepDialog step={asked} row={row} onClose={() => setAsked(null)} />}
    </>
  )
}

function StepDialog({ step, row, onClose }: { step: Step; row: Publication; onClose: () => void }) {
  const say = useSay()
  const go = useGo()
  const [reason, setReason] = useState('')
  const act = useAct(() => take(step, row, reason.trim()), {
    quiet: true,
    done: words.told[step],
    refresh: ['evaluation'],
    onDone: (after) => {
      onClose()
      if (after.id !== row.id) go(`/evaluate/publications/${after.id}`)
    },
  })
  const needsReason = reasoned.includes(step)
  return (
    <Modal
      open
      title={say(words[`${step}Title`])}
      okText={say(words[step])}
      cancelText={say(floorWords.act.cancel)}
      okButtonProps={{
        danger: step === 'withdraw' || step === 'discard',
        disabled: needsReason && reason.trim() === '',
      }}
      confirmLoading={act.busy}
      onOk={() => act.run(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{say(words[`${step}What`])}</p>
        {step === 'publish' && row.open && <p>{say(words.publishOpen)}</p>}
        {needsReason && (
          <Form layout="vertical" component={false}>
            <Form.Item label={say(words.reason)} htmlFor="step-reason" extra={say(words.reasonHint)}>
              <Input.TextArea
                id="step-reason"
                value={reason}
                maxLength={2000}
                autoSize={{ minRows: 2, maxRows: 6 }}
                onChange={(event) => setReason(event.target.value)}
              />
            </Form.Item>
          </Form>
        )}
        <ProblemNotice error={act.error} />
      </div>
    </Modal>
  )
}
