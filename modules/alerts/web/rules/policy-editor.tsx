/** What each colour obliges to, and within which hours. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { DutyPolicy } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'

const text = words.policy
const COLOURS = ['red', 'orange', 'yellow'] as const

export function DutyPolicySection() {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const [editing, setEditing] = useState(false)
  const policy = useQuery(alerts.readPolicy.queryOptions())
  return (
    <Section
      title={say(text.title)}
      lead={say(text.lead)}
      actions={mayEdit && !editing && <Button onClick={() => setEditing(true)}>{say(floorWords.act.edit)}</Button>}
    >
      <Loaded query={policy} rows={3}>
        {(one) =>
          editing ? <PolicyForm policy={one} leave={() => setEditing(false)} /> : <PolicyFacts policy={one} />
        }
      </Loaded>
    </Section>
  )
}

function PolicyFacts({ policy }: { policy: DutyPolicy }) {
  const say = useSay()
  return (
    <Facts
      rows={COLOURS.map((colour) => [
        <StatusMark key={colour} status={colour} />,
        <span key={colour}>
          {say(policy[colour].duty)}{' '}
          <span className="muted">（{say(text.within, { hours: policy[colour].dueHours })}）</span>
        </span>,
      ])}
    />
  )
}

function PolicyForm({ policy, leave }: { policy: DutyPolicy; leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<DutyPolicy>()
  const save = useAct(alerts.savePolicy.call, { quiet: true, done: text.saved, refresh: ['alerts'], onDone: leave })
  useFieldProblems(form, save.error)
  const need = [{ required: true, whitespace: true, message: say(text.need) }]
  return (
    <Form<DutyPolicy> form={form} layout="vertical" initialValues={policy} onFinish={save.run}>
      {COLOURS.map((colour) => (
        <div key={colour} className="policy-row">
          <StatusMark status={colour} />
          <Form.Item name={[colour, 'duty', 'zh']} label={say(text.dutyZh)} rules={need}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name={[colour, 'duty', 'en']} label={say(text.dutyEn)} rules={need}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name={[colour, 'dueHours']} label={say(text.hours)} rules={[{ required: true }]}>
            <InputNumber<number> min={0} max={8760} style={{ width: '100%' }} />
          </Form.Item>
        </div>
      ))}
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {say(floorWords.act.save)}
        </Button>
        <Button onClick={leave}>{say(floorWords.act.cancel)}</Button>
      </div>
    </Form>
  )
}
