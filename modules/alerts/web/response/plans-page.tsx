/** The library of response plans. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { hazard as hazardSchema, type ResponsePlan } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'

const text = words.checklist.plans

export function ResponsePlansPage() {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('rules.edit')
  const plans = useQuery(alerts.listResponsePlans.queryOptions())
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[{ title: say(words.title), to: '/alerts' }]}
      may="alerts.read"
      actions={
        <>
          <Button onClick={() => go('/alerts/drills')}>{say(words.drill.title)}</Button>
          {mayEdit && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/alerts/plans/new')}>
              {say(text.new)}
            </Button>
          )}
        </>
      }
    >
      <Section>
        <Loaded query={plans} rows={8}>
          {(all) => <PlanTable plans={all} />}
        </Loaded>
      </Section>
    </PageFrame>
  )
}

function PlanTable({ plans }: { plans: readonly ResponsePlan[] }) {
  const say = useSay()
  const [search = '', setSearch] = useSearchValue('q')
  const [kind = '', setKind] = useSearchValue('hazard')
  const wanted = search.trim().toLowerCase()
  const rows = plans.filter(
    (plan) =>
      (kind === '' || plan.hazard === kind) && `${say(plan.title)}\n${say(plan.when)}`.toLowerCase().includes(wanted),
  )
  const columns = usePlanColumns()
  return (
    <RowTable<ResponsePlan>
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      to={(row) => `/alerts/plans/${row.id}`}
      exportName={say(text.title)}
      tools={
        <>
          <Input
            allowClear
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={say(text.search)}
            aria-label={say(text.search)}
            style={{ width: 240 }}
          />
          <Select<string>
            aria-label={say(text.hazard)}
            value={kind}
            onChange={setKind}
            options={[
              { value: '', label: say(text.anyHazard) },
              ...hazardSchema.options.map((one) => ({ value: one, label: say(words.checklist.hazard[one]) })),
            ]}
            style={{ width: 140 }}
          />
        </>
      }
      empty={<Empty title={say(text.empty)} />}
    />
  )
}

function usePlanColumns(): Column<ResponsePlan>[] {
  const say = useSay()
  const when = (at: string | null) =>
    at === null ? <span className="muted">{say(text.never)}</span> : <When at={at} />
  return [
    { key: 'name', title: say(text.name), render: (row) => say(row.title), text: (row) => say(row.title) },
    {
      key: 'hazard',
      title: say(text.hazard),
      render: (row) => say(words.checklist.hazard[row.hazard]),
      text: (row) => say(words.checklist.hazard[row.hazard]),
    },
    {
      key: 'when',
      title: say(text.when),
      render: (row) => <span className="alert-why">{say(row.when)}</span>,
      text: (row) => say(row.when),
    },
    {
      key: 'steps',
      title: say(text.steps),
      render: (row) => say(text.stepCount, { count: row.steps.length }),
      text: (row) => row.steps.length,
    },
    {
      key: 'origin',
      title: say(text.origin),
      render: (row) => say(text.origins[row.origin]),
      text: (row) => say(text.origins[row.origin]),
    },
    {
      key: 'used',
      title: say(text.lastUsed),
      render: (row) => when(row.lastUsedAt),
      text: (row) => row.lastUsedAt,
    },
    {
      key: 'drilled',
      title: say(text.lastDrilled),
      render: (row) => when(row.lastDrilledAt),
      text: (row) => row.lastDrilledAt,
    },
  ]
}
