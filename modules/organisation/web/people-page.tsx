import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Person } from '#organisation/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { EntityName } from '#platform/web/parts/entity-name.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { words as all } from '../words.ts'
import { PersonDrawer, RolesDrawer } from './person-drawers.tsx'

const words = all.people

export function PeoplePage() {
  const say = useSay()
  const mayEdit = useMay('people.edit')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<Person | null>(null)
  const input = search === '' ? {} : { search }
  const pages = usePages<Person>(organisation.listPeople.key({ input }), (cursor) =>
    organisation.listPeople.call({ ...input, cursor }),
  )
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="people.read"
      actions={
        mayEdit && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {say(words.add)}
          </Button>
        )
      }
    >
      <Section>
        <PagedTable<Person>
          pages={pages}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          columns={useColumns(setChanging)}
          empty={<Empty title={say(words.empty)} />}
          tools={
            <Input.Search
              allowClear
              placeholder={say(words.search)}
              aria-label={say(words.search)}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              style={{ width: 280 }}
            />
          }
        />
      </Section>
      <PersonDrawer open={adding} onClose={() => setAdding(false)} />
      <RolesDrawer person={changing} onClose={() => setChanging(null)} />
    </PageFrame>
  )
}

function useColumns(onRoles: (person: Person) => void): Column<Person>[] {
  const say = useSay()
  const roleText = (held: Person['roles'][number]) =>
    `${say(roleWords[held.role])}（${held.entityKey ?? say(words.whole)}）`
  return [
    { key: 'name', title: say(words.name), render: (row) => row.name, text: (row) => row.name },
    { key: 'email', title: say(words.email), render: (row) => row.email, text: (row) => row.email },
    {
      key: 'roles',
      title: say(words.roles),
      render: (row) => <HeldRoles person={row} />,
      text: (row) => row.roles.map(roleText).join('；'),
    },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => (
        <StatusMark status={row.active ? 'green' : 'grey'} word={say(row.active ? words.active : words.stopped)} />
      ),
      text: (row) => say(row.active ? words.active : words.stopped),
    },
    {
      key: 'actions',
      title: say(floorWords.list.actions),
      render: (row) => <PersonActions person={row} onRoles={() => onRoles(row)} />,
    },
  ]
}

function HeldRoles({ person }: { person: Person }) {
  const say = useSay()
  if (person.roles.length === 0) return <span className="muted">{say(words.noRole)}</span>
  return (
    <span className="row">
      {person.roles.map((held) => (
        <Tag key={`${held.role} ${held.entityKey}`}>
          {say(roleWords[held.role])} ·{' '}
          {held.entityKey === null ? say(words.whole) : <EntityName entityKey={held.entityKey} />}
        </Tag>
      ))}
    </span>
  )
}

function PersonActions({ person, onRoles }: { person: Person; onRoles: () => void }) {
  const say = useSay()
  const ask = useAsk()
  const mayRoles = useMay('roles.edit')
  const mayPeople = useMay('people.edit')
  const activity = useAct((active: boolean) => organisation.setActive.call({ id: person.id, active }), {
    done: words.changed,
    refresh: ['organisation'],
  })
  const stop = () =>
    ask({
      title: say(words.stopAsk, { name: person.name }),
      lost: say(words.stopLost),
      deed: say(words.stop),
      onYes: () => activity.run(false),
    })
  return (
    <span className="row">
      {mayRoles && (
        <Button type="link" size="small" onClick={onRoles}>
          {say(words.editRoles)}
        </Button>
      )}
      {mayPeople && (
        <Button
          type="link"
          size="small"
          danger={person.active}
          loading={activity.busy}
          onClick={() => (person.active ? stop() : activity.run(true))}
        >
          {say(person.active ? words.stop : words.start)}
        </Button>
      )}
    </span>
  )
}
