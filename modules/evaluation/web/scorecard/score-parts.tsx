/** What a score is made of: by dimension and item its value, points, weight in effect and contribution. */
import { Tooltip } from 'antd'
import type { Scheme, Score, ScorePart } from '#evaluation/contract'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import type { Language } from '#platform/web/words.ts'
import { scorecardWords } from '../../words/scorecard.ts'
import { words } from '../../words.ts'
import { Provisional, ProtectedMark, useProtectedWords } from '../standing.tsx'
import { type KnownItem, useItems } from './items.ts'

const card = words.card
/** A difference of weights that a reader would see. */
const SEEN = 0.0005

interface PartRow {
  readonly part: ScorePart
  readonly known: KnownItem | undefined
}

interface Drawing {
  readonly say: Say
  readonly language: Language
  readonly score: Score
  readonly kind: string
  readonly protectedWords: string
}

export function ScoreParts({ score, scheme }: { score: Score; scheme: Scheme }) {
  const say = useSay()
  const { language } = useLanguage()
  const items = useItems(scheme)
  const protectedWords = useProtectedWords(scheme.entityKind)
  const isSum = scheme.aggregation.kind === 'weighted-sum'
  const rows = score.parts.map((part): PartRow => ({ part, known: items.get(part.item) }))
  const most = Math.max(1, ...rows.map((row) => row.part.contribution ?? 0))
  const drawing = { say, language, score, kind: scheme.entityKind, protectedWords }
  return (
    <Section title={say(card.parts)} lead={say(isSum ? card.partsLead : scorecardWords.notASum)}>
      <RowTable<PartRow>
        columns={[...measuredColumns(drawing), ...weightedColumns(drawing, isSum ? most : null)]}
        rows={rows}
        rowKey={(row) => row.part.item}
        exportName={`${score.entity.name} ${score.periodStart}`}
        end={
          <>
            {isSum && score.composite !== null && (
              <p className="list-end">
                {say(card.sum)} <strong className="number">{formatValue(score.composite, 'points', language)}</strong>
              </p>
            )}
            {rows.some((row) => row.part.isProtected) && (
              <p className="muted small">{say(scorecardWords.protectedSum)}</p>
            )}
          </>
        }
      />
    </Section>
  )
}

/** What was measured, and the points it is worth. */
function measuredColumns({ say, language, score, kind, protectedWords }: Drawing): Column<PartRow>[] {
  const entity = encodeURIComponent(score.entity.key)
  const told = (part: ScorePart, value: number | null) => (part.isProtected ? protectedWords : value)
  return [
    {
      key: 'item',
      title: say(scorecardWords.item),
      render: ({ part, known }) => (
        <span>
          {known?.indicator ? <Go to={`/measure/${known.indicator}?entity=${entity}`}>{known.title}</Go> : known?.title}
          <span className="muted small part-dimension">{known?.dimension ?? part.dimension}</span>
        </span>
      ),
      text: ({ part, known }) => known?.title ?? part.item,
    },
    {
      key: 'value',
      title: say(card.value),
      align: 'right',
      render: (row) => <PartValue row={row} kind={kind} />,
      text: ({ part }) => told(part, part.value),
    },
    {
      key: 'n',
      title: say(card.n),
      align: 'right',
      render: ({ part }) => (
        <span className="number">{part.isProtected ? '—' : formatNumber(part.n, language, 0)}</span>
      ),
      text: ({ part }) => told(part, part.n),
    },
    {
      key: 'points',
      title: say(card.points),
      align: 'right',
      render: ({ part }) => (
        <span className="number">{part.points === null ? '—' : formatNumber(part.points, language)}</span>
      ),
      text: ({ part }) => told(part, part.points),
    },
  ]
}

/** What it counts for. */
function weightedColumns({ say, language, protectedWords }: Drawing, most: number | null): Column<PartRow>[] {
  const percent = (share: number) => `${formatNumber(100 * share, language)}%`
  const columns: Column<PartRow>[] = [
    {
      key: 'weight',
      title: say(scorecardWords.weight),
      align: 'right',
      render: ({ part }) => <PartWeight part={part} percent={percent} />,
      text: ({ part }) => part.effectiveWeight,
    },
  ]
  if (most === null) return columns
  return [
    ...columns,
    {
      key: 'contribution',
      title: say(card.contribution),
      render: ({ part }) =>
        part.contribution === null ? (
          <span className="muted">—</span>
        ) : (
          <span className="number">
            <span className="contribution" aria-hidden="true">
              <i style={{ width: `${(100 * part.contribution) / most}%` }} />
            </span>
            {formatNumber(part.contribution, language)}
          </span>
        ),
      text: ({ part }) => (part.isProtected ? protectedWords : part.contribution),
    },
  ]
}

function PartWeight({ part, percent }: { part: ScorePart; percent: (share: number) => string }) {
  const say = useSay()
  const declared = percent(part.weight)
  const effective = percent(part.effectiveWeight)
  if (Math.abs(part.weight - part.effectiveWeight) < SEEN) return <span className="number">{effective}</span>
  return (
    <Tooltip title={say(scorecardWords.weightChanged, { declared, effective })}>
      <span className="number" tabIndex={0}>
        <s className="muted">{declared}</s> {effective}
      </span>
    </Tooltip>
  )
}

function PartValue({ row: { part, known }, kind }: { row: PartRow; kind: string }) {
  const say = useSay()
  const { language } = useLanguage()
  if (part.isProtected) return <ProtectedMark kind={kind} />
  const unit = known?.unit ?? 'number'
  const missing = part.missingBecause && say(scorecardWords.missing[part.missingBecause])
  if (part.value === null) return <StatusMark status="grey" word={missing ?? say(scorecardWords.missing['no-value'])} />
  const drawn = part.usedValue !== null && known?.item.shrink === 'peers' && part.usedValue !== part.value
  return (
    <span>
      <span className="number">{formatValue(part.value, unit, language)}</span>
      {missing && <span className="muted small part-note">{missing}</span>}
      {drawn && (
        <Tooltip title={say(scorecardWords.drawnWhy)}>
          <span className="muted small part-note number" tabIndex={0}>
            {say(scorecardWords.drawn, { value: formatValue(part.usedValue, unit, language) })}
          </span>
        </Tooltip>
      )}
      <Provisional score={part} />
    </span>
  )
}
