/** What proofs say together: how much of what is done works, and what has worked for an indicator. */
import { useQuery } from '@tanstack/react-query'
import type { PortfolioGroup } from '#verification/contract'
import { RankedBars } from '#platform/web/charts/ranked-bars.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { Go } from '#platform/web/router.tsx'
import { together } from '../words/together.ts'
import { words } from '../words.ts'
import { verification } from './api.ts'
import './verification.css'

export function PortfolioPage() {
  const say = useSay()
  const indicators = useIndicators()
  const query = useQuery(verification.readPortfolio.queryOptions())
  const nameOf = (id: string) => {
    const found = indicators?.find((one) => one.id === id)
    return found ? say(found.title) : id
  }
  const kinds: Readonly<Record<string, { zh: string; en: string }>> = together.kinds
  return (
    <PageFrame
      title={say(together.title)}
      lead={say(together.lead)}
      crumbs={[{ title: say(words.title), to: '/verify' }]}
      may="verification.read"
    >
      <Loaded query={query} waiting={<Waiting rows={8} />}>
        {(portfolio) =>
          portfolio.byKind.length === 0 ? (
            <Empty title={say(together.empty)} why={say(together.emptyWhy)} />
          ) : (
            <>
              <Groups
                title={say(together.byKind)}
                groups={portfolio.byKind}
                nameOf={(kind) => (kinds[kind] ? say(kinds[kind]) : kind)}
              />
              <Groups title={say(together.byIndicator)} groups={portfolio.byIndicator} nameOf={nameOf} />
              <Worked rows={portfolio.worked} nameOf={nameOf} />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

interface GroupsProps {
  readonly title: string
  readonly groups: readonly PortfolioGroup[]
  readonly nameOf: (group: string) => string
}

function Groups({ title, groups, nameOf }: GroupsProps) {
  const say = useSay()
  const rows = groups.map((one) => ({
    key: one.group,
    name: say(together.group, {
      name: nameOf(one.group),
      effective: one.effective,
      plans: one.plans,
      waived: one.waived,
    }),
    value: 100 * one.share,
    low: 100 * one.low,
    high: 100 * one.high,
    n: one.plans,
  }))
  return (
    <Section title={title} lead={say(groups.every((one) => one.shrunken) ? together.shrunken : together.own)}>
      <RankedBars title={title} unit="percent" rows={rows.toSorted((a, b) => b.value - a.value)} scale={[0, 100]} />
    </Section>
  )
}

interface WorkedProps {
  readonly rows: readonly {
    planId: string
    planTitle: string
    indicator: string
    entity: string
    timesPromised: number
  }[]
  readonly nameOf: (id: string) => string
}

function Worked({ rows, nameOf }: WorkedProps) {
  const say = useSay()
  const { language } = useLanguage()
  if (rows.length === 0) return null
  return (
    <Section title={say(together.worked)}>
      <ul className="proof-worked">
        {rows.map((row) => (
          <li key={row.planId}>
            <Go to={`/verify/${row.planId}`}>{row.planTitle}</Go>
            <div className="muted small">
              {say(together.workedRow, {
                indicator: nameOf(row.indicator),
                entity: row.entity,
                times: formatNumber(row.timesPromised, language, 1),
              })}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
