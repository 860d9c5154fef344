/** One receiver of shared alerts. */
import { useQuery } from '@tanstack/react-query'
import { Form, Input, Modal, Radio, Select, Switch } from 'antd'
import { colour as colourSchema, type Subscription, type SubscriptionDraft } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { READ_AGAIN } from '../response/api.ts'

const text = words.sharing
const ID = /^[a-z][a-z0-9-]{1,79}$/
const DETAILS = ['notice', 'value'] as const

export function SubscriptionDialog(props: {
  subscription: Subscription | undefined
  leave: () => void
  saved: (secret: string | null) => void
}) {
  const say = useSay()
  const { subscription } = props
  const [form] = Form.useForm<SubscriptionDraft>()
  const save = useAct(alerts.saveSubscription.call, {
    quiet: true,
    done: text.saved,
    refresh: READ_AGAIN,
    onDone: ({ secret }) => props.saved(secret),
  })
  useFieldProblems(form, save.error)
  const start = subscription ?? { match: { rules: [], leastColour: 'red' }, detail: 'notice', active: true }
  return (
    <Modal
      open
      title={subscription?.recipient ?? say(text.new)}
      okText={say(floorWords.act.save)}
      okButtonProps={{ loading: save.busy }}
      cancelText={say(floorWords.act.cancel)}
      onCancel={props.leave}
      onOk={() => form.submit()}
    >
      <Form<SubscriptionDraft>
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(values) =>
          save.run({
            ...values,
            id: subscription?.id ?? values.id,
            match: { ...values.match, below: values.match.below ?? null },
          })
        }
      >
        <Fields fresh={subscription === undefined} />
      </Form>
      {save.error !== null && <ProblemNotice error={save.error} />}
    </Modal>
  )
}

function Fields({ fresh }: { fresh: boolean }) {
  const say = useSay()
  const need = [{ required: true, message: say(text.need) }]
  const rules = useQuery(alerts.listRules.queryOptions()).data ?? []
  return (
    <>
      {fresh && (
        <Form.Item
          name="id"
          label={say(text.id)}
          rules={[{ required: true, pattern: ID, message: say(words.checklist.plans.needId) }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      )}
      <Form.Item name="recipient" label={say(text.recipient)} rules={need}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="address" label={say(text.address)} rules={[{ ...need[0], type: 'url' }]}>
        <Input type="url" placeholder="https://" maxLength={2000} />
      </Form.Item>
      <Form.Item name={['match', 'leastColour']} label={say(text.least)}>
        <Radio.Group options={colourSchema.options.map((one) => ({ value: one, label: say(words.colour[one]) }))} />
      </Form.Item>
      <Form.Item name={['match', 'rules']} label={say(text.rules)}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={rules.map((rule) => ({ value: rule.id, label: say(rule.title) }))}
        />
      </Form.Item>
      <Form.Item name={['match', 'below']} label={say(text.below)}>
        <EntityPicker />
      </Form.Item>
      <Form.Item name="detail" label={say(text.detail)}>
        <Radio.Group options={DETAILS.map((one) => ({ value: one, label: say(text.details[one]) }))} />
      </Form.Item>
      <Form.Item name="active" label={say(text.active)} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
