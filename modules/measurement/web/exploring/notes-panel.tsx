/** What changed when, numbered as on the chart; people add notes here. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Annotation } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { today } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { Day } from '#platform/web/parts/when.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { useAsked } from './scope.tsx'

const words = all.explore.notes

export function NotesPanel({ indicator, notes }: { indicator: string; notes: readonly Annotation[] }) {
  const say = useSay()
  const may = useMay('annotations.edit')
  const [adding, setAdding] = useState(false)
  return (
    <div>
      <div className="row spread">
        <strong>{say(words.title)}</strong>
        {may && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {say(words.add)}
          </Button>
        )}
      </div>
      {notes.length === 0 ? (
        <p className="muted small">{say(words.none)}</p>
      ) : (
        <ol className="small">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteLine note={note} may={may} />
            </li>
          ))}
        </ol>
      )}
      {adding && <NoteDialog indicator={indicator} onClose={() => setAdding(false)} />}
    </div>
  )
}

function NoteLine({ note, may }: { note: Annotation; may: boolean }) {
  const say = useSay()
  const remove = useAct(() => measurement.removeAnnotation.call({ annotation: note.id }), {
    done: words.removed,
    refresh: ['measurement'],
  })
  return (
    <span className="row">
      <span className="muted">
        <Day day={note.from} />
        {note.to !== null && (
          <>
            {' – '}
            <Day day={note.to} />
          </>
        )}
      </span>
      <span>{say(note.text)}</span>
      <span className="muted">{[note.entity?.name, note.by].filter(Boolean).join(' · ')}</span>
      {may && note.kind === 'note' && note.origin === null && (
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={say(words.remove)}
          loading={remove.busy}
          onClick={() => remove.run(undefined)}
        />
      )}
    </span>
  )
}

interface Values {
  readonly text: string
  readonly from: string
  readonly to?: string
  readonly everywhere?: boolean
}

function NoteDialog({ indicator, onClose }: { indicator: string; onClose: () => void }) {
  const say = useSay()
  const { entity } = useAsked()
  const [form] = Form.useForm<Values>()
  const save = useAct(
    ({ text, from, to, everywhere }: Values) =>
      measurement.saveAnnotation.call({
        text,
        from,
        to: to || null,
        indicator: everywhere ? null : indicator,
        entity: entity ?? null,
      }),
    { done: words.saved, refresh: ['measurement'], onDone: onClose, quiet: true },
  )
  useFieldProblems(form, save.error)
  return (
    <Modal open title={say(words.add)} onCancel={onClose} onOk={() => form.submit()} confirmLoading={save.busy}>
      <Form<Values> form={form} layout="vertical" initialValues={{ from: today() }} onFinish={save.run}>
        <ProblemNotice error={save.error} />
        <Form.Item name="text" label={say(words.what)} rules={[{ required: true }]}>
          <Input maxLength={300} placeholder={say(words.whatHint)} autoFocus />
        </Form.Item>
        <div className="row">
          <Form.Item name="from" label={say(words.from)} rules={[{ required: true }]}>
            <DayInput />
          </Form.Item>
          <Form.Item name="to" label={say(words.to)}>
            <DayInput />
          </Form.Item>
        </div>
        <Form.Item name="everywhere" valuePropName="checked">
          <Checkbox>{say(words.everywhere)}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  )
}
