/** One publication: where it stands, what stands against it, its rows, objections, and its signed file. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { Publication, PublicationRow } from '#evaluation/contract'
import { instantName, relativeName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Go, useParam, useSearchValue } from '#platform/web/router.tsx'
import { useMe } from '#platform/web/session.ts'
import { publishingWords as words } from '../../words/publishing-screens.ts'
import { evaluation } from '../api.ts'
import { Acts } from './acts.tsx'
import { AppealForm } from './appeal-form.tsx'
import { Appeals } from './appeals.tsx'
import { Notices } from './notices.tsx'
import { StateMark, usePublicationTitle, useSchemeNames } from './publication-marks.tsx'
import { usePublishedColumns } from './published-columns.tsx'
import { SignedFile } from './signed-file.tsx'

export function PublicationPage() {
  const say = useSay()
  const id = useParam('id')
  const titleOf = usePublicationTitle()
  const query = useQuery(evaluation.readPublication.queryOptions({ input: { id } }))
  return (
    <PageFrame
      title={query.data ? titleOf(query.data) : say(words.title)}
      crumbs={[{ title: say(words.title), to: '/evaluate/publications' }]}
      may="evaluation.read"
      actions={query.data && <Acts row={query.data} />}
    >
      <Loaded query={query} rows={8}>
        {(row) => <Whole row={row} />}
      </Loaded>
    </PageFrame>
  )
}

function Whole({ row }: { row: Publication }) {
  const me = useMe()
  const isOut = row.state === 'published' || row.state === 'corrected'
  return (
    <>
      <Standing row={row} />
      <Notices row={row} />
      {row.state !== 'withdrawn' && row.state !== 'discarded' && <Rows row={row} />}
      {row.state !== 'draft' && <Appeals publication={row} />}
      {row.adjustments.length > 0 && <Adjustments row={row} />}
      {isOut && row.file && me && (
        <SignedFile
          organisation={me.organisation.id}
          path={`/api/score-publications/${row.id}/file`}
          sizeBytes={row.file.sizeBytes}
          sha256={row.file.sha256}
          scriptPath="/recompute-scores.mjs"
        />
      )}
    </>
  )
}

function Standing({ row }: { row: Publication }) {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  const me = useMe()
  const step = (name: string | null, at: string | null) =>
    at === null ? null : say(words.steps.by, { name: name ?? '', at: instantName(at, language) })
  const until = row.appealsUntil
  const window =
    row.state !== 'preview' || until === null
      ? null
      : say(row.obstacles.includes('window-open') ? words.window.open : words.window.over, {
          until: instantName(until, language),
          near: relativeName(until, now, language),
        })
  const steps = [
    [words.steps.drafted, step(row.draftedBy, row.draftedAt)],
    [words.steps.previewed, step(row.previewedBy, row.previewedAt)],
    [words.steps.published, step(row.publishedBy, row.publishedAt)],
  ] as const
  const isOut = row.state === 'published' || row.state === 'corrected'
  return (
    <Section>
      <div className="stack">
        <div className="row">
          <StateMark state={row.state} />
          <span className="muted">
            {say(words.versionOf, { version: row.version })} · {say(words.tracks[row.track])}
          </span>
          <span className="muted">{say(words.unitsRanked, { units: row.units, ranked: row.ranked })}</span>
          {isOut && row.open && me && (
            <Go plain to={`/public/${me.organisation.id}/league/${row.id}`}>
              {say(words.open.see)}
            </Go>
          )}
        </div>
        {window !== null && <Alert type="info" showIcon title={window} />}
        <Facts rows={steps.flatMap(([name, told]) => (told === null ? [] : [[say(name), told] as const]))} />
      </div>
    </Section>
  )
}

const filters = ['all', 'mine', 'changed', 'not-ranked'] as const
const filterWords = { all: 'all', mine: 'mine', changed: 'changed', 'not-ranked': 'notRanked' } as const

function Rows({ row }: { row: Publication }) {
  const say = useSay()
  const [shown, show] = useSearchValue('show')
  const [search, setSearch] = useSearchValue('search')
  const [objecting, setObjecting] = useState<PublicationRow | null>(null)
  const filter = filters.find((one) => one === shown) ?? 'all'
  const input = {
    id: row.id,
    ...(search === undefined ? {} : { search }),
    ...(filter === 'all' ? {} : { only: filter }),
  }
  const pages = usePages<PublicationRow>(evaluation.listPublishedScores.key({ input }), (cursor) =>
    evaluation.listPublishedScores.call({ ...input, cursor }),
  )
  const objections: Column<PublicationRow> = {
    key: 'actions',
    title: '',
    render: (unit) => unit.mayAppeal && <Button onClick={() => setObjecting(unit)}>{say(words.appeal.make)}</Button>,
  }
  const own = row.sees === 'own'
  const columns = usePublishedColumns<PublicationRow>(row.summary.mean)
  return (
    <Section title={say(own ? words.rows.own : words.rows.title)} {...(own ? { lead: say(words.rows.ownLead) } : {})}>
      <PagedTable
        pages={pages}
        columns={row.may.includes('appeal') ? [...columns, objections] : columns}
        rowKey={(unit) => unit.entity.key}
        exportName={say(words.rows.title)}
        empty={<Empty title={say(words.rows.none)} />}
        tools={
          <>
            {!own && (
              <Segmented
                aria-label={say(words.rows.only)}
                value={filter}
                onChange={(next) => show(next === 'all' ? undefined : next)}
                options={filters.map((value) => ({ value, label: say(words.rows[filterWords[value]]) }))}
              />
            )}
            <Input.Search
              allowClear
              defaultValue={search ?? ''}
              aria-label={say(words.rows.search)}
              placeholder={say(words.rows.search)}
              onSearch={(text) => setSearch(text.trim() || undefined)}
              style={{ width: 200 }}
            />
          </>
        }
      />
      {objecting && <AppealForm publication={row} row={objecting} onClose={() => setObjecting(null)} />}
    </Section>
  )
}

function Adjustments({ row }: { row: Publication }) {
  const say = useSay()
  const { language } = useLanguage()
  const { nameOf } = useSchemeNames(row)
  const text = (value: number | null) => (value === null ? say(words.adjusted.none) : formatNumber(value, language, 3))
  return (
    <Section title={say(words.adjusted.title)}>
      <ul className="method">
        {row.adjustments.map((one) => (
          <li key={`${one.appeal} ${one.kind} ${one.of}`}>
            {say(words.adjusted.what, {
              unit: one.entity.name,
              of: nameOf(one.of),
              before: text(one.before.value),
              after: text(one.after.value),
            })}
            <span className="muted"> {one.reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
