/** What can be done about an alert, wherever it stands: take charge, start a plan, and behind one button the rest. */
import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useState } from 'react'
import type { Alert } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { useGo } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { latest, subjectOf } from '../telling/why.ts'
import { AlertDialog, type Dialog } from './alert-dialogs.tsx'

const act = words.act

/** `small` in the rows of the desk, `large` under a thumb. */
export function AlertActions({ alert, size = 'middle' }: { alert: Alert; size?: 'small' | 'middle' | 'large' }) {
  const say = useSay()
  const go = useGo()
  const mayAct = useMay('alerts.act')
  const mayPlan = useMay('plans.draft')
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const acknowledge = useAct(alerts.acknowledgeAlert.call, { done: act.acknowledged, refresh: ['alerts'] })
  const menu = useMenu(alert, setDialog)
  const live = alert.state !== 'closed'
  return (
    <div className={`row alert-deeds ${size === 'large' ? 'thumb' : ''}`}>
      {mayAct && alert.state === 'open' && (
        <Button size={size} loading={acknowledge.busy} onClick={() => acknowledge.run({ id: alert.id })}>
          {say(act.acknowledge)}
        </Button>
      )}
      {mayPlan && live && alert.planId === null && !alert.drill && (
        <Button size={size} type="primary" onClick={() => go(`/plans/new?alert=${alert.id}`)}>
          {say(act.improve)}
        </Button>
      )}
      {alert.planId !== null && (
        <Button size={size} onClick={() => go(`/plans/${alert.planId}`)}>
          {say(act.toPlan)}
        </Button>
      )}
      {menu.length > 0 && (
        <Dropdown menu={{ items: menu }} trigger={['click']}>
          <Button size={size} icon={<MoreOutlined />} aria-label={say(act.more)}>
            {size === 'middle' ? say(act.more) : null}
          </Button>
        </Dropdown>
      )}
      {dialog !== null && <AlertDialog dialog={dialog} list={[alert]} leave={() => setDialog(null)} />}
    </div>
  )
}

function useMenu(alert: Alert, open: (dialog: Dialog) => void): NonNullable<MenuProps['items']> {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const mayMute = useMay('rules.edit')
  const label = useLabel(alert)
  const live = alert.state !== 'closed'
  const item = (key: Dialog, danger = false) => ({ key, danger, label: say(act[key]), onClick: () => open(key) })
  if (!mayAct) return []
  return [
    ...(live ? [item('assign')] : [item('reopen')]),
    ...(live && mayMute && alert.muted === null ? [item('mute')] : []),
    ...(alert.drill
      ? []
      : [
          { type: 'divider' as const, key: 'line' },
          { key: 'label', label: say(act.label), onClick: () => label(false) },
          { key: 'nothing', label: say(act.labelNothing), onClick: () => label(true) },
        ]),
    ...(live ? [{ type: 'divider' as const, key: 'end' }, item('close', true)] : []),
  ]
}

/** One click says whether it was real: that is what trials on the past count by. */
function useLabel(alert: Alert): (nothing: boolean) => void {
  const say = useSay()
  const real = useAct(alerts.labelIncident.call, { done: act.labelled, refresh: ['alerts'] })
  const nothing = useAct(alerts.labelIncident.call, { done: act.labelledNothing, refresh: ['alerts'] })
  return (isNothing) => {
    const raised = alert.raisedAt.slice(0, 10)
    const input = {
      entity: alert.entity.key,
      from: alert.readings[0]?.periodStart ?? raised,
      until: latest(alert)?.periodStart ?? raised,
      title: say(subjectOf(alert)),
      rule: alert.rule.id,
      alert: alert.id,
      nothing: isNothing,
    }
    ;(isNothing ? nothing : real).run(input)
  }
}
