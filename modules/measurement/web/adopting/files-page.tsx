/** Definitions out as files and in again: a plan is shown before anything is written. */
import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Input, Segmented, Select, Tag, Upload } from 'antd'
import { useState } from 'react'
import type { IndicatorFilePlan, PlannedIndicator } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { useMay } from '#platform/web/session.ts'
import { TEXT_LENGTH_LIMIT } from '../../rules/drafts/draft-text.ts'
import { adoptingWords as words } from '../../words/adopting.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { Differences } from './differences.tsx'
import { TextIssues } from './text-view.tsx'

export function IndicatorFilesPage() {
  const say = useSay()
  const mayEdit = useMay('indicators.edit')
  const crumbs = [{ title: say(all.indicators.title), to: '/measure' }]
  return (
    <PageFrame title={say(words.files)} lead={say(words.filesLead)} crumbs={crumbs} may="measurements.read">
      <ExportPart />
      {mayEdit && <ImportPart />}
    </PageFrame>
  )
}

function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

function ExportPart() {
  const say = useSay()
  const { message } = App.useApp()
  const indicators = useIndicators()
  const [ids, setIds] = useState<string[]>([])
  const [format, setFormat] = useState<'yaml' | 'json'>('yaml')
  const run = useAct(
    () => measurement.exportIndicators.call({ format, ...(ids.length === 0 ? {} : { ids: ids.join(',') }) }),
    {
      onDone: ({ name, text, count }) => {
        saveText(name, text)
        void message.success(say(words.exported, { count }))
      },
    },
  )
  return (
    <Section title={say(words.export)}>
      <div className="row">
        <Select<string[]>
          mode="multiple"
          aria-label={say(words.exportWhich)}
          placeholder={say(words.exportAll)}
          value={ids}
          onChange={setIds}
          options={(indicators ?? []).map((one) => ({ value: one.id, label: say(one.title) }))}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 260, flex: 1 }}
        />
        <Segmented
          value={format}
          onChange={setFormat}
          options={[
            { value: 'yaml', label: 'YAML' },
            { value: 'json', label: 'JSON' },
          ]}
        />
        <Button icon={<DownloadOutlined />} loading={run.busy} onClick={() => run.run(undefined)}>
          {say(words.exportDo, { format: format.toUpperCase() })}
        </Button>
      </div>
    </Section>
  )
}

function ImportPart() {
  const say = useSay()
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const plan = useAct((content: string) => measurement.planIndicators.call({ text: content }), { quiet: true })
  const apply = useAct((content: string) => measurement.importIndicators.call({ text: content }), {
    quiet: true,
    done: words.applied,
    refresh: ['measurement'],
    onDone: () => {
      plan.forget()
      setText('')
    },
  })
  const write = (content: string) => {
    plan.forget()
    apply.forget()
    setText(content)
  }
  const takeFile = (file: File) => {
    if (file.size > TEXT_LENGTH_LIMIT) void message.error(say(words.tooLarge))
    else void file.text().then(write)
    return false
  }
  return (
    <>
      <Section title={say(words.import)} lead={say(words.importLead)}>
        <div className="stack">
          <div>
            <Upload accept=".yaml,.yml,.json" showUploadList={false} beforeUpload={takeFile}>
              <Button>{say(words.chooseFile)}</Button>
            </Upload>
          </div>
          <Input.TextArea
            value={text}
            aria-label={say(words.pasted)}
            placeholder={'indicators:\n  - id: …'}
            onChange={(event) => write(event.target.value)}
            autoSize={{ minRows: 6, maxRows: 20 }}
            spellCheck={false}
            style={{ fontFamily: 'monospace' }}
          />
          <ProblemNotice error={plan.error ?? apply.error} />
          <div>
            <Button type="primary" disabled={text.trim() === ''} loading={plan.busy} onClick={() => plan.run(text)}>
              {say(words.plan)}
            </Button>
          </div>
        </div>
      </Section>
      {plan.answer && <PlanPart plan={plan.answer} busy={apply.busy} onApply={() => apply.run(text)} />}
    </>
  )
}

const colours = { new: 'green', changed: 'blue', unchanged: 'default', refused: 'red' } as const

function PlanPart({ plan, busy, onApply }: { plan: IndicatorFilePlan; busy: boolean; onApply: () => void }) {
  const say = useSay()
  const of = (state: PlannedIndicator['state']) => plan.indicators.filter((one) => one.state === state).length
  const counts = { new: of('new'), changed: of('changed'), unchanged: of('unchanged'), refused: of('refused') }
  const count = counts.new + counts.changed
  return (
    <Section
      title={say(words.planned)}
      {...(plan.fault === null ? { lead: say(words.planSum, counts) } : {})}
      actions={
        count > 0 && (
          <Button type="primary" loading={busy} onClick={onApply}>
            {say(words.apply, { count })}
          </Button>
        )
      }
    >
      {plan.fault && <TextIssues issues={[plan.fault]} />}
      {plan.fault === null && count === 0 && <p className="muted">{say(words.nothing)}</p>}
      {plan.indicators.length > 0 && (
        <RowTable
          rows={plan.indicators}
          rowKey={(row) => `${plan.indicators.indexOf(row)}`}
          columns={[
            {
              key: 'state',
              title: say(words.change),
              render: (row) => <Tag color={colours[row.state]}>{say(words.states[row.state])}</Tag>,
            },
            {
              key: 'id',
              title: say(all.indicators.name),
              render: (row) => (
                <>
                  {row.title ? say(row.title) : ''} <code className="muted small">{row.id}</code>
                </>
              ),
            },
            { key: 'what', title: say(words.changed), render: (row) => <Planned one={row} /> },
          ]}
        />
      )}
    </Section>
  )
}

function Planned({ one }: { one: PlannedIndicator }) {
  const say = useSay()
  if (one.state === 'refused') return <TextIssues issues={one.issues} />
  if (one.state !== 'changed') return null
  return (
    <details>
      <summary>
        {say(words.changedCount, { count: one.differences.length })} · {say(words.becomes, { version: one.version })}
      </summary>
      <Differences rows={one.differences} />
    </details>
  )
}
