/** What a score is made of: per indicator its value, points, weight in effect and contribution. */
import type { Score } from '#evaluation/contract'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import type { Language } from '#platform/web/words.ts'
import { words } from '../words.ts'

const card = words.card

interface PartRow {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly nominal: number
  readonly part: Score['parts'][number]
}

export function ScoreParts({ score }: { score: Score }) {
  const say = useSay()
  const { language } = useLanguage()
  const indicators = useIndicators()
  const rows = score.parts.map((part): PartRow => {
    const indicator = indicators?.find((one) => one.id === part.item)
    return {
      id: part.item,
      title: indicator ? say(indicator.title) : part.item,
      unit: indicator?.unit ?? 'number',
      nominal: part.weight,
      part,
    }
  })
  const most = Math.max(1, ...rows.map((row) => row.part.contribution ?? 0))
  return (
    <Section title={say(card.parts)} lead={say(card.partsLead)}>
      <RowTable<PartRow>
        columns={[...measuredColumns(say, language, score.entity.key), ...weightedColumns(say, language, most)]}
        rows={rows}
        rowKey={(row) => row.id}
        exportName={`${score.entity.name} ${score.periodStart}`}
        end={
          score.composite !== null && (
            <p className="list-end">
              {say(card.sum)} <strong className="number">{formatValue(score.composite, 'points', language)}</strong>
            </p>
          )
        }
      />
    </Section>
  )
}

/** What was measured, and the points it is worth. */
function measuredColumns(say: Say, language: Language, entity: string): Column<PartRow>[] {
  return [
    {
      key: 'indicator',
      title: say(card.indicator),
      render: (row) => <Go to={`/measure/${row.id}?entity=${encodeURIComponent(entity)}`}>{row.title}</Go>,
      text: (row) => row.title,
    },
    {
      key: 'value',
      title: say(card.value),
      align: 'right',
      render: (row) => <PartValue row={row} />,
      text: (row) => row.part.value,
    },
    {
      key: 'n',
      title: say(card.n),
      align: 'right',
      render: (row) => <span className="number">{formatNumber(row.part.n, language, 0)}</span>,
      text: (row) => row.part.n,
    },
    {
      key: 'points',
      title: say(card.points),
      align: 'right',
      render: (row) => (row.part.points === null ? '—' : formatNumber(row.part.points, language)),
      text: (row) => row.part.points,
    },
  ]
}

/** What it counts for. */
function weightedColumns(say: Say, language: Language, most: number): Column<PartRow>[] {
  const percent = (share: number) => <span className="number">{formatNumber(100 * share, language)}%</span>
  return [
    {
      key: 'weight',
      title: say(card.weight),
      align: 'right',
      render: (row) => percent(row.nominal),
      text: (row) => row.nominal,
    },
    {
      key: 'effective',
      title: say(card.effective),
      align: 'right',
      render: (row) => percent(row.part.effectiveWeight),
      text: (row) => row.part.effectiveWeight,
    },
    {
      key: 'contribution',
      title: say(card.contribution),
      render: (row) => (
        <span className="number">
          <span className="contribution" aria-hidden="true">
            <i style={{ width: `${(100 * (row.part.contribution ?? 0)) / most}%` }} />
          </span>
          {row.part.contribution === null ? '—' : formatNumber(row.part.contribution, language)}
        </span>
      ),
      text: (row) => row.part.contribution,
    },
  ]
}

function PartValue({ row }: { row: PartRow }) {
  const say = useSay()
  const { language } = useLanguage()
  const { value, points } = row.part
  if (value === null) return <StatusMark status="grey" word={say(card.missing)} />
  const text = formatValue(value, row.unit, language)
  if (points !== null) return <span className="number">{text}</span>
  return (
    <span className="muted">
      <span className="number">{text}</span> {say(card.few)}
    </span>
  )
}
