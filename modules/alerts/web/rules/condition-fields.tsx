/** What a rule asks: the fields of each kind of condition that judges an indicator. */
import { Form, InputNumber, Select, Switch } from 'antd'
import { type ConditionKind, chartKind, colour as colourSchema, ruleSetName } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { IndicatorPicker } from '#platform/web/parts/pickers.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import { EventFields } from './event-fields.tsx'
import { LevelFields } from './level-fields.tsx'
import { ChoiceField, DaysField, NumberField } from './parts.tsx'
import { BEGINNINGS, type RuleForm } from './rule-form.ts'

const text = words.form
const KINDS = Object.keys(BEGINNINGS) as ConditionKind[]
const SERIES_PERIODS = { min: 12, max: 260 } as const
/** How rules of a set begin: western-electric's with `we-`. */
const PREFIXES: Readonly<Record<string, string>> = {
  'western-electric-1956': 'we-',
  'nelson-1984': 'nelson-',
  'montgomery-2013': 'montgomery-',
  'nhs-making-data-count-2019': 'nhs-',
  'anhoej-2014': 'anhoej-',
}

export function ConditionFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const kind = Form.useWatch(['condition', 'kind'], form) ?? 'deviation'
  return (
    <>
      <Form.Item name={['condition', 'kind']} label={say(text.kindOf)} extra={say(words.condition.why[kind])}>
        <Select<ConditionKind>
          options={KINDS.map((one) => ({ value: one, label: say(words.condition.kind[one]) }))}
          // Levels of one kind mean nothing under another.
          onChange={(next) => form.setFieldValue('condition', BEGINNINGS[next])}
          listHeight={400}
        />
      </Form.Item>
      <KindFields key={kind} kind={kind} />
      <LevelFields key={`${kind} levels`} kind={kind} />
    </>
  )
}

function KindFields({ kind }: { kind: ConditionKind }) {
  const say = useSay()
  switch (kind) {
    case 'threshold':
      return null
    case 'deviation':
      return <BaselineFields />
    case 'growth':
      return (
        <div className="level-row">
          <ChoiceField name={['condition', 'against']} label={text.against} options={text.againstOf} />
          <NumberField name={['condition', 'windowPeriods']} label={text.windowPeriods} min={1} max={12} />
          <NumberField name={['condition', 'dispersionPeriods']} label={text.dispersion} min={0} max={104} />
        </div>
      )
    case 'chart':
      return <ChartFields />
    case 'change-point':
      return (
        <div className="level-row">
          <NumberField name={['condition', 'periods']} label={text.lookBack} {...SERIES_PERIODS} />
          <NumberField name={['condition', 'within']} label={text.within} min={1} max={52} />
        </div>
      )
    case 'forecast-band':
      return (
        <div className="level-row">
          <NumberField name={['condition', 'periods']} label={text.lookBack} {...SERIES_PERIODS} />
          <NumberField name={['condition', 'season']} label={text.season} min={2} max={53} required={false} />
        </div>
      )
    case 'forecast-miss':
      return (
        <div className="level-row">
          <NumberField name={['condition', 'horizon']} label={text.horizon} min={1} max={12} />
          <NumberField name={['condition', 'periods']} label={text.lookBack} {...SERIES_PERIODS} />
          <NumberField name={['condition', 'season']} label={text.season} min={2} max={53} required={false} />
          <Form.Item name={['condition', 'target']} label={say(text.target)}>
            <InputNumber<number> style={{ width: 180 }} />
          </Form.Item>
        </div>
      )
    case 'shortage':
      return (
        <Form.Item
          name={['condition', 'capacity']}
          label={say(text.capacity)}
          rules={[{ required: true, message: say(text.needIndicator) }]}
        >
          <IndicatorPicker />
        </Form.Item>
      )
    default:
      return <EventFields kind={kind} />
  }
}

function BaselineFields() {
  const form = Form.useFormInstance<RuleForm>()
  const of = Form.useWatch(['condition', 'baseline', 'of'], form) as string | undefined
  const say = useSay()
  return (
    <div className="level-row">
      <ChoiceField name={['condition', 'baseline', 'of']} label={text.baseline} options={text.baselineOf} />
      {of === 'own' && (
        <NumberField name={['condition', 'baseline', 'periods']} label={text.periods} min={3} max={104} />
      )}
      {of === 'season' && <NumberField name={['condition', 'baseline', 'years']} label={text.years} min={1} max={5} />}
      {of === 'industry' && (
        <Form.Item
          name={['condition', 'baseline', 'value']}
          label={say(text.industryValue)}
          rules={[{ required: true, message: say(words.policy.need) }]}
        >
          <InputNumber<number> style={{ width: 160 }} />
        </Form.Item>
      )}
    </div>
  )
}

function ChartFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const set = (Form.useWatch(['condition', 'ruleSet'], form) ?? '') as string
  const prefix = PREFIXES[set] ?? set
  const rules = Object.entries(words.condition.rule as Record<string, Sentence>).filter(([id]) => id.startsWith(prefix))
  const colourNames = Object.fromEntries(
    colourSchema.options.map((one) => [one, words.colour[one]]),
  ) as typeof words.colour
  return (
    <>
      <div className="level-row">
        <ChoiceField
          name={['condition', 'chart']}
          label={text.chart}
          width={230}
          options={Object.fromEntries(chartKind.options.map((one) => [one, words.condition.chart[one]]))}
        />
        <Form.Item name={['condition', 'ruleSet']} label={say(text.ruleSet)}>
          <Select
            style={{ minWidth: 260 }}
            options={ruleSetName.options.map((one) => ({ value: one, label: say(words.condition.set[one]) }))}
            onChange={() => form.setFieldValue(['condition', 'only'], [])}
          />
        </Form.Item>
      </div>
      <p className="muted small field-note">{say(text.ruleSetWhy)}</p>
      <Form.Item name={['condition', 'only']} label={say(text.only)}>
        <Select mode="multiple" options={rules.map(([id, name]) => ({ value: id, label: say(name) }))} />
      </Form.Item>
      <div className="level-row">
        <ChoiceField name={['condition', 'colours', 'beyond']} label={text.beyond} options={colourNames} width={120} />
        <ChoiceField
          name={['condition', 'colours', 'pattern']}
          label={text.pattern}
          options={colourNames}
          width={120}
        />
        <NumberField name={['condition', 'periods']} label={text.lookBack} {...SERIES_PERIODS} />
        <NumberField
          name={['condition', 'baselinePeriods']}
          label={text.baselinePeriods}
          min={8}
          max={260}
          required={false}
        />
      </div>
      <Form.Item name={['condition', 'changes']} label={say(text.changes)}>
        <DaysField />
      </Form.Item>
      <Form.Item name={['condition', 'bothSides']} label={say(text.bothSides)} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
