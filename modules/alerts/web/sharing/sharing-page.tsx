/** Who outside receives alerts, and what was sent and acknowledged. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Sharing, Subscription } from '#alerts/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { SecretOnce } from '#platform/web/form/secret-once.tsx'
import { useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, RowTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { EntityName } from '#platform/web/parts/entity-name.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { READ_AGAIN } from '../response/api.ts'
import { useRuleNames } from '../rule-names.ts'
import { SubscriptionDialog } from './subscription-dialog.tsx'

const text = words.sharing

export function SharingPage() {
  const say = useSay()
  const [editing, setEditing] = useState<Subscription | 'new' | null>(null)
  const list = useQuery(alerts.listSubscriptions.queryOptions())
  const [secret, setSecret] = useState<string | null>(null)
  const saved = (told: string | null) => {
    setEditing(null)
    setSecret(told)
  }
  const begin = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {say(text.new)}
    </Button>
  )
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[{ title: say(words.title), to: '/alerts' }]}
      may="rules.edit"
      actions={begin}
    >
      <Section>
        <Loaded query={list} rows={4}>
          {(all) => <Subscriptions rows={all} edit={setEditing} begin={begin} />}
        </Loaded>
      </Section>
      <Log />
      {editing !== null && (
        <SubscriptionDialog
          subscription={editing === 'new' ? undefined : editing}
          leave={() => setEditing(null)}
          saved={saved}
        />
      )}
      <SecretOnce title={text.secretTitle} once={text.secretWhy} secret={secret} onClose={() => setSecret(null)} />
    </PageFrame>
  )
}

function useSubscriptionColumns(rows: readonly Subscription[]): Column<Subscription>[] {
  const say = useSay()
  const ruleOf = useRuleNames(rows.some((row) => row.match.rules.length > 0))
  return [
    { key: 'who', title: say(text.recipient), render: (row) => row.recipient, text: (row) => row.recipient },
    {
      key: 'which',
      title: say(text.which),
      render: (row) => (
        <span className="alert-name">
          <StatusMark status={row.match.leastColour} />
          {row.match.below !== null && <EntityName entityKey={row.match.below} />}
          {row.match.rules.length > 0 && <span className="muted small">{row.match.rules.map(ruleOf).join('、')}</span>}
        </span>
      ),
    },
    { key: 'detail', title: say(text.detail), render: (row) => say(text.details[row.detail]) },
    {
      key: 'sent',
      title: say(text.counted),
      render: (row) => say(text.sent, { sent: row.sent, acknowledged: row.acknowledged }),
      text: (row) => row.sent,
    },
    {
      key: 'state',
      title: say(text.stateTitle),
      render: (row) => (
        <StatusMark status={row.active ? 'green' : 'grey'} word={say(row.active ? text.active : text.stopped)} />
      ),
    },
  ]
}

function Subscriptions(props: {
  rows: readonly Subscription[]
  edit: (one: Subscription) => void
  begin: React.ReactNode
}) {
  const say = useSay()
  const ask = useAsk()
  const remove = useAct(alerts.removeSubscription.call, { done: text.removed, refresh: READ_AGAIN })
  const columns: Column<Subscription>[] = [
    ...useSubscriptionColumns(props.rows),
    {
      key: 'actions',
      title: say(words.column.actions),
      render: (row) => (
        <span className="row">
          <Button size="small" onClick={() => props.edit(row)}>
            {say(text.edit)}
          </Button>
          <Button
            size="small"
            type="text"
            onClick={() =>
              ask({
                title: say(text.removeTitle, { who: row.recipient }),
                deed: say(text.remove),
                onYes: () => remove.run({ id: row.id }),
              })
            }
          >
            {say(text.remove)}
          </Button>
        </span>
      ),
    },
  ]
  return (
    <RowTable<Subscription>
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.id}
      empty={<Empty title={say(text.none)} why={say(text.noneWhy)} begin={props.begin} />}
    />
  )
}

const status: Readonly<Record<Sharing['state'], Status>> = {
  waiting: 'grey',
  sent: 'blue',
  failed: 'red',
  acknowledged: 'green',
}

function Log() {
  const say = useSay()
  const pages = usePages<Sharing>(alerts.listSharings.key({ input: {} }), (cursor) =>
    alerts.listSharings.call(cursor === undefined ? {} : { cursor }),
  )
  const columns: Column<Sharing>[] = [
    {
      key: 'who',
      title: say(text.recipient),
      render: (row) => row.subscription.recipient,
      text: (row) => row.subscription.recipient,
    },
    {
      key: 'what',
      title: say(text.what),
      render: (row) => (
        <span className="row">
          {say(text.whatOf[row.what])} <Go to={`/alerts/${row.alertId}`}>{say(text.seeAlert)}</Go>
        </span>
      ),
      text: (row) => say(text.whatOf[row.what]),
    },
    { key: 'at', title: say(text.at), render: (row) => <When at={row.sentAt} />, text: (row) => row.sentAt },
    {
      key: 'state',
      title: say(text.stateTitle),
      render: (row) => (
        <span className="alert-name">
          <StatusMark status={status[row.state]} word={say(text.state[row.state])} />
          <span className="muted small">
            {row.acknowledgedBy ?? (row.attempts > 1 ? say(text.attempts, { count: row.attempts }) : '')}
          </span>
        </span>
      ),
      text: (row) => say(text.state[row.state]),
    },
  ]
  return (
    <Section title={say(text.log)}>
      <PagedTable<Sharing> pages={pages} columns={columns} rowKey={(row) => row.id} exportName={say(text.log)} />
    </Section>
  )
}
