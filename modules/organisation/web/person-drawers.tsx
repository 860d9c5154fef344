/** Adding a person; giving a person their roles, each for a node of the tree. */
import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useEffect } from 'react'
import { type Person, type RoleName, roleNames } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { EntityPicker } from '#platform/web/parts/pickers.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { organisation, useMay } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../words.ts'

const words = all.people

interface Assignment {
  role: RoleName
  entityKey?: string | null
}
interface NewPerson {
  name: string
  email: string
  password: string
  roles?: Assignment[]
}

const tidy = (roles: readonly Assignment[] | undefined) =>
  (roles ?? []).map(({ role, entityKey }) => ({ role, entityKey: entityKey || null }))

export function PersonDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<NewPerson>()
  const mayRoles = useMay('roles.edit')
  const add = useAct((input: NewPerson) => organisation.createPerson.call({ ...input, roles: tidy(input.roles) }), {
    quiet: true,
    done: words.added,
    refresh: ['organisation'],
    onDone: onClose,
  })
  useFieldProblems(form, add.error)
  const needed = (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      title={say(words.add)}
      footer={<SaveRow busy={add.busy} onSave={() => form.submit()} onClose={onClose} />}
    >
      <Form<NewPerson> form={form} layout="vertical" preserve={false} onFinish={add.run}>
        <Form.Item name="name" label={say(words.name)} rules={needed(words.name)}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={say(words.email)} rules={needed(words.email)}>
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={say(words.password)} rules={needed(words.password)}>
          <Input.Password autoComplete="new-password" minLength={10} />
        </Form.Item>
        {mayRoles && <RoleRows />}
        <ProblemNotice error={add.error} />
      </Form>
    </Drawer>
  )
}

export function RolesDrawer({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const say = useSay()
  const [form] = Form.useForm<{ roles: Assignment[] }>()
  const save = useAct(
    (input: { roles: Assignment[] }) => organisation.setRoles.call({ id: person?.id ?? '', roles: tidy(input.roles) }),
    { quiet: true, done: words.rolesSaved, refresh: ['organisation'], onDone: onClose },
  )
  const { forget } = save
  useEffect(() => {
    forget()
    form.setFieldsValue({ roles: person?.roles ?? [] })
  }, [person, form, forget])
  return (
    <Drawer
      open={person !== null}
      forceRender
      onClose={onClose}
      title={say(words.rolesOf, { name: person?.name })}
      footer={<SaveRow busy={save.busy} onSave={() => form.submit()} onClose={onClose} />}
    >
      <Form<{ roles: Assignment[] }> form={form} layout="vertical" onFinish={save.run}>
        <p className="muted" style={{ marginBottom: 12 }}>
          {say(words.separated)}
        </p>
        <RoleRows />
        <ProblemNotice error={save.error} />
      </Form>
    </Drawer>
  )
}

function SaveRow({ busy, onSave, onClose }: { busy: boolean; onSave: () => void; onClose: () => void }) {
  const say = useSay()
  return (
    <div className="row">
      <Button type="primary" loading={busy} onClick={onSave}>
        {say(floorWords.act.save)}
      </Button>
      <Button onClick={onClose}>{say(floorWords.act.cancel)}</Button>
    </div>
  )
}

function RoleRows() {
  const say = useSay()
  const options = roleNames.map((role) => ({ value: role, label: say(roleWords[role]) }))
  return (
    <Form.List name="roles">
      {(rows, { add, remove }) => (
        <div className="stack" style={{ marginBottom: 16 }}>
          {rows.map((row) => (
            <div key={row.key} className="section stack" style={{ marginBottom: 0 }}>
              <Form.Item
                name={[row.name, 'role']}
                label={say(words.role)}
                rules={[{ required: true, message: say(floorWords.act.required, { field: say(words.role) }) }]}
              >
                <Select options={options} />
              </Form.Item>
              <Form.Item name={[row.name, 'entityKey']} label={say(words.node)}>
                <EntityPicker />
              </Form.Item>
              <Button size="small" icon={<MinusCircleOutlined />} onClick={() => remove(row.name)}>
                {say(floorWords.act.remove)}
              </Button>
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ entityKey: null })}>
            {say(words.addRole)}
          </Button>
        </div>
      )}
    </Form.List>
  )
}
