/** Unit by unit: rank, stars and score under both versions, and what made the difference. */
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { Compared, ComparisonOfVersions } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatPlain } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { versionWords } from '../../words/versions.ts'
import { useNamedIndicators } from '../schemes/state/use-indicators.ts'
import { becauseTold, itemNames } from './comparison-words.ts'
import { nameOf } from './told.ts'

const words = versionWords.compare
const ROWS_STEP = 100
const CAUSES_SHOWN = 2

/** Names of the items of both versions. */
export function useItemNames(found: ComparisonOfVersions): ReadonlyMap<string, string> {
  const say = useSay()
  const { language } = useLanguage()
  const ids = useMemo(() => {
    const items = [found.before, found.after].flatMap(({ dimensions }) => dimensions.flatMap(({ items: own }) => own))
    return [...new Set(items.flatMap(({ source }) => (source.kind === 'indicator' ? [source.indicator] : [])))]
  }, [found])
  const indicator = useNamedIndicators(ids)
  return useMemo(
    () => itemNames(found, (item) => nameOf(item, { say, language, indicator })),
    [found, say, language, indicator],
  )
}

export function ComparedRows({ found, rows }: { found: ComparisonOfVersions; rows: readonly Compared[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const [limit, setLimit] = useState(ROWS_STEP)
  const names = useItemNames(found)
  const score = (value: number | null) => (value === null ? '—' : formatPlain(value, 'points', language))
  const columns: Column<Compared>[] = [
    { key: 'unit', title: say(words.unit), render: (row) => row.entity.name },
    { key: 'rank', title: say(words.rank), render: (row) => <RankMove row={row} /> },
    {
      key: 'stars',
      title: say(words.stars),
      render: ({ before, after }) => <Change before={before.stars} after={after.stars} sign="★" />,
    },
    {
      key: 'score',
      title: say(words.score),
      align: 'right',
      render: ({ before, after }) => (
        <span className="number">
          {before.composite !== after.composite && <span className="muted">{score(before.composite)} → </span>}
          {score(after.composite)}
        </span>
      ),
    },
    { key: 'because', title: say(words.because), render: (row) => <Because row={row} names={names} /> },
  ]
  const left = rows.length - limit
  return (
    <RowTable<Compared>
      columns={columns}
      rows={rows.slice(0, limit)}
      rowKey={(row) => row.entity.key}
      empty={<Empty title={say(words.nothing)} />}
      end={
        left > 0 && (
          <div className="list-end">
            <Button onClick={() => setLimit(limit + ROWS_STEP)}>
              {say(words.more, { count: Math.min(ROWS_STEP, left) })}
            </Button>
          </div>
        )
      }
    />
  )
}

function RankMove({ row }: { row: Compared }) {
  const say = useSay()
  const { before, after } = row
  if (before.rank === null && after.rank === null) return <span className="muted">{say(words.notRanked)}</span>
  const by = before.rank === null || after.rank === null ? null : before.rank - after.rank
  const text = (rank: number | null) => (rank === null ? say(words.notRanked) : String(rank))
  return (
    <span className="rank-move number">
      {by !== 0 && <span className="muted">{text(before.rank)} → </span>}
      <strong>{text(after.rank)}</strong>
      {by !== null && by !== 0 && (
        <span className={by > 0 ? 'up' : 'down'}>
          <span aria-hidden="true">
            {by > 0 ? '▲' : '▼'}
            {Math.abs(by)}
          </span>
          <span className="only-read">
            {say(by > 0 ? versionWords.compare.rises : versionWords.compare.falls)} {Math.abs(by)}
          </span>
        </span>
      )}
    </span>
  )
}

function Change({ before, after, sign }: { before: number | null; after: number | null; sign: string }) {
  const text = (value: number | null) => (value === null ? '—' : `${value}${sign}`)
  if (before === after) return <span className="number">{text(after)}</span>
  return (
    <strong className="number">
      <span className="muted">{text(before)} → </span>
      {text(after)}
    </strong>
  )
}

function Because({ row, names }: { row: Compared; names: ReadonlyMap<string, string> }) {
  const say = useSay()
  const { language } = useLanguage()
  const [whole, setWhole] = useState(false)
  const shown = whole ? row.because : row.because.slice(0, CAUSES_SHOWN)
  const more = row.because.length - shown.length
  if (row.because.length === 0) return <span className="muted">—</span>
  return (
    <ul className="because small">
      {shown.map((each) => (
        <li key={`${each.item} ${each.cause}`}>{becauseTold(each, names, say, language)}</li>
      ))}
      {more > 0 && (
        <li>
          <Button type="link" size="small" onClick={() => setWhole(true)}>
            {say(words.moreCauses, { count: more })}
          </Button>
        </li>
      )}
    </ul>
  )
}
