/** Figures of the industry: with their source and date, corrected by another one, never changed. */
import { PlusOutlined, UploadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { Indicator, IndustryFigure } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { dayName, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../../words.ts'
import { measurement } from '../../api.ts'

const words = all.explore.targets

export function IndustryPart({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const may = useMay('indicators.edit')
  const [form, setForm] = useState<{ corrects: IndustryFigure | null } | undefined>()
  const columns = useColumns(indicator, may ? (figure) => setForm({ corrects: figure }) : undefined)
  const list = useQuery(measurement.listIndustryFigures.queryOptions({ input: { id: indicator.id } }))
  return (
    <div className="stack">
      <div className="row spread">
        <strong>{say(words.figures)}</strong>
        {may && (
          <span className="row">
            <ImportButton />
            <Button icon={<PlusOutlined />} onClick={() => setForm({ corrects: null })}>
              {say(words.addFigure)}
            </Button>
          </span>
        )}
      </div>
      <Loaded query={list} rows={2}>
        {(rows) => (
          <RowTable<IndustryFigure>
            rows={rows}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<p className="muted">{say(words.noFigures)}</p>}
          />
        )}
      </Loaded>
      {may && <p className="muted small">{say(words.importHint)}</p>}
      {form && <FigureDialog indicator={indicator} corrects={form.corrects} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function ImportButton() {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const send = useAct(async (file: File) => measurement.importIndustryFigures.call({ csv: await file.text() }), {
    done: words.imported,
    refresh: ['measurement'],
    quiet: true,
  })
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) send.run(file)
          event.target.value = ''
        }}
      />
      <Button icon={<UploadOutlined />} loading={send.busy} onClick={() => input.current?.click()}>
        {say(words.importFigures)}
      </Button>
      <Modal open={Boolean(send.error)} footer={null} onCancel={send.forget} title={say(words.importFigures)}>
        <ProblemNotice error={send.error} />
      </Modal>
    </>
  )
}

function useColumns(indicator: Indicator, correct?: (figure: IndustryFigure) => void): Column<IndustryFigure>[] {
  const say = useSay()
  const { language } = useLanguage()
  return [
    {
      key: 'value',
      title: say(all.explore.distribution.value),
      render: (row) => {
        const value = formatValue(row.value, indicator.unit, language)
        return row.superseded ? <s className="muted">{value}</s> : value
      },
    },
    {
      key: 'about',
      title: say(words.about),
      render: (row) => `${dayName(row.from, language)} – ${dayName(row.to, language)}`,
    },
    { key: 'source', title: say(words.source), render: (row) => row.source },
    { key: 'published', title: say(words.published), render: (row) => dayName(row.publishedOn, language) },
    { key: 'n', title: 'n', render: (row) => row.n ?? '—' },
    { key: 'note', title: say(words.note), render: (row) => row.note },
    ...(correct
      ? [
          {
            key: 'actions',
            title: '',
            render: (row: IndustryFigure) =>
              row.superseded ? (
                <span className="muted">{say(words.superseded)}</span>
              ) : (
                <Button size="small" onClick={() => correct(row)}>
                  {say(words.correct)}
                </Button>
              ),
          },
        ]
      : []),
  ]
}

interface Values {
  readonly value: number
  readonly from: string
  readonly to: string
  readonly source: string
  readonly publishedOn: string
  readonly n?: number | null
  readonly note?: string
}

function FigureDialog(props: { indicator: Indicator; corrects: IndustryFigure | null; onClose: () => void }) {
  const say = useSay()
  const { indicator, corrects, onClose } = props
  const [form] = Form.useForm<Values>()
  const save = useAct(
    ({ n, note, ...values }: Values) =>
      measurement.saveIndustryFigure.call({
        ...values,
        id: indicator.id,
        unit: indicator.unit,
        n: n ?? null,
        note: note ?? '',
        supersedes: corrects?.id ?? null,
      }),
    { done: words.figureSaved, refresh: ['measurement'], onDone: onClose, quiet: true },
  )
  useFieldProblems(form, save.error)
  const required = [{ required: true }]
  const initial = corrects ?? { publishedOn: today() }
  return (
    <Modal
      open
      title={say(corrects ? words.correct : words.addFigure)}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={save.busy}
    >
      <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={save.run}>
        <ProblemNotice error={save.error} />
        <div className="row">
          <Form.Item name="value" label={say(all.explore.distribution.value)} rules={required}>
            <InputNumber style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="n" label="n">
            <InputNumber min={1} style={{ width: 120 }} />
          </Form.Item>
        </div>
        <div className="row">
          <Form.Item name="from" label={say(words.about)} rules={required}>
            <DayInput />
          </Form.Item>
          <Form.Item name="to" label={say(words.to)} rules={required}>
            <DayInput />
          </Form.Item>
        </div>
        <Form.Item name="source" label={say(words.source)} rules={required}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="publishedOn" label={say(words.published)} rules={required}>
          <DayInput />
        </Form.Item>
        <Form.Item name="note" label={say(words.note)}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
