/** What can be done about an alert, wherever it stands: take charge, start a plan, close with a reason. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Alert } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useGo } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { alerts } from './api.ts'

const act = words.act

/** `size="small"` in the rows of the desk. */
export function AlertActions({ alert, size = 'middle' }: { alert: Alert; size?: 'small' | 'middle' }) {
  const say = useSay()
  const go = useGo()
  const mayAct = useMay('alerts.act')
  const mayPlan = useMay('plans.draft')
  const [closing, setClosing] = useState(false)
  const acknowledge = useAct(alerts.acknowledgeAlert.call, { done: act.acknowledged, refresh: ['alerts'] })
  const live = alert.state !== 'closed'
  return (
    <div className="row alert-deeds">
      {mayAct && alert.state === 'open' && (
        <Button size={size} loading={acknowledge.busy} onClick={() => acknowledge.run({ id: alert.id })}>
          {say(act.acknowledge)}
        </Button>
      )}
      {mayPlan && live && alert.planId === null && (
        <Button size={size} type="primary" onClick={() => go(`/plans/new?alert=${alert.id}`)}>
          {say(act.improve)}
        </Button>
      )}
      {alert.planId !== null && (
        <Button size={size} onClick={() => go(`/plans/${alert.planId}`)}>
          {say(act.toPlan)}
        </Button>
      )}
      {mayAct && live && (
        <Button size={size} type={size === 'small' ? 'text' : 'default'} onClick={() => setClosing(true)}>
          {say(act.close)}
        </Button>
      )}
      {closing && <CloseDialog alert={alert} leave={() => setClosing(false)} />}
    </div>
  )
}

function CloseDialog({ alert, leave }: { alert: Alert; leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<{ remark: string }>()
  const close = useAct(alerts.closeAlert.call, { done: act.closed, refresh: ['alerts'], onDone: leave, quiet: true })
  return (
    <Modal
      open
      title={say(act.closeTitle, { entity: alert.entity.name })}
      okText={say(act.close)}
      okButtonProps={{ danger: true, loading: close.busy }}
      cancelText={say(floorWords.act.cancel)}
      onCancel={leave}
      onOk={() => form.submit()}
    >
      <p className="muted">{say(act.closeWhy)}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ remark }) => close.run({ id: alert.id, remark })}
        style={{ marginTop: 12 }}
      >
        <Form.Item
          name="remark"
          label={say(act.reason)}
          rules={[{ required: true, whitespace: true, message: say(act.needReason) }]}
        >
          <Input.TextArea autoFocus rows={4} maxLength={2000} showCount placeholder={say(act.reasonHint)} />
        </Form.Item>
      </Form>
      {close.error !== null && <ProblemNotice error={close.error} />}
    </Modal>
  )
}
