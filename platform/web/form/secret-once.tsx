/** A secret, told once: it closes by saying that it was kept, not by a click beside it. */
import { Alert, Button, Modal, Typography } from 'antd'
import { floorWords } from '../floor-words.ts'
import { useSay } from '../language.tsx'
import type { Sentence } from '../words.ts'

export function SecretOnce(props: {
  /** Null: nothing to tell. */
  secret: string | null
  title: Sentence
  /** That it is shown now and never again, and what it is for. */
  once: Sentence
  onClose: () => void
}) {
  const say = useSay()
  const { secret, title, once, onClose } = props
  return (
    <Modal
      open={secret !== null}
      title={say(title)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {say(floorWords.act.kept)}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="warning" showIcon title={say(once)} />
        <Typography.Text copyable code style={{ overflowWrap: 'anywhere' }}>
          {secret ?? ''}
        </Typography.Text>
      </div>
    </Modal>
  )
}
