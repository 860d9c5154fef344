/** When alerts stay silent: silences and maintenance windows, and which alerts speak for others. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { Quiet } from '#alerts/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { EntityName } from '#platform/web/parts/entity-name.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { useRuleNames } from '../rule-names.ts'
import { Inhibitions } from './inhibitions.tsx'
import { QuietDialog } from './quiet-dialog.tsx'

const text = words.quiet
const stateStatus: Readonly<Record<Quiet['state'], Status>> = {
  now: 'blue',
  planned: 'yellow',
  over: 'grey',
  lifted: 'grey',
}

export function QuietPage() {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const [planning, setPlanning] = useState(false)
  const [past, setPast] = useState(false)
  const list = useQuery(alerts.listQuiet.queryOptions())
  const begin = mayEdit && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setPlanning(true)}>
      {say(text.new)}
    </Button>
  )
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[
        { title: say(words.title), to: '/alerts' },
        { title: say(words.rules.title), to: '/alerts/rules' },
      ]}
      may="alerts.read"
      actions={begin}
    >
      <Section>
        <Loaded query={list} rows={4}>
          {(all) => (
            <QuietTable
              rows={all.filter((one) => past || one.state === 'now' || one.state === 'planned')}
              tools={
                <Checkbox checked={past} onChange={(event) => setPast(event.target.checked)}>
                  {say(text.past)}
                </Checkbox>
              }
              begin={begin}
            />
          )}
        </Loaded>
      </Section>
      <Inhibitions />
      {planning && <QuietDialog leave={() => setPlanning(false)} />}
    </PageFrame>
  )
}

function useQuietColumns(): Column<Quiet>[] {
  const say = useSay()
  const { language } = useLanguage()
  return [
    {
      key: 'what',
      title: say(text.what),
      render: (row) => <Matched quiet={row} />,
      text: (row) =>
        [row.match.rule, row.match.below, row.match.colour].filter(Boolean).join(' ') || say(text.everything),
    },
    { key: 'kind', title: say(text.kind), render: (row) => say(text.kindOf[row.kind]), text: (row) => row.kind },
    {
      key: 'when',
      title: say(text.from),
      render: (row) => (
        <span className="alert-name number">
          {instantName(row.from, language)}
          <span>～ {instantName(row.until, language)}</span>
          {row.repeatsEveryDays !== null && (
            <span className="muted small">{say(text.repeatsTold, { days: row.repeatsEveryDays })}</span>
          )}
        </span>
      ),
      text: (row) => `${row.from} – ${row.until}`,
    },
    {
      key: 'reason',
      title: say(text.reason),
      render: (row) => <span className="alert-why">{row.reason}</span>,
      text: (row) => row.reason,
    },
    {
      key: 'state',
      title: say(text.state),
      render: (row) => (
        <span className="alert-name">
          <StatusMark status={stateStatus[row.state]} word={say(text.stateOf[row.state])} />
          {row.holds > 0 && <span className="muted small">{say(text.holds, { count: row.holds })}</span>}
        </span>
      ),
      text: (row) => say(text.stateOf[row.state]),
    },
    { key: 'by', title: say(text.by), render: (row) => row.createdBy, text: (row) => row.createdBy },
  ]
}

function QuietTable(props: { rows: readonly Quiet[]; tools: React.ReactNode; begin: React.ReactNode }) {
  const say = useSay()
  const ask = useAsk()
  const mayEdit = useMay('rules.edit')
  const lift = useAct(alerts.liftQuiet.call, { done: text.lifted, refresh: ['alerts'] })
  const columns = useQuietColumns()
  const deeds: Column<Quiet> = {
    key: 'actions',
    title: say(words.column.actions),
    render: (row) =>
      (row.state === 'now' || row.state === 'planned') && (
        <Button
          size="small"
          onClick={() =>
            ask({
              title: say(text.liftTitle),
              lost: say(text.liftLost),
              deed: say(text.lift),
              onYes: () => lift.run({ id: row.id }),
            })
          }
        >
          {say(text.lift)}
        </Button>
      ),
  }
  return (
    <RowTable<Quiet>
      columns={mayEdit ? [...columns, deeds] : columns}
      rows={props.rows}
      rowKey={(row) => row.id}
      tools={props.tools}
      exportName={say(text.title)}
      empty={<Empty title={say(text.none)} why={say(text.noneWhy)} begin={props.begin} />}
    />
  )
}

function Matched({ quiet }: { quiet: Quiet }) {
  const say = useSay()
  const { rule, below, colour } = quiet.match
  const ruleOf = useRuleNames(rule !== null)
  if (rule === null && below === null && colour === null) return <>{say(text.everything)}</>
  return (
    <span className="alert-name">
      {rule !== null && <span>{ruleOf(rule)}</span>}
      {below !== null && <EntityName entityKey={below} />}
      {colour !== null && <StatusMark status={colour} />}
    </span>
  )
}
