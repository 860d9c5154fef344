import { ImportOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import type { ImportState } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { ImportProgress, ImportStatus } from './import-parts.tsx'

const words = all.imports
const POLL_MILLISECONDS = 3_000

export function ImportsPage() {
  const say = useSay()
  const go = useGo()
  const pages = usePages<ImportState>(
    measurement.listImports.key(),
    (cursor) => measurement.listImports.call({ cursor }),
    { refetchInterval: POLL_MILLISECONDS },
  )
  const add = (
    <Button type="primary" icon={<ImportOutlined />} onClick={() => go('/measure/imports/new')}>
      {say(words.add)}
    </Button>
  )
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="imports.run"
      actions={
        <span className="row">
          <Button onClick={() => go('/measure/sources')}>{say(all.sources.title)}</Button>
          {add}
        </span>
      }
    >
      <Section>
        <PagedTable<ImportState>
          pages={pages}
          rowKey={(row) => row.id}
          to={(row) => `/measure/imports/${row.id}`}
          exportName={say(words.title)}
          empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} begin={add} />}
          columns={useColumns()}
        />
      </Section>
    </PageFrame>
  )
}

function useColumns(): Column<ImportState>[] {
  const say = useSay()
  return [
    { key: 'file', title: say(words.file), render: (row) => row.fileName, text: (row) => row.fileName },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => (
        <span className="row">
          <ImportStatus state={row.state} />
          {row.dryRun && <Tag>{say(words.dryRun)}</Tag>}
        </span>
      ),
      text: (row) => say(words.states[row.state]),
    },
    {
      key: 'progress',
      title: say(words.progress),
      width: 200,
      render: (row) => <ImportProgress state={row} />,
    },
    {
      key: 'stored',
      title: say(words.stored),
      align: 'right',
      render: (row) => row.stored.toLocaleString(),
      text: (row) => row.stored,
    },
    {
      key: 'refused',
      title: say(words.refused),
      align: 'right',
      render: (row) => row.refused.toLocaleString(),
      text: (row) => row.refused,
    },
    {
      key: 'mapping',
      title: say(words.mapping),
      render: (row) => row.mapping ?? say(words.isEvents),
      text: (row) => row.mapping,
    },
    {
      key: 'started',
      title: say(words.started),
      render: (row) => <When at={row.startedAt} />,
      text: (row) => row.startedAt,
    },
  ]
}
