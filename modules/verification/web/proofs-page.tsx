/** All proofs: what was promised, what came of it. */
import { Segmented } from 'antd'
import type { Design, Verdict } from '#verification/contract'
import { instantName } from '#platform/web/calendar.ts'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { Day, When } from '#platform/web/parts/when.tsx'
import { Go, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Language } from '#platform/web/words.ts'
import { together } from '../words/together.ts'
import { words } from '../words.ts'
import { verification } from './api.ts'
import { standingOf, VerdictMark } from './verdict-mark.tsx'
import { effectText, sizeText } from './verdict-text.ts'

const STATES = ['all', 'waiting', 'concluded', 'superseded'] as const
type StateFilter = (typeof STATES)[number]

interface Row {
  readonly design: Design
  readonly verdict: Verdict | null
  readonly unit: string
}

function useColumns(): Column<Row>[] {
  const say = useSay()
  const { language } = useLanguage()
  const indicators = useIndicators()
  const column = words.column
  const indicatorOf = (row: Row) => {
    const found = indicators?.find((one) => one.id === row.design.indicator)
    return found ? say(found.title) : row.design.indicator
  }
  const effect = (row: Row) => effectText(row.verdict, row.unit, language) || (row.verdict ? say(words.noEffect) : '—')
  const promised = (row: Row) => sizeText(row.design.smallestEffect, row.unit, language)
  return [
    {
      key: 'plan',
      title: say(column.plan),
      render: (row) => row.design.planTitle,
      text: (row) => row.design.planTitle,
    },
    {
      key: 'verdict',
      title: say(column.verdict),
      render: (row) => <VerdictMark proof={row} />,
      text: (row) => say(words.outcome[standingOf(row)]),
    },
    {
      key: 'effect',
      title: say(column.effect),
      render: (row) => <span className="number">{effect(row)}</span>,
      text: effect,
    },
    {
      key: 'promised',
      title: say(column.promised),
      render: (row) => <span className="number">{promised(row)}</span>,
      text: promised,
    },
    { key: 'indicator', title: say(column.indicator), render: indicatorOf, text: indicatorOf, extra: true },
    {
      key: 'entity',
      title: say(column.entity),
      render: (row) => row.design.entity.name,
      text: (row) => row.design.entity.name,
    },
    ...dateColumns(say, language),
  ]
}

function dateColumns(say: Say, language: Language): Column<Row>[] {
  const column = words.column
  return [
    {
      key: 'intervention',
      title: say(column.intervention),
      render: (row) => <Day day={row.design.interventionOn} />,
      text: (row) => row.design.interventionOn,
      extra: true,
    },
    {
      key: 'ends',
      title: say(column.ends),
      render: (row) => <Day day={row.design.endsOn} />,
      text: (row) => row.design.endsOn,
    },
    {
      key: 'concluded',
      title: say(column.concluded),
      render: (row) => <When at={row.verdict?.concludedAt} />,
      text: (row) => row.verdict && instantName(row.verdict.concludedAt, language),
    },
  ]
}

export function ProofsPage() {
  const say = useSay()
  const columns = useColumns()
  const mayPlans = useMay('plans.read')
  const [stateText, setState] = useSearchValue('state')
  const state: StateFilter = STATES.find((one) => one === stateText) ?? 'all'
  const input = state === 'all' ? {} : { state }
  const pages = usePages<Row>(verification.listProofs.key({ input }), (cursor) =>
    verification.listProofs.call(cursor === undefined ? input : { ...input, cursor }),
  )
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="verification.read"
      actions={<Go to="/verify/portfolio">{say(together.open)}</Go>}
    >
      <Section>
        <PagedTable<Row>
          pages={pages}
          columns={columns}
          rowKey={(row) => row.design.id}
          to={(row) => `/verify/${row.design.planId}`}
          exportName={say(words.title)}
          tools={
            <Segmented<StateFilter>
              aria-label={say(words.state.label)}
              value={state}
              onChange={(next) => setState(next === 'all' ? undefined : next)}
              options={STATES.map((one) => ({ value: one, label: say(words.state[one]) }))}
            />
          }
          empty={
            state === 'all' ? (
              <Empty
                title={say(words.empty.title)}
                why={say(words.empty.why)}
                begin={mayPlans && <Go to="/plans">{say(words.empty.begin)}</Go>}
              />
            ) : (
              <Empty title={say(words.empty.filtered)} />
            )
          }
        />
      </Section>
    </PageFrame>
  )
}
