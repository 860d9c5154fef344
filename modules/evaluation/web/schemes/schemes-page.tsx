/** All schemes: what each ranks, by what, and which version is in force. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Scheme } from '#evaluation/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useGo } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { schemeWords } from '../../words/schemes.ts'
import { versionWords } from '../../words/versions.ts'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { useMarks } from './punctuation.ts'

const words = schemeWords.list

export function SchemesPage() {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('schemes.edit')
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.title), to: '/evaluate' }]}
      may="evaluation.read"
      actions={
        mayEdit && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/evaluate/schemes/new')}>
            {say(all.newScheme)}
          </Button>
        )
      }
    >
      <Section>
        <Loaded query={schemes} waiting={<Waiting rows={6} />}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty
                title={say(words.none)}
                why={say(words.noneWhy)}
                begin={mayEdit && <Go to="/evaluate/schemes/new">{say(all.newScheme)}</Go>}
              />
            ) : (
              <Schemes rows={rows} />
            )
          }
        </Loaded>
      </Section>
    </PageFrame>
  )
}

function Schemes({ rows }: { rows: readonly Scheme[] }) {
  const say = useSay()
  const { list } = useMarks()
  const count = ({ dimensions }: Scheme) =>
    say(words.itemsCount, {
      dimensions: dimensions.length,
      items: dimensions.reduce((sum, dimension) => sum + dimension.items.length, 0),
    })
  const grains = (row: Scheme) => row.grains.map((grain) => say(floorWords.grain[grain])).join(list)
  const columns: Column<Scheme>[] = [
    { key: 'name', title: say(words.name), render: (row) => say(row.title), text: (row) => say(row.title) },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => (
        <span className="row">
          <StatusMark
            status={row.state === 'adopted' ? 'green' : 'grey'}
            word={say(row.state === 'adopted' ? versionWords.state.adopted : versionWords.state.proposed)}
          />
          <span className="muted small">{say(words.versionNumber, { version: row.version })}</span>
        </span>
      ),
      text: (row) => say(row.state === 'adopted' ? versionWords.state.adopted : versionWords.state.proposed),
    },
    {
      key: 'whom',
      title: say(words.whom),
      render: (row) => `${row.entityKind} · ${grains(row)}`,
      text: (row) => `${row.entityKind} · ${grains(row)}`,
    },
    { key: 'items', title: say(words.items), render: count, text: count },
    {
      key: 'changed',
      title: say(words.changed),
      render: (row) => (
        <span className="row">
          <When at={row.createdAt} />
          <span className="muted small">{row.createdBy}</span>
        </span>
      ),
      text: (row) => row.createdAt,
    },
    {
      key: 'actions',
      title: '',
      render: (row) => <Go to={`/evaluate?scheme=${row.id}`}>{say(words.ranking)}</Go>,
    },
  ]
  return (
    <RowTable
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      to={(row) => `/evaluate/schemes/${row.id}`}
      exportName={say(words.title)}
    />
  )
}
