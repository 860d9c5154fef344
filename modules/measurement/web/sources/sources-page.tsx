/** Data sources: how fresh each is and what it brings. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import type { Source } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { FoldingSection } from './folding-section.tsx'
import { FreshnessMark, useSourceTitle, VolumeBars } from './source-parts.tsx'

const words = all.sources
const POLL_MILLISECONDS = 30_000

export function SourcesPage() {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('sources.edit')
  const sources = useQuery({ ...measurement.listSources.queryOptions(), refetchInterval: POLL_MILLISECONDS })
  const columns = useColumns()
  const add = mayEdit && (
    <Button type="primary" onClick={() => go('/measure/sources/new')}>
      {say(words.add)}
    </Button>
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="imports.run" actions={add}>
      <Loaded query={sources} rows={6}>
        {({ rows }) => {
          const silent = rows.filter((row) => row.freshness === 'silent')
          return (
            <div className="stack">
              {silent.length > 0 && (
                <Alert
                  type="warning"
                  showIcon
                  title={say(words.silentTitle, { count: silent.length })}
                  description={silent.map((row) => row.title).join('、')}
                />
              )}
              {rows.length === 1 && (
                <Section>
                  <Empty title={say(words.empty)} why={say(words.emptyWhy)} begin={add} />
                </Section>
              )}
              <Section>
                <RowTable<Source>
                  rows={rows}
                  rowKey={(row) => row.id}
                  to={(row) => (row.kind === 'upload' ? '/measure/imports' : `/measure/sources/${row.id}`)}
                  exportName={say(words.title)}
                  columns={columns}
                />
              </Section>
              <FoldingSection />
            </div>
          )
        }}
      </Loaded>
    </PageFrame>
  )
}

function useColumns(): Column<Source>[] {
  const say = useSay()
  const title = useSourceTitle()
  return [
    { key: 'name', title: say(words.name), render: title, text: title },
    {
      key: 'kind',
      title: say(words.kind),
      render: (row) => say(words.kinds[row.kind]),
      text: (row) => say(words.kinds[row.kind]),
    },
    {
      key: 'freshness',
      title: say(words.freshness),
      render: (row) => <FreshnessMark freshness={row.freshness} />,
      text: (row) => say(words.states[row.freshness]),
    },
    {
      key: 'last',
      title: say(words.last),
      render: (row) => <When at={row.lastArrivalAt} />,
      text: (row) => row.lastArrivalAt,
    },
    {
      key: 'day',
      title: say(words.day),
      render: (row) => <VolumeBars counts={row.hours} period={words.day} />,
      text: (row) => row.hours.reduce((sum, count) => sum + count, 0),
    },
    {
      key: 'week',
      title: say(words.week),
      render: (row) => <VolumeBars counts={row.days} period={words.week} />,
      text: (row) => row.days.reduce((sum, count) => sum + count, 0),
    },
    {
      key: 'refused',
      title: say(words.refused),
      align: 'right',
      render: (row) => row.refused.toLocaleString(),
      text: (row) => row.refused,
    },
    { key: 'next', title: say(words.next), render: (row) => <When at={row.nextAt} />, text: (row) => row.nextAt },
  ]
}
