/** Sections of the plan editor: what is to improve, the goal, how it will be proved. */
import { Form, Input, InputNumber, Select } from 'antd'
import type { Indicator } from '#measurement/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { units } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { EntityPicker, IndicatorPicker, useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import { MethodFields } from './method-fields.tsx'
import { type PlanForm, windowsOf } from './plan-form.ts'

const edit = words.edit
const KINDS = ['rectification', 'project', 'annual', 'quick-fix'] as const
const GRAINS = ['day', 'week', 'month'] as const

function useChosenIndicator(): Indicator | undefined {
  const form = Form.useFormInstance<PlanForm>()
  const id = Form.useWatch(['goal', 'indicator'], form) as string | undefined
  return useIndicators()?.find((one) => one.id === id)
}

function useNeed() {
  const say = useSay()
  return [{ required: true, message: say(edit.need) }]
}

export function AboutSection() {
  const say = useSay()
  const need = useNeed()
  return (
    <Section title={say(edit.about)}>
      <Form.Item name="title" label={say(edit.name)} rules={need}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="columns">
        <Form.Item className="half" name="entity" label={say(edit.entity)} rules={need}>
          <EntityPicker allowClear={false} placeholder={say(words.column.entity)} />
        </Form.Item>
        <Form.Item className="half" name="kind" label={say(edit.kind)}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: say(words.kind[kind]) }))} />
        </Form.Item>
      </div>
      <Form.Item name="currentState" label={say(edit.current)} extra={say(edit.currentHint)}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} maxLength={10_000} />
      </Form.Item>
    </Section>
  )
}

const directions: Readonly<Record<Indicator['direction'], Sentence>> = {
  'higher-is-better': edit.higher,
  'lower-is-better': edit.lower,
  neutral: edit.neutral,
}

export function GoalFields() {
  const say = useSay()
  const need = useNeed()
  const indicator = useChosenIndicator()
  const unit = indicator ? say(units[indicator.unit]) : ''
  return (
    <Section title={say(edit.goal)} lead={say(edit.goalLead)}>
      <div className="columns">
        <Form.Item
          className="half"
          name={['goal', 'indicator']}
          label={say(edit.indicator)}
          rules={need}
          extra={indicator && say(directions[indicator.direction])}
        >
          <IndicatorPicker />
        </Form.Item>
        <Form.Item className="half" name={['goal', 'entity']} label={say(edit.goalEntity)} rules={need}>
          <EntityPicker allowClear={false} placeholder={say(words.column.entity)} />
        </Form.Item>
        <Form.Item className="narrow" name={['goal', 'fromValue']} label={say(edit.from)} rules={need}>
          <InputNumber<number> suffix={unit} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item className="narrow" name={['goal', 'toValue']} label={say(edit.to)} rules={need}>
          <InputNumber<number> suffix={unit} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item className="narrow" name={['goal', 'byDate']} label={say(edit.by)} rules={need}>
          <DayInput />
        </Form.Item>
      </div>
    </Section>
  )
}

export function ProofFields() {
  const say = useSay()
  return (
    <Section title={say(edit.proof)} lead={say(edit.proofLead)}>
      <div className="columns">
        <ProofDay name={['verification', 'baselineFrom']} label={edit.baseline} why={edit.baselineWhy} />
        <ProofDay name="interventionOn" label={edit.intervention} why={edit.interventionWhy} />
        <ProofDay name={['verification', 'endsOn']} label={edit.ends} why={edit.endsWhy} />
        <SmallestEffect />
        <Form.Item
          className="narrow"
          name={['verification', 'grain']}
          label={say(edit.grain)}
          extra={say(edit.grainWhy)}
        >
          <Select options={GRAINS.map((grain) => ({ value: grain, label: say(floorWords.grain[grain]) }))} />
        </Form.Item>
        <Form.Item
          className="narrow"
          name={['verification', 'seasonPeriods']}
          label={say(edit.season)}
          extra={say(edit.seasonWhy)}
        >
          <InputNumber<number> min={0} max={366} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <MethodFields />
      <Enough />
    </Section>
  )
}

function ProofDay({ name, label, why }: { name: string | string[]; label: Sentence; why: Sentence }) {
  const say = useSay()
  const need = useNeed()
  return (
    <Form.Item className="narrow" name={name as never} label={say(label)} extra={say(why)} rules={need}>
      <DayInput />
    </Form.Item>
  )
}

function SmallestEffect() {
  const say = useSay()
  const need = useNeed()
  const indicator = useChosenIndicator()
  const unit = indicator?.unit === 'percent' ? say(edit.points) : indicator ? say(units[indicator.unit]) : ''
  const positive = (_rule: unknown, value: unknown) =>
    typeof value === 'number' && value <= 0 ? Promise.reject(new Error(say(edit.positive))) : Promise.resolve()
  return (
    <Form.Item
      className="narrow"
      name={['verification', 'smallestEffect']}
      label={say(edit.smallest)}
      extra={say(edit.smallestWhy)}
      rules={[...need, { validator: positive }]}
    >
      <InputNumber<number> min={0} suffix={unit} style={{ width: '100%' }} />
    </Form.Item>
  )
}

/** Tells beforehand whether the windows hold enough periods for an answer. */
function Enough() {
  const say = useSay()
  const form = Form.useFormInstance<PlanForm>()
  const windows = windowsOf(Form.useWatch([], form))
  if (windows === null) return null
  return (
    <p aria-live="polite">
      {say(edit.enough, { before: windows.before, after: windows.after })}{' '}
      {windows.few && <StatusMark status="yellow" word={say(edit.tooShort)} />}
    </p>
  )
}
