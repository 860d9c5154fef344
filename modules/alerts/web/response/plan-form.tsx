/** Changing a response plan: its case, its steps, and which alerts propose it. */
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd'
import { colour as colourSchema, hazard as hazardSchema, type ResponsePlan, responsePlanDraft } from '#alerts/contract'
import { roleName } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { useFieldProblems } from '#platform/web/problems.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import { TagsField } from '../rules/parts.tsx'
import { alerts } from '../api.ts'
import { READ_AGAIN } from './api.ts'

const text = words.checklist.plans
const ID = /^[a-z][a-z0-9-]{1,79}$/

type PlanValues = Omit<ResponsePlan, 'steps'> & {
  steps: (Partial<ResponsePlan['steps'][number]> & { id?: string })[]
}

export function PlanForm({ plan, leave }: { plan: ResponsePlan | undefined; leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<PlanValues>()
  const save = useAct(alerts.saveResponsePlan.call, {
    quiet: true,
    done: text.saved,
    refresh: READ_AGAIN,
    onDone: leave,
  })
  useFieldProblems(form, save.error)
  const start = plan ?? {
    hazard: 'equipment',
    match: { rules: [], indicators: [], words: [], leastColour: 'orange' },
    steps: [{}, {}, {}],
    active: true,
  }
  const finish = (values: PlanValues) => {
    const steps = values.steps.map((step, place) => ({
      ...step,
      id: step.id ?? `step-${place + 1}-${values.steps.length}`,
      detail: step.detail?.zh ? { zh: step.detail.zh, en: step.detail.en || step.detail.zh } : null,
    }))
    save.run(responsePlanDraft.parse({ ...plan, ...values, match: { ...start.match, ...values.match }, steps }))
  }
  return (
    <Form<PlanValues> form={form} layout="vertical" initialValues={start} onFinish={finish}>
      <Section>
        {!plan && (
          <Form.Item
            name="id"
            label={say(text.id)}
            rules={[{ required: true, pattern: ID, message: say(text.needId) }]}
          >
            <Input maxLength={80} style={{ maxWidth: 320 }} />
          </Form.Item>
        )}
        <Both name={['title']} label={text.name} />
        <Both name={['when']} label={text.when} />
        <Both name={['until']} label={text.until} />
        <CaseFields />
      </Section>
      <Section title={say(text.steps)}>
        <StepFields />
      </Section>
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="save-bar row">
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {say(text.save)}
        </Button>
        <Button onClick={leave}>{say(floorWords.act.cancel)}</Button>
      </div>
    </Form>
  )
}

function CaseFields() {
  const say = useSay()
  return (
    <>
      <div className="level-row">
        <Form.Item name="hazard" label={say(text.hazard)}>
          <Select
            style={{ width: 160 }}
            options={hazardSchema.options.map((one) => ({ value: one, label: say(words.checklist.hazard[one]) }))}
          />
        </Form.Item>
        <Form.Item name={['match', 'leastColour']} label={say(text.least)}>
          <Select
            style={{ width: 120 }}
            options={colourSchema.options.map((one) => ({ value: one, label: say(words.colour[one]) }))}
          />
        </Form.Item>
        <Form.Item name="active" label={say(text.active)} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <TagsField name={['match', 'words']} label={text.words} most={40} />
    </>
  )
}

/** A sentence in both languages, side by side. */
function Both({ name, label, must = true }: { name: (string | number)[]; label: Sentence; must?: boolean }) {
  const say = useSay()
  const need = must ? [{ required: true, whitespace: true, message: say(words.checklist.need) }] : []
  return (
    <div className="level-row">
      {(['zh', 'en'] as const).map((language) => (
        <Form.Item
          key={language}
          name={[...name, language]}
          label={`${say(label)} · ${say(text[language])}`}
          rules={need}
          className="half-field"
        >
          <Input maxLength={500} />
        </Form.Item>
      ))}
    </div>
  )
}

function StepFields() {
  const say = useSay()
  const need = [{ required: true, message: say(words.checklist.need) }]
  return (
    <Form.List name="steps">
      {(rows, { add, remove, move }) => (
        <div className="stack">
          {rows.map((row, place) => (
            <div key={row.key} className="step-form">
              <Both name={[row.name, 'title']} label={{ zh: `${place + 1}`, en: `${place + 1}` }} />
              <Both name={[row.name, 'detail']} label={text.detail} must={false} />
              <div className="level-row">
                <Form.Item name={[row.name, 'role']} label={say(text.role)} rules={need}>
                  <Select
                    style={{ width: 160 }}
                    options={roleName.options.map((role) => ({ value: role, label: say(roleWords[role]) }))}
                  />
                </Form.Item>
                <Form.Item name={[row.name, 'withinMinutes']} label={say(text.within)} rules={need}>
                  <InputNumber<number> min={1} max={43_200} precision={0} style={{ width: 140 }} />
                </Form.Item>
                <span className="row duty-remove">
                  <Button type="text" disabled={place === 0} onClick={() => move(place, place - 1)}>
                    ↑
                  </Button>
                  <Button type="text" disabled={place === rows.length - 1} onClick={() => move(place, place + 1)}>
                    ↓
                  </Button>
                  <Button type="text" disabled={rows.length <= 3} onClick={() => remove(row.name)}>
                    {say(words.policy.remove)}
                  </Button>
                </span>
              </div>
            </div>
          ))}
          <div>
            <Button size="small" onClick={() => add({})}>
              {say(text.addStep)}
            </Button>
          </div>
        </div>
      )}
    </Form.List>
  )
}
