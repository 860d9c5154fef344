/** A response that runs: every step with who owes it and its clock, ticked or skipped with a reason. */
import { Button, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import type { Response } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { FormDialog } from '#platform/web/form/form-dialog.tsx'
import { useSay } from '#platform/web/language.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { Clock } from '../one/alert-marks.tsx'
import { alerts } from '../api.ts'
import { READ_AGAIN } from './api.ts'

const text = words.checklist
type Step = Response['steps'][number]

const isOpen = (step: Step) => step.doneAt === null && step.skippedBecause === null

export function Checklist({ response }: { response: Response }) {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const [skipping, setSkipping] = useState<Step | null>(null)
  const end = useAct(alerts.endResponse.call, { done: text.ended, refresh: READ_AGAIN })
  const open = response.steps.filter(isOpen)
  const running = response.endedAt === null
  return (
    <section aria-label={say(response.plan.title)}>
      <div className="row spread">
        <strong>
          <Go to={`/alerts/plans/${response.plan.id}`}>{say(response.plan.title)}</Go>
        </strong>
        <span className="muted small">
          {say(text.progress, { done: response.steps.length - open.length, of: response.steps.length })} ·{' '}
          {say(text.startedBy, { who: response.startedBy })} <When at={response.startedAt} />
          {!running && ` · ${say(text.endedAt)}`}
        </span>
      </div>
      <ol className="duties">
        {response.steps.map((step) => (
          <StepLine
            key={step.id}
            response={response}
            step={step}
            skip={running && mayAct ? () => setSkipping(step) : undefined}
          />
        ))}
      </ol>
      {running && (
        <div className="row spread">
          <span className="muted small">{say(text.endWhen, { until: say(response.plan.until) })}</span>
          {mayAct && (
            <Popconfirm title={say(text.end)} okText={say(text.end)} onConfirm={() => end.run({ id: response.id })}>
              <Button size="small" disabled={open.length > 0} loading={end.busy}>
                {say(text.end)}
              </Button>
            </Popconfirm>
          )}
        </div>
      )}
      {skipping && <SkipDialog response={response} step={skipping} leave={() => setSkipping(null)} />}
    </section>
  )
}

function StepLine(props: { response: Response; step: Step; skip: (() => void) | undefined }) {
  const say = useSay()
  const { response, step, skip } = props
  const tick = useAct(alerts.stepResponse.call, { done: text.ticked, refresh: READ_AGAIN })
  const open = isOpen(step)
  return (
    <li className={step.overdue && open ? 'duty late' : 'duty'}>
      <div className="duty-main">
        <strong>{say(step.title)}</strong>
        <span className="muted small">{say(roleWords[step.role])}</span>
        {step.detail && <span className="small">{say(step.detail)}</span>}
        {step.skippedBecause !== null && (
          <p className="duty-remark">{say(text.skipped, { reason: step.skippedBecause })}</p>
        )}
      </div>
      <div className="duty-end">
        {step.doneAt !== null && (
          <span className="small">
            <StatusMark status="green" word={step.doneBy ?? say(text.done)} /> <When at={step.doneAt} />
          </span>
        )}
        {open && response.endedAt === null && <Clock dueAt={step.dueAt} />}
        {open && skip && (
          <>
            <Button
              type="primary"
              ghost
              loading={tick.busy}
              onClick={() => tick.run({ id: response.id, step: step.id, done: true })}
            >
              {say(text.done)}
            </Button>
            <Button type="text" onClick={skip}>
              {say(text.skip)}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}

function SkipDialog({ response, step, leave }: { response: Response; step: Step; leave: () => void }) {
  const say = useSay()
  const skip = useAct(alerts.stepResponse.call, {
    quiet: true,
    done: text.ticked,
    refresh: READ_AGAIN,
    onDone: leave,
  })
  return (
    <FormDialog<{ remark: string }>
      title={say(text.skipTitle, { step: say(step.title) })}
      deed={say(text.skip)}
      act={skip}
      finish={({ remark }) => skip.run({ id: response.id, step: step.id, done: false, remark })}
      leave={leave}
    >
      <Form.Item
        name="remark"
        label={say(text.skipReason)}
        rules={[{ required: true, whitespace: true, min: 2, message: say(text.need) }]}
      >
        <Input.TextArea autoFocus rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
