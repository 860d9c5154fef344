/** What I am asked to judge: one unit a card, saved as it is chosen. Made for a thumb. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Progress, Segmented, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { ASSESSMENT_DAYS_AFTER, type AssessmentRound, type UnitToAssess } from '#evaluation/contract'
import { dayName, daysBetween, periodName, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Pages, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { assessingWords } from '../../words/assessing.ts'
import { evaluation } from '../api.ts'
import { UnitCard } from './unit-card.tsx'
import '../schemes/parts/fields.css'
import './assessing.css'
import { nth } from '../schemes/state/nth.ts'
import { useMarks } from '../schemes/punctuation.ts'

const words = assessingWords.mine
const PAGE_UNITS = 30
/** A round that closes within so many days is marked. */
const SOON_DAYS = 3

export function AssessingPage() {
  const say = useSay()
  const mayRead = useMay('assessments.read')
  const rounds = useQuery(evaluation.listAssessmentRounds.queryOptions())
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      may="assessments.give"
      actions={mayRead && <Go to="/evaluate/agreement">{say(words.toAgreement)}</Go>}
    >
      <Loaded query={rounds} rows={8}>
        {(all) => (all.length === 0 ? <NoRounds /> : <Rounds rounds={all} />)}
      </Loaded>
    </PageFrame>
  )
}

function NoRounds() {
  const say = useSay()
  return (
    <Section>
      <Empty title={say(words.none)} why={say(words.noneWhy, { days: ASSESSMENT_DAYS_AFTER })} />
    </Section>
  )
}

const nameOf = ({ scheme, grain, periodStart }: AssessmentRound) => `${scheme.id} ${grain} ${periodStart}`

function Rounds({ rounds }: { rounds: readonly AssessmentRound[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const [asked, choose] = useSearchValue('round')
  // The first that is not done, as it was when the page opened: giving the last judgement must not lead elsewhere.
  const [first] = useState(() => nameOf(rounds.find((round) => round.given < round.expected) ?? nth(rounds, 0)))
  const find = (name: string | undefined) => rounds.find((round) => nameOf(round) === name)
  const shown = find(asked) ?? find(first) ?? nth(rounds, 0)
  const { open, close } = useMarks()
  const label = (round: AssessmentRound) =>
    say(words.roundName, {
      scheme: say(round.scheme.title),
      period: periodName(round.periodStart, round.grain, language),
    }) + `${open}${round.given}/${round.expected}${close}`
  return (
    <>
      {rounds.length > 1 && (
        <div className="scope-bar">
          <label>
            {say(words.round)}
            <Select<string>
              value={nameOf(shown)}
              onChange={choose}
              options={rounds.map((round) => ({ value: nameOf(round), label: label(round) }))}
              aria-label={say(words.round)}
              style={{ minWidth: 260, maxWidth: '100%' }}
            />
          </label>
        </div>
      )}
      <Round key={nameOf(shown)} round={shown} />
    </>
  )
}

function Round({ round }: { round: AssessmentRound }) {
  const say = useSay()
  const { language } = useLanguage()
  const left = daysBetween(today(), round.closesOn)
  const done = round.given >= round.expected
  return (
    <>
      <Section className="round">
        <p>
          <strong>{say(round.scheme.title)}</strong> · {periodName(round.periodStart, round.grain, language)}
          {round.running && <span className="muted small"> · {say(words.running)}</span>}
        </p>
        <p className="small">
          {say(words.closes, { day: dayName(round.closesOn, language) })}{' '}
          {left <= SOON_DAYS && !done ? (
            <StatusMark status="orange" word={left <= 0 ? say(words.lastDay) : say(words.daysLeft, { days: left })} />
          ) : (
            <span className="muted">{left <= 0 ? say(words.lastDay) : say(words.daysLeft, { days: left })}</span>
          )}
        </p>
        <div className="row round-progress">
          <Progress
            percent={round.expected === 0 ? 0 : Math.round((100 * round.given) / round.expected)}
            showInfo={false}
            aria-label={say(words.progress, { given: round.given, expected: round.expected })}
          />
          <span className="number small">{say(words.progress, { given: round.given, expected: round.expected })}</span>
        </div>
        {done && <StatusMark status="green" word={say(words.allGiven)} />}
      </Section>
      <Units round={round} />
    </>
  )
}

const filters = ['all', 'open', 'given'] as const
type Filter = (typeof filters)[number]

function useUnits(round: AssessmentRound, filter: Filter, search: string) {
  const input = {
    scheme: round.scheme.id,
    grain: round.grain,
    periodStart: round.periodStart,
    limit: PAGE_UNITS,
    ...(filter === 'all' ? {} : { only: filter }),
    ...(search === '' ? {} : { search }),
  }
  return usePages<UnitToAssess>(evaluation.listUnitsToAssess.key({ input }), (cursor) =>
    evaluation.listUnitsToAssess.call({ ...input, ...(cursor === undefined ? {} : { cursor }) }),
  )
}

function Units({ round }: { round: AssessmentRound }) {
  const say = useSay()
  const [asked, setFilter] = useSearchValue('show')
  const filter = filters.find((one) => one === asked) ?? 'all'
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const pages = useUnits(round, filter, search)
  return (
    <>
      <div className="list-tools">
        <div className="row">
          <Segmented<Filter>
            value={filter}
            onChange={(next) => setFilter(next === 'all' ? undefined : next)}
            aria-label={say(words.filter)}
            options={filters.map((one) => ({ value: one, label: say(words[one]) }))}
          />
          {(round.units > PAGE_UNITS || typed !== '') && (
            <Input.Search
              allowClear
              placeholder={say(words.search)}
              aria-label={say(words.search)}
              onChange={(event) => setTyped(event.target.value)}
              style={{ width: 220 }}
            />
          )}
        </div>
      </div>
      <Cards pages={pages} round={round} />
    </>
  )
}

function Cards({ pages, round }: { pages: Pages<UnitToAssess>; round: AssessmentRound }) {
  const say = useSay()
  const rows = pages.data?.pages.flatMap((page) => page.rows)
  if (rows === undefined)
    return pages.error ? <ProblemNotice error={pages.error} again={() => void pages.refetch()} /> : <Waiting rows={8} />
  if (rows.length === 0) {
    return (
      <Section>
        <Empty title={say(words.nothing)} />
      </Section>
    )
  }
  return (
    <>
      <ul className="unit-cards">
        {rows.map((unit) => (
          <UnitCard key={unit.entity.key} unit={unit} round={round} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className="list-end">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {say(floorWords.list.more)}
          </Button>
        </div>
      )}
    </>
  )
}
