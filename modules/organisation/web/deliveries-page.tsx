import { Button, Typography } from 'antd'
import { useAct, useAsk } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { words as all } from '../words.ts'

const words = all.deliveries
type Letter = Awaited<ReturnType<typeof organisation.listDeadLetters.call>>['rows'][number]

export function DeliveriesPage() {
  const say = useSay()
  const pages = usePages<Letter>(organisation.listDeadLetters.key(), (cursor) =>
    organisation.listDeadLetters.call({ cursor }),
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} may="operations.read">
      <Section>
        <PagedTable<Letter>
          pages={pages}
          rowKey={(row) => row.id}
          exportName={say(words.title)}
          empty={<Empty title={say(words.empty)} why={say(words.emptyWhy)} />}
          columns={useColumns()}
        />
      </Section>
    </PageFrame>
  )
}

function useColumns(): Column<Letter>[] {
  const say = useSay()
  return [
    {
      key: 'event',
      title: say(words.event),
      render: (row) => <code>{row.event}</code>,
      text: (row) => row.event,
    },
    {
      key: 'listener',
      title: say(words.listener),
      render: (row) => <code>{row.listener}</code>,
      text: (row) => row.listener,
    },
    {
      key: 'failed',
      title: say(words.failedAt),
      render: (row) => <When at={row.failedAt} />,
      text: (row) => row.failedAt,
    },
    {
      key: 'tries',
      title: say(words.attempts),
      align: 'right',
      render: (row) => row.attempts,
      text: (row) => row.attempts,
    },
    {
      key: 'error',
      title: say(words.error),
      render: (row) => (
        <Typography.Paragraph ellipsis={{ rows: 2, expandable: true }} style={{ maxWidth: 420, marginBottom: 0 }}>
          {row.error}
        </Typography.Paragraph>
      ),
      text: (row) => row.error,
    },
    {
      key: 'payload',
      title: say(words.payload),
      render: (row) => <code className="small">{JSON.stringify(row.payload)}</code>,
      text: (row) => JSON.stringify(row.payload),
      extra: true,
    },
    { key: 'actions', title: say(floorWords.list.actions), render: (row) => <LetterActions id={row.id} /> },
  ]
}

function LetterActions({ id }: { id: string }) {
  const say = useSay()
  const ask = useAsk()
  const may = useMay('operations.act')
  const retry = useAct(() => organisation.retryDeadLetter.call({ id }), {
    done: words.retried,
    refresh: ['organisation'],
  })
  const discard = useAct(() => organisation.discardDeadLetter.call({ id }), {
    done: words.discarded,
    refresh: ['organisation'],
  })
  if (!may) return null
  return (
    <span className="row">
      <Button size="small" loading={retry.busy} onClick={() => retry.run(undefined)}>
        {say(words.retry)}
      </Button>
      <Button
        size="small"
        type="link"
        danger
        loading={discard.busy}
        onClick={() =>
          ask({
            title: say(words.discardAsk),
            lost: say(words.discardLost),
            deed: say(words.discard),
            onYes: () => discard.run(undefined),
          })
        }
      >
        {say(words.discard)}
      </Button>
    </span>
  )
}
