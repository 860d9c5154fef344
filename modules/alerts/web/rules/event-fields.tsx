/** What a rule asks of events themselves: repetition, words, silence, other rules. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, Form, Input, Select, Switch } from 'antd'
import type { ConditionKind } from '#alerts/contract'
import { measurementContract } from '#measurement/contract'
import { apiOf } from '#platform/web/api.ts'
import { useSay } from '#platform/web/language.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { NumberField, TagsField } from './parts.tsx'
import type { RuleForm } from './rule-form.ts'

const measurement = apiOf('measurement', measurementContract)
const text = words.form
const YEAR_HOURS = 8784

function useEventTypes() {
  const may = useMay('measurements.read')
  return useQuery({ ...measurement.eventTypes.queryOptions(), enabled: may }).data ?? []
}

export function EventFields({ kind }: { kind: ConditionKind }) {
  switch (kind) {
    case 'repeated':
      return <RepeatedFields />
    case 'keyword':
      return <KeywordFields />
    case 'silence':
      return <EventType />
    case 'combination':
      return <CombinationFields />
    default:
      return null
  }
}

function EventType() {
  const say = useSay()
  const types = useEventTypes()
  return (
    <Form.Item
      name={['condition', 'eventType']}
      label={say(text.eventType)}
      rules={[{ required: true, whitespace: true, message: say(words.policy.need) }]}
    >
      <AutoComplete
        options={types.map((one) => ({ value: one.type }))}
        showSearch={{ filterOption: true }}
        style={{ maxWidth: 360 }}
      />
    </Form.Item>
  )
}

function RepeatedFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const types = useEventTypes()
  const type = Form.useWatch(['condition', 'eventType'], form) as string | undefined
  const attributes = (types.find((one) => one.type === type)?.attributes ?? []).map((value) => ({
    value,
    label: value,
  }))
  return (
    <>
      <div className="level-row">
        <EventType />
        <NumberField name={['condition', 'windowHours']} label={text.windowHours} min={1} max={YEAR_HOURS} />
      </div>
      <div className="level-row">
        <Form.Item name={['condition', 'same']} label={say(text.same)} style={{ minWidth: 260 }}>
          <Select mode="tags" maxCount={3} options={attributes} placeholder={say(text.sameHint)} />
        </Form.Item>
        <Form.Item name={['condition', 'distinct']} label={say(text.distinct)} style={{ minWidth: 200 }}>
          <AutoComplete options={attributes} placeholder={say(text.distinctHint)} allowClear />
        </Form.Item>
      </div>
      <Where attributes={attributes} />
    </>
  )
}

function Where({ attributes }: { attributes: { value: string; label: string }[] }) {
  const say = useSay()
  const need = [{ required: true, message: say(words.policy.need) }]
  return (
    <Form.Item label={say(text.where)}>
      <Form.List name={['condition', 'where']}>
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map((row) => (
              <div key={row.key} className="level-row">
                <Form.Item name={[row.name, 'attribute']} rules={need} noStyle>
                  <AutoComplete options={attributes} placeholder={say(text.attribute)} style={{ width: 150 }} />
                </Form.Item>
                <Form.Item name={[row.name, 'operator']} noStyle>
                  <Select
                    style={{ width: 100 }}
                    options={(['is', 'is-not'] as const).map((one) => ({ value: one, label: say(text.operator[one]) }))}
                  />
                </Form.Item>
                <Form.Item name={[row.name, 'value']} rules={need} noStyle>
                  <Input placeholder={say(text.attributeValue)} style={{ width: 150 }} />
                </Form.Item>
                <Button type="text" onClick={() => remove(row.name)}>
                  {say(words.policy.remove)}
                </Button>
              </div>
            ))}
            <div>
              <Button size="small" onClick={() => add({ operator: 'is' })}>
                {say(text.addWhere)}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  )
}

function KeywordFields() {
  const say = useSay()
  return (
    <>
      <TagsField name={['condition', 'phrases']} label={text.phrases} hint={text.phrasesHint} most={100} required />
      <TagsField name={['condition', 'except']} label={text.except} most={100} />
      <div className="level-row">
        <Form.Item name={['condition', 'skipDenied']} label={say(text.skipDenied)} valuePropName="checked">
          <Switch />
        </Form.Item>
        <NumberField name={['condition', 'windowHours']} label={text.windowHours} min={1} max={YEAR_HOURS} />
      </div>
    </>
  )
}

function CombinationFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const own = Form.useWatch('id', { form, preserve: true })
  const rules = useQuery(alerts.listRules.queryOptions()).data ?? []
  const colours = (['yellow', 'orange', 'red'] as const).map((one) => ({ value: one, label: say(words.colour[one]) }))
  return (
    <>
      <Form.Item
        name={['condition', 'rules']}
        label={say(text.rules)}
        rules={[{ required: true, type: 'array', min: 2, message: say(words.policy.need) }]}
      >
        <Select
          mode="multiple"
          maxCount={10}
          showSearch={{ optionFilterProp: 'label' }}
          options={rules.filter((rule) => rule.id !== own).map((rule) => ({ value: rule.id, label: say(rule.title) }))}
        />
      </Form.Item>
      <div className="level-row">
        <NumberField name={['condition', 'atLeast']} label={text.atLeast} min={1} max={10} />
        <Form.Item name={['condition', 'colour']} label={say(text.asColour)}>
          <Select allowClear placeholder={say(text.worstOfAll)} options={colours} style={{ minWidth: 160 }} />
        </Form.Item>
      </div>
    </>
  )
}
