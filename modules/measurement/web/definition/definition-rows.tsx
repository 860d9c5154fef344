/** Lists inside a definition: conditions, and summands with conditions of their own. Field paths are relative to their list. */
import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { EVENTS } from '../../contract/definition.ts'
import { words as all } from '../../words.ts'

const words = all.definition
const operators = ['is', 'is-not', 'in'] as const
type Path = (string | number)[]

interface ConditionRowsProps {
  /** Where the list stands: from the form's root, or from the list around it. */
  readonly name: Path
  /** The list's full path where `name` is relative to a list around it. */
  readonly root?: Path
  readonly attributes: readonly string[]
}

export function ConditionRows({ name, root, attributes }: ConditionRowsProps) {
  const say = useSay()
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <div className="stack">
          {rows.map((row) => (
            <ConditionRow
              key={row.key}
              place={row.name}
              path={[...(root ?? name), row.name]}
              attributes={attributes}
              onRemove={() => remove(row.name)}
            />
          ))}
          <div>
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({ operator: 'is' })}>
              {say(words.addCondition)}
            </Button>
          </div>
        </div>
      )}
    </Form.List>
  )
}

function ConditionRow(props: { place: number; path: Path; attributes: readonly string[]; onRemove: () => void }) {
  const say = useSay()
  const { place, path } = props
  const operator = Form.useWatch([...path, 'operator']) as (typeof operators)[number] | undefined
  const required = [{ required: true, message: '' }]
  return (
    <div className="row">
      <Form.Item name={[place, 'attribute']} rules={required} noStyle>
        <AutoComplete
          options={props.attributes.map((value) => ({ value }))}
          placeholder={say(words.attribute)}
          style={{ width: 150 }}
        />
      </Form.Item>
      <Form.Item name={[place, 'operator']} noStyle>
        <Select
          aria-label={say(words.operator)}
          options={operators.map((value) => ({ value, label: say(words.operators[value]) }))}
          style={{ width: 100 }}
        />
      </Form.Item>
      {operator === 'in' ? (
        <Form.Item name={[place, 'values']} rules={required} noStyle>
          <Select mode="tags" placeholder={say(words.values)} style={{ minWidth: 180 }} />
        </Form.Item>
      ) : (
        <Form.Item name={[place, 'value']} rules={required} noStyle>
          <Input placeholder={say(words.value)} style={{ width: 180 }} />
        </Form.Item>
      )}
      <Button
        type="text"
        icon={<MinusCircleOutlined />}
        aria-label={say(floorWords.act.remove)}
        onClick={props.onRemove}
      />
    </div>
  )
}

interface TermRowsProps {
  readonly name: Path
  readonly attributes: readonly string[]
  readonly values: readonly string[]
  /** One value of the events, without factor. */
  readonly single: boolean
}

export function TermRows({ name, attributes, values, single }: TermRowsProps) {
  const say = useSay()
  const offered = [
    ...(single ? [] : [{ value: EVENTS, label: say(words.eventCount) }]),
    ...values.map((value) => ({ value, label: value })),
  ]
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <div className="stack">
          {rows.map((row) => (
            <div key={row.key} className="section stack" style={{ marginBottom: 0 }}>
              <div className="row">
                {!single && (
                  <Form.Item name={[row.name, 'coefficient']} noStyle>
                    <InputNumber aria-label={say(words.coefficient)} style={{ width: 90 }} />
                  </Form.Item>
                )}
                <Form.Item name={[row.name, 'of']} rules={[{ required: true, message: '' }]} noStyle>
                  <Select
                    showSearch
                    options={offered}
                    placeholder={say(single ? words.valueOf : words.ofWhat)}
                    style={{ width: 220 }}
                  />
                </Form.Item>
                {rows.length > 1 && (
                  <Button
                    type="text"
                    icon={<MinusCircleOutlined />}
                    aria-label={say(floorWords.act.remove)}
                    onClick={() => remove(row.name)}
                  />
                )}
              </div>
              <ConditionRows name={[row.name, 'where']} root={[...name, row.name, 'where']} attributes={attributes} />
            </div>
          ))}
          {!single && (
            <div>
              <Button
                size="small"
                icon={<PlusOutlined />}
                onClick={() => add({ of: EVENTS, coefficient: 1, where: [] })}
              >
                {say(words.addTerm)}
              </Button>
            </div>
          )}
        </div>
      )}
    </Form.List>
  )
}
