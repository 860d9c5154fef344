/** Scores of a scheme with their intervals and possible ranks. */
import { useQuery } from '@tanstack/react-query'
import type { Score } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { RankedBars } from '#platform/web/charts/ranked-bars.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Tile, TileShow } from '#reports/contract'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { BAR_PIXELS, rowsThatFit } from './chart-tiles.tsx'
import { useSurroundings } from './surroundings.ts'
import { TileFrame } from './tile-frame.tsx'

const words = all.tile

/** Range of ranks, stars, and a mark for what is provisional: "3–7 4★ ≈". */
function rankText({ rank, rankLow, rankHigh, stars, provisional }: Score): string {
  const range =
    rankLow === rankHigh || rankLow === null || rankHigh === null ? `${rank ?? ''}` : `${rankLow}–${rankHigh}`
  return [range, stars === null ? '' : `${stars}★`, provisional ? '≈' : ''].filter((text) => text !== '').join(' ')
}

/** An n of 0 beside protected items is not told. */
const toldN = ({ n, parts }: Score): number | null => (n === 0 && parts.some((part) => part.isProtected) ? null : n)

export function RankingTile({
  show,
  title,
}: {
  tile: Tile
  show: Extract<TileShow, { kind: 'ranking' }>
  title: string
}) {
  const say = useSay()
  const { language } = useLanguage()
  const { place } = useSurroundings()
  const may = useMay('evaluation.read')
  const query = useQuery({ ...evaluation.readRanking.queryOptions({ input: { id: show.scheme } }), enabled: may })
  const { data } = query
  const ranked = (data?.rows ?? [])
    .filter((row) => row.composite !== null)
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))
  return (
    <TileFrame
      title={title}
      beside={data?.period ? periodName(data.period.periodStart, data.grain, language) : undefined}
      to={`/evaluate?scheme=${show.scheme}`}
      may="evaluation.read"
      queries={[query]}
    >
      {(room) => {
        const shown = rowsThatFit(ranked.length, room, BAR_PIXELS, place === 'wall')
        if (ranked.length === 0) return <p className="muted">{say(words.noData)}</p>
        return (
          <>
            <RankedBars
              title={title}
              unit="points"
              scale={[0, 100]}
              reference={data?.summary?.mean ?? null}
              rows={ranked.slice(0, shown).map((row) => ({
                key: row.entity.key,
                name: row.entity.name,
                value: row.composite,
                low: row.low,
                high: row.high,
                n: toldN(row),
                rank: rankText(row),
                ...(place === 'desk'
                  ? { to: `/evaluate/units/${encodeURIComponent(row.entity.key)}?scheme=${show.scheme}` }
                  : {}),
              }))}
            />
            {shown < ranked.length && (
              <p className="muted small">{say(words.moreUnits, { count: ranked.length - shown })}</p>
            )}
          </>
        )
      }}
    </TileFrame>
  )
}
