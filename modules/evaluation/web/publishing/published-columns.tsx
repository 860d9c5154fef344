/** How a published unit is shown: rank with its range, score with its interval, stars, change. The same inside and for anyone. */
import type { PublishedScore } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatPlain } from '#platform/web/numbers.ts'
import type { Column } from '#platform/web/page/list.tsx'
import { publishingWords } from '../../words/publishing-screens.ts'
import { words as all } from '../../words.ts'
import './publishing.css'

const words = publishingWords.rows

function Rank({ row }: { row: PublishedScore }) {
  const say = useSay()
  if (row.withheld) return <span className="muted">{say(words.few)}</span>
  if (row.isProtected) return <span className="muted">{say(words.protected)}</span>
  if (row.rank === null)
    return <span className="muted">{row.notRankedBecause ? say(all.notRanked[row.notRankedBecause]) : '—'}</span>
  const { rankLow, rankHigh } = row
  const ranged = rankLow !== null && rankHigh !== null && rankLow !== rankHigh
  return (
    <span className="row">
      <strong className="number">{row.rank}</strong>
      {ranged && <span className="muted small number">{say(all.rankRange, { best: rankLow, worst: rankHigh })}</span>}
    </span>
  )
}

/** The score on a scale from 0 to 100, with its interval as a band. */
function ScoreBand({ row, mean }: { row: PublishedScore; mean: number | null }) {
  const say = useSay()
  const { language } = useLanguage()
  const { composite, low, high } = row
  if (composite === null) return <span className="muted">—</span>
  const text = (value: number) => formatPlain(value, 'points', language)
  return (
    <span className="published-score">
      <span className="number published-score-value">{text(composite)}</span>
      <svg width="100%" height="16" aria-hidden="true">
        <line x1="0" x2="100%" y1="8" y2="8" stroke="var(--line)" />
        {mean !== null && (
          <line x1={`${mean}%`} x2={`${mean}%`} y1="0" y2="16" stroke="var(--muted)" strokeDasharray="3 3" />
        )}
        {low !== null && high !== null && (
          <line x1={`${Math.max(0, low)}%`} x2={`${Math.min(100, high)}%`} y1="8" y2="8" className="published-band" />
        )}
        <circle cx={`${composite}%`} cy="8" r="4" fill="var(--brand)" />
      </svg>
      <span className="muted small number">
        {low !== null && high !== null && say(words.interval, { low: text(low), high: text(high) })}
      </span>
    </span>
  )
}

function Stars({ row }: { row: PublishedScore }) {
  const say = useSay()
  if (row.stars === null) return <span className="muted">—</span>
  return (
    <span className="row">
      <span className="published-stars" role="img" aria-label={say(words.starsAre, { count: row.stars })}>
        {'★'.repeat(row.stars)}
        <span className="muted">{'☆'.repeat(5 - row.stars)}</span>
      </span>
      {row.cappedBy !== null && <span className="muted small">{say(words.capped)}</span>}
      {row.starsHeld && <span className="muted small">{say(words.held)}</span>}
    </span>
  )
}

function Change({ row }: { row: PublishedScore }) {
  const say = useSay()
  const { language } = useLanguage()
  if (row.change === null) return <span className="muted">{row.composite === null ? '—' : say(all.firstTime)}</span>
  if (row.changeSignificant !== true) return <span className="muted">{say(all.noChange)}</span>
  const by = formatNumber(Math.abs(row.change), language)
  return <span>{say(row.change > 0 ? all.better : all.worse, { by })}</span>
}

export function usePublishedColumns<R extends PublishedScore>(mean: number | null): Column<R>[] {
  const say = useSay()
  return [
    { key: 'unit', title: say(words.unit), render: (row) => row.entity.name, text: (row) => row.entity.name },
    { key: 'rank', title: say(words.rank), render: (row) => <Rank row={row} />, text: (row) => row.rank },
    {
      key: 'score',
      title: say(words.score),
      width: 340,
      render: (row) => <ScoreBand row={row} mean={mean} />,
      text: (row) => row.composite,
    },
    { key: 'stars', title: say(words.stars), render: (row) => <Stars row={row} />, text: (row) => row.stars },
    { key: 'change', title: say(words.change), render: (row) => <Change row={row} />, text: (row) => row.change },
  ]
}
