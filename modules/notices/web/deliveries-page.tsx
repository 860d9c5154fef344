import { Button, Select } from 'antd'
import { type Channel, channel, deliveryState, type DeliveryState, type NoticeDelivery } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../words.ts'
import { notices } from './api.ts'

const words = all.deliveries
const MARKS: Readonly<Record<DeliveryState, Status>> = {
  waiting: 'blue',
  sent: 'green',
  failed: 'red',
  skipped: 'grey',
}

export function NoticeDeliveriesPage() {
  const say = useSay()
  const [state, setState] = useSearchValue('state')
  const [way, setWay] = useSearchValue('channel')
  const input = {
    ...(deliveryState.safeParse(state).success ? { state: state as DeliveryState } : {}),
    ...(channel.safeParse(way).success ? { channel: way as Channel } : {}),
  }
  const pages = usePages<NoticeDelivery>(
    notices.listNoticeDeliveries.key({ input }),
    (cursor) => notices.listNoticeDeliveries.call({ ...input, cursor }),
    { enabled: useMay('operations.read') },
  )
  const tools = (
    <>
      <Select
        aria-label={say(words.state)}
        value={state ?? ''}
        style={{ minWidth: 140 }}
        onChange={(value) => setState(value || undefined)}
        options={[
          { value: '', label: say(words.allStates) },
          ...deliveryState.options.map((each) => ({ value: each, label: say(words.states[each]) })),
        ]}
      />
      <Select
        aria-label={say(words.channel)}
        value={way ?? ''}
        style={{ minWidth: 140 }}
        onChange={(value) => setWay(value || undefined)}
        options={[
          { value: '', label: say(words.allChannels) },
          ...channel.options.map((each) => ({ value: each, label: say(all.channel[each]) })),
        ]}
      />
    </>
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="operations.read">
      <Section>
        <PagedTable<NoticeDelivery>
          pages={pages}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          columns={useColumns()}
          tools={tools}
          empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} />}
        />
      </Section>
    </PageFrame>
  )
}

function useColumns(): Column<NoticeDelivery>[] {
  const say = useSay()
  return [
    { key: 'what', title: say(words.what), render: (row) => say(row.title), text: (row) => say(row.title) },
    {
      key: 'target',
      title: say(words.target),
      render: (row) => row.target || <span className="muted">{say(words.gone)}</span>,
      text: (row) => row.target,
    },
    {
      key: 'channel',
      title: say(words.channel),
      render: (row) => say(all.channel[row.channel]),
      text: (row) => say(all.channel[row.channel]),
    },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => <State row={row} />,
      text: (row) => say(words.states[row.state]),
    },
    {
      key: 'because',
      title: say(words.because),
      render: (row) => (row.problem === null ? '' : say(words.problems[row.problem])),
      text: (row) => row.problem && say(words.problems[row.problem]),
    },
    {
      key: 'answer',
      title: say(words.answer),
      render: (row) => <code className="small">{row.answer}</code>,
      text: (row) => row.answer,
      extra: true,
    },
    {
      key: 'attempts',
      title: say(words.attempts),
      align: 'right',
      render: (row) => row.attempts,
      text: (row) => row.attempts,
    },
    {
      key: 'created',
      title: say(words.created),
      render: (row) => <When at={row.createdAt} />,
      text: (row) => row.createdAt,
    },
    { key: 'actions', title: say(floorWords.list.actions), render: (row) => <Retry row={row} /> },
  ]
}

function State({ row }: { row: NoticeDelivery }) {
  const say = useSay()
  return (
    <span>
      <StatusMark status={MARKS[row.state]} word={say(words.states[row.state])} />
      {row.together > 1 && <span className="small muted"> {say(words.together, { count: row.together })}</span>}
      {row.dueAt !== null && (
        <span className="small muted">
          {' '}
          {say(words.due)} <When at={row.dueAt} />
        </span>
      )}
    </span>
  )
}

function Retry({ row }: { row: NoticeDelivery }) {
  const say = useSay()
  const may = useMay('operations.act')
  const retry = useAct(() => notices.retryNoticeDelivery.call({ id: row.id }), {
    done: words.retried,
    refresh: ['notices'],
  })
  if (!may || (row.state !== 'failed' && row.state !== 'skipped')) return null
  return (
    <Button size="small" loading={retry.busy} onClick={() => retry.run(undefined)}>
      {say(words.retry)}
    </Button>
  )
}
