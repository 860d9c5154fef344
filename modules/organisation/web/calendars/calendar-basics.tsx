/** Name, id and the first day of the version being written. */
import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { CalendarVersion } from '#organisation/contract'
import { today } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { calendarWords } from '../../words/calendars.ts'
import type { Writing } from './calendar-draft.ts'

const words = calendarWords.edit

interface Props {
  readonly writing: Writing
  readonly newest: CalendarVersion | undefined
  readonly onChange: (part: Partial<Writing>) => void
}

export function CalendarBasics({ writing, newest, onChange }: Props) {
  const say = useSay()
  return (
    <Section title={say(words.basics)}>
      <div className="calendar-basics">
        <Field id="calendar-name-zh" label={say(words.nameZh)}>
          <Input
            id="calendar-name-zh"
            value={writing.nameZh}
            maxLength={200}
            required
            onChange={(event) => onChange({ nameZh: event.target.value })}
          />
        </Field>
        <Field id="calendar-name-en" label={say(words.nameEn)}>
          <Input
            id="calendar-name-en"
            value={writing.nameEn}
            maxLength={200}
            onChange={(event) => onChange({ nameEn: event.target.value })}
          />
        </Field>
        <Field id="calendar-id" label={say(words.id)} hint={say(words.idWhy)}>
          <Input
            id="calendar-id"
            value={writing.id}
            maxLength={60}
            required
            disabled={newest !== undefined}
            onChange={(event) => onChange({ id: event.target.value.toLowerCase() })}
          />
        </Field>
        <Field id="calendar-from" label={say(words.effectiveFrom)} hint={<DayHint writing={writing} newest={newest} />}>
          <DayInput
            id="calendar-from"
            value={writing.effectiveFrom}
            min={newest?.effectiveFrom}
            onChange={(effectiveFrom) => onChange({ effectiveFrom })}
          />
        </Field>
      </div>
    </Section>
  )
}

function DayHint({ writing: { effectiveFrom }, newest }: Omit<Props, 'onChange'>) {
  const say = useSay()
  if (effectiveFrom === '') return <span className="calendar-problem">{say(words.needDay)}</span>
  if (newest === undefined) return say(words.firstVersion)
  const corrects = effectiveFrom === newest.effectiveFrom ? say(words.corrects, { version: newest.version }) : ''
  return `${corrects} ${effectiveFrom < today() ? say(words.past) : ''}`
}

function Field({ id, label, hint, children }: { id: string; label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="calendar-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <p className="muted small">{hint}</p>}
    </div>
  )
}
