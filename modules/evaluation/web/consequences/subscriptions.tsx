/** Addresses that are told of publications: adding, pausing, testing, their secrets and logs. */
import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Subscription, type WebhookEvent, webhookEvents } from '#evaluation/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { SecretOnce } from '#platform/web/form/secret-once.tsx'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { consequenceWords } from '../../words/consequences-screens.ts'
import { evaluation } from '../api.ts'
import { DeliveryLog } from './delivery-log.tsx'

const words = consequenceWords.hooks

export function Subscriptions() {
  const say = useSay()
  const query = useQuery(evaluation.listSubscriptions.queryOptions())
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const [log, setLog] = useState<Subscription | null>(null)
  return (
    <Section
      title={say(words.title)}
      lead={say(words.lead)}
      actions={<Button onClick={() => setAdding(true)}>{say(words.add)}</Button>}
    >
      <Loaded query={query}>{(rows) => <Addresses rows={rows} onLog={setLog} onSecret={setSecret} />}</Loaded>
      {adding && (
        <AddDialog
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false)
            setSecret(made)
          }}
        />
      )}
      <SecretOnce title={words.secretTitle} once={words.secretWhat} secret={secret} onClose={() => setSecret(null)} />
      {log && <DeliveryLog subscription={log} onClose={() => setLog(null)} />}
    </Section>
  )
}

function StateOf({ row }: { row: Subscription }) {
  const say = useSay()
  const word = row.pausedBecause === 'gone' ? words.gone : row.enabled ? words.on : words.off
  return (
    <span className="row">
      <StatusMark status={row.pausedBecause ? 'red' : row.enabled ? 'green' : 'grey'} word={say(word)} />
      {row.waiting > 0 && <span className="muted small">{say(words.waiting, { count: row.waiting })}</span>}
      {row.failed > 0 && <span className="muted small">{say(words.failed, { count: row.failed })}</span>}
    </span>
  )
}

interface AddressesProps {
  readonly rows: readonly Subscription[]
  readonly onLog: (row: Subscription) => void
  readonly onSecret: (secret: string) => void
}

function Addresses({ rows, onLog, onSecret }: AddressesProps) {
  const say = useSay()
  const columns: Column<Subscription>[] = [
    { key: 'name', title: say(words.name), render: (row) => row.title },
    {
      key: 'url',
      title: say(words.url),
      render: (row) => <span style={{ overflowWrap: 'anywhere' }}>{row.url}</span>,
    },
    { key: 'state', title: say(words.state), render: (row) => <StateOf row={row} /> },
    { key: 'last', title: say(words.last), render: (row) => <When at={row.lastDeliveredAt} /> },
    { key: 'actions', title: '', render: (row) => <AddressActs row={row} onLog={onLog} onSecret={onSecret} /> },
  ]
  return (
    <RowTable
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<Empty title={say(words.none)} why={say(words.noneWhy)} />}
    />
  )
}

function AddressActs({ row, onLog, onSecret }: Omit<AddressesProps, 'rows'> & { row: Subscription }) {
  const say = useSay()
  const ask = useAsk()
  const { id, title, url, events } = row
  const refresh = ['evaluation']
  const test = useAct(() => evaluation.testSubscription.call({ id }), { done: words.tested, refresh })
  const remove = useAct(() => evaluation.deleteSubscription.call({ id }), { refresh })
  const rotate = useAct(() => evaluation.rotateSubscriptionSecret.call({ id }), {
    refresh,
    onDone: ({ secret }) => onSecret(secret),
  })
  const turn = useAct(
    () =>
      evaluation.saveSubscription.call({ id, title, url, events, enabled: !row.enabled || row.pausedBecause !== null }),
    { done: words.saved, refresh },
  )
  const runs = row.enabled && row.pausedBecause === null
  const askTo = (deed: 'rotate' | 'remove', run: () => void) =>
    ask({
      title: say(words[`${deed}Title`], { title }),
      lost: say(words[`${deed}Lost`]),
      deed: say(words[deed]),
      onYes: run,
    })
  return (
    <span className="row">
      <Button onClick={() => onLog(row)}>{say(words.log)}</Button>
      <Button loading={test.busy} onClick={() => test.run(undefined)}>
        {say(words.test)}
      </Button>
      <Button loading={turn.busy} onClick={() => turn.run(undefined)}>
        {say(runs ? words.pause : words.resume)}
      </Button>
      <Button onClick={() => askTo('rotate', () => rotate.run(undefined))}>{say(words.rotate)}</Button>
      <Button danger onClick={() => askTo('remove', () => remove.run(undefined))}>
        {say(words.remove)}
      </Button>
    </span>
  )
}

function AddDialog({ onClose, onAdded }: { onClose: () => void; onAdded: (secret: string) => void }) {
  const say = useSay()
  const [title, setTitle] = useState('')
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<WebhookEvent[]>([...webhookEvents])
  const input = { title: title.trim(), url: url.trim(), events }
  const add = useAct(() => evaluation.createSubscription.call(input), {
    quiet: true,
    done: words.added,
    refresh: ['evaluation'],
    onDone: ({ secret }) => onAdded(secret),
  })
  return (
    <Modal
      open
      title={say(words.add)}
      okText={say(words.add)}
      cancelText={say(floorWords.act.cancel)}
      okButtonProps={{ disabled: input.title === '' || input.url === '' || events.length === 0 }}
      confirmLoading={add.busy}
      onOk={() => add.run(undefined)}
      onCancel={onClose}
    >
      <Form layout="vertical" component={false}>
        <Form.Item label={say(words.name)} htmlFor="hook-name">
          <Input id="hook-name" value={title} maxLength={100} onChange={(event) => setTitle(event.target.value)} />
        </Form.Item>
        <Form.Item label={say(words.url)} htmlFor="hook-url">
          <Input id="hook-url" type="url" value={url} onChange={(event) => setUrl(event.target.value)} />
        </Form.Item>
        <Form.Item label={say(words.events)}>
          <Checkbox.Group
            value={events}
            onChange={setEvents}
            options={webhookEvents.map((value) => ({ value, label: say(words.event[value]) }))}
          />
        </Form.Item>
      </Form>
      <ProblemNotice error={add.error} />
    </Modal>
  )
}
