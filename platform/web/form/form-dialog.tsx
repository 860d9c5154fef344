/** A question with a few fields: the deed is named on its button, and a refusal stands below the fields. */
import { Form, Modal } from 'antd'
import type { ReactNode } from 'react'
import type { Act } from '../act.ts'
import { floorWords } from '../floor-words.ts'
import { useSay } from '../language.tsx'
import { ProblemNotice } from '../page/states.tsx'

export function FormDialog<V extends object>(props: {
  title: string
  /** What the button says; "Save" unless told. */
  deed?: string
  danger?: boolean
  /** What happens by it. */
  lead?: string
  initial?: Partial<V>
  act: Pick<Act<never, unknown>, 'busy' | 'error'>
  finish: (values: V) => void
  leave: () => void
  children: ReactNode
}) {
  const say = useSay()
  const [form] = Form.useForm<V>()
  const { title, deed, danger = false, lead, initial = {}, act, finish, leave, children } = props
  return (
    <Modal
      open
      title={title}
      okText={deed ?? say(floorWords.act.save)}
      okButtonProps={{ danger, loading: act.busy }}
      cancelText={say(floorWords.act.cancel)}
      onCancel={leave}
      onOk={() => form.submit()}
    >
      {lead !== undefined && <p className="muted">{lead}</p>}
      <Form<V> form={form} layout="vertical" initialValues={initial} onFinish={finish} style={{ marginTop: 12 }}>
        {children}
      </Form>
      {act.error !== null && <ProblemNotice error={act.error} />}
    </Modal>
  )
}
