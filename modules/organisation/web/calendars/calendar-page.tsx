/** One calendar: its hours, special days and month, and the versions it has had. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { CalendarVersion, ChineseHolidayYear, OpeningCalendar } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { dayName, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useLeaveGuard } from '#platform/web/page/leave-guard.ts'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { Go, useGo, useParam, useSearchValue } from '#platform/web/router.tsx'
import { organisation, useMay } from '#platform/web/session.ts'
import { calendarWords } from '../../words/calendars.ts'
import { draftOf, obstacleOf, shownVersions, type Writing, withWeek, writingOf } from './calendar-draft.ts'
import { CalendarBasics } from './calendar-basics.tsx'
import { MonthView } from './month-view.tsx'
import { SpecialDays } from './special-days.tsx'
import { VersionList } from './version-list.tsx'
import { WeekHours } from './week-hours.tsx'

const words = calendarWords.edit
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/

export function NewCalendarPage() {
  const say = useSay()
  const crumbs = [{ title: say(calendarWords.title), to: '/admin/calendars' }]
  return (
    <PageFrame title={say(words.newTitle)} lead={say(words.lead)} crumbs={crumbs} may="calendars.edit">
      <Editor calendar={undefined} asked={undefined} />
    </PageFrame>
  )
}

export function CalendarPage() {
  const say = useSay()
  const id = useParam('id')
  const [asked] = useSearchValue('version')
  const calendar = useQuery(organisation.readCalendar.queryOptions({ input: { id } }))
  const crumbs = [{ title: say(calendarWords.title), to: '/admin/calendars' }]
  const title = calendar.data ? say(calendar.data.name) : id
  return (
    <PageFrame title={title} lead={say(words.lead)} crumbs={crumbs} may="entities.read">
      <Loaded query={calendar} waiting={<Waiting rows={8} />}>
        {(one) => <Editor key={`${id} ${asked ?? 'newest'}`} calendar={one} asked={asked} />}
      </Loaded>
    </PageFrame>
  )
}

/** The calendar as it was when writing began: news of other people's changes must not overwrite what is being typed. */
function useWriting(calendar: OpeningCalendar | undefined, asked: string | undefined) {
  const touched = useLeaveGuard()
  const begin = (base: OpeningCalendar | undefined) => {
    const newest = base?.versions.at(-1)
    const version = base?.versions.find((one) => String(one.version) === asked)?.version ?? newest?.version
    return { base, newest, version, writing: writingOf(base, version, today()) }
  }
  const [state, set] = useState(() => begin(calendar))
  return {
    ...state,
    change: (part: Partial<Writing>) => {
      touched(true)
      set((before) => ({ ...before, writing: { ...before.writing, ...part } }))
    },
    beginAgain: (base: OpeningCalendar | undefined) => {
      touched(false)
      set(begin(base))
    },
  }
}

function Editor({ calendar, asked }: { calendar: OpeningCalendar | undefined; asked: string | undefined }) {
  const may = useMay('calendars.edit')
  const { base, newest, version, writing, change, beginAgain } = useWriting(calendar, asked)
  const disabled = !may || version !== newest?.version
  const holidays = useQuery(organisation.chineseHolidays.queryOptions())
  const settings = useQuery(organisation.readPeriodSettings.queryOptions())
  const known: readonly ChineseHolidayYear[] = holidays.data ?? []
  const overtaken = calendar && newest && calendar.versions.at(-1)!.version > newest.version
  return (
    <>
      {overtaken && <Overtaken calendar={calendar} take={() => beginAgain(calendar)} />}
      {base && newest && <Reading base={base} newest={newest} version={version ?? 0} may={may} />}
      {!disabled && <CalendarBasics writing={writing} newest={newest} onChange={change} />}
      <div className="columns">
        <div className="narrow">
          <WeekHours hours={writing.hours} disabled={disabled} onChange={(hours) => change(withWeek(writing, hours))} />
        </div>
        <div className="wide">
          <MonthView
            versions={shownVersions(base, writing, { version, disabled })}
            weekStart={settings.data?.weekStart ?? 1}
          />
        </div>
      </div>
      <SpecialDays writing={writing} known={known} disabled={disabled} onChange={(special) => change({ special })} />
      {!disabled && <SaveBar writing={writing} basedOn={newest?.version ?? 0} saved={beginAgain} />}
      {calendar && <VersionList calendar={calendar} />}
    </>
  )
}

function Overtaken({ calendar, take }: { calendar: OpeningCalendar; take: () => void }) {
  const say = useSay()
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={say(words.overtaken, { version: calendar.versions.at(-1)!.version })}
      action={<Button onClick={take}>{say(words.takeOver)}</Button>}
    />
  )
}

/** Which version is read, where nothing can be written. */
function Reading(props: { base: OpeningCalendar; newest: CalendarVersion; version: number; may: boolean }) {
  const { base, newest, version, may } = props
  const say = useSay()
  const { language } = useLanguage()
  if (version !== newest.version) return <ReadOnly id={base.id} version={version} />
  if (may) return null
  return (
    <p className="muted" style={{ marginBottom: 12 }}>
      {say(words.shownFrom, { version, day: dayName(newest.effectiveFrom, language) })}
    </p>
  )
}

function ReadOnly({ id, version }: { id: string; version: number }) {
  const say = useSay()
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={say(words.readOnly, { version })}
      action={<Go to={`/admin/calendars/${id}`}>{say(words.backToNewest)}</Go>}
    />
  )
}

function SaveBar({
  writing,
  basedOn,
  saved,
}: {
  writing: Writing
  basedOn: number
  saved: (calendar: OpeningCalendar) => void
}) {
  const say = useSay()
  const go = useGo()
  const save = useAct(organisation.saveCalendar.call, {
    quiet: true,
    done: words.saved,
    refresh: ['organisation'],
    onDone: (answer) => {
      saved(answer)
      go(`/admin/calendars/${answer.id}`)
    },
  })
  const obstacle = obstacleOf(writing)
  const named = writing.nameZh.trim() !== '' && ID.test(writing.id.trim()) && writing.effectiveFrom !== ''
  return (
    <div className="calendar-save">
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="row">
        <Button
          type="primary"
          loading={save.busy}
          disabled={obstacle !== null || !named}
          onClick={() => save.run(draftOf(writing, basedOn))}
        >
          {say(words.save)}
        </Button>
        <Button onClick={() => go('/admin/calendars')}>{say(floorWords.act.cancel)}</Button>
        {obstacle !== null && <span className="calendar-problem">{say(words[obstacle])}</span>}
        {obstacle === null && !named && <span className="muted">{say(words.needName)}</span>}
      </div>
    </div>
  )
}
