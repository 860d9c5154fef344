/** Measures and tasks of the plan editor: one row each, on a phone one below the other. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { PersonPicker } from '#platform/web/parts/pickers.tsx'
import { words } from '../../words.ts'

const edit = words.edit
const part = words.part

function RemoveButton({ onClick }: { onClick: () => void }) {
  const say = useSay()
  return (
    <Form.Item label=" " colon={false}>
      <Button type="text" icon={<DeleteOutlined />} aria-label={say(edit.remove)} onClick={onClick} />
    </Form.Item>
  )
}

export function MeasureFields() {
  const say = useSay()
  return (
    <Section title={say(edit.measures)} lead={say(edit.measuresLead)}>
      <Form.List name="measures">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="form-row measure">
                <Form.Item
                  name={[name, 'what']}
                  label={say(edit.what)}
                  rules={[{ required: true, whitespace: true, message: say(edit.need) }]}
                >
                  <Input maxLength={500} />
                </Form.Item>
                <Form.Item
                  name={[name, 'ownerId']}
                  label={say(part.owner)}
                  rules={[{ required: true, message: say(edit.needPerson) }]}
                >
                  <PersonPicker />
                </Form.Item>
                <Form.Item name={[name, 'costYuan']} label={say(part.cost)}>
                  <InputNumber<number> min={0} precision={0} style={{ width: '100%' }} />
                </Form.Item>
                <Form.Item name={[name, 'benefit']} label={say(part.benefit)}>
                  <Input maxLength={500} />
                </Form.Item>
                <RemoveButton onClick={() => remove(name)} />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ costYuan: 0 })}>
              {say(edit.addMeasure)}
            </Button>
          </>
        )}
      </Form.List>
    </Section>
  )
}

export function TaskFields() {
  const say = useSay()
  return (
    <Section title={say(edit.tasks)} lead={say(edit.tasksLead)}>
      <Form.List name="tasks">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="form-row task">
                <Form.Item
                  name={[name, 'title']}
                  label={say(part.task)}
                  rules={[{ required: true, whitespace: true, message: say(edit.need) }]}
                >
                  <Input maxLength={300} />
                </Form.Item>
                <Form.Item
                  name={[name, 'ownerId']}
                  label={say(part.owner)}
                  rules={[{ required: true, message: say(edit.needPerson) }]}
                >
                  <PersonPicker />
                </Form.Item>
                <Form.Item name={[name, 'startsOn']} label={say(edit.starts)}>
                  <DayInput />
                </Form.Item>
                <Form.Item
                  name={[name, 'dueOn']}
                  label={say(part.due)}
                  rules={[{ required: true, message: say(edit.need) }]}
                >
                  <DayInput />
                </Form.Item>
                <RemoveButton onClick={() => remove(name)} />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})}>
              {say(edit.addTask)}
            </Button>
          </>
        )}
      </Form.List>
    </Section>
  )
}
