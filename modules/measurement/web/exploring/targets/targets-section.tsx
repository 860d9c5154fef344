/** Targets of the indicator: who should reach what from when on, and who says so. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { Indicator, Target } from '#measurement/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { dayName, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../../words.ts'
import { measurement } from '../../api.ts'
import { IndustryPart } from './industry-part.tsx'
import { useAsked } from '../scope.tsx'

const words = all.explore.targets

export function TargetsSection({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const may = useMay('indicators.edit')
  const [setting, setSetting] = useState(false)
  const columns = useColumns(indicator, may)
  const list = useQuery(measurement.listTargets.queryOptions({ input: { id: indicator.id } }))
  return (
    <Section
      title={say(words.title)}
      lead={say(words.lead)}
      actions={
        may && (
          <Button icon={<PlusOutlined />} onClick={() => setSetting(true)}>
            {say(words.add)}
          </Button>
        )
      }
    >
      <div className="stack">
        <Loaded query={list} rows={2}>
          {(rows) => (
            <RowTable<Target>
              rows={rows}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<p className="muted">{say(words.none)}</p>}
            />
          )}
        </Loaded>
        <IndustryPart indicator={indicator} />
      </div>
      {setting && <TargetDialog indicator={indicator} onClose={() => setSetting(false)} />}
    </Section>
  )
}

function useColumns(indicator: Indicator, may: boolean): Column<Target>[] {
  const say = useSay()
  const { language } = useLanguage()
  const segments = useQuery(measurement.listSegments.queryOptions({ input: { archived: 'true' } }))
  const titleOf = (id: string) => {
    const found = segments.data?.find((one) => one.id === id)
    return found ? say(found.title) : id
  }
  const told = ({ value, band }: Target) =>
    band
      ? `${formatValue(band.low, indicator.unit, language)} – ${formatValue(band.high, indicator.unit, language)}`
      : formatValue(value, indicator.unit, language)
  return [
    { key: 'value', title: say(words.value), render: told, text: told },
    {
      key: 'who',
      title: say(words.who),
      render: (row) =>
        [row.entity?.name ?? say(all.one.whole), row.segment === null ? '' : titleOf(row.segment)]
          .filter(Boolean)
          .join(' · '),
    },
    { key: 'from', title: say(words.from), render: (row) => dayName(row.effectiveFrom, language) },
    { key: 'source', title: say(words.source), render: (row) => row.source },
    ...(may ? [{ key: 'actions', title: '', render: (row: Target) => <Withdraw target={row} /> }] : []),
  ]
}

function Withdraw({ target }: { target: Target }) {
  const say = useSay()
  const ask = useAsk()
  const withdraw = useAct(() => measurement.withdrawTarget.call({ target: target.id }), {
    done: words.withdrawn,
    refresh: ['measurement'],
  })
  return (
    <Button
      size="small"
      loading={withdraw.busy}
      onClick={() =>
        ask({ title: say(words.withdrawAsk), deed: say(words.withdraw), onYes: () => withdraw.run(undefined) })
      }
    >
      {say(words.withdraw)}
    </Button>
  )
}

interface Values {
  readonly aim: 'single' | 'band'
  readonly value?: number
  readonly low?: number
  readonly high?: number
  readonly entity?: string
  readonly segment?: string
  readonly effectiveFrom: string
  readonly source: string
}

function TargetDialog({ indicator, onClose }: { indicator: Indicator; onClose: () => void }) {
  const say = useSay()
  const { entity, segment } = useAsked()
  const [form] = Form.useForm<Values>()
  const aim = Form.useWatch('aim', form) ?? 'single'
  const save = useAct(
    (values: Values) =>
      measurement.saveTarget.call({
        id: indicator.id,
        value: values.aim === 'single' ? (values.value ?? null) : null,
        band: values.aim === 'band' ? { low: values.low ?? 0, high: values.high ?? 0 } : null,
        entity: values.entity ?? null,
        segment: values.segment ?? null,
        effectiveFrom: values.effectiveFrom,
        source: values.source,
      }),
    { done: words.saved, refresh: ['measurement'], onDone: onClose, quiet: true },
  )
  useFieldProblems(form, save.error)
  const initial = {
    aim: 'single',
    effectiveFrom: today(),
    ...(entity ? { entity } : {}),
    ...(segment ? { segment } : {}),
  }
  return (
    <Modal open title={say(words.add)} onCancel={onClose} onOk={() => form.submit()} confirmLoading={save.busy}>
      <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={save.run}>
        <ProblemNotice error={save.error} />
        <Form.Item name="aim" label={say(words.aim)}>
          <Segmented
            options={[
              { value: 'single', label: say(words.single) },
              { value: 'band', label: say(words.band) },
            ]}
          />
        </Form.Item>
        <Aim banded={aim === 'band'} />
        <Form.Item name="entity" label={say(words.who)}>
          <EntityPicker />
        </Form.Item>
        <SegmentChoice />
        <Form.Item name="effectiveFrom" label={say(words.from)} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
        <Form.Item name="source" label={say(words.source)} rules={[{ required: true }]}>
          <Input maxLength={300} placeholder={say(words.sourceHint)} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

function Amount({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true }]}>
      <InputNumber style={{ width: 160 }} />
    </Form.Item>
  )
}

function Aim({ banded }: { banded: boolean }) {
  const say = useSay()
  if (!banded) return <Amount name="value" label={say(words.value)} />
  return (
    <div className="row">
      <Amount name="low" label={say(words.low)} />
      <Amount name="high" label={say(words.high)} />
    </div>
  )
}

function SegmentChoice() {
  const say = useSay()
  const segments = useQuery(measurement.listSegments.queryOptions({ input: {} }))
  if ((segments.data?.length ?? 0) === 0) return null
  return (
    <Form.Item name="segment" label={say(all.explore.segment)}>
      <Select
        allowClear
        placeholder={say(all.explore.allCases)}
        options={(segments.data ?? []).map((one) => ({ value: one.id, label: say(one.title) }))}
      />
    </Form.Item>
  )
}
