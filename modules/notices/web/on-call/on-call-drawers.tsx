/** Setting up a rota, and handing a turn on. */
import { Button, Drawer, Form, InputNumber, Radio, Select } from 'antd'
import type { BoardLine, RotaDraft, Shift } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { instantName, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { notices } from '../api.ts'
import { ClockInput } from '../clock-input.tsx'

const words = all.onCall
const DAY_MILLISECONDS = 86_400_000

export function RotaDrawer({ line, open, onClose }: { line: BoardLine; open: boolean; onClose: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<RotaDraft>()
  const save = useAct(
    (draft: RotaDraft) =>
      notices.saveRota.call({ ...draft, escalateMinutes: draft.escalateMinutes ?? null, id: line.team.id }),
    { done: words.saved, refresh: ['notices'], quiet: true, onDone: onClose },
  )
  useFieldProblems(form, save.error)
  const needed = (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
  const begin = line.rota ?? { people: [], every: 'week', startsOn: today(), handoverAt: '09:00', escalateMinutes: 15 }
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      title={say(line.rota ? words.change : words.setUp)}
      footer={
        <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
          {say(floorWords.act.save)}
        </Button>
      }
    >
      <Form<RotaDraft> form={form} layout="vertical" preserve={false} initialValues={begin} onFinish={save.run}>
        <Form.Item name="people" label={say(words.order)} extra={say(words.orderWhy)} rules={needed(words.order)}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={line.people.map((each) => ({ value: each.id, label: each.name }))}
          />
        </Form.Item>
        <Form.Item name="every" label={say(words.every)}>
          <Radio.Group
            options={[
              { value: 'day', label: say(words.day) },
              { value: 'week', label: say(words.week) },
            ]}
          />
        </Form.Item>
        <Form.Item name="startsOn" label={say(words.startsOn)} rules={needed(words.startsOn)}>
          <DayInput />
        </Form.Item>
        <Form.Item name="handoverAt" label={say(words.handoverAt)} rules={needed(words.handoverAt)}>
          <ClockInput />
        </Form.Item>
        <Form.Item name="escalateMinutes" label={say(words.escalateMinutes)} extra={say(words.escalateOff)}>
          <InputNumber min={1} max={1440} style={{ width: 140 }} />
        </Form.Item>
        <ProblemNotice error={save.error} />
      </Form>
    </Drawer>
  )
}

interface Swap {
  readonly part: number
  readonly person?: string
  readonly because: 'swap' | 'leave'
}

/** The whole turn, or one of its stretches of a day from the handover on. */
function partsOf(shift: Shift): { from: string; until: string }[] {
  const [from, until] = [Date.parse(shift.from), Date.parse(shift.until)]
  const whole = { from: shift.from, until: shift.until }
  const days: { from: string; until: string }[] = []
  for (let end = until; end > from; end -= DAY_MILLISECONDS)
    days.unshift({
      from: new Date(Math.max(from, end - DAY_MILLISECONDS)).toISOString(),
      until: new Date(end).toISOString(),
    })
  return days.length > 1 ? [whole, ...days] : [whole]
}

export function SwapDrawer(props: { line: BoardLine; shift: Shift | undefined; onClose: () => void }) {
  const { line, shift, onClose } = props
  const say = useSay()
  const { language } = useLanguage()
  const [form] = Form.useForm<Swap>()
  const parts = shift ? partsOf(shift) : []
  const save = useAct(
    ({ part, person, because }: Swap) => {
      const { from, until } = parts[part] ?? { from: shift?.from ?? '', until: shift?.until ?? '' }
      return notices.saveOverride.call({ team: line.team.id, from, until, person: person ?? null, because })
    },
    { done: words.swapped, refresh: ['notices'], quiet: true, onDone: onClose },
  )
  const name = ({ from, until }: { from: string; until: string }) =>
    `${instantName(from, language)} – ${instantName(until, language)}`
  return (
    <Drawer
      open={shift !== undefined}
      onClose={onClose}
      destroyOnHidden
      title={say(words.swap)}
      footer={
        <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
          {say(words.swap)}
        </Button>
      }
    >
      <Form<Swap>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ part: 0, because: 'swap' }}
        onFinish={save.run}
      >
        <p className="muted">{say(words.swapWhy)}</p>
        <Form.Item name="part" label={say(words.when)}>
          <Select options={parts.map((part, index) => ({ value: index, label: name(part) }))} />
        </Form.Item>
        <Form.Item name="person" label={say(words.takes)}>
          <Select
            allowClear
            placeholder={say(words.takesNext)}
            options={line.people
              .filter((each) => each.id !== shift?.person.id)
              .map((each) => ({ value: each.id, label: each.name }))}
          />
        </Form.Item>
        <Form.Item name="because" label={say(words.because)}>
          <Radio.Group
            options={[
              { value: 'swap', label: say(words.reasons.swap) },
              { value: 'leave', label: say(words.reasons.leave) },
            ]}
          />
        </Form.Item>
        <ProblemNotice error={save.error} />
      </Form>
    </Drawer>
  )
}
