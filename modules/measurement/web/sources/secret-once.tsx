/** A signing secret, told once. */
import { Alert, Button, Modal, Typography } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'

const words = all.sources

export function SecretOnce({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const say = useSay()
  return (
    <Modal
      open={secret !== null}
      title={say(words.secret)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {say(words.secretKept)}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="warning" showIcon title={say(words.secretOnce)} />
        <Typography.Text copyable code style={{ overflowWrap: 'anywhere' }}>
          {secret ?? ''}
        </Typography.Text>
      </div>
    </Modal>
  )
}
