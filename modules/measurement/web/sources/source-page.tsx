/** One data source: how it stands, what it brought, and its settings. */
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Typography } from 'antd'
import { useState } from 'react'
import type { RowIssue } from '#organisation/contract'
import type { Source, SourceDraft, SourceRun } from '#measurement/contract'
import { SecretOnce } from '#platform/web/form/secret-once.tsx'
import { useAct, useAsk } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { issueText } from '#platform/web/problems.ts'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useGo, useParam } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { SourceForm } from './source-form.tsx'
import { FreshnessMark, SourceProblem, useProblemOf, VolumeBars } from './source-parts.tsx'

const words = all.sources
const POLL_MILLISECONDS = 5_000
const marks: Readonly<Record<SourceRun['state'], Status>> = {
  waiting: 'grey',
  running: 'blue',
  done: 'green',
  unchanged: 'grey',
  failed: 'red',
  stopped: 'yellow',
}

export function SourcePage() {
  const say = useSay()
  const id = useParam('id')
  const source = useQuery({
    ...measurement.readSource.queryOptions({ input: { id } }),
    refetchInterval: POLL_MILLISECONDS,
  })
  return (
    <PageFrame
      title={source.data?.title ?? say(words.title)}
      crumbs={[{ title: say(words.title), to: '/measure/sources' }]}
      may="imports.run"
      actions={source.data && <Actions source={source.data} />}
    >
      <Loaded query={source} rows={8}>
        {(data) => (
          <>
            <Section>
              <div className="stack">
                <SourceProblem problem={data.problem} />
                <State source={data} />
              </div>
            </Section>
            {data.path !== null && <Webhook path={data.path} />}
            <Section title={say(words.runs)}>
              <Runs source={data} />
            </Section>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function State({ source }: { source: Source }) {
  const say = useSay()
  const { settings } = source
  return (
    <Facts
      rows={[
        [say(words.freshness), <FreshnessMark key="f" freshness={source.freshness} />],
        [say(words.last), <When key="l" at={source.lastArrivalAt} exact />],
        [say(words.day), <VolumeBars key="d" counts={source.hours} period={words.day} />],
        [say(words.week), <VolumeBars key="w" counts={source.days} period={words.week} />],
        [say(words.refused), source.refused],
        [say(words.repeats), source.repeats],
        [say(words.ahead), source.ahead],
        [say(words.kind), say(words.kinds[source.kind])],
        ...(settings?.kind === 'pull' ? ([[say(words.url), settings.url]] as const) : []),
        ...(settings?.kind === 'folder'
          ? ([[say(words.folder), `${settings.folder || '.'} / ${settings.pattern}`]] as const)
          : []),
        ...(source.nextAt === null ? [] : ([[say(words.next), <When key="n" at={source.nextAt} exact />]] as const)),
        ...(source.kind === 'stream' ? [] : ([[say(words.mapping), source.mapping ?? say(words.isEvents)]] as const)),
        [say(words.owner), source.owner?.name ?? '–'],
        [say(words.expect), source.expectWithinMinutes ?? '–'],
      ]}
    />
  )
}

function Webhook({ path }: { path: string }) {
  const say = useSay()
  const address = `${location.origin}${path}`
  const example = [
    `SECRET='whsec_…'; ID=msg-1; AT=$(date +%s)`,
    `BODY='[{"id":"a1","type":"visit","entity":"…","at":"2026-03-01T08:00:00Z"}]'`,
    `KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \\n')`,
    `SIG=$(printf %s "$ID.$AT.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)`,
    `curl -X POST '${address}' -H 'content-type: application/json' \\`,
    `  -H "webhook-id: $ID" -H "webhook-timestamp: $AT" -H "webhook-signature: v1,$SIG" -d "$BODY"`,
  ].join('\n')
  return (
    <Section title={say(words.address)}>
      <div className="stack">
        <Typography.Text code copyable style={{ overflowWrap: 'anywhere' }}>
          {address}
        </Typography.Text>
        <Typography.Text strong>{say(words.example)}</Typography.Text>
        <Typography.Paragraph copyable={{ text: example }} style={{ marginBottom: 0 }}>
          <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{example}</pre>
        </Typography.Paragraph>
      </div>
    </Section>
  )
}

function Actions({ source }: { source: Source }) {
  const say = useSay()
  const ask = useAsk()
  const go = useGo()
  const may = useMay('sources.edit')
  const [editing, setEditing] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const { id } = source
  const again = { refresh: ['measurement'] }
  const tryNow = useAct(() => measurement.trySource.call({ id }), { ...again, done: words.tried })
  const toggle = useAct(() => measurement.switchSource.call({ id, enabled: !source.enabled }), {
    ...again,
    done: words.saved,
  })
  const remove = useAct(() => measurement.deleteSource.call({ id }), {
    ...again,
    done: words.removed,
    onDone: () => go('/measure/sources'),
  })
  const rotate = useAct(() => measurement.rotateSecret.call({ id }), {
    ...again,
    onDone: (answer) => setSecret(answer.secret),
  })
  if (!may) return null
  const askRemoval = () =>
    ask({
      title: say(words.removeAsk, { name: source.title }),
      lost: say(words.removeLost),
      deed: say(words.remove),
      onYes: () => remove.run(undefined),
    })
  const askRotation = () =>
    ask({
      title: say(words.rotateAsk),
      lost: say(words.rotateLost),
      deed: say(words.rotate),
      onYes: () => rotate.run(undefined),
    })
  return (
    <span className="row">
      {(source.kind === 'pull' || source.kind === 'folder') && source.enabled && (
        <Button type="primary" loading={tryNow.busy} onClick={() => tryNow.run(undefined)}>
          {say(words.tryNow)}
        </Button>
      )}
      <Button onClick={() => setEditing(true)}>{say(words.edit)}</Button>
      <Button loading={toggle.busy} onClick={() => toggle.run(undefined)}>
        {say(source.enabled ? words.pause : words.resume)}
      </Button>
      {source.kind === 'webhook' && <Button onClick={askRotation}>{say(words.rotate)}</Button>}
      <Button danger onClick={askRemoval}>
        {say(words.remove)}
      </Button>
      <Edit source={source} open={editing} onClose={() => setEditing(false)} />
      <SecretOnce title={words.secret} once={words.secretOnce} secret={secret} onClose={() => setSecret(null)} />
    </span>
  )
}

function Edit({ source, open, onClose }: { source: Source; open: boolean; onClose: () => void }) {
  const say = useSay()
  const save = useAct((draft: SourceDraft) => measurement.saveSource.call({ ...draft, id: source.id }), {
    quiet: true,
    done: words.saved,
    refresh: ['measurement'],
    onDone: onClose,
  })
  if (source.kind === 'upload') return null
  return (
    <Drawer open={open} onClose={onClose} destroyOnHidden size="large" title={say(words.edit)}>
      <SourceForm kind={source.kind} source={source} busy={save.busy} error={save.error} onSave={save.run} />
    </Drawer>
  )
}

function Runs({ source }: { source: Source }) {
  const say = useSay()
  const { id } = source
  const [shown, show] = useState<string | null>(null)
  const pages = usePages<SourceRun>(
    measurement.sourceRuns.key({ input: { id } }),
    (cursor) => measurement.sourceRuns.call({ id, cursor }),
    { refetchInterval: POLL_MILLISECONDS },
  )
  const columns = useRunColumns(show)
  return (
    <>
      <PagedTable<SourceRun>
        pages={pages}
        rowKey={(row) => row.id}
        exportName={say(words.runs)}
        empty={<Empty title={say(words.noRuns)} why={say(words.noRunsWhy)} />}
        columns={columns}
      />
      <Drawer open={shown !== null} onClose={() => show(null)} size="large" title={say(words.issues)}>
        {shown !== null && <RunIssues id={shown} />}
      </Drawer>
    </>
  )
}

function Outcome({ run }: { run: SourceRun }) {
  const say = useSay()
  const told = useProblemOf()
  return (
    <span className="stack" style={{ gap: 2 }}>
      <StatusMark status={marks[run.state]} word={say(words.runStates[run.state])} />
      {run.problem !== null && <span className="muted small">{told(run.problem)}</span>}
      {run.state === 'failed' && run.importId === null && run.file !== null && (
        <Go to={`/measure/imports/new?file=${run.file}&name=${encodeURIComponent(run.fileName ?? '')}`}>
          {say(words.mapThis)}
        </Go>
      )}
    </span>
  )
}

function useRunColumns(show: (id: string) => void): Column<SourceRun>[] {
  const say = useSay()
  const count = (key: 'stored' | 'duplicates' | 'repeats' | 'ahead', title: string): Column<SourceRun> => ({
    key,
    title,
    align: 'right',
    render: (row) => row[key].toLocaleString(),
    text: (row) => row[key],
  })
  return [
    {
      key: 'started',
      title: say(words.started),
      render: (row) => <When at={row.startedAt} />,
      text: (row) => row.startedAt,
    },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => <Outcome run={row} />,
      text: (row) => say(words.runStates[row.state]),
    },
    {
      key: 'file',
      title: say(words.file),
      render: (row) => {
        const name = row.fileName ?? (row.messages > 0 ? say(words.messages, { count: row.messages }) : '–')
        return row.importId === null ? name : <Go to={`/measure/imports/${row.importId}`}>{name}</Go>
      },
      text: (row) => row.fileName,
    },
    count('stored', say(words.stored)),
    count('duplicates', say(words.duplicates)),
    {
      key: 'refused',
      title: say(words.refusedRows),
      align: 'right',
      render: (row) =>
        row.refused === 0 ? (
          0
        ) : (
          <Button type="link" size="small" onClick={() => show(row.id)}>
            {row.refused.toLocaleString()}
          </Button>
        ),
      text: (row) => row.refused,
    },
    count('repeats', say(words.repeats)),
    count('ahead', say(words.ahead)),
  ]
}

function RunIssues({ id }: { id: string }) {
  const { language } = useLanguage()
  const say = useSay()
  const pages = usePages<RowIssue>(measurement.runIssues.key({ input: { id } }), (cursor) =>
    measurement.runIssues.call({ id, cursor }),
  )
  const line = all.imports
  return (
    <PagedTable<RowIssue>
      pages={pages}
      rowKey={(row) => `${row.row} ${row.field} ${row.rule}`}
      exportName={say(words.issues)}
      empty={<Empty title={say(line.noIssues)} />}
      columns={[
        {
          key: 'line',
          title: say(line.line),
          align: 'right',
          width: 90,
          render: (row) => row.row,
          text: (row) => row.row,
        },
        { key: 'column', title: say(line.column), render: (row) => row.field, text: (row) => row.field },
        {
          key: 'reason',
          title: say(line.reason),
          render: (row) => issueText(row, language),
          text: (row) => issueText(row, language),
        },
      ]}
    />
  )
}
