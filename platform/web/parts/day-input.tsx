/**
 * A calendar day as text YYYY-MM-DD. The browser's own date field does the work (light, at home on a phone); at rest the day is
 * written in the reader's language, because the browser writes it in its own.
 */
import { CalendarOutlined } from '@ant-design/icons'
import { dayName } from '../calendar.ts'
import { useLanguage } from '../language.tsx'
import './day-input.css'

export function DayInput(props: {
  value?: string | null | undefined
  onChange?: (day: string) => void
  id?: string
  min?: string | undefined
  max?: string | undefined
  disabled?: boolean
  'aria-label'?: string
}) {
  const { language } = useLanguage()
  return (
    <span className="day-input">
      <input
        type="date"
        {...(props.id ? { id: props.id } : {})}
        value={props.value ?? ''}
        onChange={(event) => props.onChange?.(event.target.value)}
        onClick={(event) => event.currentTarget.showPicker?.()}
        disabled={props.disabled ?? false}
        aria-label={props['aria-label']}
        {...(props.min ? { min: props.min } : {})}
        {...(props.max ? { max: props.max } : {})}
      />
      <span className="day-text" aria-hidden="true">
        {props.value ? dayName(props.value, language) : ''}
        <CalendarOutlined />
      </span>
    </span>
  )
}
