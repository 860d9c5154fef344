/** The hours of a week, one line for each day. */
import { Button } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { hoursProblem, readHours } from '../../rules/hours.ts'
import { calendarWords } from '../../words/calendars.ts'
import { HoursField } from './hours-field.tsx'
import './calendars.css'

const words = calendarWords.hours
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const
const MINUTES_OF_HOUR = 60

const openHours = (text: string): number =>
  hoursProblem(text) === null
    ? (readHours(text) ?? []).reduce((sum, one) => sum + one.closeMinute - one.openMinute, 0) / MINUTES_OF_HOUR
    : 0

export function WeekHours({
  hours,
  disabled,
  onChange,
}: {
  hours: readonly string[]
  disabled: boolean
  onChange: (hours: readonly string[]) => void
}) {
  const say = useSay()
  const copy = () => onChange(hours.map((text, index) => (index < 5 ? (hours[0] ?? '') : text)))
  const sum = hours.reduce((total, text) => total + openHours(text), 0)
  return (
    <Section
      title={say(words.title)}
      lead={disabled ? undefined : say(words.lead)}
      actions={
        !disabled && (
          <Button size="small" onClick={copy}>
            {say(words.copy)}
          </Button>
        )
      }
    >
      <ul className="calendar-week">
        {DAYS.map((day, index) => {
          const name = say(calendarWords.weekdays[day])
          const text = hours[index] ?? ''
          const open = openHours(text)
          return (
            <li key={day}>
              <span className="calendar-weekday">{name}</span>
              <HoursField
                value={text}
                disabled={disabled}
                label={say(words.of, { day: name })}
                onChange={(next) => onChange(hours.with(index, next))}
              />
              <span className="muted small number">{open === 0 ? '' : say(words.total, { hours: open })}</span>
            </li>
          )
        })}
      </ul>
      <p className="muted small">{say(words.weekTotal, { hours: sum })}</p>
    </Section>
  )
}
