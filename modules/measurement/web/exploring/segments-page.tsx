/** Segments: the list, and a drawer to make and change one. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { SavedSegment } from '#measurement/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import type { Condition } from '../../contract/definition.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { ConditionsField } from '../definition/conditions-field.tsx'
import { conditionsTold } from '../definition/definition-told.ts'
import { useEventTypes } from '../definition/recorded.ts'

const words = all.explore.segments

export function SegmentsPage() {
  const say = useSay()
  const may = useMay('indicators.edit')
  const [open, setOpen] = useState<{ segment: SavedSegment | null } | undefined>()
  const columns = useColumns(may ? (segment) => setOpen({ segment }) : undefined)
  const list = useQuery(measurement.listSegments.queryOptions({ input: {} }))
  const add = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ segment: null })}>
      {say(words.add)}
    </Button>
  )
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.indicators.title), to: '/measure' }]}
      may="measurements.read"
      actions={add}
    >
      <Section>
        <Loaded query={list} rows={5}>
          {(rows) => (
            <RowTable<SavedSegment>
              rows={rows}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} begin={add} />}
            />
          )}
        </Loaded>
      </Section>
      {open && <SegmentDrawer segment={open.segment} onClose={() => setOpen(undefined)} />}
    </PageFrame>
  )
}

function useColumns(change?: (segment: SavedSegment) => void): Column<SavedSegment>[] {
  const say = useSay()
  const { language } = useLanguage()
  return [
    { key: 'title', title: say(words.title), render: (row) => say(row.title) },
    { key: 'conditions', title: say(words.conditions), render: (row) => conditionsTold(row.conditions, language) },
    { key: 'id', title: say(words.id), render: (row) => <code>{row.id}</code> },
    { key: 'version', title: say(words.version), render: (row) => row.version },
    {
      key: 'saved',
      title: say(words.savedBy),
      render: (row) => (
        <span>
          <When at={row.savedAt} /> <span className="muted">{row.savedBy}</span>
        </span>
      ),
    },
    ...(change
      ? [
          {
            key: 'actions',
            title: '',
            render: (row: SavedSegment) => (
              <span className="row">
                <Button size="small" onClick={() => change(row)}>
                  {say(words.edit)}
                </Button>
                <Archive segment={row} />
              </span>
            ),
          },
        ]
      : []),
  ]
}

function Archive({ segment }: { segment: SavedSegment }) {
  const say = useSay()
  const ask = useAsk()
  const archive = useAct(() => measurement.archiveSegment.call({ id: segment.id }), {
    done: words.archived,
    refresh: ['measurement'],
  })
  const onClick = () =>
    ask({
      title: say(words.archiveAsk, { name: say(segment.title) }),
      lost: say(words.archiveLost),
      deed: say(words.archive),
      onYes: () => archive.run(undefined),
    })
  return (
    <Button size="small" loading={archive.busy} onClick={onClick}>
      {say(words.archive)}
    </Button>
  )
}

interface Values {
  readonly id: string
  readonly zh: string
  readonly en: string
}

function SegmentDrawer({ segment, onClose }: { segment: SavedSegment | null; onClose: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const types = useEventTypes()
  const [type, setType] = useState<string | undefined>()
  const [conditions, setConditions] = useState<Condition[]>(
    segment?.conditions ?? [{ attribute: '', operator: 'is', value: '' }],
  )
  const save = useAct(
    ({ id, zh, en }: Values) =>
      measurement.saveSegment.call({ id, title: { zh, en }, conditions, basedOn: segment?.version ?? 0 }),
    { done: words.saved, refresh: ['measurement'], onDone: onClose, quiet: true },
  )
  useFieldProblems(form, save.error)
  const required = [{ required: true }]
  const initial = segment ? { id: segment.id, zh: segment.title.zh, en: segment.title.en } : {}
  return (
    <Drawer
      open
      size="large"
      title={segment ? say(segment.title) : say(words.add)}
      onClose={onClose}
      footer={
        <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
          {say(segment ? words.edit : words.add)}
        </Button>
      }
    >
      <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={save.run}>
        <ProblemNotice error={save.error} />
        <Form.Item name="zh" label={say(words.titleZh)} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="en" label={say(words.titleEn)} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="id" label={say(words.id)} extra={say(words.idHint)} rules={required}>
          <Input maxLength={80} disabled={segment !== null} />
        </Form.Item>
        <Form.Item label={say(words.sample)}>
          <Select<string>
            aria-label={say(words.sample)}
            value={type ?? types[0] ?? null}
            onChange={setType}
            options={types.map((one) => ({ value: one, label: one }))}
            style={{ width: 240 }}
          />
        </Form.Item>
        <Form.Item label={say(words.conditions)}>
          <ConditionsField value={conditions} onChange={setConditions} eventType={type ?? types[0] ?? ''} />
        </Form.Item>
      </Form>
    </Drawer>
  )
}
