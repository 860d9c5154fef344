/** Rules of alerts in plain words, and how the evaluation of each goes. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import type { Rule } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { periodName } from '#platform/web/calendar.ts'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { type Language, sayIn } from '#platform/web/words.ts'
import { problemSentence } from '#platform/web/problems.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { ruleText } from '../telling/condition-text.ts'
import { useKnown } from './known.ts'

const text = words.rules

export function RulesPage() {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('rules.edit')
  const rules = useQuery(alerts.listRules.queryOptions())
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[{ title: say(words.title), to: '/alerts' }]}
      may="alerts.read"
      actions={
        <>
          <Button onClick={() => go('/alerts/policy')}>{say(text.policyTab)}</Button>
          <Button onClick={() => go('/alerts/quiet')}>{say(text.quietTab)}</Button>
          <Button onClick={() => go('/alerts/incidents')}>{say(text.incidentsTab)}</Button>
          {mayEdit && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/alerts/rules/new')}>
              {say(text.new)}
            </Button>
          )}
        </>
      }
    >
      <Section>
        <Loaded query={rules} rows={6}>
          {(all) => <RuleTable rules={all} />}
        </Loaded>
      </Section>
    </PageFrame>
  )
}

function RuleTable({ rules }: { rules: readonly Rule[] }) {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('rules.edit')
  const columns = useRuleColumns(rules)
  const judge = useAct(alerts.evaluateRule.call, { done: text.judged, refresh: ['alerts'] })
  const deeds: Column<Rule> = {
    key: 'actions',
    title: say(words.column.actions),
    render: (row) => (
      <span className="row">
        <Button size="small" onClick={() => go(`/alerts/rules/${row.id}`)}>
          {say(text.editButton)}
        </Button>
        <Button size="small" type="text" loading={judge.busy} onClick={() => judge.run({ id: row.id })}>
          {say(text.judgeNow)}
        </Button>
      </span>
    ),
  }
  return (
    <RowTable<Rule>
      columns={mayEdit ? [...columns, deeds] : columns}
      rows={rules}
      rowKey={(row) => row.id}
      to={(row) => `/alerts/rules/${row.id}`}
      exportName={say(text.title)}
      empty={
        <Empty
          title={say(text.none)}
          why={say(text.noneWhy)}
          begin={
            mayEdit && (
              <Button type="primary" onClick={() => go('/alerts/rules/new')}>
                {say(text.new)}
              </Button>
            )
          }
        />
      }
    />
  )
}

function useRuleColumns(rules: readonly Rule[]): Column<Rule>[] {
  const say = useSay()
  const { language } = useLanguage()
  const knownOf = useKnown(rules)
  const told = (rule: Rule) => ruleText(rule, knownOf(rule), language)
  const kind = (rule: Rule) => say(words.condition.kind[rule.condition.kind])
  return [
    {
      key: 'name',
      title: say(text.name),
      render: (row) => (
        <span className="alert-name">
          {say(row.title)}
          <span className="muted small">{kind(row)}</span>
        </span>
      ),
      text: (row) => say(row.title),
    },
    {
      key: 'says',
      title: say(text.says),
      render: (row) => <span className="rule-says">{told(row)}</span>,
      text: told,
    },
    { key: 'signals', title: say(words.column.signal), render: (row) => <Signals rule={row} /> },
    { key: 'health', title: say(text.health), render: (row) => <Health rule={row} />, text: (row) => row.health.state },
    ...stateColumns(say, language),
  ]
}

function Signals({ rule }: { rule: Rule }) {
  const say = useSay()
  const { health } = rule
  const told = (['firing', 'pending', 'recovering', 'noData'] as const).flatMap((state) =>
    health[state] > 0 ? [say(text.signals[state], { count: health[state] })] : [],
  )
  return told.length === 0 ? (
    <span className="muted">{say(text.signals.quiet)}</span>
  ) : (
    <span className="alert-name">
      {told.map((line) => (
        <span key={line} className="number">
          {line}
        </span>
      ))}
    </span>
  )
}

const healthStatus = { waiting: 'grey', fine: 'green', error: 'red' } as const

function Health({ rule }: { rule: Rule }) {
  const say = useSay()
  const { language } = useLanguage()
  const { health } = rule
  if (!rule.active) return <StatusMark status="grey" word={say(text.stopped)} />
  const known = health.problem ? problemSentence(health.problem.code) : undefined
  const problem = health.problem && (known ? sayIn(language, known) : health.problem.message)
  const took = health.lastMilliseconds
  return (
    <span className="alert-name">
      <Tooltip title={took === null ? undefined : say(text.took, { milliseconds: formatNumber(took, language, 0) })}>
        <span>
          <StatusMark status={healthStatus[health.state]} word={say(text.healthState[health.state])} />
        </span>
      </Tooltip>
      {problem && <span className="small alert-why">{problem}</span>}
      {health.missed > 0 && <span className="small">{say(text.missed, { count: health.missed })}</span>}
      {health.lastRunAt !== null && (
        <span className="muted small">
          <When at={health.lastRunAt} />
        </span>
      )}
    </span>
  )
}

function stateColumns(say: Say, language: Language): Column<Rule>[] {
  return [
    {
      key: 'judged',
      title: say(text.judgedTo),
      render: (row) => (row.evaluatedTo ? periodName(row.evaluatedTo, row.grain, language) : say(text.never)),
      text: (row) => row.evaluatedTo,
      extra: true,
    },
    {
      key: 'version',
      title: say(text.version),
      align: 'right',
      render: (row) => row.version,
      text: (row) => row.version,
      extra: true,
    },
  ]
}
