/** Rules of alerts and what each colour obliges to. */
import { PlusOutlined } from '@ant-design/icons'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Rule } from '#alerts/contract'
import { periodName } from '#platform/web/calendar.ts'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import type { Language } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { DutyPolicySection } from './policy-editor.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { conditionText, watchText } from './rule-words.ts'

const text = words.rules

/** The rule being edited stands in the address, so that an alert can link to its rule. */
export function RulesPage() {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const [open, setOpen] = useSearchValue('rule')
  const rules = useQuery(alerts.listRules.queryOptions())
  const chosen = rules.data?.find((rule) => rule.id === open)
  const editing = open === 'new' || chosen !== undefined
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[{ title: say(words.title), to: '/alerts' }]}
      may="alerts.read"
      actions={
        mayEdit && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {say(text.new)}
          </Button>
        )
      }
    >
      <Section>
        <Loaded query={rules} rows={6}>
          {(all) => <RuleTable rules={all} open={setOpen} />}
        </Loaded>
      </Section>
      <DutyPolicySection />
      {editing && rules.data && (
        <RuleEditor
          key={open}
          rule={chosen}
          id={chosen?.id ?? `rule-${rules.data.length + 1}`}
          leave={() => setOpen(undefined)}
        />
      )}
    </PageFrame>
  )
}

function RuleTable({ rules, open }: { rules: readonly Rule[]; open: (id: string) => void }) {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const columns = useRuleColumns(rules)
  const edit: Column<Rule> = {
    key: 'edit',
    title: say(words.column.actions),
    render: (row) => (
      <Button size="small" onClick={() => open(row.id)}>
        {say(text.editButton)}
      </Button>
    ),
  }
  return (
    <RowTable<Rule>
      columns={mayEdit ? [...columns, edit] : columns}
      rows={rules}
      rowKey={(row) => row.id}
      exportName={say(text.title)}
      empty={
        <Empty
          title={say(text.none)}
          why={say(text.noneWhy)}
          begin={
            mayEdit && (
              <Button type="primary" onClick={() => open('new')}>
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
  const indicators = useIndicators()
  const keys = [...new Set(rules.flatMap((rule) => rule.watch.below ?? []))]
  const entities = useQueries({
    queries: keys.map((key) => organisation.readEntity.queryOptions({ input: { key } })),
  })
  const nameOf = (key: string) => entities[keys.indexOf(key)]?.data?.name ?? key
  const indicatorOf = (rule: Rule) => indicators?.find((one) => one.id === rule.indicator)
  const titleOf = (rule: Rule) => {
    const indicator = indicatorOf(rule)
    return indicator ? say(indicator.title) : rule.indicator
  }
  const condition = (rule: Rule) => conditionText(rule, indicatorOf(rule)?.unit ?? 'number', language)
  const watches = (rule: Rule) => watchText(rule, language, nameOf)
  const confidence = (rule: Rule) =>
    rule.confidence === 0 ? say(text.noTest) : `${formatNumber(100 * rule.confidence, language, 2)}%`
  return [
    { key: 'name', title: say(text.name), render: (row) => say(row.title), text: (row) => say(row.title) },
    { key: 'indicator', title: say(text.indicator), render: titleOf, text: titleOf },
    { key: 'watches', title: say(text.watches), render: watches, text: watches },
    {
      key: 'condition',
      title: say(text.condition),
      render: (row) => <span className="alert-why">{condition(row)}</span>,
      text: condition,
    },
    { key: 'confidence', title: say(text.confidence), align: 'right', render: confidence, text: confidence },
    ...stateColumns(say, language),
  ]
}

function stateColumns(say: Say, language: Language): Column<Rule>[] {
  return [
    {
      key: 'minimumN',
      title: say(words.form.minimumN),
      align: 'right',
      render: (row) => row.minimumN,
      text: (row) => row.minimumN,
      extra: true,
    },
    {
      key: 'judged',
      title: say(text.judgedTo),
      render: (row) => (row.evaluatedTo ? periodName(row.evaluatedTo, row.grain, language) : say(text.never)),
      text: (row) => row.evaluatedTo,
    },
    {
      key: 'active',
      title: say(words.column.state),
      render: (row) => (
        <StatusMark status={row.active ? 'green' : 'grey'} word={say(row.active ? text.active : text.stopped)} />
      ),
      text: (row) => say(row.active ? text.active : text.stopped),
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
