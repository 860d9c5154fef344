/** How a unit stands, in words and shapes: rank with its range, place in the funnel, change, why it is not ranked. */
import { Tooltip } from 'antd'
import type { Score } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { words } from '../words.ts'

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

/** Rank 12, between 8 and 19. */
export function RankRange({ score }: { score: Score }) {
  const say = useSay()
  if (score.rank === null) {
    return <span className="muted">{score.notRankedBecause && say(words.notRanked[score.notRankedBecause])}</span>
  }
  const sure = score.rankLow === score.rankHigh
  return (
    <span className="figure">
      <span className="value number">{say(words.rankAt, { rank: score.rank })}</span>
      <span className="rests number">
        {sure ? say(words.rankSure) : say(words.rankRange, { best: score.rankLow, worst: score.rankHigh })}
      </span>
    </span>
  )
}

export function ChangeText({ score }: { score: Score }) {
  const say = useSay()
  const { language } = useLanguage()
  if (score.change === null) return <span className="muted">{score.rank === null ? '—' : say(words.firstTime)}</span>
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
    <Tooltip title={interval}>
      <span className="score-bar">
        <span className="number score-bar-value">{formatPlain(composite, 'points', language)}</span>
        <svg width="100%" height="18" aria-hidden="true" style={{ overflow: 'visible' }}>
          <line x1="0" x2="100%" y1="9" y2="9" stroke="var(--line)" />
          {mean !== null && (
            <line x1={place(mean)} x2={place(mean)} y1="0" y2="18" stroke="var(--muted)" strokeDasharray="3 3" />
          )}
          {low !== null && high !== null && (
            <line
              x1={place(low)}
              x2={place(high)}
              y1="9"
              y2="9"
              stroke="var(--brand)"
              strokeOpacity="0.4"
              strokeWidth="6"
              strokeLinecap="round"
            />
          )}
          <circle cx={place(composite)} cy="9" r="4.5" fill="var(--brand)" />
        </svg>
        <span className="muted small number score-bar-interval">{interval}</span>
      </span>
    </Tooltip>
  )
}
