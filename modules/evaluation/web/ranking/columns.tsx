/** Columns of the ranking. */
import type { Ranking, Score } from '#evaluation/contract'
import type { Say } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import type { Column } from '#platform/web/page/list.tsx'
import type { Language } from '#platform/web/words.ts'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'
import { ChangeText, FunnelMark, Provisional, RankRange, ScoreBar, scaleOf, Stars } from '../standing.tsx'

interface Drawing {
  readonly ranking: Ranking
  readonly rows: readonly Score[]
  readonly say: Say
  readonly language: Language
  readonly phone: boolean
  readonly protectedWords: string
}

/** How sure one may be, as a whole percentage that never reads 0 or 100 when it is not. */
export function chanceText(share: number | null, language: Language): string {
  if (share === null) return '—'
  if (share > 0 && share < 0.01) return '< 1%'
  if (share < 1 && share > 0.99) return '> 99%'
  return `${formatNumber(100 * share, language, 0)}%`
}

export function columnsOf(drawing: Drawing): Column<Score>[] {
  const { ranking, rows, say, language, phone } = drawing
  const { scheme, summary } = ranking
  const count = Math.max(1, summary?.ranked ?? 1)
  const scale = scaleOf(rows)
  const level = formatNumber(100 * scheme.certainty.confidence, language)
  return [
    {
      key: 'unit',
      title: say(words.unit),
      render: (row) => (
        <span className="rank-name">
          {row.entity.name} <Provisional score={row} />
        </span>
      ),
    },
    {
      key: 'rank',
      title: phone ? say(words.rank) : say(rankingWords.rankScale, { count }),
      width: 260,
      render: (row) => <RankRange score={row} kind={scheme.entityKind} count={count} />,
    },
    {
      key: 'score',
      title: phone ? say(words.score) : say(rankingWords.level, { level, from: scale.from, to: scale.to }),
      width: 330,
      render: (row) => <ScoreBar score={row} scale={scale} mean={summary?.mean ?? null} />,
    },
    { key: 'stars', title: say(rankingWords.stars), render: (row) => <Stars score={row} scheme={scheme} /> },
    { key: 'change', title: say(words.change), render: (row) => <ChangeText score={row} /> },
    ...certaintyColumns(drawing),
  ]
}

function certaintyColumns({ ranking, say, language, protectedWords }: Drawing): Column<Score>[] {
  const { summary } = ranking
  return [
    { key: 'standing', title: say(words.standing), render: (row) => <FunnelMark funnel={row.funnel} /> },
    {
      key: 'top',
      title: say(rankingWords.top, { count: summary?.topCount ?? 0 }),
      align: 'right',
      render: (row) => <span className="number">{chanceText(row.topProbability, language)}</span>,
    },
    {
      key: 'percentile',
      title: say(rankingWords.percentile),
      align: 'right',
      extra: true,
      render: (row) =>
        row.percentile === null
          ? '—'
          : say(rankingWords.percentileIs, { share: formatNumber(row.percentile, language, 0) }),
    },
    {
      key: 'experience',
      title: say(rankingWords.experience),
      align: 'right',
      extra: true,
      render: (row) => (row.experience === null ? '—' : formatNumber(row.experience, language)),
    },
    {
      key: 'group',
      title: say(rankingWords.group),
      extra: true,
      render: (row) => row.peerGroup ?? '—',
    },
    {
      key: 'n',
      title: say(words.card.n),
      align: 'right',
      render: (row) =>
        restsOnProtected(row) ? (
          <span className="muted small" title={protectedWords}>
            —
          </span>
        ) : (
          <span className="number">{formatNumber(row.n, language, 0)}</span>
        ),
    },
  ]
}

/** What it rests on is not told: an n of 0 would be wrong. */
export const restsOnProtected = (row: Score): boolean =>
  row.isProtected || (row.n === 0 && row.parts.some((part) => part.isProtected))
