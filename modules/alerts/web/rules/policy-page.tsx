/** What each colour obliges to: who owes what by when, and whom it climbs to once it is late. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type Colour, type DutyPolicy, dutyPolicy } from '#alerts/contract'
import { type RoleName, roleName } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { organisation, useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { ChoiceField, NumberField } from './parts.tsx'

const text = words.policy
const COLOURS = ['red', 'orange', 'yellow'] as const
const KINDS = { task: words.duty.kind.task, answer: words.duty.kind.answer, report: words.duty.kind.report } as const
const HOURS_LIMIT = 8784
const DAYS_LIMIT = 366

export function PolicyPage() {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const [editing, setEditing] = useState(false)
  const policy = useQuery(alerts.readPolicy.queryOptions())
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[
        { title: say(words.title), to: '/alerts' },
        { title: say(words.rules.title), to: '/alerts/rules' },
      ]}
      may="alerts.read"
      actions={
        mayEdit &&
        !editing && (
          <Button type="primary" onClick={() => setEditing(true)}>
            {say(floorWords.act.edit)}
          </Button>
        )
      }
    >
      <Loaded query={policy} rows={8}>
        {(one) => (editing ? <PolicyForm policy={one} leave={() => setEditing(false)} /> : <PolicyTold policy={one} />)}
      </Loaded>
    </PageFrame>
  )
}

const useRoles = () => {
  const say = useSay()
  return (roles: readonly RoleName[]) => roles.map((role) => say(roleWords[role])).join(' → ')
}

function PolicyTold({ policy }: { policy: DutyPolicy }) {
  const say = useSay()
  return (
    <>
      {COLOURS.map((colour) => (
        <ColourTold key={colour} colour={colour} policy={policy} />
      ))}
      <p className="muted">{say(text.relapse, { days: policy.relapseDays })}</p>
    </>
  )
}

function ColourTold({ colour, policy }: { colour: Colour; policy: DutyPolicy }) {
  const say = useSay()
  const roles = useRoles()
  const own = policy[colour]
  return (
    <Section title={<StatusMark status={colour} />} lead={say(own.duty)}>
      <ul className="duties">
        {own.duties.map((duty) => (
          <li key={duty.id} className="duty">
            <div className="duty-main">
              <strong>{say(duty.title)}</strong>
              <span className="muted small">{say(roleWords[duty.role])}</span>
            </div>
            <div className="duty-end">
              <span>
                {say(duty.within.clock === 'working' ? text.withinWorking : text.withinCalendar, {
                  hours: duty.within.hours,
                })}
                {duty.everyHours !== null && ` · ${say(text.everyHours, { hours: duty.everyHours })}`}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {own.escalateEveryHours !== null && (
        <p className="muted small">
          {say(text.escalates, { hours: own.escalateEveryHours, roles: roles(own.escalateTo) })}
        </p>
      )}
    </Section>
  )
}

function PolicyForm({ policy, leave }: { policy: DutyPolicy; leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<DutyPolicy>()
  const save = useAct(alerts.savePolicy.call, { quiet: true, done: text.saved, refresh: ['alerts'], onDone: leave })
  useFieldProblems(form, save.error)
  const calendars = useQuery(organisation.listCalendars.queryOptions()).data ?? []
  return (
    <Form<DutyPolicy>
      form={form}
      layout="vertical"
      initialValues={policy}
      onFinish={(values) => save.run(complete(values))}
      scrollToFirstError={{ block: 'center' }}
    >
      {COLOURS.map((colour) => (
        <ColourForm key={colour} colour={colour} />
      ))}
      <Section>
        <div className="level-row">
          <Form.Item name="calendarId" label={say(text.calendar)} style={{ minWidth: 260 }}>
            <Select allowClear options={calendars.map((one) => ({ value: one.id, label: say(one.name) }))} />
          </Form.Item>
          <NumberField name={['relapseDays']} label={text.relapseDays} min={0} max={DAYS_LIMIT} />
        </div>
      </Section>
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="save-bar row">
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {say(floorWords.act.save)}
        </Button>
        <Button onClick={leave}>{say(floorWords.act.cancel)}</Button>
      </div>
    </Form>
  )
}

/** New duties get an id of their own; a field left empty means none. */
function complete(values: DutyPolicy): DutyPolicy {
  const colourOf = (colour: Colour) => {
    const own = values[colour]
    const taken = new Set(own.duties.map((duty) => duty.id))
    const fresh = () => {
      let count = own.duties.length
      while (taken.has(`duty-${count}`)) count += 1
      taken.add(`duty-${count}`)
      return `duty-${count}`
    }
    return {
      ...own,
      escalateEveryHours: own.escalateEveryHours ?? null,
      duties: own.duties.map((duty) => ({ ...duty, id: duty.id ?? fresh(), everyHours: duty.everyHours ?? null })),
    }
  }
  return dutyPolicy.parse({
    ...values,
    yellow: colourOf('yellow'),
    orange: colourOf('orange'),
    red: colourOf('red'),
    calendarId: values.calendarId ?? null,
  })
}

function ColourForm({ colour }: { colour: Colour }) {
  const say = useSay()
  const need = [{ required: true, whitespace: true, message: say(text.need) }]
  return (
    <Section title={<StatusMark status={colour} />}>
      <div className="level-row">
        <Form.Item name={[colour, 'duty', 'zh']} label={say(text.dutyZh)} rules={need} className="half-field">
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name={[colour, 'duty', 'en']} label={say(text.dutyEn)} rules={need} className="half-field">
          <Input maxLength={500} />
        </Form.Item>
      </div>
      <h3>{say(text.duties)}</h3>
      <Form.List name={[colour, 'duties']}>
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map((row) => (
              <DutyForm key={row.key} place={row.name} remove={rows.length > 1 ? () => remove(row.name) : undefined} />
            ))}
            <div>
              <Button
                size="small"
                onClick={() => add({ kind: 'task', role: 'department-head', within: { hours: 24, clock: 'calendar' } })}
              >
                {say(text.addDuty)}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
      <div className="level-row" style={{ marginTop: 16 }}>
        <NumberField
          name={[colour, 'escalateEveryHours']}
          label={text.escalate}
          min={1}
          max={744}
          precision={1}
          required={false}
        />
        <Form.Item name={[colour, 'escalateTo']} label={say(text.escalateTo)} style={{ flex: '1 1 260px' }}>
          <Select
            mode="multiple"
            maxCount={5}
            options={roleName.options.map((role) => ({ value: role, label: say(roleWords[role]) }))}
          />
        </Form.Item>
      </div>
    </Section>
  )
}

function DutyForm({ place, remove }: { place: number; remove: (() => void) | undefined }) {
  const say = useSay()
  const at = (...rest: string[]) => [place, ...rest] as unknown as string[]
  const need = [{ required: true, whitespace: true, message: say(text.need) }]
  return (
    <div className="policy-duty">
      <Form.Item name={at('title', 'zh')} label={say(text.taskZh)} rules={need} className="half-field">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={at('title', 'en')} label={say(text.taskEn)} rules={need} className="half-field">
        <Input maxLength={200} />
      </Form.Item>
      <ChoiceField name={at('kind')} label={text.kind} options={KINDS} width={110} />
      <ChoiceField name={at('role')} label={text.role} options={roleWords} width={150} />
      <Form.Item
        name={at('within', 'hours')}
        label={say(text.hours)}
        rules={[{ required: true, message: say(text.need) }]}
      >
        <InputNumber<number> min={0.1} max={HOURS_LIMIT} style={{ width: 110 }} />
      </Form.Item>
      <ChoiceField name={at('within', 'clock')} label={text.clock} options={text.clockOf} width={110} />
      <NumberField name={at('everyHours')} label={text.every} min={0.5} max={744} precision={1} required={false} />
      {remove && (
        <Button type="text" onClick={remove} className="duty-remove">
          {say(text.remove)}
        </Button>
      )}
    </div>
  )
}
