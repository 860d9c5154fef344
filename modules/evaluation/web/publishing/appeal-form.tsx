/** An objection to the score of a unit: about what, why, and the evidence. */
import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Select, Upload } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { APPEAL_ATTACHMENTS_LIMIT, type Publication, type PublicationRow } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { problemError } from '#platform/web/api.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { publishingWords } from '../../words/publishing-screens.ts'
import { evaluation } from '../api.ts'
import { type Named, useSchemeNames } from './publication-marks.tsx'

const words = publishingWords.appeal
const LEAST_LETTERS = 10
const WHOLE = ''
const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.webp,.txt,.csv,.xlsx,.docx'

const attached = z.object({ id: z.uuid(), name: z.string() })
type Attached = z.infer<typeof attached>

async function attach(file: File): Promise<Attached> {
  const response = await fetch(`/api/attachments?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw problemError(body, response.status)
  return attached.parse(body)
}

export function AppealForm({
  publication,
  row,
  onClose,
}: {
  publication: Publication
  row: PublicationRow
  onClose: () => void
}) {
  const say = useSay()
  const { items } = useSchemeNames(publication)
  const [item, setItem] = useState(WHOLE)
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly Attached[]>([])
  const input = {
    id: publication.id,
    entity: row.entity.key,
    item: item === WHOLE ? null : item,
    text: text.trim(),
    attachments: files.map(({ id }) => id),
  }
  const make = useAct(() => evaluation.makeAppeal.call(input), {
    quiet: true,
    done: words.sent,
    refresh: ['evaluation'],
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={say(words.title, { unit: row.entity.name })}
      okText={say(words.send)}
      cancelText={say(floorWords.act.cancel)}
      okButtonProps={{ disabled: text.trim().length < LEAST_LETTERS }}
      confirmLoading={make.busy}
      onOk={() => make.run(undefined)}
      onCancel={onClose}
    >
      <Form layout="vertical" component={false}>
        <Words items={items} item={item} text={text} onItem={setItem} onText={setText} />
        <Form.Item label={say(words.evidence)} extra={say(words.evidenceHint)}>
          <Evidence files={files} onChange={setFiles} />
        </Form.Item>
      </Form>
      <ProblemNotice error={make.error} />
    </Modal>
  )
}

function Words({
  items,
  item,
  text,
  onItem,
  onText,
}: {
  items: readonly Named[]
  item: string
  text: string
  onItem: (item: string) => void
  onText: (text: string) => void
}) {
  const say = useSay()
  return (
    <>
      <Form.Item label={say(words.about)} htmlFor="appeal-about">
        <Select
          id="appeal-about"
          value={item}
          onChange={onItem}
          options={[
            { value: WHOLE, label: say(words.whole) },
            ...items.map((one) => ({ value: one.id, label: one.title })),
          ]}
        />
      </Form.Item>
      <Form.Item label={say(words.text)} htmlFor="appeal-text" extra={say(words.textHint)}>
        <Input.TextArea
          id="appeal-text"
          value={text}
          maxLength={5000}
          autoSize={{ minRows: 4, maxRows: 12 }}
          onChange={(event) => onText(event.target.value)}
        />
      </Form.Item>
    </>
  )
}

function Evidence({ files, onChange }: { files: readonly Attached[]; onChange: (files: readonly Attached[]) => void }) {
  const say = useSay()
  const send = useAct(attach, { quiet: true, onDone: (file) => onChange([...files, file]) })
  return (
    <div className="stack">
      {files.map((file) => (
        <div key={file.id} className="row spread">
          <span>{file.name}</span>
          <Button
            size="small"
            aria-label={say(words.remove, { name: file.name })}
            onClick={() => onChange(files.filter(({ id }) => id !== file.id))}
          >
            ×
          </Button>
        </div>
      ))}
      {files.length < APPEAL_ATTACHMENTS_LIMIT && (
        <Upload
          accept={ACCEPTED}
          showUploadList={false}
          disabled={send.busy}
          beforeUpload={(file) => {
            send.run(file)
            return false
          }}
        >
          <Button icon={<PaperClipOutlined />} loading={send.busy}>
            {say(words.attach)}
          </Button>
        </Upload>
      )}
      <ProblemNotice error={send.error} />
    </div>
  )
}
