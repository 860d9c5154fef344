/** Writing robots. Addresses and secrets go in and are never shown again. */
import { Button, Drawer, Form, Input, Select, Switch } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Robot, type RobotDraft, robotKind, type RobotKind } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { SecretOnce } from '#platform/web/form/secret-once.tsx'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { words as all } from '../../words.ts'
import { notices } from '../api.ts'
import { useNeeded } from './team-drawer.tsx'

const words = all.teams

type Draft = Omit<RobotDraft, 'kinds'> & { kinds?: string[] }

/** What is left empty stays as it is. */
async function send(team: string, robot: Robot | null, draft: Draft) {
  const whole = {
    ...draft,
    url: draft.url || undefined,
    secret: draft.secret || undefined,
    keyword: draft.keyword || null,
    kinds: draft.kinds?.length ? draft.kinds : null,
  }
  if (robot) return { robot: await notices.saveRobot.call({ ...whole, id: robot.id }), webhookSecret: null }
  return notices.addRobot.call({ ...whole, id: team })
}

const beginOf = (robot: Robot | null) =>
  robot
    ? {
        kind: robot.kind,
        title: robot.title,
        keyword: robot.keyword,
        kinds: robot.kinds ?? [],
        enabled: robot.enabled,
      }
    : { kind: 'dingtalk' as const, enabled: true, kinds: [] }

export function RobotDrawer(props: {
  readonly team: string
  readonly robot: Robot | null | undefined
  readonly onClose: () => void
}) {
  const { team, robot, onClose } = props
  const say = useSay()
  const [form] = Form.useForm<Draft>()
  const [once, setOnce] = useState<string | null>(null)
  const save = useAct((draft: Draft) => send(team, robot ?? null, draft), {
    done: words.robotSaved,
    refresh: ['notices'],
    quiet: true,
    onDone: ({ webhookSecret }) => {
      setOnce(webhookSecret)
      onClose()
    },
  })
  useFieldProblems(form, save.error)
  return (
    <>
      <Drawer
        open={robot !== undefined}
        onClose={onClose}
        destroyOnHidden
        title={say(robot ? words.editRobot : words.addRobot)}
        footer={
          <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
            {say(floorWords.act.save)}
          </Button>
        }
      >
        <Form<Draft>
          form={form}
          layout="vertical"
          preserve={false}
          initialValues={beginOf(robot ?? null)}
          onFinish={save.run}
        >
          <RobotFields robot={robot ?? null} />
          <ProblemNotice error={save.error} />
        </Form>
      </Drawer>
      <SecretOnce secret={once} title={words.onceTitle} once={words.once} onClose={() => setOnce(null)} />
    </>
  )
}

function RobotFields({ robot }: { robot: Robot | null }) {
  const say = useSay()
  const needed = useNeeded()
  const kind = Form.useWatch<RobotKind>('kind') ?? robot?.kind ?? 'dingtalk'
  const kinds = useQuery(notices.listNoticeKinds.queryOptions()).data ?? []
  const signs = kind === 'dingtalk' || kind === 'feishu'
  return (
    <>
      <Form.Item name="kind" label={say(words.robotKind)}>
        <Select
          disabled={robot !== null}
          options={robotKind.options.map((each) => ({ value: each, label: say(all.channel[each]) }))}
        />
      </Form.Item>
      <Form.Item name="title" label={say(words.robotTitle)} rules={needed(words.robotTitle)}>
        <Input maxLength={100} placeholder={say(words.robotTitleExample)} />
      </Form.Item>
      <Form.Item
        name="url"
        label={say(words.url)}
        extra={robot ? say(words.urlStays, { hint: robot.hint }) : say(words.urlWhy)}
        rules={robot ? [] : needed(words.url)}
      >
        <Input.Password autoComplete="off" placeholder="https://" />
      </Form.Item>
      {signs && (
        <Form.Item
          name="secret"
          label={say(words.secret)}
          extra={say(robot?.signed ? words.secretStays : words.secretWhy)}
        >
          <Input.Password autoComplete="off" maxLength={200} />
        </Form.Item>
      )}
      {kind !== 'webhook' && (
        <Form.Item name="keyword" label={say(words.keyword)} extra={say(words.keywordWhy)}>
          <Input maxLength={50} />
        </Form.Item>
      )}
      <Form.Item name="kinds" label={say(words.kinds)}>
        <Select
          mode="multiple"
          placeholder={say(words.kindsAll)}
          options={kinds.map((each) => ({ value: each.kind, label: say(each.name) }))}
        />
      </Form.Item>
      <Form.Item name="enabled" label={say(words.enabled)} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
