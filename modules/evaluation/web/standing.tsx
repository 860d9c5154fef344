/** How a unit stands, in words and shapes: rank with its range, score, stars, place in the funnel, change, what is not told and why. */
import { useQuery } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import type { Scheme, Score } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { rankingWords } from '../words/ranking.ts'
import { words } from '../words.ts'
import { measurement } from './schemes/state/use-indicators.ts'

const SETTING_FRESH_MILLISECONDS = 600_000

const marks = {
  'above-99.8': 'green',
  'above-95': 'green',
  'below-95': 'orange',
  'below-99.8': 'red',
} as const satisfies Record<string, Status>

/** Against the mean. Inside the funnel is the ordinary case: a neutral word without a mark. */
export function FunnelMark({ funnel }: { funnel: Score['funnel'] }) {
  const say = useSay()
  if (funnel === null) return <span className="muted">—</span>
  const word = say(words.funnel[funnel])
  return (
    <Tooltip title={say(words.funnelWhy[funnel])}>
      <span>
        {funnel === 'inside' ? (
          <span className="muted">{word}</span>
        ) : (
          <StatusMark status={marks[funnel]} word={word} />
        )}
      </span>
    </Tooltip>
  )
}

/** Fewest answers that are told of units of this kind; undefined until it is known. */
export function useSmallestGroup(kind: string): number | undefined {
  const { data } = useQuery(measurement.readProtection.queryOptions({ staleTime: SETTING_FRESH_MILLISECONDS }))
  return data && (data.staffKinds.includes(kind) ? data.smallestStaffGroup : data.smallestGroup)
}

export function useProtectedWords(kind: string): string {
  const say = useSay()
  const count = useSmallestGroup(kind)
  return say(rankingWords.protectedFew, { count: count ?? '…' })
}

export function ProtectedMark({ kind }: { kind: string }) {
  const say = useSay()
  const told = useProtectedWords(kind)
  return (
    <Tooltip title={say(rankingWords.protectedWhy)}>
      <span className="muted protected">{told}</span>
    </Tooltip>
  )
}

/** Why there is no rank. */
export function NoRank({ score, kind }: { score: Score; kind: string }) {
  const say = useSay()
  if (score.isProtected) return <ProtectedMark kind={kind} />
  return <span className="muted">{score.notRankedBecause ? say(words.notRanked[score.notRankedBecause]) : '—'}</span>
}

/** How many stars the scheme gives at most. */
function mostStars({ grades: { bands } }: Scheme): number {
  if (bands.kind === 'fixed') return bands.from.length + 1
  return bands.kind === 'quantile' ? bands.shares.length : bands.count
}

/** The stars, and what besides the score decided them. */
export function Stars({ score, scheme }: { score: Score; scheme: Scheme }) {
  const say = useSay()
  const { stars, starsUncapped, cappedBy, starsHeld } = score
  if (stars === null) return <span className="muted">—</span>
  const gate = scheme.gates.find((one) => one.id === cappedBy)
  const values = { gate: gate ? say(gate.title) : (cappedBy ?? ''), uncapped: starsUncapped ?? stars }
  const note = cappedBy !== null ? 'capped' : starsHeld ? 'held' : null
  return (
    <span className="stars">
      <span className="stars-row" role="img" aria-label={say(rankingWords.starsAre, { count: stars })}>
        <span className="stars-has">{'★'.repeat(stars)}</span>
        <span className="stars-not">{'☆'.repeat(Math.max(0, mostStars(scheme) - stars))}</span>
      </span>
      {note && (
        <Tooltip title={say(rankingWords[`${note}Why`], values)}>
          <span className="stars-note small" tabIndex={0}>
            {say(rankingWords[note])}
          </span>
        </Tooltip>
      )}
    </span>
  )
}

export function Provisional({ score }: { score: Pick<Score, 'provisional'> }) {
  const say = useSay()
  if (!score.provisional) return null
  return (
    <Tooltip title={say(rankingWords.provisionalWhy)}>
      <span className="tag-note small" tabIndex={0}>
        {say(rankingWords.provisional)}
      </span>
    </Tooltip>
  )
}

/** Rank 12, between 8 and 19: the range as a bar over all ranks. */
export function RankRange({ score, kind, count }: { score: Score; kind: string; count: number }) {
  const say = useSay()
  const { rank, rankLow, rankHigh } = score
  if (rank === null) return <NoRank score={score} kind={kind} />
  const low = rankLow ?? rank
  const high = rankHigh ?? rank
  const place = (at: number) => `${count > 1 ? (100 * (at - 1)) / (count - 1) : 50}%`
  return (
    <span className="rank-range">
      <strong className="number">{rank}</strong>
      <svg width="100%" height="14" aria-hidden="true">
        <line x1="0" x2="100%" y1="7" y2="7" stroke="var(--line)" />
        <line x1={place(low)} x2={place(high)} y1="7" y2="7" className="rank-range-bar" />
        <circle cx={place(rank)} cy="7" r="4" fill="var(--brand)" />
      </svg>
      <span className="muted small number">
        {low === high ? say(words.rankSure) : say(words.rankRange, { best: low, worst: high })}
      </span>
    </span>
  )
}

export function ChangeText({ score }: { score: Score }) {
  const say = useSay()
  const { language } = useLanguage()
  if (score.change === null)
    return <span className="muted">{score.composite === null ? '—' : say(words.firstTime)}</span>
  if (!score.changeSignificant) return <span className="muted">{say(words.noChange)}</span>
  const by = formatNumber(Math.abs(score.change), language)
  return (
    <span className="number">
      <span aria-hidden="true">{score.change > 0 ? '↑ ' : '↓ '}</span>
      {say(score.change > 0 ? words.better : words.worse, { by })}
    </span>
  )
}

export interface Scale {
  readonly from: number
  readonly to: number
}

/** Ends of the scale for all rows, in fives, so that intervals can be compared by eye. */
export function scaleOf(rows: readonly Score[]): Scale {
  const lows = rows.flatMap((row) => row.low ?? row.composite ?? [])
  const highs = rows.flatMap((row) => row.high ?? row.composite ?? [])
  if (lows.length === 0) return { from: 0, to: 100 }
  const from = Math.max(0, Math.floor(Math.min(...lows) / 5) * 5)
  const to = Math.min(100, Math.ceil(Math.max(...highs) / 5) * 5)
  return to > from ? { from, to } : { from: 0, to: 100 }
}

/** The score as a dot on its interval; the dashed line is the mean of all units. */
export function ScoreBar({ score, scale, mean }: { score: Score; scale: Scale; mean: number | null }) {
  const { language } = useLanguage()
  const { composite, low, high } = score
  if (composite === null) return <span className="muted">—</span>
  const place = (value: number) =>
    `${(100 * (Math.min(scale.to, Math.max(scale.from, value)) - scale.from)) / (scale.to - scale.from)}%`
  const interval =
    low === null || high === null
      ? ''
      : `${formatPlain(low, 'points', language)} – ${formatPlain(high, 'points', language)}`
  return (
    <span className="score-bar">
      <span className="number score-bar-value">{formatPlain(composite, 'points', language)}</span>
      <svg width="100%" height="18" aria-hidden="true">
        <line x1="0" x2="100%" y1="9" y2="9" stroke="var(--line)" />
        {mean !== null && (
          <line x1={place(mean)} x2={place(mean)} y1="0" y2="18" stroke="var(--muted)" strokeDasharray="3 3" />
        )}
        {low !== null && high !== null && (
          <line x1={place(low)} x2={place(high)} y1="9" y2="9" className="rank-range-bar" />
        )}
        <circle cx={place(composite)} cy="9" r="4.5" fill="var(--brand)" />
      </svg>
      <span className="muted small number score-bar-interval">{interval}</span>
    </span>
  )
}
