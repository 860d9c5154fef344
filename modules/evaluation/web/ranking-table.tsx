/** The ranking as a table: filters, a step-wise long list, export of the whole. */
import { DownloadOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Scheme, Score } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { saveCsv } from '#platform/web/page/csv.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { useSearchValue } from '#platform/web/router.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../words.ts'
import { ChangeText, FunnelMark, RankRange, ScoreBar, scaleOf } from './standing.tsx'

export interface Ranking {
  readonly scheme: Scheme
  readonly grain: Grain
  readonly periodStart: string | null
  readonly mean: number | null
  readonly overDispersion: number
  readonly revisedAt: string | null
  readonly rows: readonly Score[]
}

/** Rows drawn at first, and added at each step. */
const ROWS_STEP = 200
const filters = ['all', 'outside', 'changed', 'unranked'] as const
type Filter = (typeof filters)[number]

const keeps: Readonly<Record<Filter, (row: Score) => boolean>> = {
  all: () => true,
  outside: (row) => row.funnel !== null && row.funnel !== 'inside',
  changed: (row) => row.changeSignificant === true,
  unranked: (row) => row.rank === null,
}

/** Where a unit's scorecard stands. */
export const cardAddress = (key: string, scheme: string, period: string | null) =>
  `/evaluate/units/${encodeURIComponent(key)}?scheme=${scheme}${period === null ? '' : `&period=${period}`}`

type Say = (sentence: Sentence) => string

function columnsOf(ranking: Ranking, say: Say, scoreTitle: string, language: 'zh' | 'en'): Column<Score>[] {
  const scale = scaleOf(ranking.rows)
  const standing = (row: Score) =>
    row.funnel ? say(words.funnel[row.funnel]) : row.notRankedBecause && say(words.notRanked[row.notRankedBecause])
  return [
    {
      key: 'unit',
      title: say(words.unit),
      render: (row) => (
        <span className="rank-name">
          <span className="place number" aria-hidden="true">
            {row.rank ?? '—'}
          </span>
          {row.entity.name}
        </span>
      ),
      text: (row) => row.entity.name,
    },
    { key: 'rank', title: say(words.rank), render: (row) => <RankRange score={row} />, text: (row) => row.rank },
    {
      key: 'score',
      title: scoreTitle,
      width: 380,
      render: (row) => <ScoreBar score={row} scale={scale} mean={ranking.mean} />,
      text: (row) => row.composite,
    },
    {
      key: 'standing',
      title: say(words.standing),
      render: (row) => <FunnelMark funnel={row.funnel} />,
      text: standing,
    },
    { key: 'change', title: say(words.change), render: (row) => <ChangeText score={row} />, text: (row) => row.change },
    {
      key: 'n',
      title: say(words.card.n),
      align: 'right',
      render: (row) => <span className="number">{formatNumber(row.n, language, 0)}</span>,
      text: (row) => row.n,
    },
  ]
}

export function RankingTable({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const { language } = useLanguage()
  const phone = usePhone()
  const [show, setShow] = useSearchValue('show')
  const [typed, setTyped] = useState('')
  const [limit, setLimit] = useState(ROWS_STEP)
  const search = useDeferredValue(typed.trim().toLowerCase())
  const filter: Filter = filters.find((one) => one === show) ?? 'all'
  const rows = useMemo(
    () =>
      ranking.rows.filter(
        (row) =>
          keeps[filter](row) &&
          (search === '' || `${row.entity.name} ${row.entity.key}`.toLowerCase().includes(search)),
      ),
    [ranking.rows, filter, search],
  )
  const columns = useMemo(() => {
    const { from, to } = scaleOf(ranking.rows)
    return columnsOf(ranking, say, phone ? say(words.score) : say(words.scoreScale, { from, to }), language)
  }, [ranking, say, language, phone])
  return (
    <Section className="ranking">
      <RowTable<Score>
        columns={columns}
        rows={rows.slice(0, limit)}
        rowKey={(row) => row.entity.key}
        to={(row) => cardAddress(row.entity.key, ranking.scheme.id, ranking.periodStart)}
        rowClass={(row) => (row.rank === null ? 'unranked' : '')}
        tools={
          <>
            <Segmented<Filter>
              aria-label={say(words.filter.label)}
              value={filter}
              onChange={(next) => setShow(next === 'all' ? undefined : next)}
              options={filters.map((one) => ({ value: one, label: say(words.filter[one]) }))}
            />
            <Input.Search
              allowClear
              placeholder={say(words.filter.search)}
              aria-label={say(words.filter.search)}
              onChange={(event) => setTyped(event.target.value)}
              style={{ width: 220 }}
            />
            <ExportButton ranking={ranking} />
          </>
        }
        end={<More left={rows.length - limit} onMore={() => setLimit(limit + ROWS_STEP)} />}
      />
    </Section>
  )
}

function More({ left, onMore }: { left: number; onMore: () => void }) {
  const say = useSay()
  if (left <= 0) return null
  return (
    <div className="list-end">
      <Button onClick={onMore}>{say(words.showMore, { count: Math.min(ROWS_STEP, left) })}</Button>
    </div>
  )
}

function ExportButton({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const { language } = useLanguage()
  const save = () => {
    const head = [
      words.rank,
      words.rankBest,
      words.rankWorst,
      words.unit,
      words.score,
      words.low,
      words.high,
      words.card.n,
      words.standing,
      words.change,
    ].map((name) => say(name))
    const rows = ranking.rows.map((row) => [
      row.rank,
      row.rankLow,
      row.rankHigh,
      row.entity.name,
      row.composite,
      row.low,
      row.high,
      row.n,
      row.funnel
        ? say(words.funnel[row.funnel])
        : row.notRankedBecause
          ? say(words.notRanked[row.notRankedBecause])
          : '',
      row.change === null ? '' : row.changeSignificant ? row.change : say(words.noChange),
    ])
    const period = ranking.periodStart ? periodName(ranking.periodStart, ranking.grain, language) : ''
    saveCsv(`${say(ranking.scheme.title)} ${period}`, head, rows)
  }
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {say(words.exportAll)}
    </Button>
  )
}
