/** A place to drop one file on, with the progress of sending it. */
import { InboxOutlined } from '@ant-design/icons'
import { Progress, Upload as AntUpload } from 'antd'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { formatSize } from '../numbers.ts'
import { ProblemNotice } from '../page/states.tsx'
import { type Uploaded, useUpload } from './upload.ts'

export function FileDrop({
  accept,
  hint,
  onDone,
}: {
  accept?: string
  hint?: string
  onDone: (file: Uploaded) => void
}) {
  const say = useSay()
  const { language } = useLanguage()
  const upload = useUpload(onDone)
  const percent = upload.totalBytes === 0 ? 0 : Math.floor((100 * upload.sentBytes) / upload.totalBytes)
  return (
    <div className="stack">
      <AntUpload.Dragger
        {...(accept ? { accept } : {})}
        multiple={false}
        showUploadList={false}
        disabled={upload.state === 'sending'}
        beforeUpload={(file) => {
          upload.send(file)
          return false
        }}
      >
        <InboxOutlined style={{ fontSize: 26, color: 'var(--brand)' }} aria-hidden="true" />
        <p>{say(floorWords.upload.drop)}</p>
        {hint !== undefined && <p className="muted small">{hint}</p>}
      </AntUpload.Dragger>
      {upload.state === 'sending' && (
        <div aria-live="polite">
          <span>
            {say(floorWords.upload.sending, {
              name: upload.name,
              done: formatSize(upload.sentBytes, language),
              total: formatSize(upload.totalBytes, language),
            })}
          </span>
          <Progress percent={percent} size="small" />
        </div>
      )}
      {upload.state === 'failed' && <ProblemNotice error={upload.error} />}
    </div>
  )
}
