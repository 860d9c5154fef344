import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { Robot, Team } from '#notices/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { notices } from '../api.ts'
import { RobotDrawer } from './robot-drawer.tsx'
import { TeamDrawer } from './team-drawer.tsx'

const words = all.teams

export function TeamsPage() {
  const say = useSay()
  const [writing, setWriting] = useState<Team | null | undefined>(undefined)
  const teams = useQuery({ ...notices.listTeams.queryOptions(), enabled: useMay('teams.edit') })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setWriting(null)}>
      {say(words.add)}
    </Button>
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="teams.edit" actions={add}>
      <Loaded query={teams}>
        {(rows) =>
          rows.length === 0 ? (
            <Section>
              <Empty title={say(words.empty)} why={say(words.emptyWhy)} begin={add} />
            </Section>
          ) : (
            <div className="stack">
              {rows.map((team) => (
                <TeamSection key={team.id} team={team} onEdit={() => setWriting(team)} />
              ))}
            </div>
          )
        }
      </Loaded>
      <TeamDrawer key={writing?.id ?? 'new'} team={writing} onClose={() => setWriting(undefined)} />
    </PageFrame>
  )
}

function TeamSection({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const say = useSay()
  const ask = useAsk()
  const [writing, setWriting] = useState<Robot | null | undefined>(undefined)
  const remove = useAct(() => notices.deleteTeam.call({ id: team.id }), { done: words.removed, refresh: ['notices'] })
  const onRemove = () =>
    ask({
      title: say(words.removeAsk, { name: team.name }),
      lost: say(words.removeLost),
      deed: say(words.remove),
      onYes: () => remove.run(undefined),
    })
  return (
    <Section
      title={team.name}
      actions={
        <>
          <Button size="small" onClick={onEdit}>
            {say(floorWords.act.edit)}
          </Button>
          <Button size="small" type="link" danger loading={remove.busy} onClick={onRemove}>
            {say(words.remove)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="row">
          <span className="muted">{say(words.members)}</span>
          {team.members.length === 0 && <span className="muted">{say(words.noMembers)}</span>}
          {team.members.map((member) => (
            <Tag key={member.id}>{member.active ? member.name : member.name + say(words.stopped)}</Tag>
          ))}
        </div>
        <Robots team={team} onWrite={setWriting} />
      </div>
      <RobotDrawer key={writing?.id ?? 'new'} team={team.id} robot={writing} onClose={() => setWriting(undefined)} />
    </Section>
  )
}

function Robots({ team, onWrite }: { team: Team; onWrite: (robot: Robot | null) => void }) {
  const say = useSay()
  const kindOf = (robot: Robot) => say(all.channel[robot.kind])
  return (
    <RowTable<Robot>
      rows={team.robots}
      rowKey={(row) => row.id}
      tools={
        <Button size="small" icon={<PlusOutlined />} onClick={() => onWrite(null)}>
          {say(words.addRobot)}
        </Button>
      }
      empty={<p className="muted">{say(words.noRobots)}</p>}
      columns={[
        { key: 'title', title: say(words.robotTitle), render: (row) => row.title },
        { key: 'kind', title: say(words.robotKind), render: kindOf },
        { key: 'url', title: say(words.url), render: (row) => <code className="small">{row.hint}</code> },
        { key: 'state', title: say(all.deliveries.state), render: (row) => <RobotState robot={row} /> },
        {
          key: 'last',
          title: say(words.last),
          render: (row) => (row.lastSentAt === null ? say(words.never) : <When at={row.lastSentAt} />),
        },
        {
          key: 'actions',
          title: say(floorWords.list.actions),
          render: (row) => <RobotActions robot={row} onEdit={() => onWrite(row)} />,
        },
      ]}
    />
  )
}

function RobotState({ robot }: { robot: Robot }) {
  const say = useSay()
  if (!robot.enabled) return <StatusMark status="grey" word={say(words.off)} />
  if (robot.failed > 0) return <StatusMark status="orange" word={say(words.failing, { count: robot.failed })} />
  if (robot.waiting > 0) return <StatusMark status="blue" word={say(words.waiting, { count: robot.waiting })} />
  return <StatusMark status="green" word={say(words.working)} />
}

function RobotActions({ robot, onEdit }: { robot: Robot; onEdit: () => void }) {
  const say = useSay()
  const ask = useAsk()
  const test = useAct(() => notices.testRobot.call({ id: robot.id }), { done: words.tested, refresh: ['notices'] })
  const remove = useAct(() => notices.deleteRobot.call({ id: robot.id }), {
    done: words.robotRemoved,
    refresh: ['notices'],
  })
  const onRemove = () =>
    ask({
      title: say(words.removeRobotAsk, { name: robot.title }),
      lost: say(words.removeRobotLost),
      deed: say(words.removeRobot),
      onYes: () => remove.run(undefined),
    })
  return (
    <span className="row">
      <Button size="small" loading={test.busy} disabled={!robot.enabled} onClick={() => test.run(undefined)}>
        {say(words.test)}
      </Button>
      <Button size="small" type="link" onClick={onEdit}>
        {say(floorWords.act.edit)}
      </Button>
      <Button size="small" type="link" danger loading={remove.busy} onClick={onRemove}>
        {say(words.removeRobot)}
      </Button>
    </span>
  )
}
