/** Writing teams: name, members, what reaches the group. */
import { Button, Drawer, Form, Input } from 'antd'
import { preferences, type Team, type TeamDraft } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { notices } from '../api.ts'
import { PeoplePicker } from './people-picker.tsx'
import { WaysForm } from '../ways-form.tsx'

const words = all.teams

export function useNeeded() {
  const say = useSay()
  return (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
}

/** `undefined`: closed; null: a new one. */
export function TeamDrawer({ team, onClose }: { team: Team | null | undefined; onClose: () => void }) {
  const say = useSay()
  const needed = useNeeded()
  const [form] = Form.useForm<TeamDraft>()
  const save = useAct(
    (draft: TeamDraft) => (team ? notices.saveTeam.call({ ...draft, id: team.id }) : notices.createTeam.call(draft)),
    { done: words.saved, refresh: ['notices'], quiet: true, onDone: onClose },
  )
  useFieldProblems(form, save.error)
  const begin = team ?? {
    name: '',
    members: [],
    preferences: preferences.parse({ ways: { urgent: 'at-once', normal: 'at-once', low: 'off' } }),
  }
  return (
    <Drawer
      open={team !== undefined}
      onClose={onClose}
      destroyOnHidden
      size="large"
      title={say(team ? words.edit : words.add)}
      footer={
        <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
          {say(floorWords.act.save)}
        </Button>
      }
    >
      <Form<TeamDraft>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ ...begin, members: begin.members.map((each) => (typeof each === 'string' ? each : each.id)) }}
        onFinish={save.run}
      >
        <Form.Item name="name" label={say(words.name)} rules={needed(words.name)}>
          <Input maxLength={100} placeholder={say(words.nameExample)} />
        </Form.Item>
        <Form.Item name="members" label={say(words.members)}>
          <PeoplePicker known={team?.members ?? []} />
        </Form.Item>
        <Form.Item name="preferences" label={say(words.ways)}>
          <WaysForm person={false} />
        </Form.Item>
        <ProblemNotice error={save.error} />
      </Form>
    </Drawer>
  )
}
