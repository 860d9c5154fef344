import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useEffect } from 'react'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useGo, useSearchValue } from '#platform/web/router.tsx'
import { organisation, signIn } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { Door } from './door.tsx'

/** Only addresses of our own: a link from elsewhere must not send anybody away after signing in. */
const own = (next: string | undefined) => (next?.startsWith('/') && !next.startsWith('//') ? next : '/')

export function SignInPage() {
  const say = useSay()
  const go = useGo()
  const [next] = useSearchValue('next')
  const setup = useQuery(organisation.setupState.queryOptions())
  useEffect(() => {
    if (setup.data?.needed) go('/setup', { replace: true, plain: true })
  }, [setup.data, go])
  const enter = useAct((input: { email: string; password: string }) => signIn(input.email.trim(), input.password), {
    quiet: true,
    onDone: () => go(own(next), { replace: true, plain: true }),
  })
  return (
    <Door title={say(words.signIn.title)}>
      <Form<{ email: string; password: string }> layout="vertical" requiredMark={false} onFinish={enter.run}>
        <Form.Item
          name="email"
          label={say(words.signIn.email)}
          rules={[{ required: true, message: say(words.signIn.emailMissing) }]}
        >
          <Input size="large" type="email" autoComplete="username" autoFocus inputMode="email" />
        </Form.Item>
        <Form.Item
          name="password"
          label={say(words.signIn.password)}
          rules={[{ required: true, message: say(words.signIn.passwordMissing) }]}
        >
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        <div className="stack">
          <ProblemNotice error={enter.error} />
          <Button type="primary" size="large" htmlType="submit" loading={enter.busy} block>
            {say(words.signIn.deed)}
          </Button>
          <p className="muted">{say(words.signIn.noAccount)}</p>
        </div>
      </Form>
    </Door>
  )
}
