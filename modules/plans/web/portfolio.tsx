/** What approved plans brought: every verdict with its effect, and how far it goes beyond the smallest worth having. */
import { verificationContract } from '#verification/contract'
import type { Design, Verdict } from '#verification/contract'
import { apiOf } from '#platform/web/api.ts'
import { instantName } from '#platform/web/calendar.ts'
import { RankedBars } from '#platform/web/charts/ranked-bars.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import type { Language } from '#platform/web/words.ts'
import { words } from '../words.ts'
import { OutcomeMark } from './plan-marks.tsx'

const verification = apiOf('verification', verificationContract)
const text = words.decide
const OUTCOMES = ['effective', 'no-relevant-difference', 'harmful', 'undecided'] as const

interface Row {
  readonly design: Design
  readonly verdict: Verdict | null
  readonly unit: string
}

function effectText({ verdict, unit }: Row, language: Language): string {
  const effect = verdict?.effect
  if (!effect) return ''
  const interval = `${formatPlain(effect.low, unit, language)} ～ ${formatPlain(effect.high, unit, language)}`
  return `${formatChange(effect.value, unit, language)}（${interval}）`
}

export function Portfolio() {
  const say = useSay()
  const { language } = useLanguage()
  const pages = usePages<Row>(verification.listProofs.key({ input: {} }), (cursor) =>
    verification.listProofs.call(cursor === undefined ? {} : { cursor }),
  )
  const rows = (pages.data?.pages ?? []).flatMap((page) => page.rows).filter((row) => row.design.state !== 'superseded')
  const outcome = ({ verdict }: Row) => (verdict ? say(words.outcome[verdict.outcome]) : say(text.waitingProof))
  const columns: Column<Row>[] = [
    {
      key: 'plan',
      title: say(words.column.plan),
      render: (row) => <span className="plan-name">{row.design.planTitle}</span>,
      text: (row) => row.design.planTitle,
    },
    {
      key: 'verdict',
      title: say(text.verdict),
      render: (row) =>
        row.verdict ? <OutcomeMark outcome={row.verdict.outcome} /> : <StatusMark status="blue" word={outcome(row)} />,
      text: outcome,
    },
    {
      key: 'effect',
      title: say(text.effect),
      render: (row) => {
        const told = effectText(row, language)
        return <span className="number">{told || (row.verdict ? say(text.noEffect) : '—')}</span>
      },
      text: (row) => effectText(row, language),
    },
    {
      key: 'entity',
      title: say(words.column.entity),
      render: (row) => row.design.entity.name,
      text: (row) => row.design.entity.name,
    },
    {
      key: 'concluded',
      title: say(text.concluded),
      render: (row) => <When at={row.verdict?.concludedAt} />,
      text: (row) => row.verdict && instantName(row.verdict.concludedAt, language),
    },
  ]
  return (
    <Section title={say(text.proven)} lead={say(text.provenLead)}>
      {rows.length > 0 && <Counts rows={rows} />}
      <Effects rows={rows} />
      <PagedTable<Row>
        pages={pages}
        columns={columns}
        rowKey={(row) => row.design.id}
        to={(row) => `/verify/${row.design.planId}`}
        exportName={say(text.proven)}
        empty={<Empty title={say(text.noneProven)} why={say(text.noneProvenWhy)} />}
      />
    </Section>
  )
}

function Counts({ rows }: { rows: readonly Row[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const count = (keep: (row: Row) => boolean) => formatNumber(rows.filter(keep).length, language, 0)
  return (
    <div className="verdict-counts">
      {OUTCOMES.map((outcome) => (
        <span key={outcome}>
          <OutcomeMark outcome={outcome} />
          <span className="count number">{count((row) => row.verdict?.outcome === outcome)}</span>
        </span>
      ))}
      <span>
        <StatusMark status="blue" word={say(text.waitingProof)} />
        <span className="count number">{count((row) => row.verdict === null)}</span>
      </span>
    </div>
  )
}

/** Units differ, so effects are shown as multiples of what each plan promised as its smallest; better is to the right. */
function Effects({ rows }: { rows: readonly Row[] }) {
  const say = useSay()
  const bars = rows
    .flatMap(({ design, verdict }) => {
      if (!verdict?.effect) return []
      const better = design.direction === 'higher-is-better' ? 1 : -1
      const times = (value: number) => (better * value) / design.smallestEffect
      const ends = [times(verdict.effect.low), times(verdict.effect.high)]
      return [
        {
          key: design.id,
          name: design.planTitle,
          value: times(verdict.effect.value),
          low: Math.min(...ends),
          high: Math.max(...ends),
          to: `/verify/${design.planId}`,
        },
      ]
    })
    .toSorted((a, b) => b.value - a.value)
  if (bars.length < 2) return null
  return (
    <div style={{ marginBottom: 16 }}>
      <p className="muted small">{say(text.chart)}</p>
      <RankedBars title={say(text.chart)} unit="number" rows={bars} reference={1} />
    </div>
  )
}
