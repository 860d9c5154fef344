/** One published league table, for anyone: bands and intervals, how it was calculated, the signed file and whether it holds. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import type { LeagueTable, PublishedScore } from '#evaluation/contract'
import { instantName, periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { PagedTable, usePages } from '#platform/web/page/list.tsx'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Go, useParam, useSearchValue } from '#platform/web/router.tsx'
import { publishingWords as words } from '../../../words/publishing-screens.ts'
import { evaluation } from '../../api.ts'
import { StateMark } from '../publication-marks.tsx'
import { usePublishedColumns } from '../published-columns.tsx'
import { SignedFile } from '../signed-file.tsx'
import { OpenFrame } from './open-frame.tsx'

export function LeaguePage() {
  const say = useSay()
  const organisation = useParam('organisation')
  const id = useParam('id')
  const { language } = useLanguage()
  const query = useQuery(evaluation.readLeagueTable.queryOptions({ input: { organisation, id } }))
  const table = query.data
  const title = table
    ? `${say(table.title)} · ${periodName(table.periodStart, table.grain, language)}`
    : say(words.open.table)
  return (
    <OpenFrame
      title={title}
      lead={table?.organisation.name}
      above={
        <Go plain to={`/public/${organisation}/league`}>
          {say(words.open.all)}
        </Go>
      }
    >
      <Loaded query={query} rows={10}>
        {(loaded) => <Whole table={loaded} />}
      </Loaded>
    </OpenFrame>
  )
}

function Whole({ table }: { table: LeagueTable }) {
  return (
    <>
      <Standing table={table} />
      {table.state !== 'withdrawn' && <Rows table={table} />}
      <Method table={table} />
      {table.file && (
        <SignedFile
          organisation={table.organisation.id}
          path={table.file.path}
          sizeBytes={table.file.sizeBytes}
          sha256={table.file.sha256}
          scriptPath={table.scriptPath}
        />
      )}
    </>
  )
}

function Standing({ table }: { table: LeagueTable }) {
  const say = useSay()
  const { language } = useLanguage()
  const to = (id: string) => `/public/${table.organisation.id}/league/${id}`
  const link = (id: string, text: string) => (
    <Go plain to={to(id)}>
      {text}
    </Go>
  )
  return (
    <div className="stack" style={{ marginBottom: 16 }}>
      <div className="row">
        <StateMark state={table.state} />
        <span className="muted">{say(words.open.published, { at: instantName(table.publishedAt, language) })}</span>
        <span className="muted">{say(words.unitsRanked, { units: table.units, ranked: table.ranked })}</span>
        <Button size="small" className="no-print" onClick={() => print()}>
          {say(words.open.print)}
        </Button>
      </div>
      {table.correctedBy !== null && (
        <Alert
          type="warning"
          showIcon
          title={say(words.correctedBy)}
          action={link(table.correctedBy, say(words.seeNewest))}
        />
      )}
      {table.corrects !== null && (
        <Alert
          type="info"
          showIcon
          title={say(words.corrects, { reason: table.reason })}
          action={link(table.corrects, say(words.seeEarlier))}
        />
      )}
      {table.state === 'withdrawn' && (
        <Alert type="warning" showIcon title={say(words.withdrawnTold, { reason: table.endedBecause })} />
      )}
      {table.newerCalculationAt !== null && (
        <Alert
          type="info"
          showIcon
          title={say(words.open.newer, { at: instantName(table.newerCalculationAt, language) })}
        />
      )}
    </div>
  )
}

function Rows({ table }: { table: LeagueTable }) {
  const say = useSay()
  const [search, setSearch] = useSearchValue('search')
  const input = {
    organisation: table.organisation.id,
    id: table.id,
    limit: 200,
    ...(search === undefined ? {} : { search }),
  }
  const pages = usePages<PublishedScore>(evaluation.listLeagueRows.key({ input }), (cursor) =>
    evaluation.listLeagueRows.call({ ...input, cursor }),
  )
  return (
    <Section
      title={say(words.open.table)}
      lead={say(words.open.intervals, { percent: Math.round(table.confidence * 100) })}
    >
      <PagedTable
        pages={pages}
        columns={usePublishedColumns<PublishedScore>(table.mean)}
        rowKey={(row) => row.entity.key}
        exportName={say(table.title)}
        empty={<Empty title={say(words.rows.none)} />}
        tools={
          <Input.Search
            allowClear
            defaultValue={search ?? ''}
            aria-label={say(words.rows.search)}
            placeholder={say(words.rows.search)}
            onSearch={(text) => setSearch(text.trim() || undefined)}
            style={{ width: 220 }}
          />
        }
      />
    </Section>
  )
}

function Method({ table }: { table: LeagueTable }) {
  const say = useSay()
  const { language } = useLanguage()
  const explanation = say(table.explanation)
  return (
    <Section title={say(words.open.method)}>
      <div className="stack">
        {explanation !== '' && <p>{explanation}</p>}
        <ul className="method">
          {table.method.map((sentence) => (
            <li key={sentence.en}>{say(sentence)}</li>
          ))}
          {table.adjusted > 0 && <li>{say(words.open.adjusted, { count: table.adjusted })}</li>}
        </ul>
        <h3 className="small muted">{say(words.open.weights)}</h3>
        <Facts
          rows={table.items.map((item) => [
            `${say(item.dimension)} · ${say(item.title)}`,
            `${formatNumber(100 * item.weight, language)}%`,
          ])}
        />
      </div>
    </Section>
  )
}
