/** The alert desk: how many of which colour, the worst and most urgent first, what to do in place. */
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type Alert, type Colour, colour as colourSchema } from '#alerts/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { IndicatorPicker } from '#platform/web/parts/pickers.tsx'
import { ScopeBar } from '#platform/web/parts/scope-bar.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go, useGo, useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { AlertActions } from './alert-actions.tsx'
import { Due, StateText, Why } from './alert-marks.tsx'
import './alerts.css'
import { alerts } from './api.ts'
import { SilentSources } from './silent-sources.tsx'
import { latest, whyText } from './why.ts'

const COLOURS: readonly Colour[] = ['red', 'orange', 'yellow']
const STATES = ['live', 'open', 'acknowledged', 'planned', 'closed', 'all'] as const
type StateFilter = (typeof STATES)[number]

function useFilters() {
  const scope = useScope()
  const [colourText] = useSearchValue('colour')
  const [stateText] = useSearchValue('state')
  const [indicator] = useSearchValue('indicator')
  const colour = colourSchema.safeParse(colourText).data
  const state: StateFilter = STATES.find((one) => one === stateText) ?? 'live'
  const input = {
    state,
    ...(colour === undefined ? {} : { colour }),
    ...(scope.entity === undefined ? {} : { entity: scope.entity }),
    ...(indicator === undefined ? {} : { indicator }),
  }
  return {
    input,
    filtered: colour !== undefined || scope.entity !== undefined || indicator !== undefined || state !== 'live',
  }
}

export function AlertsPage() {
  const say = useSay()
  const go = useGo()
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="alerts.read"
      scope={<ScopeBar parts={['entity']} />}
      actions={<Button onClick={() => go('/alerts/rules')}>{say(words.act.rules)}</Button>}
    >
      <SilentSources />
      <Counts />
      <Desk />
    </PageFrame>
  )
}

/** How many are live, by colour: each is a filter. */
function Counts() {
  const say = useSay()
  const { language } = useLanguage()
  const set = useSearchValues()
  const { input } = useFilters()
  const counts = useQuery(alerts.alertCounts.queryOptions())
  const told = (count: number | undefined) => (count === undefined ? '–' : formatNumber(count, language, 0))
  return (
    <div className="alert-counts" role="group" aria-label={say(words.counts.label)}>
      {COLOURS.map((colour) => {
        const pressed = input.colour === colour
        return (
          <button
            key={colour}
            type="button"
            className="alert-count"
            aria-pressed={pressed}
            onClick={() => set({ colour: pressed ? undefined : colour })}
          >
            <StatusMark status={colour} />
            <span className="count number">{told(counts.data?.[colour])}</span>
          </button>
        )
      })}
      <button type="button" className="alert-count" disabled>
        <span className="muted">{say(words.counts.overdue)}</span>
        <span className="count number">{told(counts.data?.overdue)}</span>
      </button>
    </div>
  )
}

function useColumns(): Column<Alert>[] {
  const say = useSay()
  const { language } = useLanguage()
  const mayDo = [useMay('alerts.act'), useMay('plans.draft')].includes(true)
  const column = words.column
  return [
    {
      key: 'what',
      title: say(column.what),
      render: (row) => (
        <span className="alert-name">
          <StatusMark status={row.colour} />
          <span>{say(row.indicator.title)}</span>
        </span>
      ),
      text: (row) => `${say(words.colour[row.colour])} ${say(row.indicator.title)}`,
    },
    { key: 'entity', title: say(column.entity), render: (row) => row.entity.name, text: (row) => row.entity.name },
    {
      key: 'why',
      title: say(column.why),
      render: (row) => <Why alert={row} />,
      text: (row) => {
        const reading = latest(row)
        return reading && whyText(row, reading, language)
      },
    },
    { key: 'due', title: say(column.due), render: (row) => <Due alert={row} />, text: (row) => row.dueAt },
    {
      key: 'state',
      title: say(column.state),
      render: (row) => (
        <span className="alert-name">
          <StateText alert={row} />
          {row.state !== 'closed' && <span className="muted small">{row.owner?.name ?? say(words.nobody)}</span>}
        </span>
      ),
      text: (row) => say(words.state[row.state]),
    },
    ...(mayDo
      ? [
          {
            key: 'actions',
            title: say(column.actions),
            render: (row: Alert) => <AlertActions alert={row} size="small" />,
          },
        ]
      : []),
  ]
}

function Desk() {
  const say = useSay()
  const { input, filtered } = useFilters()
  const set = useSearchValues()
  const columns = useColumns()
  const pages = usePages<Alert>(alerts.listAlerts.key({ input }), (cursor) =>
    alerts.listAlerts.call(cursor === undefined ? input : { ...input, cursor }),
  )
  return (
    <Section>
      <PagedTable<Alert>
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        to={(row) => `/alerts/${row.id}`}
        exportName={say(words.title)}
        tools={
          <>
            <Segmented<StateFilter>
              aria-label={say(words.state.label)}
              value={input.state}
              onChange={(state) => set({ state: state === 'live' ? undefined : state })}
              options={STATES.map((one) => ({ value: one, label: say(words.state[one]) }))}
            />
            <div style={{ width: 220 }}>
              <IndicatorPicker
                allowClear
                value={input.indicator}
                onChange={(indicator) => set({ indicator })}
                aria-label={say(floorWords.pick.indicator)}
              />
            </div>
          </>
        }
        empty={<Nothing filtered={filtered} />}
      />
    </Section>
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  const say = useSay()
  const set = useSearchValues()
  const mayRules = useMay('rules.edit')
  if (filtered) {
    const clear = () => set({ colour: undefined, state: undefined, indicator: undefined, entity: undefined })
    return <Empty title={say(words.empty.filtered)} begin={<Button onClick={clear}>{say(words.empty.clear)}</Button>} />
  }
  return (
    <Empty
      title={say(words.empty.calm)}
      why={say(words.empty.calmWhy)}
      begin={<Go to="/alerts/rules">{say(mayRules ? words.rules.new : words.empty.rules)}</Go>}
    />
  )
}
