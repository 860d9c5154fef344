import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber, Select, Tag } from 'antd'
import { useState } from 'react'
import { permissions, type Permission } from '#organisation/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { SecretOnce } from '#platform/web/form/secret-once.tsx'
import { useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { organisation, useMay } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { permissionWords, words as all } from '../words.ts'

const words = all.keys

interface NewKey {
  name: string
  permissions: Permission[]
  expiresInDays?: number | null
}

export function KeysPage() {
  const say = useSay()
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<string | null>(null)
  const keys = useQuery({ ...organisation.listKeys.queryOptions(), enabled: useMay('keys.edit') })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {say(words.add)}
    </Button>
  )
  const rights = (row: { permissions: Permission[] }) => row.permissions.map((one) => say(permissionWords[one]))
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="keys.edit" actions={add}>
      <Section>
        <Loaded query={keys}>
          {(rows) => (
            <RowTable
              rows={rows}
              rowKey={(row) => row.id}
              empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} />}
              columns={[
                { key: 'name', title: say(words.name), render: (row) => row.name },
                { key: 'start', title: say(words.start), render: (row) => <code>{row.start}…</code> },
                {
                  key: 'permissions',
                  title: say(words.permissions),
                  render: (row) => rights(row).map((name) => <Tag key={name}>{name}</Tag>),
                },
                { key: 'created', title: say(words.created), render: (row) => <When at={row.createdAt} /> },
                {
                  key: 'expires',
                  title: say(words.expires),
                  render: (row) => (row.expiresAt === null ? say(words.never) : <When at={row.expiresAt} />),
                },
                {
                  key: 'actions',
                  title: say(floorWords.list.actions),
                  render: (row) => <Revoke id={row.id} name={row.name} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      <KeyDrawer
        open={adding}
        onClose={() => setAdding(false)}
        onMade={(key) => {
          setAdding(false)
          setShown(key)
        }}
      />
      <SecretOnce secret={shown} title={words.onceTitle} once={words.once} onClose={() => setShown(null)} />
    </PageFrame>
  )
}

function Revoke({ id, name }: { id: string; name: string }) {
  const say = useSay()
  const ask = useAsk()
  const revoke = useAct(() => organisation.revokeKey.call({ id }), { done: words.revoked, refresh: ['organisation'] })
  const onClick = () =>
    ask({
      title: say(words.revokeAsk, { name }),
      lost: say(words.revokeLost),
      deed: say(words.revoke),
      onYes: () => revoke.run(undefined),
    })
  return (
    <Button type="link" size="small" danger loading={revoke.busy} onClick={onClick}>
      {say(words.revoke)}
    </Button>
  )
}

function KeyDrawer({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: (key: string) => void }) {
  const say = useSay()
  const [form] = Form.useForm<NewKey>()
  const make = useAct(
    (input: NewKey) => organisation.createKey.call({ ...input, expiresInDays: input.expiresInDays ?? null }),
    { quiet: true, refresh: ['organisation'], onDone: (made) => onMade(made.key) },
  )
  useFieldProblems(form, make.error)
  const needed = (field: Sentence) => [{ required: true, message: say(floorWords.act.required, { field: say(field) }) }]
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      title={say(words.add)}
      footer={
        <Button type="primary" loading={make.busy} onClick={() => form.submit()}>
          {say(words.add)}
        </Button>
      }
    >
      <Form<NewKey>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ expiresInDays: 365 }}
        onFinish={make.run}
      >
        <Form.Item name="name" label={say(words.name)} rules={needed(words.name)}>
          <Input maxLength={100} placeholder={say(words.nameExample)} />
        </Form.Item>
        <Form.Item name="permissions" label={say(words.permissions)} rules={needed(words.permissions)}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={permissions.map((one) => ({ value: one, label: say(permissionWords[one]) }))}
          />
        </Form.Item>
        <Form.Item name="expiresInDays" label={say(words.days)}>
          <InputNumber min={1} max={3650} style={{ width: 160 }} />
        </Form.Item>
        <ProblemNotice error={make.error} />
      </Form>
    </Drawer>
  )
}
