/** Ranking: all units of one period under one scheme, each with its interval and its range of ranks. */
import { EditOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Ranking, Scheme, Score } from '#evaluation/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import type { Pages } from '#platform/web/page/list.tsx'
import { Empty, Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { Go, useGo, useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { rankingWords } from '../../words/ranking.ts'
import { words } from '../../words.ts'
import { evaluation } from '../api.ts'
import '../evaluation.css'
import { useAsked, useRanking } from './asked.ts'
import { Distribution } from './distribution.tsx'
import { RankingTable } from './ranking-table.tsx'
import { RankingScope } from './scope.tsx'
import { Notices, Summary } from './summary.tsx'

export function RankingPage() {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const [asked] = useSearchValue('scheme')
  const chosen =
    schemes.data?.find((one) => one.id === asked) ??
    schemes.data?.find((one) => one.state === 'adopted') ??
    schemes.data?.[0]
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
  const [period] = useSearchValue('period')
  return (
    <>
      {scheme && (
        <>
          <Go to={`/evaluate/sensitivity?scheme=${scheme.id}${period === undefined ? '' : `&period=${period}`}`}>
            {say(rankingWords.sensitivity)}
          </Go>
          <Go to={`/evaluate/schemes/${scheme.id}`}>{say(rankingWords.schemeWords)}</Go>
        </>
      )}
      <Button icon={<PrinterOutlined />} onClick={() => print()}>
        {say(floorWords.act.print)}
      </Button>
      {mayEdit && scheme && (
        <Button icon={<EditOutlined />} onClick={() => go(`/evaluate/schemes/${scheme.id}/edit`)}>
          {say(words.editScheme)}
        </Button>
      )}
      {mayEdit && !scheme && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/evaluate/schemes/new')}>
          {say(words.newScheme)}
        </Button>
      )}
    </>
  )
}

export function NoScheme() {
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
  const [view, setView] = useSearchValue('view')
  const asked = useAsked(scheme)
  const pages = useRanking(asked)
  const shown = pages.data?.pages[0]
  const ranking = shown?.scheme.id === scheme.id ? shown : undefined
  return (
    <>
      <RankingScope
        schemes={schemes}
        scheme={scheme}
        ranking={ranking}
        view={view === 'funnel' ? 'funnel' : 'list'}
        onView={setView}
      />
      {pages.error ? (
        <Failed error={pages.error} again={() => void pages.refetch()} />
      ) : ranking ? (
        <Body ranking={ranking} pages={pages} asked={asked} view={view} />
      ) : (
        <Waiting rows={12} />
      )}
    </>
  )
}

interface BodyProps {
  readonly ranking: Ranking
  readonly pages: Pages<Score>
  readonly asked: ReturnType<typeof useAsked>
  readonly view: string | undefined
}

function Body({ ranking, pages, asked, view }: BodyProps) {
  if (ranking.period === null)
    return ranking.scheme.state === 'adopted' ? <NoScores /> : <NotAdopted ranking={ranking} />
  return (
    <>
      <Notices ranking={ranking} />
      <Summary ranking={ranking} />
      {view === 'funnel' ? (
        <Distribution ranking={ranking} />
      ) : (
        <RankingTable ranking={ranking} pages={pages} asked={asked} />
      )}
    </>
  )
}

/** A period without scores is no fault; anything else is told as it came. */
function Failed({ error, again }: { error: unknown; again: () => void }) {
  const say = useSay()
  const set = useSearchValues()
  const code = (error as { code?: unknown }).code
  if (code !== 'SCORES_MISSING' && code !== 'GRAIN_NOT_SCORED') return <ProblemNotice error={error} again={again} />
  return (
    <Section>
      <Empty
        title={say(rankingWords.notThisPeriod.title)}
        begin={
          <Button onClick={() => set({ period: undefined, grain: undefined, run: undefined })}>
            {say(rankingWords.notThisPeriod.begin)}
          </Button>
        }
      />
    </Section>
  )
}

function NotAdopted({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  return (
    <Section>
      <Empty
        title={say(rankingWords.notAdopted.title)}
        why={say(rankingWords.notAdopted.why)}
        begin={<Go to={`/evaluate/schemes/${ranking.scheme.id}`}>{say(rankingWords.notAdopted.begin)}</Go>}
      />
    </Section>
  )
}

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
