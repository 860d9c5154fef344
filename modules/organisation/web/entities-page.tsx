import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Table } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Entity } from '#organisation/contract'
import { queryClient } from '#platform/web/api.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { words as all } from '../words.ts'
import { EntityDrawer, type EntityEdit } from './entity-drawer.tsx'
import { EntityImport } from './entity-import.tsx'

const words = all.entities
const CHILDREN_LIMIT = 200

export function EntitiesPage() {
  const say = useSay()
  const mayEdit = useMay('entities.edit')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [edit, setEdit] = useState<EntityEdit | null>(null)
  const [importing, setImporting] = useState(false)
  const open = mayEdit ? setEdit : undefined
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="entities.read"
      actions={
        mayEdit && (
          <>
            <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>
              {say(words.import)}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdit({ kind: 'new', parentKey: null })}>
              {say(words.add)}
            </Button>
          </>
        )
      }
    >
      <Section>
        <Input.Search
          allowClear
          placeholder={say(words.search)}
          aria-label={say(words.search)}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          style={{ maxWidth: 320, marginBottom: 12 }}
        />
        {search === '' ? <Tree onEdit={open} /> : <Found search={search} onEdit={open} />}
      </Section>
      <EntityDrawer edit={edit} onClose={() => setEdit(null)} />
      <EntityImport open={importing} onClose={() => setImporting(false)} />
    </PageFrame>
  )
}

interface EditProps {
  readonly onEdit: ((edit: EntityEdit) => void) | undefined
}

function RowActions({ entity, onEdit }: EditProps & { entity: Entity }) {
  const say = useSay()
  if (!onEdit) return null
  return (
    <span className="row">
      <Button type="link" size="small" onClick={() => onEdit({ kind: 'change', entity })}>
        {say(floorWords.act.edit)}
      </Button>
      <Button type="link" size="small" onClick={() => onEdit({ kind: 'new', parentKey: entity.key })}>
        {say(words.addBelow)}
      </Button>
    </span>
  )
}

type Row = Entity & { children?: Row[] }

/** Puts the children of each opened branch below it; a branch not yet opened gets an empty list so that it can be. */
function branches(rows: readonly Entity[], children: ReadonlyMap<string, readonly Entity[]>): Row[] {
  return rows.map((entity) =>
    entity.childCount === 0 ? entity : { ...entity, children: branches(children.get(entity.key) ?? [], children) },
  )
}

const readChildren = (parentKey: string) =>
  organisation.listEntities.queryOptions({ input: { parentKey, limit: CHILDREN_LIMIT } })

function Tree({ onEdit }: EditProps) {
  const say = useSay()
  const roots = useQuery(readChildren('root'))
  const [chosen, setOpened] = useState<readonly string[]>()
  // A tree with one root begins open: the root alone says nothing.
  const alone = roots.data?.rows.length === 1 ? roots.data.rows.map((row) => row.key) : []
  const opened = chosen ?? alone
  // One query for all opened branches, so that news of a change read them again together.
  const below = useQuery({
    queryKey: [['organisation'], 'branches', opened],
    queryFn: async () => {
      const pages = await Promise.all(opened.map((key) => queryClient.fetchQuery(readChildren(key))))
      return new Map(opened.map((key, index) => [key, pages[index]?.rows ?? []]))
    },
    placeholderData: (before) => before,
    enabled: opened.length > 0,
  })
  return (
    <Loaded query={roots} rows={8}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title={say(words.empty)} why={say(words.emptyWhy)} />
        ) : (
          <Table<Row>
            size="small"
            rowKey="key"
            pagination={false}
            sticky
            scroll={{ x: 'max-content' }}
            dataSource={branches(rows, below.data ?? new Map())}
            expandable={{
              expandedRowKeys: [...opened],
              onExpand: (open, row) => setOpened(open ? [...opened, row.key] : opened.filter((key) => key !== row.key)),
              rowExpandable: (row) => row.childCount > 0,
            }}
            columns={[
              { key: 'name', title: say(words.name), render: (_, row) => row.name },
              { key: 'key', title: say(words.key), render: (_, row) => <code>{row.key}</code> },
              { key: 'kind', title: say(words.kind), render: (_, row) => row.kind },
              { key: 'region', title: say(words.region), render: (_, row) => row.region ?? '—' },
              { key: 'children', title: say(words.children), align: 'right', render: (_, row) => row.childCount },
              ...(onEdit
                ? [
                    {
                      key: 'actions',
                      title: say(floorWords.list.actions),
                      render: (_: unknown, row: Row) => <RowActions entity={row} onEdit={onEdit} />,
                    },
                  ]
                : []),
            ]}
          />
        )
      }
    </Loaded>
  )
}

function Found({ search, onEdit }: EditProps & { search: string }) {
  const say = useSay()
  const input = { search }
  const pages = usePages<Entity>(organisation.listEntities.key({ input }), (cursor) =>
    organisation.listEntities.call({ ...input, cursor }),
  )
  const above = (entity: Entity) => entity.ancestors.map((each) => each.name).join(' / ')
  return (
    <PagedTable<Entity>
      pages={pages}
      rowKey={(row) => row.key}
      exportName={say(words.title)}
      columns={[
        { key: 'name', title: say(words.name), render: (row) => row.name, text: (row) => row.name },
        { key: 'key', title: say(words.key), render: (row) => <code>{row.key}</code>, text: (row) => row.key },
        { key: 'kind', title: say(words.kind), render: (row) => row.kind, text: (row) => row.kind },
        { key: 'above', title: say(words.parent), render: above, text: above },
        { key: 'region', title: say(words.region), render: (row) => row.region ?? '—', text: (row) => row.region },
        {
          key: 'actions',
          title: say(floorWords.list.actions),
          render: (row) => <RowActions entity={row} onEdit={onEdit} />,
        },
      ]}
    />
  )
}
