import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useEffect } from 'react'
import type { ImportState } from '#measurement/contract'
import type { RowIssue } from '#organisation/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { refresh } from '#platform/web/api.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { issueText } from '#platform/web/problems.ts'
import { useParam } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { ImportCounts, ImportProblem, ImportProgress, ImportStatus, isGoing } from './import-parts.tsx'

const words = all.imports
const POLL_MILLISECONDS = 1_000

export function ImportPage() {
  const say = useSay()
  const id = useParam('id')
  const state = useQuery({
    ...measurement.readImport.queryOptions({ input: { id } }),
    refetchInterval: (query) => (query.state.data && !isGoing(query.state.data) ? false : POLL_MILLISECONDS),
  })
  const over = state.data !== undefined && !isGoing(state.data)
  useEffect(() => {
    // What came in changes the series, the types and the list of imports.
    if (over) refresh('measurement', 'organisation')
  }, [over])
  return (
    <PageFrame
      title={state.data?.fileName ?? say(words.title)}
      crumbs={[{ title: say(words.title), to: '/measure/imports' }]}
      may="imports.run"
      actions={state.data && <Actions state={state.data} />}
    >
      <Loaded query={state} rows={6}>
        {(data) => (
          <>
            <Section>
              <div className="stack">
                <span className="row">
                  <ImportStatus state={data.state} />
                  {data.dryRun && <Tag>{say(words.dryRun)}</Tag>}
                </span>
                <ImportProgress state={data} full />
                <ImportProblem state={data} />
                <ImportCounts state={data} />
              </div>
            </Section>
            <Section title={say(words.issues)} lead={data.refused > 0 ? say(words.issuesLead) : undefined}>
              <Issues id={id} key={data.refused} />
            </Section>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Actions({ state }: { state: ImportState }) {
  const say = useSay()
  const ask = useAsk()
  const id = state.id
  const stop = useAct(() => measurement.stopImport.call({ id }), { done: words.stoppedDone, refresh: ['measurement'] })
  const resume = useAct(() => measurement.resumeImport.call({ id }), { done: words.resumed, refresh: ['measurement'] })
  if (isGoing(state)) {
    return (
      <Button
        danger
        loading={stop.busy}
        onClick={() =>
          ask({
            title: say(words.stopAsk),
            lost: say(words.stopLost),
            deed: say(words.stop),
            onYes: () => stop.run(undefined),
          })
        }
      >
        {say(words.stop)}
      </Button>
    )
  }
  if (state.state === 'done') return null
  return (
    <Button type="primary" loading={resume.busy} onClick={() => resume.run(undefined)}>
      {say(words.resume)}
    </Button>
  )
}

export function Issues({ id }: { id: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const pages = usePages<RowIssue>(measurement.importIssues.key({ input: { id } }), (cursor) =>
    measurement.importIssues.call({ id, cursor }),
  )
  return (
    <PagedTable<RowIssue>
      pages={pages}
      rowKey={(row) => `${row.row} ${row.field} ${row.rule}`}
      exportName={say(words.issues)}
      empty={<Empty title={say(words.noIssues)} />}
      columns={[
        {
          key: 'line',
          title: say(words.line),
          align: 'right',
          width: 90,
          render: (row) => row.row,
          text: (row) => row.row,
        },
        { key: 'column', title: say(words.column), render: (row) => row.field, text: (row) => row.field },
        {
          key: 'reason',
          title: say(words.reason),
          render: (row) => issueText(row, language),
          text: (row) => issueText(row, language),
        },
      ]}
    />
  )
}
