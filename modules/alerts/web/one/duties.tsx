/** What is owed on an alert: each duty with who owes it, its running clock, and a note once it is done. */
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Alert, Duty } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { FormDialog } from '#platform/web/form/form-dialog.tsx'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { Clock } from './alert-marks.tsx'

const text = words.duty

/** Open ones first, the soonest on top. */
const inOrder = (duties: readonly Duty[]): Duty[] =>
  duties.toSorted(
    (a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null) || a.dueAt.localeCompare(b.dueAt, 'en'),
  )

export const nextDuty = (alert: Alert): Duty | undefined => inOrder(alert.duties).find((duty) => duty.doneAt === null)

export function Duties({ alert }: { alert: Alert }) {
  const say = useSay()
  const [finishing, setFinishing] = useState<Duty | null>(null)
  const done = alert.duties.filter((duty) => duty.doneAt !== null).length
  return (
    <Section
      title={say(text.title)}
      lead={say(alert.duty)}
      actions={
        alert.duties.length > 0 && (
          <span className="muted small">{say(text.progress, { done, of: alert.duties.length })}</span>
        )
      }
    >
      {alert.duties.length === 0 && <p className="muted">{say(text.none)}</p>}
      <ul className="duties">
        {inOrder(alert.duties).map((duty) => (
          <DutyLine key={duty.id} alert={alert} duty={duty} finish={() => setFinishing(duty)} />
        ))}
      </ul>
      {finishing && <FinishDialog alert={alert} duty={finishing} leave={() => setFinishing(null)} />}
    </Section>
  )
}

function DutyLine({ alert, duty, finish }: { alert: Alert; duty: Duty; finish: () => void }) {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const open = duty.doneAt === null && alert.state !== 'closed'
  const role = (roleWords as Record<string, Sentence>)[duty.role]
  return (
    <li className={duty.overdue && open ? 'duty late' : 'duty'}>
      <div className="duty-main">
        <strong>{say(duty.title)}</strong>
        <span className="muted small">
          {role ? say(role) : duty.role} · {duty.owner?.name ?? say(text.nobody)}
          {duty.escalations > 0 && ` · ${say(text.escalated, { count: duty.escalations })}`}
        </span>
        {duty.remark !== null && duty.remark !== '' && <p className="duty-remark">{duty.remark}</p>}
      </div>
      <div className="duty-end">
        {duty.doneAt === null ? (
          open && <Clock dueAt={duty.dueAt} />
        ) : (
          <span className="small">
            <StatusMark status="green" word={duty.doneBy ? say(text.doneBy, { who: duty.doneBy }) : say(text.done)} />{' '}
            <span className="muted">
              <When at={duty.doneAt} />
            </span>
          </span>
        )}
        {open && mayAct && (
          <Button size="small" onClick={finish} aria-label={say(text.finishTitle, { duty: say(duty.title) })}>
            {say(text.done)}
          </Button>
        )}
      </div>
    </li>
  )
}

function FinishDialog({ alert, duty, leave }: { alert: Alert; duty: Duty; leave: () => void }) {
  const say = useSay()
  const finish = useAct(alerts.finishDuty.call, {
    done: text.finished,
    refresh: ['alerts'],
    onDone: leave,
    quiet: true,
  })
  return (
    <FormDialog<{ remark: string }>
      title={say(text.finishTitle, { duty: say(duty.title) })}
      deed={say(text.finish)}
      act={finish}
      finish={({ remark }) => finish.run({ id: alert.id, duty: duty.id, remark })}
      leave={leave}
    >
      <Form.Item
        name="remark"
        label={say(text.remark)}
        rules={[{ required: true, whitespace: true, min: 2, message: say(text.needRemark) }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount placeholder={say(text.remarkHint)} />
      </Form.Item>
    </FormDialog>
  )
}
