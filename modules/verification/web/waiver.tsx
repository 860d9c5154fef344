/** Closing a plan without proof: somebody answers for it by name. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { robust } from '../words/robust.ts'
import { verification } from './api.ts'

const text = robust.waiver
/** As the contract asks. */
const REASON_LENGTH = 10

export function WaiverButton({ planId }: { planId: string }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const waive = useAct(verification.waiveProof.call, {
    done: text.done,
    refresh: ['verification', 'plans', 'alerts'],
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say(text.act)}</Button>
      <Modal
        open={open}
        title={say(text.title)}
        okText={say(text.act)}
        cancelText={say(floorWords.act.cancel)}
        okButtonProps={{ danger: true, disabled: reason.trim().length < REASON_LENGTH, loading: waive.busy }}
        onCancel={() => setOpen(false)}
        onOk={() => {
          waive.run({ planId, reason })
          setOpen(false)
        }}
      >
        <p>{say(text.lead)}</p>
        <Form.Item label={say(text.reason)} layout="vertical">
          <Input.TextArea
            rows={4}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Modal>
    </>
  )
}
