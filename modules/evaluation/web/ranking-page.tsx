/** Ranking: all units of one period under one scheme, each with its interval and its range of ranks. */
import { EditOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import type { Ranking as Answer, Scheme } from '#evaluation/contract'
import { instantName, periodName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Go, useGo, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { evaluation } from './api.ts'
import { CompositeFunnel } from './composite-funnel.tsx'
import './evaluation.css'
import { RankingTable } from './ranking-table.tsx'
import type { Ranking } from './ranking-table.tsx'

export function RankingPage() {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const [asked] = useSearchValue('scheme')
  const chosen = schemes.data?.find((one) => one.id === asked) ?? schemes.data?.[0]
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="evaluation.read"
      actions={<Actions scheme={chosen} />}
    >
      <Loaded query={schemes} waiting={<Waiting rows={10} />}>
        {(all) => (chosen ? <RankingOf scheme={chosen} schemes={all} /> : <NoScheme />)}
      </Loaded>
    </PageFrame>
  )
}

function Actions({ scheme }: { scheme: Scheme | undefined }) {
  const say = useSay()
  const go = useGo()
  const mayEdit = useMay('schemes.edit')
  return (
    <>
      <Button icon={<PrinterOutlined />} onClick={() => print()}>
        {say(floorWords.act.print)}
      </Button>
      {mayEdit && scheme && (
        <Button icon={<EditOutlined />} onClick={() => go(`/evaluate/schemes/${scheme.id}`)}>
          {say(words.editScheme)}
        </Button>
      )}
      {mayEdit && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/evaluate/schemes/new')}>
          {say(words.newScheme)}
        </Button>
      )}
    </>
  )
}

function NoScheme() {
  const say = useSay()
  const mayEdit = useMay('schemes.edit')
  return (
    <Section>
      <Empty
        title={say(words.none.title)}
        why={say(mayEdit ? words.none.why : words.none.ask)}
        begin={mayEdit && <Go to="/evaluate/schemes/new">{say(words.newScheme)}</Go>}
      />
    </Section>
  )
}

function RankingOf({ scheme, schemes }: { scheme: Scheme; schemes: readonly Scheme[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const [, setScheme] = useSearchValue('scheme')
  const [period, setPeriod] = useSearchValue('period')
  const [view, setView] = useSearchValue('view')
  const input = { id: scheme.id, ...(period === undefined ? {} : { periodStart: period }) }
  const ranking = useQuery(evaluation.readRanking.queryOptions({ input, placeholderData: (before) => before }))
  const shown = ranking.data
  const periods = shown?.scheme.id === scheme.id ? shown.periods : []
  return (
    <>
      <div className="scope-bar">
        <label className="scheme-choice">
          {say(words.scheme)}
          <Select
            value={scheme.id}
            options={schemes.map((one) => ({ value: one.id, label: say(one.title) }))}
            onChange={setScheme}
            style={{ minWidth: 200 }}
          />
        </label>
        <label className="scheme-choice">
          {say(words.period)}
          <Select
            {...(shown?.period ? { value: shown.period.periodStart } : {})}
            options={periods
              .toReversed()
              .map(({ periodStart: day }) => ({
                value: day,
                label: periodName(day, shown?.grain ?? 'month', language),
              }))}
            onChange={setPeriod}
            style={{ minWidth: 150 }}
            loading={ranking.isFetching}
          />
        </label>
        <Segmented
          aria-label={say(words.view.label)}
          value={view === 'funnel' ? 'funnel' : 'list'}
          onChange={(next) => setView(next === 'funnel' ? 'funnel' : undefined)}
          options={[
            { value: 'list', label: say(words.view.list) },
            { value: 'funnel', label: say(words.view.funnel) },
          ]}
        />
      </div>
      <Loaded query={ranking} rows={12}>
        {(data) =>
          data.rows.length === 0 ? (
            <NoScores />
          ) : (
            <Shown ranking={told(data)} view={view === 'funnel' ? 'funnel' : 'list'} />
          )
        }
      </Loaded>
    </>
  )
}

const told = ({ scheme, grain, period, summary, rows }: Answer): Ranking => ({
  scheme,
  grain,
  periodStart: period?.periodStart ?? null,
  mean: summary?.mean ?? null,
  overDispersion: summary?.overDispersion ?? 1,
  revisedAt: period?.revisedAt ?? null,
  rows,
})

function NoScores() {
  const say = useSay()
  const mayImport = useMay('imports.run')
  return (
    <Section>
      <Empty
        title={say(words.unscored.title)}
        why={say(words.unscored.why)}
        begin={mayImport && <Go to="/measure/imports">{say(words.unscored.begin)}</Go>}
      />
    </Section>
  )
}

function Shown({ ranking, view }: { ranking: Ranking; view: 'list' | 'funnel' }) {
  return (
    <>
      <Summary ranking={ranking} />
      {view === 'funnel' ? <CompositeFunnel ranking={ranking} /> : <RankingTable ranking={ranking} />}
    </>
  )
}

function Summary({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const { language } = useLanguage()
  const { rows, mean, overDispersion, revisedAt } = ranking
  const ranked = rows.filter((row) => row.rank !== null)
  const above = rows.filter((row) => row.funnel?.startsWith('above')).length
  const below = rows.filter((row) => row.funnel?.startsWith('below')).length
  const facts: [string, string][] = [
    [say(words.summary.ranked), say(words.summary.units, { count: ranked.length })],
    [say(words.summary.notRanked), say(words.summary.units, { count: rows.length - ranked.length })],
    [say(words.summary.mean), mean === null ? '—' : formatNumber(mean, language)],
    [say(words.summary.outside), say(words.summary.outsideCount, { above, below })],
    [
      say(words.summary.spread),
      overDispersion > 1
        ? say(words.summary.spreadWide, { times: formatNumber(Math.sqrt(overDispersion), language) })
        : say(words.summary.spreadUsual),
    ],
    ...(revisedAt === null
      ? []
      : [
          [say(words.summary.revised), say(words.summary.revisedWhy, { at: instantName(revisedAt, language) })] as [
            string,
            string,
          ],
        ]),
  ]
  return (
    <Section>
      <dl className="summary-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
