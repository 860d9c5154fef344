/** Editor of one rule, in a drawer beside the list. */
import { Button, Drawer, Form, Input, InputNumber, Segmented, Select, Switch } from 'antd'
import { useState } from 'react'
import type { Rule } from '#alerts/contract'
import type { Indicator } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { units } from '#platform/web/numbers.ts'
import { usePhone } from '#platform/web/page/phone.ts'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { EntityPicker, IndicatorPicker, KindPicker, useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { draftOf, formOf, levelFault, newRule, type RuleForm } from './rule-form.ts'

const text = words.form
const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const
const COLOURS = ['yellow', 'orange', 'red'] as const
const ID = /^[a-z][a-z0-9-]{1,79}$/

export function RuleEditor({ rule, id, leave }: { rule: Rule | undefined; id: string; leave: () => void }) {
  const say = useSay()
  const phone = usePhone()
  const [form] = Form.useForm<RuleForm>()
  const [start] = useState<RuleForm>(() => (rule ? formOf(rule) : newRule(id)))
  const save = useAct(alerts.saveRule.call, { quiet: true, done: text.saved, refresh: ['alerts'], onDone: leave })
  useFieldProblems(form, save.error)
  return (
    <Drawer
      open
      size={phone ? '100%' : 640}
      title={rule ? say(words.rules.edit, { name: say(rule.title) }) : say(words.rules.new)}
      onClose={leave}
      maskClosable={false}
      footer={
        <div className="row">
          <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
            {say(text.save)}
          </Button>
          <Button onClick={leave}>{say(floorWords.act.cancel)}</Button>
          {save.busy && <span className="muted">{say(text.saving)}</span>}
        </div>
      }
    >
      <Form<RuleForm>
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(values) => save.run(draftOf({ ...start, ...values }))}
        scrollToFirstError={{ block: 'center' }}
      >
        {save.error !== null && <ProblemNotice error={save.error} />}
        <Naming fresh={rule === undefined} />
        <Condition />
        <Caution />
      </Form>
    </Drawer>
  )
}

function Naming({ fresh }: { fresh: boolean }) {
  const say = useSay()
  return (
    <>
      <Form.Item
        name="titleZh"
        label={say(text.titleZh)}
        rules={[{ required: true, whitespace: true, message: say(text.needTitle) }]}
      >
        <Input maxLength={200} autoFocus={fresh} />
      </Form.Item>
      <Form.Item name="titleEn" label={say(text.titleEn)}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="id"
        label={say(text.id)}
        extra={say(text.idHint)}
        rules={[{ required: true, pattern: ID, message: say(text.needId) }]}
      >
        <Input disabled={!fresh} maxLength={80} />
      </Form.Item>
      <Form.Item
        name="indicator"
        label={say(text.indicator)}
        rules={[{ required: true, message: say(text.needIndicator) }]}
      >
        <IndicatorPicker />
      </Form.Item>
      <Form.Item name="grain" label={say(text.grain)}>
        <Segmented options={GRAINS.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))} />
      </Form.Item>
      <Form.Item name="entityKind" label={say(text.kind)}>
        <KindPicker allowClear />
      </Form.Item>
      <Form.Item name="below" label={say(text.below)}>
        <EntityPicker />
      </Form.Item>
    </>
  )
}

function useChosenIndicator(): Indicator | undefined {
  const form = Form.useFormInstance<RuleForm>()
  const id = Form.useWatch('indicator', form)
  return useIndicators()?.find((one) => one.id === id)
}

function Condition() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const kind = Form.useWatch('kind', form) as RuleForm['kind'] | undefined
  const baselineOf = Form.useWatch('baselineOf', form) as RuleForm['baselineOf'] | undefined
  return (
    <>
      <Form.Item
        name="kind"
        label={say(text.how)}
        extra={say(kind === 'threshold' ? text.thresholdWhy : text.deviationWhy)}
      >
        <Segmented
          options={[
            { value: 'deviation', label: say(text.deviation) },
            { value: 'threshold', label: say(text.threshold) },
          ]}
          // Levels in percent of a baseline mean nothing as values of the indicator, and the other way round.
          onChange={() => form.setFieldValue('levels', {})}
        />
      </Form.Item>
      {kind === 'deviation' && (
        <div className="level-row">
          <Form.Item name="baselineOf" label={say(text.baseline)}>
            <Select
              style={{ width: 200 }}
              options={[
                { value: 'own', label: say(text.own) },
                { value: 'peers', label: say(text.peers) },
              ]}
            />
          </Form.Item>
          {baselineOf === 'own' && (
            <Form.Item name="baselinePeriods" label={say(text.periods)} rules={[{ required: true }]}>
              <InputNumber<number> min={3} max={104} precision={0} />
            </Form.Item>
          )}
        </div>
      )}
      <Levels kind={kind ?? 'deviation'} />
    </>
  )
}

function Levels({ kind }: { kind: RuleForm['kind'] }) {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const indicator = useChosenIndicator()
  const unit = kind === 'deviation' ? '%' : indicator ? say(units[indicator.unit]) : ''
  const check = () => {
    const fault = levelFault(form.getFieldsValue(true) as RuleForm, indicator?.direction ?? 'neutral')
    if (fault === null) return Promise.resolve()
    return Promise.reject(new Error(say(fault === 'none' ? text.needLevel : text.contradict)))
  }
  return (
    <Form.Item label={say(text.levels)} extra={say(text.levelHint)} required>
      <div className="level-row">
        {COLOURS.map((colour) => (
          <Form.Item
            key={colour}
            name={['levels', colour]}
            label={<StatusMark status={colour} />}
            dependencies={COLOURS.filter((other) => other !== colour).map((other) => ['levels', other])}
            {...(colour === 'red' ? { rules: [{ validator: check }] } : {})}
          >
            <InputNumber<number> suffix={unit} style={{ width: 150 }} />
          </Form.Item>
        ))}
      </div>
    </Form.Item>
  )
}

function Caution() {
  const say = useSay()
  return (
    <>
      <Form.Item name="confidence" label={say(text.confidence)} extra={say(text.confidenceWhy)}>
        <InputNumber<number> min={0} max={99.99} step={1} suffix="%" style={{ width: 150 }} />
      </Form.Item>
      <Form.Item name="minimumN" label={say(text.minimumN)} extra={say(text.minimumNWhy)}>
        <InputNumber<number> min={0} precision={0} style={{ width: 150 }} />
      </Form.Item>
      <Form.Item name="startsOn" label={say(text.startsOn)} extra={say(text.startsOnWhy)} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
      <Form.Item name="active" label={say(text.active)} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
