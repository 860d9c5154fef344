/** The steps a person may take on a plan: exactly those the server says are possible, each with what it brings about. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Plan } from '#plans/contract'
import { useAct } from '#platform/web/act.ts'
import { isProblem } from '#platform/web/api.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { Go, useGo } from '#platform/web/router.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../words.ts'
import { plans } from './api.ts'

const act = words.act
type Deed = 'submit' | 'pass' | 'return' | 'approve' | 'reject' | 'request-change' | 'withdraw'
type Step = Plan['possible'][number]

interface DeedWords {
  readonly deed: Sentence
  readonly title: Sentence
  readonly why: Sentence
  readonly told: Sentence
  readonly needsRemark?: boolean
  readonly danger?: boolean
}

const deeds: Readonly<Record<Deed, DeedWords>> = {
  submit: { deed: act.submit, title: act.submitTitle, why: act.submitWhy, told: act.told.submitted },
  pass: { deed: act.pass, title: act.passTitle, why: act.passWhy, told: act.told.passed },
  return: { deed: act.return, title: act.returnTitle, why: act.returnWhy, told: act.told.returned, needsRemark: true },
  approve: { deed: act.approve, title: act.approveTitle, why: act.approveWhy, told: act.told.approved },
  reject: {
    deed: act.reject,
    title: act.rejectTitle,
    why: act.rejectWhy,
    told: act.told.rejected,
    needsRemark: true,
    danger: true,
  },
  'request-change': {
    deed: act['request-change'],
    title: act['request-changeTitle'],
    why: act['request-changeWhy'],
    told: act.told.changed,
    needsRemark: true,
  },
  withdraw: {
    deed: act.withdraw,
    title: act.withdrawTitle,
    why: act.withdrawWhy,
    told: act.told.withdrawn,
    danger: true,
  },
}

/** What each possible step offers; the first of a list is the one expected. */
const offers: Partial<Record<Step, readonly Deed[]>> = {
  submit: ['submit'],
  review: ['pass', 'return'],
  approve: ['approve', 'return', 'reject'],
  'request-change': ['request-change'],
  withdraw: ['withdraw'],
}

/** "Return" is the office's while in review and the steering group's while in approval. */
function take(plan: Plan, deed: Deed, remark: string): Promise<Plan> {
  const input = { id: plan.id, remark }
  switch (deed) {
    case 'submit':
      return plans.submitPlan.call(input)
    case 'pass':
      return plans.reviewPlan.call({ ...input, decision: 'pass' })
    case 'return':
      return plan.state === 'in-review'
        ? plans.reviewPlan.call({ ...input, decision: 'return' })
        : plans.approvePlan.call({ ...input, decision: 'return' })
    case 'approve':
    case 'reject':
      return plans.approvePlan.call({ ...input, decision: deed })
    case 'request-change':
      return plans.requestChange.call(input)
    case 'withdraw':
      return plans.withdrawPlan.call(input)
  }
}

/** `judging`: only the steps of review and approval, for lists of what waits. */
export function PlanActions({ plan, judging = false }: { plan: Plan; judging?: boolean }) {
  const say = useSay()
  const go = useGo()
  const [chosen, setChosen] = useState<Deed>()
  const steps = plan.possible.filter((step) => !judging || step === 'review' || step === 'approve')
  const approvedBefore = plan.steps.some((step) => step.what === 'approved')
  const nameOf = (deed: Deed) => say(deed === 'withdraw' && approvedBefore ? act.withdrawChange : deeds[deed].deed)
  return (
    <>
      {steps.includes('edit') && <Button onClick={() => go(`/plans/${plan.id}/edit`)}>{say(act.edit)}</Button>}
      {steps.flatMap((step) =>
        (offers[step] ?? []).map((deed, index) => (
          <Button
            key={`${step} ${deed}`}
            type={index === 0 && step !== 'withdraw' && step !== 'request-change' ? 'primary' : 'default'}
            danger={deeds[deed].danger ?? false}
            onClick={() => setChosen(deed)}
          >
            {nameOf(deed)}
          </Button>
        )),
      )}
      {chosen && <DeedDialog plan={plan} deed={chosen} name={nameOf(chosen)} leave={() => setChosen(undefined)} />}
    </>
  )
}

interface DialogProps {
  readonly plan: Plan
  readonly deed: Deed
  readonly name: string
  readonly leave: () => void
}

function DeedDialog({ plan, deed, name, leave }: DialogProps) {
  const say = useSay()
  const [form] = Form.useForm<{ remark?: string }>()
  const { title, why, told, needsRemark, danger } = deeds[deed]
  const step = useAct((remark: string) => take(plan, deed, remark), {
    quiet: true,
    done: told,
    refresh: ['plans', 'alerts', 'verification'],
    onDone: leave,
  })
  return (
    <Modal
      open
      title={say(title)}
      okText={name}
      okButtonProps={{ loading: step.busy, danger: danger ?? false }}
      cancelText={say(floorWords.act.cancel)}
      onCancel={leave}
      onOk={() => form.submit()}
    >
      <p>
        <strong>{plan.title}</strong>
      </p>
      <p className="muted">{say(why)}</p>
      <Form
        form={form}
        layout="vertical"
        style={{ marginTop: 12 }}
        onFinish={({ remark }) => step.run(remark?.trim() ?? '')}
      >
        <Form.Item
          name="remark"
          label={say(needsRemark ? act.remark : act.remarkOptional)}
          rules={needsRemark ? [{ required: true, whitespace: true, message: say(act.needRemark) }] : []}
        >
          <Input.TextArea rows={4} maxLength={2000} showCount autoFocus />
        </Form.Item>
      </Form>
      {step.error !== null && <ProblemNotice error={step.error} />}
      {isProblem(step.error, 'PLAN_INCOMPLETE') && <Go to={`/plans/${plan.id}/edit`}>{say(act.completeIt)}</Go>}
    </Modal>
  )
}
