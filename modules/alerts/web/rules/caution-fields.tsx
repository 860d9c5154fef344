/** Whom a rule watches, how sure it must be, and how steadily it speaks. */
import { Form, Input, InputNumber, Segmented, Select, Switch } from 'antd'
import { type ConditionKind, judgesIndicator } from '#alerts/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { EntityPicker, IndicatorPicker, KindPicker } from '#platform/web/parts/pickers.tsx'
import { words } from '../../words.ts'
import { ChoiceField, NumberField, Optional, SharePercent } from './parts.tsx'
import type { RuleForm, Scope } from './rule-form.ts'

const text = words.form
const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const
const SCOPES = ['kind', 'every', 'one'] as const
const ID = /^[a-z][a-z0-9-]{1,79}$/
const POOLING = { leastUnits: 3, leastSharePercent: 30, together: true }
const DISCOVERY_SHARE = 0.1

export function useKind(): ConditionKind {
  const form = Form.useFormInstance<RuleForm>()
  return Form.useWatch(['condition', 'kind'], form) ?? 'deviation'
}

export function NameFields({ fresh }: { fresh: boolean }) {
  const say = useSay()
  return (
    <>
      <div className="level-row">
        <Form.Item
          name={['title', 'zh']}
          label={say(text.titleZh)}
          rules={[{ required: true, whitespace: true, message: say(text.needTitle) }]}
          style={{ flex: '1 1 220px' }}
        >
          <Input maxLength={200} autoFocus={fresh} />
        </Form.Item>
        <Form.Item name={['title', 'en']} label={say(text.titleEn)} style={{ flex: '1 1 220px' }}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      {fresh && (
        <Form.Item
          name="id"
          label={say(text.id)}
          extra={say(text.idHint)}
          rules={[{ required: true, pattern: ID, message: say(text.needId) }]}
        >
          <Input maxLength={80} style={{ maxWidth: 320 }} />
        </Form.Item>
      )}
    </>
  )
}

export function WhatFields() {
  const say = useSay()
  const judges = judgesIndicator(useKind())
  if (!judges) return null
  return (
    <div className="level-row">
      <Form.Item
        name="indicator"
        label={say(text.indicator)}
        rules={[{ required: true, message: say(text.needIndicator) }]}
        style={{ flex: '1 1 240px' }}
      >
        <IndicatorPicker />
      </Form.Item>
      <Form.Item name="grain" label={say(text.grain)}>
        <Segmented options={GRAINS.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))} />
      </Form.Item>
    </div>
  )
}

export function WhomFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const scope = Form.useWatch('scope', form) ?? 'kind'
  return (
    <>
      <Form.Item name="scope" label={say(text.scope)}>
        <Segmented<Scope> options={SCOPES.map((one) => ({ value: one, label: say(text.scopeKinds[one]) }))} />
      </Form.Item>
      <div className="level-row">
        {scope === 'kind' && (
          <Form.Item
            name={['watch', 'entityKind']}
            label={say(text.kind)}
            rules={[{ required: true, message: say(text.needKind) }]}
            style={{ flex: '1 1 180px' }}
          >
            <KindPicker allowClear />
          </Form.Item>
        )}
        <Form.Item
          name={['watch', 'below']}
          label={say(scope === 'one' ? text.oneNode : text.below)}
          style={{ flex: '1 1 240px' }}
        >
          <EntityPicker />
        </Form.Item>
      </div>
    </>
  )
}

export function SureFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const discovery = Form.useWatch('falseDiscoveryShare', form)
  const judges = judgesIndicator(useKind())
  if (!judges) return null
  return (
    <>
      <div className="level-row">
        <Form.Item
          name="confidence"
          label={say(text.confidence)}
          extra={say(text.confidenceWhy)}
          className="half-field"
        >
          <SharePercent />
        </Form.Item>
        <Form.Item name="minimumN" label={say(text.minimumN)} extra={say(text.minimumNWhy)} className="half-field">
          <InputNumber<number> min={0} precision={0} style={{ width: 140 }} />
        </Form.Item>
      </div>
      <Form.Item label={say(text.discovery)} extra={say(text.discoveryWhy)}>
        <span className="row">
          <Form.Item name="falseDiscoveryShare" noStyle>
            <Optional<number> start={DISCOVERY_SHARE} label={say(text.discovery)} />
          </Form.Item>
          {discovery !== null && discovery !== undefined && (
            <Form.Item name="falseDiscoveryShare" noStyle>
              <SharePercent max={99} aria-label={say(text.discovery)} />
            </Form.Item>
          )}
        </span>
      </Form.Item>
      <PoolingFields />
    </>
  )
}

function PoolingFields() {
  const say = useSay()
  const form = Form.useFormInstance<RuleForm>()
  const pooling = Form.useWatch('pooling', { form, preserve: true })
  const scope = Form.useWatch('scope', form)
  if (scope !== 'kind') return null
  return (
    <>
      <Form.Item name="pooling" label={say(text.pooling)} extra={say(text.poolingWhy)}>
        <Optional start={POOLING} label={say(text.pooling)} />
      </Form.Item>
      {pooling !== null && pooling !== undefined && (
        <div className="level-row">
          <NumberField name={['pooling', 'leastUnits']} label={text.leastUnits} min={2} max={1000} />
          <NumberField name={['pooling', 'leastSharePercent']} label={text.leastShare} min={1} max={100} suffix="%" />
          <Form.Item name={['pooling', 'together']} label={say(text.together)} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
      )}
    </>
  )
}

export function SteadyFields() {
  const say = useSay()
  const judges = judgesIndicator(useKind())
  return (
    <>
      <div className="level-row">
        <NumberField name={['steadiness', 'forPeriods']} label={text.forPeriods} min={1} max={52} />
        <NumberField name={['steadiness', 'quietPeriods']} label={text.quietPeriods} min={1} max={52} />
        <NumberField name={['steadiness', 'easePercent']} label={text.ease} min={0} max={50} suffix="%" />
        <ChoiceField name={['steadiness', 'noData']} label={text.noData} options={text.noDataOf} width={130} />
      </div>
      <p className="muted small field-note">{say(text.easeWhy)}</p>
      {judges && (
        <Form.Item
          name="alsoRunning"
          label={say(text.alsoRunning)}
          extra={say(text.alsoRunningWhy)}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      )}
    </>
  )
}

export function StartFields({ plans }: { plans: readonly { id: string; title: { zh: string; en: string } }[] }) {
  const say = useSay()
  return (
    <>
      <div className="level-row">
        <Form.Item
          name="startsOn"
          label={say(text.startsOn)}
          extra={say(text.startsOnWhy)}
          rules={[{ required: true }]}
          className="half-field"
        >
          <DayInput />
        </Form.Item>
        <Form.Item name="active" label={say(text.active)} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      {plans.length > 0 && (
        <Form.Item name="responsePlan" label={say(text.responsePlan)}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={plans.map((plan) => ({ value: plan.id, label: say(plan.title) }))}
          />
        </Form.Item>
      )}
    </>
  )
}
