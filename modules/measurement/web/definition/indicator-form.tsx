/** The fields of a definition. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Form, Input, InputNumber, Select } from 'antd'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { unitNames } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { ConditionRows, TermRows } from './definition-rows.tsx'

const words = all.definition
const directions = ['higher-is-better', 'lower-is-better', 'neutral'] as const
const kinds = ['proportion', 'mean', 'count', 'ratio', 'sum', 'quantile'] as const
type Kind = (typeof kinds)[number]

const useNeeded = () => {
  const say = useSay()
  return (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
}

export function IndicatorForm({ fixedId }: { fixedId: boolean }) {
  return (
    <>
      <Basics fixedId={fixedId} />
      <Calculation />
    </>
  )
}

function Basics({ fixedId }: { fixedId: boolean }) {
  const say = useSay()
  const needed = useNeeded()
  return (
    <Section title={say(words.basics)}>
      <Form.Item name={['title', 'zh']} label={say(words.titleZh)} rules={needed(words.titleZh)}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={say(words.titleEn)} rules={needed(words.titleEn)}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="id" label={say(words.id)} extra={say(words.idWhy)} rules={needed(words.id)}>
        <Input maxLength={80} disabled={fixedId} spellCheck={false} />
      </Form.Item>
      <Form.Item name={['explanation', 'zh']} label={say(words.explanationZh)} rules={needed(words.explanationZh)}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
      <Form.Item name={['explanation', 'en']} label={say(words.explanationEn)} rules={needed(words.explanationEn)}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item name="unit" label={say(words.unit)}>
          <Select
            options={Object.entries(unitNames).map(([value, name]) => ({ value, label: say(name) }))}
            style={{ width: 150 }}
          />
        </Form.Item>
        <Form.Item name="direction" label={say(words.direction)}>
          <Select options={directions.map((value) => ({ value, label: say(words[value]) }))} style={{ width: 150 }} />
        </Form.Item>
        <Form.Item name="target" label={say(words.target)}>
          <InputNumber style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="minimumN" label={say(words.minimumN)} tooltip={say(words.minimumNWhy)}>
          <InputNumber min={0} precision={0} style={{ width: 120 }} />
        </Form.Item>
      </div>
    </Section>
  )
}

function Calculation() {
  const say = useSay()
  const needed = useNeeded()
  const form = Form.useFormInstance()
  const kind = (Form.useWatch(['definition', 'kind']) ?? 'proportion') as Kind
  const eventType = (Form.useWatch(['definition', 'eventType']) ?? '') as string
  const types = useQuery(measurement.eventTypes.queryOptions())
  const facts = types.data?.find((one) => one.type === eventType)
  const single = kind === 'mean' || kind === 'quantile'
  const divided = kind === 'ratio' || kind === 'proportion'
  // A list of terms that fits one kind would be refused by another; each kind begins with terms of its own.
  const startAgain = (next: Kind) => {
    const events = [{ of: 'events', coefficient: 1, where: [] }]
    const numerator =
      next === 'count' || next === 'ratio' || next === 'proportion' ? events : [{ coefficient: 1, where: [] }]
    form.setFieldValue(['definition', 'numerator'], numerator)
    form.setFieldValue(['definition', 'denominator'], next === 'ratio' || next === 'proportion' ? events : undefined)
    form.setFieldValue(['definition', 'quantile'], next === 'quantile' ? 0.9 : undefined)
  }
  return (
    <Section title={say(words.calculation)}>
      <Form.Item name={['definition', 'eventType']} label={say(words.eventType)} rules={needed(words.eventType)}>
        <AutoComplete options={(types.data ?? []).map((one) => ({ value: one.type }))} />
      </Form.Item>
      <Form.Item label={say(words.where)}>
        <ConditionRows name={['definition', 'where']} attributes={facts?.attributes ?? []} />
      </Form.Item>
      <Form.Item name={['definition', 'kind']} label={say(words.kind)} extra={say(words.kindsWhy[kind])}>
        <Select<Kind>
          onChange={startAgain}
          options={kinds.map((value) => ({ value, label: say(words.kinds[value]) }))}
          style={{ width: 200 }}
        />
      </Form.Item>
      <Form.Item label={say(single ? words.valueOf : words.numerator)}>
        <TermRows
          name={['definition', 'numerator']}
          attributes={facts?.attributes ?? []}
          values={facts?.values ?? []}
          single={single}
        />
      </Form.Item>
      {divided && (
        <Form.Item label={say(words.denominator)}>
          <TermRows
            name={['definition', 'denominator']}
            attributes={facts?.attributes ?? []}
            values={facts?.values ?? []}
            single={false}
          />
        </Form.Item>
      )}
      {kind === 'quantile' && (
        <Form.Item name={['definition', 'quantile']} label={say(words.quantile)}>
          <InputNumber min={0.01} max={0.99} step={0.05} />
        </Form.Item>
      )}
    </Section>
  )
}
