/** One calendar: its hours, special days and month, and the versions it has had. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { ChineseHolidayYear, OpeningCalendar } from '#organisation/contract'
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
      <Editor calendar={undefined} version={undefined} />
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
        {(one) => {
          const newest = one.versions.at(-1)?.version
          const version = one.versions.find((each) => String(each.version) === asked)?.version ?? newest
          return <Editor key={`${version} ${newest}`} calendar={one} version={version} />
        }}
      </Loaded>
    </PageFrame>
  )
}

function Editor({ calendar, version }: { calendar: OpeningCalendar | undefined; version: number | undefined }) {
  const say = useSay()
  const { language } = useLanguage()
  const may = useMay('calendars.edit')
  const newest = calendar?.versions.at(-1)
  const disabled = !may || version !== newest?.version
  const touched = useLeaveGuard()
  // Read once: news of other people's changes must not overwrite what is being typed.
  const [writing, write] = useState(() => writingOf(calendar, version, today()))
  const holidays = useQuery(organisation.chineseHolidays.queryOptions())
  const settings = useQuery(organisation.readPeriodSettings.queryOptions())
  const change = (part: Partial<Writing>) => {
    touched(true)
    write((before) => ({ ...before, ...part }))
  }
  const known: readonly ChineseHolidayYear[] = holidays.data ?? []
  return (
    <>
      {calendar && newest && version !== newest.version && <ReadOnly id={calendar.id} version={version ?? 0} />}
      {newest && !may && version === newest.version && (
        <p className="muted" style={{ marginBottom: 12 }}>
          {say(words.shownFrom, { version: newest.version, day: dayName(newest.effectiveFrom, language) })}
        </p>
      )}
      {!disabled && <CalendarBasics writing={writing} newest={newest} onChange={change} />}
      <div className="columns">
        <div className="narrow">
          <WeekHours hours={writing.hours} disabled={disabled} onChange={(hours) => change(withWeek(writing, hours))} />
        </div>
        <div className="wide">
          <MonthView
            versions={shownVersions(calendar, writing, { version, disabled })}
            weekStart={settings.data?.weekStart ?? 1}
          />
        </div>
      </div>
      <SpecialDays writing={writing} known={known} disabled={disabled} onChange={(special) => change({ special })} />
      {!disabled && <SaveBar writing={writing} basedOn={newest?.version ?? 0} saved={() => touched(false)} />}
      {calendar && <VersionList calendar={calendar} />}
    </>
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

function SaveBar({ writing, basedOn, saved }: { writing: Writing; basedOn: number; saved: () => void }) {
  const say = useSay()
  const go = useGo()
  const save = useAct(organisation.saveCalendar.call, {
    quiet: true,
    done: words.saved,
    refresh: ['organisation'],
    onDone: (answer) => {
      saved()
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
