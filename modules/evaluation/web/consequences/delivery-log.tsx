/** Messages to one address: what became of each, and sending it once more. */
import { Button, Drawer } from 'antd'
import type { Delivery, Subscription } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { consequenceWords } from '../../words/consequences-screens.ts'
import { evaluation } from '../api.ts'

const words = consequenceWords.hooks
const statuses: Readonly<Record<Delivery['state'], Status>> = { waiting: 'blue', delivered: 'green', failed: 'red' }
const named: Readonly<Record<string, Sentence>> = words.event
const problems: Readonly<Record<string, Sentence>> = words.problems

export function DeliveryLog({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const say = useSay()
  const { id, title } = subscription
  const pages = usePages<Delivery>(evaluation.listDeliveries.key({ input: { id } }), (cursor) =>
    evaluation.listDeliveries.call({ id, cursor }),
  )
  const again = useAct((delivery: string) => evaluation.retryDelivery.call({ id: delivery }), {
    refresh: ['evaluation'],
  })
  const answer = ({ lastProblem, lastStatus }: Delivery) => {
    const told = lastProblem === null ? undefined : problems[lastProblem]
    return told ? say(told, { status: lastStatus }) : (lastStatus ?? '—')
  }
  const columns: Column<Delivery>[] = [
    {
      key: 'about',
      title: say(words.about),
      render: (row) => {
        const name = named[row.event]
        return name ? say(name) : row.event.endsWith('test') ? say(words.test) : row.event
      },
    },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => <StatusMark status={statuses[row.state]} word={say(words.states[row.state])} />,
    },
    { key: 'attempts', title: say(words.attempts), render: (row) => row.attempts },
    { key: 'attempted', title: say(words.attempted), render: (row) => <When at={row.lastAttemptAt} /> },
    { key: 'answer', title: say(words.answer), render: answer },
    {
      key: 'actions',
      title: '',
      render: (row) =>
        row.state === 'failed' && (
          <Button loading={again.busy} onClick={() => again.run(row.id)}>
            {say(words.again)}
          </Button>
        ),
    },
  ]
  return (
    <Drawer open size={720} title={say(words.logTitle, { title })} onClose={onClose}>
      <PagedTable
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<Empty title={say(words.logNone)} />}
      />
    </Drawer>
  )
}
