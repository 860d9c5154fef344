/** What really went wrong and what was nothing, as people labelled it: the yardstick of every trial. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Incident } from '#alerts/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { addDays, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Day } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'

const text = words.trying.incidents
const DAYS = 7

export function IncidentsPage() {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const [labelling, setLabelling] = useState(false)
  const begin = mayAct && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setLabelling(true)}>
      {say(text.new)}
    </Button>
  )
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[
        { title: say(words.title), to: '/alerts' },
        { title: say(words.rules.title), to: '/alerts/rules' },
      ]}
      may="alerts.read"
      actions={begin}
    >
      <Section>
        <IncidentTable begin={begin} />
      </Section>
      {labelling && <LabelDialog leave={() => setLabelling(false)} />}
    </PageFrame>
  )
}

function useIncidentColumns(): Column<Incident>[] {
  const say = useSay()
  return [
    {
      key: 'what',
      title: say(text.what),
      render: (row) => (row.alert === null ? row.title : <Go to={`/alerts/${row.alert}`}>{row.title}</Go>),
      text: (row) => row.title,
    },
    {
      key: 'kind',
      title: say(text.kind),
      render: (row) => (
        <StatusMark
          status={row.nothing ? 'grey' : 'orange'}
          word={say(row.nothing ? text.nothingKind : text.realKind)}
        />
      ),
      text: (row) => say(row.nothing ? text.nothingKind : text.realKind),
    },
    { key: 'entity', title: say(text.entity), render: (row) => row.entityName, text: (row) => row.entityName },
    { key: 'from', title: say(text.from), render: (row) => <Day day={row.from} />, text: (row) => row.from },
    { key: 'until', title: say(text.until), render: (row) => <Day day={row.until} />, text: (row) => row.until },
    {
      key: 'by',
      title: say(text.by),
      render: (row) => (
        <span className="alert-name">
          {row.createdBy}
          <span className="muted small">{say(text.source[row.source])}</span>
        </span>
      ),
      text: (row) => row.createdBy,
    },
  ]
}

function IncidentTable({ begin }: { begin: React.ReactNode }) {
  const say = useSay()
  const ask = useAsk()
  const mayAct = useMay('alerts.act')
  const remove = useAct(alerts.removeIncident.call, { done: text.removed, refresh: ['alerts'] })
  const pages = usePages<Incident>(alerts.listIncidents.key({ input: {} }), (cursor) =>
    alerts.listIncidents.call(cursor === undefined ? {} : { cursor }),
  )
  const columns = useIncidentColumns()
  const deeds: Column<Incident> = {
    key: 'actions',
    title: say(words.column.actions),
    render: (row) => (
      <Button
        size="small"
        onClick={() =>
          ask({ title: say(text.removeTitle), deed: say(text.remove), onYes: () => remove.run({ id: row.id }) })
        }
      >
        {say(text.remove)}
      </Button>
    ),
  }
  return (
    <PagedTable<Incident>
      pages={pages}
      columns={mayAct ? [...columns, deeds] : columns}
      rowKey={(row) => row.id}
      exportName={say(text.title)}
      empty={<Empty title={say(text.none)} why={say(text.noneWhy)} begin={begin} />}
    />
  )
}

interface LabelForm {
  entity: string
  title: string
  from: string
  until: string
  nothing: boolean
}

function LabelDialog({ leave }: { leave: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<LabelForm>()
  const label = useAct(alerts.labelIncident.call, { quiet: true, done: text.saved, refresh: ['alerts'], onDone: leave })
  const need = [{ required: true, message: say(text.need) }]
  return (
    <Modal
      open
      title={say(text.new)}
      okText={say(floorWords.act.save)}
      okButtonProps={{ loading: label.busy }}
      cancelText={say(floorWords.act.cancel)}
      onCancel={leave}
      onOk={() => form.submit()}
    >
      <Form<LabelForm>
        form={form}
        layout="vertical"
        initialValues={{ nothing: false, from: addDays(today(), -DAYS), until: today() }}
        onFinish={(values) => label.run({ ...values, rule: null, alert: null })}
      >
        <Form.Item name="nothing" label={say(text.kind)}>
          <Radio.Group
            options={[
              { value: false, label: say(text.realKind) },
              { value: true, label: say(text.nothingKind) },
            ]}
          />
        </Form.Item>
        <Form.Item name="entity" label={say(text.entity)} rules={need}>
          <EntityPicker />
        </Form.Item>
        <Form.Item name="title" label={say(text.what)} rules={[{ ...need[0], min: 2, whitespace: true }]}>
          <Input maxLength={200} />
        </Form.Item>
        <div className="level-row">
          <Form.Item name="from" label={say(text.from)} rules={need}>
            <DayInput />
          </Form.Item>
          <Form.Item name="until" label={say(text.until)} rules={need}>
            <DayInput />
          </Form.Item>
        </div>
      </Form>
      {label.error !== null && <ProblemNotice error={label.error} />}
    </Modal>
  )
}
