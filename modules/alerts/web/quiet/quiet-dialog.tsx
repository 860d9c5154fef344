/** Planning a silence or a maintenance window. */
import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import type { Colour, QuietDraft } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { addDays, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMe } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { DayTime, instantOf } from './day-time.tsx'

const text = words.quiet
const KINDS = ['silence', 'maintenance'] as const
const COLOURS: readonly Colour[] = ['red', 'orange', 'yellow']

interface QuietForm {
  kind: QuietDraft['kind']
  rule?: string
  below?: string
  colour?: Colour
  /** Wall clock of the organisation. */
  from: string
  until: string
  repeatsEveryDays?: number | null
  reason: string
}

export function QuietDialog({ leave }: { leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<QuietForm>()
  const zone = useMe()?.organisation.timeZone ?? 'Asia/Shanghai'
  const save = useAct(alerts.saveQuiet.call, { quiet: true, done: text.saved, refresh: ['alerts'], onDone: leave })
  useFieldProblems(form, save.error)
  const finish = (values: QuietForm) =>
    save.run({
      kind: values.kind,
      match: { rule: values.rule ?? null, below: values.below ?? null, colour: values.colour ?? null },
      from: instantOf(values.from, zone),
      until: instantOf(values.until, zone),
      repeatsEveryDays: values.repeatsEveryDays ?? null,
      reason: values.reason,
    })
  return (
    <Modal
      open
      title={say(text.newTitle)}
      okText={say(floorWords.act.save)}
      okButtonProps={{ loading: save.busy }}
      cancelText={say(floorWords.act.cancel)}
      onCancel={leave}
      onOk={() => form.submit()}
    >
      <Form<QuietForm>
        form={form}
        layout="vertical"
        initialValues={{ kind: 'silence', from: `${today()}T18:00`, until: `${addDays(today(), 1)}T08:00` }}
        onFinish={finish}
      >
        <QuietFields />
      </Form>
      {save.error !== null && <ProblemNotice error={save.error} />}
    </Modal>
  )
}

function QuietFields() {
  const say = useSay()
  const form = Form.useFormInstance<QuietForm>()
  const rules = useQuery(alerts.listRules.queryOptions()).data ?? []
  const need = { required: true, message: say(text.need) }
  const later = {
    validator: (_rule: unknown, until: string) =>
      until > (form.getFieldValue('from') as string)
        ? Promise.resolve()
        : Promise.reject(new Error(say(text.upsideDown))),
  }
  return (
    <>
      <Form.Item name="kind" label={say(text.kind)}>
        <Radio.Group className="alert-reasons">
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind}>
              {say(text.kindOf[kind])} <span className="muted small">{say(text.kindWhy[kind])}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="rule" label={say(text.rule)}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={rules.map((rule) => ({ value: rule.id, label: say(rule.title) }))}
        />
      </Form.Item>
      <Form.Item name="below" label={say(text.below)}>
        <EntityPicker />
      </Form.Item>
      <Form.Item name="colour" label={say(text.colour)}>
        <Select allowClear options={COLOURS.map((one) => ({ value: one, label: <StatusMark status={one} /> }))} />
      </Form.Item>
      <div className="level-row">
        <Form.Item name="from" label={say(text.from)} rules={[need]}>
          <DayTime label={say(text.from)} />
        </Form.Item>
        <Form.Item name="until" label={say(text.until)} dependencies={['from']} rules={[need, later]}>
          <DayTime label={say(text.until)} />
        </Form.Item>
      </div>
      <Form.Item name="repeatsEveryDays" label={say(text.repeats)}>
        <InputNumber<number> min={1} max={366} precision={0} style={{ width: 140 }} />
      </Form.Item>
      <Form.Item name="reason" label={say(text.reason)} rules={[{ ...need, whitespace: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
    </>
  )
}
