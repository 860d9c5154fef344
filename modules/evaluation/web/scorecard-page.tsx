/** Scorecard of one unit: its score and rank, what the score is made of, how it went. */
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import type { Scheme, Score } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Figure } from '#platform/web/parts/figure.tsx'
import { Go, useParam, useSearchValue } from '#platform/web/router.tsx'
import { organisation } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { evaluation } from './api.ts'
import './evaluation.css'
import { ScoreParts } from './score-parts.tsx'
import { ChangeText, FunnelMark, RankRange } from './standing.tsx'

const card = words.card

export function ScorecardPage() {
  const say = useSay()
  const key = useParam('key')
  const [asked, setScheme] = useSearchValue('scheme')
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const entity = useQuery(organisation.readEntity.queryOptions({ input: { key } }))
  const unit = entity.data
  // The one asked for, else the first that ranks units like this one.
  const ranks = (one: Scheme) =>
    one.entityKind === unit?.kind && (one.below === null || unit.ancestors.some((each) => each.key === one.below))
  const scheme = schemes.data?.find((one) => one.id === asked) ?? schemes.data?.find(ranks) ?? schemes.data?.[0]
  const name = entity.data?.name ?? key
  return (
    <PageFrame
      title={say(card.title, { entity: name })}
      lead={entity.data?.ancestors.map((each) => each.name).join(' / ')}
      crumbs={[{ title: say(words.title), to: `/evaluate${scheme ? `?scheme=${scheme.id}` : ''}` }]}
      may="evaluation.read"
      actions={
        <>
          <Go to={`/alerts?entity=${encodeURIComponent(key)}`}>{say(card.toAlerts)}</Go>
          <Go to={`/measure?entity=${encodeURIComponent(key)}`}>{say(card.toMeasure)}</Go>
          <Button icon={<PrinterOutlined />} onClick={() => print()}>
            {say(floorWords.act.print)}
          </Button>
        </>
      }
    >
      <Loaded query={schemes} waiting={<Waiting rows={8} />}>
        {(all) =>
          scheme ? (
            <>
              {all.length > 1 && (
                <div className="scope-bar">
                  <label className="scheme-choice">
                    {say(words.scheme)}
                    <Select
                      value={scheme.id}
                      options={all.map((one) => ({ value: one.id, label: say(one.title) }))}
                      onChange={setScheme}
                      style={{ minWidth: 200 }}
                    />
                  </label>
                </div>
              )}
              <CardOf scheme={scheme} entity={key} />
            </>
          ) : (
            <Section>
              <Empty title={say(words.none.title)} why={say(words.none.ask)} />
            </Section>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function CardOf({ scheme, entity }: { scheme: Scheme; entity: string }) {
  const say = useSay()
  const [period, setPeriod] = useSearchValue('period')
  const scores = useQuery(evaluation.readScores.queryOptions({ input: { id: scheme.id, entity } }))
  return (
    <Loaded query={scores} rows={10}>
      {({ rows, scheme: used }) => {
        const shown = rows.find((row) => row.periodStart === period) ?? rows.at(-1)
        if (!shown) {
          return (
            <Section>
              <Empty
                title={say(card.notScored)}
                why={say(card.notScoredWhy)}
                begin={<Go to={`/evaluate?scheme=${scheme.id}`}>{say(card.back)}</Go>}
              />
            </Section>
          )
        }
        return (
          <>
            <Now score={shown} rows={rows} scheme={used} choose={setPeriod} />
            <ScoreParts score={shown} />
            <OverTime rows={rows} scheme={used} choose={setPeriod} />
          </>
        )
      }}
    </Loaded>
  )
}

interface NowProps {
  readonly score: Score
  readonly rows: readonly Score[]
  readonly scheme: Scheme
  readonly choose: (period: string) => void
}

function Now({ score, rows, scheme, choose }: NowProps) {
  const say = useSay()
  const { language } = useLanguage()
  const ranking = useQuery(
    evaluation.readRanking.queryOptions({ input: { id: scheme.id, periodStart: score.periodStart } }),
  )
  const count = ranking.data?.rows.filter((row) => row.rank !== null).length
  const period = periodName(score.periodStart, scheme.grains[0]!, language)
  return (
    <Section
      title={say(card.now)}
      actions={
        <Select
          aria-label={say(words.period)}
          value={score.periodStart}
          options={rows.toReversed().map((row) => ({
            value: row.periodStart,
            label: periodName(row.periodStart, scheme.grains[0]!, language),
          }))}
          onChange={choose}
          style={{ minWidth: 150 }}
        />
      }
    >
      <div className="stack">
        {score.composite !== null && (
          <Figure large value={score.composite} unit="points" n={score.n} low={score.low} high={score.high} />
        )}
        {score.rank !== null && score.composite !== null && count !== undefined ? (
          <p>
            {say(words.rankSentence, {
              period,
              score: formatNumber(score.composite, language),
              rank: score.rank,
              count,
              best: score.rankLow,
              worst: score.rankHigh,
            })}
          </p>
        ) : (
          <RankRange score={score} />
        )}
        <div className="row">
          <FunnelMark funnel={score.funnel} />
          <span className="muted">{say(words.change)}</span>
          <ChangeText score={score} />
        </div>
      </div>
    </Section>
  )
}

function OverTime({
  rows,
  scheme,
  choose,
}: {
  rows: readonly Score[]
  scheme: Scheme
  choose: (period: string) => void
}) {
  const say = useSay()
  const points = rows.map((row) => ({
    periodStart: row.periodStart,
    value: row.composite,
    n: row.n,
    low: row.low,
    high: row.high,
  }))
  return (
    <Section title={say(card.over)} lead={say(card.overLead)}>
      <SeriesChart
        title={`${rows[0]?.entity.name ?? ''} ${say(scheme.title)}`}
        points={points}
        unit="points"
        grain={scheme.grains[0]!}
        onPick={(point) => choose(point.periodStart)}
      />
    </Section>
  )
}
