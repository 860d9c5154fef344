/** Scorecard of one unit: its score and rank, what the score is made of, what more would bring, how it went. */
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import type { Scheme, Score } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { periodName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Go, useParam, useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { rankingWords } from '../../words/ranking.ts'
import { scorecardWords } from '../../words/scorecard.ts'
import { words } from '../../words.ts'
import { evaluation } from '../api.ts'
import '../evaluation.css'
import { SchemeChoice } from '../ranking/scope.tsx'
import { Gains } from './gains.tsx'
import { Headline } from './headline.tsx'
import { OverTime } from './over-time.tsx'
import { ScoreParts } from './score-parts.tsx'

const card = words.card

export function ScorecardPage() {
  const say = useSay()
  const key = useParam('key')
  const [asked] = useSearchValue('scheme')
  const mayPlan = useMay('plans.draft')
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const entity = useQuery(organisation.readEntity.queryOptions({ input: { key } }))
  const unit = entity.data
  // The one asked for, else the first that ranks units like this one.
  const ranks = (one: Scheme) =>
    one.entityKind === unit?.kind && (one.below === null || unit.ancestors.some((each) => each.key === one.below))
  const scheme = schemes.data?.find((one) => one.id === asked) ?? schemes.data?.find(ranks) ?? schemes.data?.[0]
  const about = `entity=${encodeURIComponent(key)}`
  return (
    <PageFrame
      title={say(card.title, { entity: unit?.name ?? key })}
      lead={unit?.ancestors.map((each) => each.name).join(' / ')}
      crumbs={[{ title: say(words.title), to: `/evaluate${scheme ? `?scheme=${scheme.id}` : ''}` }]}
      may="evaluation.read"
      actions={
        <>
          <Go to={`/alerts?${about}`}>{say(card.toAlerts)}</Go>
          <Go to={`/measure?${about}`}>{say(card.toMeasure)}</Go>
          {mayPlan && <Go to={`/plans/new?${about}`}>{say(scorecardWords.toPlan)}</Go>}
          <Button icon={<PrinterOutlined />} onClick={() => print()}>
            {say(floorWords.act.print)}
          </Button>
        </>
      }
    >
      <Loaded query={schemes} waiting={<Waiting rows={8} />}>
        {(all) =>
          scheme ? (
            <CardOf scheme={scheme} schemes={all} entity={key} />
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

function CardOf({ scheme, schemes, entity }: { scheme: Scheme; schemes: readonly Scheme[]; entity: string }) {
  const say = useSay()
  const [period] = useSearchValue('period')
  const [askedGrain] = useSearchValue('grain')
  const [askedTrack] = useSearchValue('track')
  const grain = scheme.grains.find((one) => one === askedGrain)
  const track = askedTrack === 'overlap' ? 'overlap' : 'main'
  const scores = useQuery(
    evaluation.readScores.queryOptions({ input: { id: scheme.id, entity, track, ...(grain ? { grain } : {}) } }),
  )
  return (
    <>
      <CardScope schemes={schemes} scheme={scheme} grain={scores.data?.grain} rows={scores.data?.rows ?? []} />
      <Loaded query={scores} rows={10}>
        {({ rows, grain: used }) => {
          const shown =
            rows.find((row) => row.periodStart === period) ?? rows.findLast((row) => row.complete) ?? rows.at(-1)
          if (!shown)
            return (
              <Section>
                <Empty
                  title={say(card.notScored)}
                  why={say(card.notScoredWhy)}
                  begin={<Go to={`/evaluate?scheme=${scheme.id}`}>{say(card.back)}</Go>}
                />
              </Section>
            )
          return <Shown key={shown.periodStart} scheme={scheme} score={shown} rows={rows} grain={used} track={track} />
        }}
      </Loaded>
    </>
  )
}

interface ScopeProps {
  readonly schemes: readonly Scheme[]
  readonly scheme: Scheme
  readonly grain: Grain | undefined
  readonly rows: readonly Score[]
}

function CardScope({ schemes, scheme, grain, rows }: ScopeProps) {
  const say = useSay()
  const { language } = useLanguage()
  const set = useSearchValues()
  const [period] = useSearchValue('period')
  const usual = rows.findLast((row) => row.complete) ?? rows.at(-1)
  const value = rows.some((row) => row.periodStart === period) ? period : usual?.periodStart
  return (
    <div className="scope-bar">
      {schemes.length > 1 && <SchemeChoice schemes={schemes} scheme={scheme} />}
      {scheme.grains.length > 1 && grain && (
        <Segmented
          aria-label={say(rankingWords.grain)}
          value={grain}
          options={scheme.grains.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))}
          onChange={(next) => set({ grain: next, period: undefined })}
        />
      )}
      {grain && value !== undefined && (
        <label className="scheme-choice">
          {say(words.period)}
          <Select
            value={value}
            options={rows.toReversed().map((row) => ({
              value: row.periodStart,
              label: periodName(row.periodStart, grain, language),
            }))}
            onChange={(next) => set({ period: next })}
            style={{ minWidth: 150 }}
          />
        </label>
      )}
    </div>
  )
}

interface ShownProps {
  readonly scheme: Scheme
  readonly score: Score
  readonly rows: readonly Score[]
  readonly grain: Grain
  readonly track: 'main' | 'overlap'
}

/** What all units have in common, and the version that judged this period, come with its ranking. */
function Shown({ scheme, score, rows, grain, track }: ShownProps) {
  const set = useSearchValues()
  const around = useQuery(
    evaluation.readRanking.queryOptions({
      input: { id: scheme.id, grain, track, periodStart: score.periodStart, limit: 1 },
    }),
  )
  return (
    <Loaded query={around} rows={8}>
      {(ranking) => (
        <div className="scorecard">
          <Headline score={score} ranking={ranking} />
          <ScoreParts score={score} scheme={ranking.scheme} />
          {ranking.summary && score.composite !== null && (
            <Gains score={score} scheme={ranking.scheme} summary={ranking.summary} />
          )}
          <OverTime
            rows={rows}
            scheme={ranking.scheme}
            grain={grain}
            onPick={(periodStart) => set({ period: periodStart })}
          />
        </div>
      )}
    </Loaded>
  )
}
