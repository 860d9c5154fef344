/** Hours of a day in one text field: typed or pasted, read at once, put in order on leaving. */
import { Input } from 'antd'
import { useId } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { hoursProblem, readHours, writeHours } from '../../rules/hours.ts'
import { calendarWords } from '../../words/calendars.ts'

const words = calendarWords.hours

export function HoursField({
  value,
  onChange,
  label,
  disabled,
}: {
  value: string
  onChange: (text: string) => void
  label: string
  disabled: boolean
}) {
  const say = useSay()
  const id = useId()
  const problem = hoursProblem(value)
  const tidy = () => {
    const read = readHours(value)
    if (read && problem === null && writeHours(read) !== value) onChange(writeHours(read))
  }
  if (disabled) return <span className="number">{value === '' ? say(words.closed) : value}</span>
  return (
    <span className="calendar-hours">
      <Input
        value={value}
        placeholder={say(words.closed)}
        aria-label={label}
        aria-invalid={problem !== null}
        {...(problem ? { status: 'error' as const, 'aria-describedby': id } : {})}
        onChange={(event) => onChange(event.target.value)}
        onBlur={tidy}
      />
      {problem && (
        <span id={id} className="calendar-problem" role="alert">
          {say(words.problem[problem])}
        </span>
      )}
    </span>
  )
}
