/** A month as the calendar has it: each day with a word, its hours and a colour. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { addMonths, dayName, periodName, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { type DatedContent, monthDays } from '../../rules/calendars.ts'
import { writeHours } from '../../rules/hours.ts'
import { calendarWords } from '../../words/calendars.ts'
import './calendars.css'

const words = calendarWords.month
const WEEK = 7

type Day = ReturnType<typeof monthDays>[number]

const markOf = (day: Day) => {
  if (day.kind !== 'pattern') return day.kind
  return day.intervals.length > 0 ? 'open' : 'closed'
}

export function MonthView({ versions, weekStart }: { versions: readonly DatedContent[]; weekStart: number }) {
  const say = useSay()
  const { language } = useLanguage()
  const [chosen, choose] = useSearchValue('month')
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(chosen ?? '') ? chosen! : today().slice(0, 7)
  const step = (count: number) => choose(addMonths(`${month}-01`, count).slice(0, 7))
  const days = monthDays(versions, month, weekStart)
  const weeks = Array.from({ length: days.length / WEEK }, (_, week) => days.slice(week * WEEK, (week + 1) * WEEK))
  const heads = Array.from({ length: WEEK }, (_, index) => (((weekStart - 1 + index) % WEEK) + 1) as 1)
  return (
    <Section
      title={`${say(words.title)} · ${periodName(`${month}-01`, 'month', language)}`}
      actions={
        <>
          <Button size="small" icon={<LeftOutlined />} aria-label={say(words.before)} onClick={() => step(-1)} />
          <Button size="small" onClick={() => choose(undefined)}>
            {say(words.today)}
          </Button>
          <Button size="small" icon={<RightOutlined />} aria-label={say(words.after)} onClick={() => step(1)} />
        </>
      }
    >
      <table className="calendar-month">
        <thead>
          <tr>
            {heads.map((day) => (
              <th key={day} scope="col">
                {say(calendarWords.weekdays[day])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((day) => (
                <MonthCell key={day.day} day={day} outside={!day.day.startsWith(month)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function MonthCell({ day, outside }: { day: Day; outside: boolean }) {
  const say = useSay()
  const { language } = useLanguage()
  const mark = markOf(day)
  const hours = writeHours(day.intervals)
  return (
    <td
      data-mark={mark}
      data-outside={outside}
      title={`${dayName(day.day, language)} · ${day.name ? say(day.name) : say(words.marks[mark])} · ${
        hours === '' ? say(words.marks.closed) : hours
      }`}
      {...(day.day === today() ? { 'aria-current': 'date' as const } : {})}
    >
      <span className="calendar-date number">{Number(day.day.slice(8))}</span>
      <span className="calendar-mark">{say(words.marks[mark])}</span>
      {day.intervals.map((one) => (
        <span key={one.openMinute} className="calendar-detail">
          {writeHours([one])}
        </span>
      ))}
    </td>
  )
}
