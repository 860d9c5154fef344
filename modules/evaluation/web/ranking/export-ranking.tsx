/** The whole ranking as a file, read page by page. */
import { DownloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState } from 'react'
import type { Ranking, Score } from '#evaluation/contract'
import { RANKING_PAGE_LIMIT } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { saveCsv } from '#platform/web/page/csv.ts'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'
import { evaluation } from '../api.ts'
import { useProtectedWords } from '../standing.tsx'
import type { Asked } from './asked.ts'
import { restsOnProtected } from './columns.tsx'

async function readAll(asked: Asked, tell: (count: number) => void): Promise<Score[]> {
  const rows: Score[] = []
  let cursor: string | null = null
  do {
    const page: Ranking = await evaluation.readRanking.call({
      ...asked,
      limit: RANKING_PAGE_LIMIT,
      ...(cursor === null ? {} : { cursor }),
    })
    rows.push(...page.rows)
    tell(rows.length)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
}

const heads = [
  words.rank,
  words.rankBest,
  words.rankWorst,
  words.unit,
  rankingWords.key,
  rankingWords.group,
  words.score,
  words.low,
  words.high,
  rankingWords.stars,
  rankingWords.experience,
  rankingWords.topColumn,
  words.standing,
  words.change,
  words.card.n,
  rankingWords.provisional,
  rankingWords.reason,
]

/** What is protected is said to be, never left blank or 0. */
function lineOf(row: Score, say: Say, protectedWords: string) {
  const note = row.isProtected
    ? protectedWords
    : row.notRankedBecause
      ? say(words.notRanked[row.notRankedBecause])
      : row.cappedBy !== null
        ? say(rankingWords.capped)
        : row.starsHeld
          ? say(rankingWords.held)
          : ''
  const told = (value: number | null) => (row.isProtected ? protectedWords : value)
  return [
    told(row.rank),
    told(row.rankLow),
    told(row.rankHigh),
    row.entity.name,
    row.entity.key,
    row.peerGroup,
    told(row.composite),
    told(row.low),
    told(row.high),
    told(row.stars),
    told(row.experience),
    told(row.topProbability),
    row.funnel ? say(words.funnel[row.funnel]) : '',
    row.change === null ? '' : row.changeSignificant ? row.change : say(words.noChange),
    restsOnProtected(row) ? protectedWords : row.n,
    row.provisional ? say(rankingWords.yes) : '',
    note,
  ]
}

export function ExportButton({ ranking, asked }: { ranking: Ranking; asked: Asked }) {
  const say = useSay()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const protectedWords = useProtectedWords(ranking.scheme.entityKind)
  const [count, setCount] = useState<number | null>(null)
  const save = async () => {
    setCount(0)
    try {
      const rows = await readAll(asked, setCount)
      const period = ranking.period ? periodName(ranking.period.periodStart, ranking.grain, language) : ''
      saveCsv(
        `${say(ranking.scheme.title)} ${period}`,
        heads.map((name) => say(name)),
        rows.map((row) => lineOf(row, say, protectedWords)),
      )
    } catch {
      void message.error(say(rankingWords.exportFailed))
    } finally {
      setCount(null)
    }
  }
  return (
    <Button icon={<DownloadOutlined />} loading={count !== null} onClick={() => void save()}>
      {count === null ? say(words.exportAll) : say(rankingWords.exportBusy, { count })}
    </Button>
  )
}
