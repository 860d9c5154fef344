import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { Empty, ProblemNotice } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { Go, useGo } from '#platform/web/router.tsx'
import { organisation, signIn } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import { Door } from './door.tsx'

interface SetUp {
  code: string
  organisationName: string
  timeZone: string
  name: string
  email: string
  password: string
}

const text = words.setup
const timeZones = () => [...new Set(['Asia/Shanghai', ...Intl.supportedValuesOf('timeZone')])]

export function SetupPage() {
  const say = useSay()
  const go = useGo()
  const [form] = Form.useForm<SetUp>()
  const setup = useQuery(organisation.setupState.queryOptions())
  const finish = useAct(
    async (input: SetUp) => {
      await organisation.setUp.call(input)
      await signIn(input.email, input.password)
    },
    { quiet: true, done: words.setup.done, onDone: () => go('/', { replace: true, plain: true }) },
  )
  useFieldProblems(form, finish.error)
  if (setup.data && !setup.data.needed && !finish.busy) {
    return (
      <Door title={say(words.setup.title)}>
        <Empty
          title={say(words.setup.notNeeded)}
          why={say(words.setup.notNeededWhy)}
          begin={<Go to="/sign-in">{say(words.setup.toSignIn)}</Go>}
        />
      </Door>
    )
  }
  return (
    <Door title={say(text.title)}>
      <p className="muted">{say(text.lead)}</p>
      <Form<SetUp>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ timeZone: 'Asia/Shanghai' }}
        onFinish={finish.run}
        style={{ marginTop: 16 }}
      >
        <SetupFields />
        <div className="stack">
          <ProblemNotice error={finish.error} />
          <Button type="primary" size="large" htmlType="submit" loading={finish.busy} block>
            {say(text.deed)}
          </Button>
        </div>
      </Form>
    </Door>
  )
}

function SetupFields() {
  const say = useSay()
  const needed = (field: Sentence) => ({ required: true, message: say(floorWords.act.required, { field: say(field) }) })
  return (
    <>
      <Form.Item name="code" label={say(text.code)} extra={say(text.codeWhy)} rules={[needed(text.code)]}>
        <Input autoComplete="one-time-code" autoFocus spellCheck={false} />
      </Form.Item>
      <Form.Item name="organisationName" label={say(text.organisationName)} rules={[needed(text.organisationName)]}>
        <Input placeholder={say(text.organisationExample)} autoComplete="organization" />
      </Form.Item>
      <Form.Item name="timeZone" label={say(text.timeZone)}>
        <Select showSearch options={timeZones().map((zone) => ({ value: zone, label: zone }))} />
      </Form.Item>
      <Form.Item name="name" label={say(text.name)} rules={[needed(text.name)]}>
        <Input autoComplete="name" />
      </Form.Item>
      <Form.Item name="email" label={say(text.email)} rules={[needed(text.email)]}>
        <Input type="email" autoComplete="username" />
      </Form.Item>
      <Form.Item name="password" label={say(text.password)} rules={[needed(text.password)]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
