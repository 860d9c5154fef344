/** What asks for more than a click: closing with a named reason, handing over, muting for a while, opening again. */
import { Form, Input, Radio, Segmented } from 'antd'
import type { Alert } from '#alerts/contract'
import { useNow } from '#platform/web/calendar.ts'
import { FormDialog } from '#platform/web/form/form-dialog.tsx'
import { useSay } from '#platform/web/language.tsx'
import { PersonPicker } from '#platform/web/parts/pickers.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { useActOn } from './act-on.ts'

const act = words.act
const REASONS = ['false-alarm', 'duplicate', 'accepted', 'by-hand'] as const
type Reason = (typeof REASONS)[number]
const MUTE_HOURS = [2, 8, 24, 72, 168] as const
const DAY_HOURS = 24
const HOUR_MILLISECONDS = 3_600_000

export type Dialog = 'close' | 'assign' | 'mute' | 'reopen'
export interface DialogProps {
  readonly list: readonly Alert[]
  readonly leave: () => void
}

export function AlertDialog({ dialog, ...props }: DialogProps & { dialog: Dialog }) {
  if (props.list.length === 0) return null
  switch (dialog) {
    case 'close':
      return <CloseDialog {...props} />
    case 'assign':
      return <AssignDialog {...props} />
    case 'mute':
      return <MuteDialog {...props} />
    case 'reopen':
      return <ReopenDialog {...props} />
  }
}

function useTitle(list: readonly Alert[], one: keyof typeof act, many: keyof typeof act): string {
  const say = useSay()
  const first = list[0]
  return list.length === 1 && first
    ? say(act[one] as never, { entity: first.entity.name })
    : say(act[many] as never, { count: list.length })
}

function Remark({ label, need, hint }: { label: string; need?: string; hint?: string }) {
  return (
    <Form.Item
      name="remark"
      label={label}
      {...(need === undefined ? {} : { rules: [{ required: true, whitespace: true, min: 2, message: need }] })}
    >
      <Input.TextArea rows={3} maxLength={2000} showCount {...(hint === undefined ? {} : { placeholder: hint })} />
    </Form.Item>
  )
}

interface Closing {
  because: Reason
  remark: string
}

function CloseDialog(props: DialogProps) {
  const say = useSay()
  const title = useTitle(props.list, 'closeTitle', 'closeMany')
  const close = useActOn<Closing>((alert, input) => alerts.closeAlert.call({ id: alert.id, ...input }), {
    done: act.closed,
    onDone: props.leave,
    quiet: true,
  })
  return (
    <FormDialog<Closing>
      leave={props.leave}
      title={title}
      deed={say(act.close)}
      danger
      lead={say(act.closeWhy)}
      initial={{ because: 'by-hand' }}
      act={close}
      finish={(input) => close.run({ alerts: props.list, input })}
    >
      <Form.Item name="because" label={say(act.because)}>
        <Radio.Group className="alert-reasons">
          {REASONS.map((reason) => (
            <Radio key={reason} value={reason}>
              {say(words.closedBecause[reason])}
              <span className="muted small"> {say(act.becauseHint[reason])}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Remark label={say(act.reason)} need={say(act.needReason)} hint={say(act.reasonHint)} />
    </FormDialog>
  )
}

interface Assigning {
  person: string
  remark?: string
}

function AssignDialog(props: DialogProps) {
  const say = useSay()
  const title = useTitle(props.list, 'assignTitle', 'assignMany')
  const assign = useActOn<Assigning>(
    (alert, { person, remark = '' }) => alerts.assignAlert.call({ id: alert.id, person, remark }),
    { done: act.assigned, onDone: props.leave, quiet: true },
  )
  return (
    <FormDialog<Assigning>
      leave={props.leave}
      title={title}
      deed={say(act.assign)}
      initial={{}}
      act={assign}
      finish={(input) => assign.run({ alerts: props.list, input })}
    >
      <Form.Item name="person" label={say(act.assignTo)} rules={[{ required: true, message: say(act.needPerson) }]}>
        <PersonPicker />
      </Form.Item>
      <Remark label={say(act.remark)} />
    </FormDialog>
  )
}

interface Muting {
  hours: number
  remark: string
}

function MuteDialog(props: DialogProps) {
  const say = useSay()
  const now = useNow()
  const mute = useActOn<Muting>(
    (alert, { hours, remark }) =>
      alerts.saveQuiet.call({
        kind: 'silence',
        match: { rule: alert.rule.id, below: alert.entity.key },
        from: new Date(now).toISOString(),
        until: new Date(now + hours * HOUR_MILLISECONDS).toISOString(),
        reason: remark,
      }),
    { done: act.muted, onDone: props.leave, quiet: true },
  )
  const name = (hours: number) =>
    hours <= DAY_HOURS ? say(act.muteHours, { count: hours }) : say(act.muteDays, { count: hours / DAY_HOURS })
  return (
    <FormDialog<Muting>
      leave={props.leave}
      title={useTitle(props.list, 'muteTitle', 'mute')}
      deed={say(act.mute)}
      lead={say(act.muteWhy)}
      initial={{ hours: 24 }}
      act={mute}
      finish={(input) => mute.run({ alerts: props.list, input })}
    >
      <Form.Item name="hours" label={say(act.muteFor)}>
        <Segmented options={MUTE_HOURS.map((hours) => ({ value: hours, label: name(hours) }))} />
      </Form.Item>
      <Remark label={say(act.muteReason)} need={say(act.muteNeed)} />
    </FormDialog>
  )
}

function ReopenDialog(props: DialogProps) {
  const say = useSay()
  const reopen = useActOn<{ remark: string }>(
    (alert, { remark }) => alerts.reopenAlert.call({ id: alert.id, remark }),
    { done: act.reopened, onDone: props.leave, quiet: true },
  )
  return (
    <FormDialog<{ remark: string }>
      leave={props.leave}
      title={useTitle(props.list, 'reopenTitle', 'reopen')}
      deed={say(act.reopen)}
      initial={{}}
      act={reopen}
      finish={(input) => reopen.run({ alerts: props.list, input })}
    >
      <Remark label={say(act.reopenReason)} need={say(act.needReason)} />
    </FormDialog>
  )
}
