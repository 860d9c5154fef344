/** The ranking as a table: filters asked of the server, page by page, units that cannot be told apart joined by a line. */
import { Button, Input, Segmented, Select } from 'antd'
import { useMemo, useRef, useState } from 'react'
import type { Ranking, Score } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PagedTable, type Pages } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Empty } from '#platform/web/page/states.tsx'
import { useSearchValues } from '#platform/web/router.tsx'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'
import { useProtectedWords } from '../standing.tsx'
import { type Asked, cardAddress, filters, isFiltered } from './asked.ts'
import { bandsOf } from './bands.ts'
import { columnsOf } from './columns.tsx'
import { ExportButton } from './export-ranking.tsx'

const SEARCH_WAIT_MILLISECONDS = 350
const noFilters = { search: undefined, group: undefined, stars: undefined, show: undefined }
const filterWords = {
  outside: words.filter.outside,
  changed: words.filter.changed,
  'not-ranked': words.filter.unranked,
}

interface Props {
  readonly ranking: Ranking
  readonly pages: Pages<Score>
  readonly asked: Asked
}

export function RankingTable({ ranking, pages, asked }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const phone = usePhone()
  const protectedWords = useProtectedWords(ranking.scheme.entityKind)
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.rows) ?? [], [pages.data])
  const columns = useMemo(
    () => columnsOf({ ranking, rows, say, language, phone, protectedWords }),
    [ranking, rows, say, language, phone, protectedWords],
  )
  const classes = useMemo(() => {
    const bands = bandsOf(rows)
    return new Map(rows.map((row, place) => [row.entity.key, bandClass(bands, place)]))
  }, [rows])
  const joined = [...classes.values()].some((name) => name.includes('joined'))
  return (
    <Section className="ranking">
      <PagedTable<Score>
        pages={pages}
        columns={columns}
        rowKey={(row) => row.entity.key}
        to={(row) => cardAddress(row.entity.key, ranking)}
        rowClass={(row) => classes.get(row.entity.key) ?? ''}
        tools={<Tools ranking={ranking} asked={asked} rows={rows} />}
        empty={<NothingFound filtered={isFiltered(asked)} />}
      />
      {joined && !phone && (
        <p className="muted small band-key">
          <span className="band-mark" aria-hidden="true" /> {say(rankingWords.alikeWhy)}
        </p>
      )}
    </Section>
  )
}

function bandClass(bands: readonly (number | null)[], place: number): string {
  const own = bands[place]
  if (own === null || own === undefined) return 'unranked'
  const [before, after] = [bands[place - 1] === own, bands[place + 1] === own]
  if (!before && !after) return 'band'
  return `band joined ${before ? '' : 'band-first'} ${after ? '' : 'band-last'}`
}

function NothingFound({ filtered }: { filtered: boolean }) {
  const say = useSay()
  const set = useSearchValues()
  return (
    <Empty
      title={say(rankingWords.nothingFound)}
      why={filtered && say(rankingWords.nothingFoundWhy)}
      begin={filtered && <Button onClick={() => set(noFilters)}>{say(rankingWords.clear)}</Button>}
    />
  )
}

function Tools({ ranking, asked, rows }: { ranking: Ranking; asked: Asked; rows: readonly Score[] }) {
  const say = useSay()
  const set = useSearchValues()
  const { scheme, summary } = ranking
  const groups = [
    ...new Set([...rows.flatMap((row) => row.peerGroup ?? []), ...(asked.peerGroup ? [asked.peerGroup] : [])]),
  ].sort()
  const most = summary?.starsCounts.length ?? 5
  return (
    <>
      <Segmented<string>
        aria-label={say(words.filter.label)}
        value={asked.only ?? 'all'}
        onChange={(next) => set({ show: next === 'all' ? undefined : next })}
        options={[
          { value: 'all', label: say(words.filter.all) },
          ...filters.map((one) => ({ value: one, label: say(filterWords[one]) })),
        ]}
      />
      <Select<number>
        aria-label={say(rankingWords.stars)}
        value={asked.stars ?? 0}
        onChange={(stars) => set({ stars: stars === 0 ? undefined : String(stars) })}
        options={[
          { value: 0, label: say(rankingWords.allStars) },
          ...Array.from({ length: most }, (_, place) => ({
            value: most - place,
            label: say(rankingWords.starsAre, { count: most - place }),
          })),
        ]}
        popupMatchSelectWidth={false}
      />
      {scheme.peerGroups.by !== 'none' && (
        <Select<string>
          aria-label={say(rankingWords.group)}
          value={asked.peerGroup ?? ''}
          onChange={(group) => set({ group: group === '' ? undefined : group })}
          options={[
            { value: '', label: say(rankingWords.allGroups) },
            ...groups.map((group) => ({ value: group, label: group })),
          ]}
          popupMatchSelectWidth={false}
        />
      )}
      <Search asked={asked} />
      <ExportButton ranking={ranking} asked={asked} />
    </>
  )
}

/** The server searches once the writer pauses. */
function Search({ asked }: { asked: Asked }) {
  const say = useSay()
  const set = useSearchValues()
  const present = asked.search ?? ''
  const [typed, setTyped] = useState(present)
  const [seen, setSeen] = useState(present)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Filters cleared elsewhere clear the field; what is being typed stays.
  if (seen !== present) {
    setSeen(present)
    if (present === '') setTyped('')
  }
  const write = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => set({ search: text.trim() || undefined }), SEARCH_WAIT_MILLISECONDS)
  }
  return (
    <Input.Search
      allowClear
      value={typed}
      placeholder={say(words.filter.search)}
      aria-label={say(words.filter.search)}
      onChange={(event) => write(event.target.value)}
      style={{ width: 200 }}
    />
  )
}
