/** All plans: where each stands, what it wants, how far it is, whom it waits for. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Select } from 'antd'
import { type Plan, type PlanState, planState } from '#plans/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { Day } from '#platform/web/parts/when.tsx'
import { Go, useGo, useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { plans } from './api.ts'
import { doneCount, Progress, StateMark, useGoalText, useWaitsFor } from './plan-marks.tsx'
import './plans.css'

function useColumns(): Column<Plan>[] {
  const say = useSay()
  const { language } = useLanguage()
  const waitsFor = useWaitsFor()
  const goalText = useGoalText()
  const column = words.column
  return [
    {
      key: 'plan',
      title: say(column.plan),
      render: (row) => <span className="plan-name">{row.title}</span>,
      text: (row) => row.title,
    },
    {
      key: 'state',
      title: say(column.state),
      render: (row) => <StateMark plan={row} />,
      text: (row) => say(words.state[row.state]),
    },
    { key: 'entity', title: say(column.entity), render: (row) => row.entityName, text: (row) => row.entityName },
    {
      key: 'goal',
      title: say(column.goal),
      render: (row) => <span className="plan-goal">{goalText(row)}</span>,
      text: goalText,
    },
    {
      key: 'by',
      title: say(column.by),
      render: (row) => <Day day={row.goal.byDate} />,
      text: (row) => dayName(row.goal.byDate, language),
    },
    {
      key: 'progress',
      title: say(column.progress),
      render: (row) => <Progress plan={row} />,
      text: (row) => `${doneCount(row)} / ${row.tasks.length}`,
    },
    { key: 'waits', title: say(column.waits), render: waitsFor, text: waitsFor },
    {
      key: 'kind',
      title: say(column.kind),
      render: (row) => say(words.kind[row.kind]),
      text: (row) => say(words.kind[row.kind]),
      extra: true,
    },
    {
      key: 'author',
      title: say(column.author),
      render: (row) => row.createdBy.name,
      text: (row) => row.createdBy.name,
      extra: true,
    },
  ]
}

export function PlansPage() {
  const say = useSay()
  const go = useGo()
  const mayDraft = useMay('plans.draft')
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="plans.read"
      scope={<ScopeBar parts={['entity']} />}
      actions={
        mayDraft && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/plans/new')}>
            {say(words.new)}
          </Button>
        )
      }
    >
      <List />
    </PageFrame>
  )
}

function List() {
  const say = useSay()
  const scope = useScope()
  const set = useSearchValues()
  const columns = useColumns()
  const [stateText] = useSearchValue('state')
  const [mine] = useSearchValue('mine')
  const mayJudge = [useMay('plans.review'), useMay('plans.approve')].includes(true)
  const state = planState.safeParse(stateText).data
  const waiting = mine === 'yes' && mayJudge
  const input = {
    ...(waiting ? { waitingForMe: 'true' } : state === undefined ? {} : { state }),
    ...(scope.entity === undefined ? {} : { entity: scope.entity }),
  }
  const pages = usePages<Plan>(plans.listPlans.key({ input }), (cursor) =>
    plans.listPlans.call(cursor === undefined ? input : { ...input, cursor }),
  )
  const tools = (
    <>
      {mayJudge && (
        <Segmented
          aria-label={say(words.filter.label)}
          value={waiting ? 'mine' : 'all'}
          onChange={(next) => set(next === 'mine' ? { mine: 'yes', state: undefined } : { mine: undefined })}
          options={[
            { value: 'all', label: say(words.filter.all) },
            { value: 'mine', label: say(words.filter.mine) },
          ]}
        />
      )}
      {!waiting && (
        <Select<PlanState>
          allowClear
          aria-label={say(words.filter.state)}
          placeholder={say(words.filter.state)}
          {...(state === undefined ? {} : { value: state })}
          onChange={(next) => set({ state: next })}
          options={planState.options.map((one) => ({ value: one, label: say(words.state[one]) }))}
          style={{ minWidth: 180 }}
        />
      )}
    </>
  )
  return (
    <Section>
      <PagedTable<Plan>
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        to={(row) => `/plans/${row.id}`}
        exportName={say(words.title)}
        tools={tools}
        empty={<Nothing waiting={waiting} filtered={state !== undefined || scope.entity !== undefined} />}
      />
    </Section>
  )
}

function Nothing({ waiting, filtered }: { waiting: boolean; filtered: boolean }) {
  const say = useSay()
  const set = useSearchValues()
  if (waiting) return <Empty title={say(words.empty.mine)} />
  if (filtered) {
    const clear = () => set({ state: undefined, entity: undefined })
    return <Empty title={say(words.empty.filtered)} begin={<Button onClick={clear}>{say(words.empty.clear)}</Button>} />
  }
  return (
    <Empty
      title={say(words.empty.title)}
      why={say(words.empty.why)}
      begin={<Go to="/alerts">{say(words.empty.fromAlerts)}</Go>}
    />
  )
}
