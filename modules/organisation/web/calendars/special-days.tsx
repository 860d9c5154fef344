/** Days that differ from their weekday: public holidays, make-up workdays, special hours; a year at a time. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Input, Select } from 'antd'
import type { ChineseHolidayYear } from '#organisation/contract'
import { dayName, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { Day } from '#platform/web/parts/when.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { withHolidays } from '../../rules/calendars.ts'
import { calendarWords } from '../../words/calendars.ts'
import { contentOf, isTwice, type SpecialDay, specialOf, type Writing } from './calendar-draft.ts'
import { HoursField } from './hours-field.tsx'
import './calendars.css'

const words = calendarWords.special
const KINDS = ['holiday', 'make-up-workday', 'special'] as const

interface Props {
  readonly writing: Writing
  readonly known: readonly ChineseHolidayYear[]
  readonly disabled: boolean
  readonly onChange: (special: readonly SpecialDay[]) => void
}

const yearOf = (day: string) => Number(day.slice(0, 4))

/** The years to choose from: those with special days, those known, this one and the next. */
function yearsOf({ writing, known }: Props): number[] {
  const now = yearOf(today())
  const days = writing.special.filter((one) => one.day !== '').map((one) => yearOf(one.day))
  return [...new Set([...days, ...known.map((one) => one.year), now, now + 1])].toSorted((one, other) => one - other)
}

export function SpecialDays(props: Props) {
  const { writing, disabled, onChange } = props
  const say = useSay()
  const [chosen, choose] = useSearchValue('year')
  const year = Number(chosen ?? today().slice(0, 4))
  const years = yearsOf(props)
  const shown = writing.special
    .filter((one) => one.day === '' || yearOf(one.day) === year)
    .toSorted((one, other) => (one.day || '9999').localeCompare(other.day || '9999'))
  const change = (key: number, part: Partial<SpecialDay>) =>
    onChange(writing.special.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const add = () => {
    const key = Math.max(-1, ...writing.special.map((one) => one.key)) + 1
    onChange([...writing.special, { key, day: '', kind: 'special', hours: '', name: words.newName }])
  }
  return (
    <Section title={say(words.title)} lead={say(words.lead)}>
      <div className="row" style={{ marginBottom: 12 }}>
        <Select
          aria-label={say(words.year)}
          value={year}
          style={{ minWidth: 110 }}
          onChange={(next: number) => choose(String(next))}
          options={years.map((one) => ({ value: one, label: say(words.yearOf, { year: `${one}` }) }))}
        />
        <Import {...props} year={year} />
        {!disabled && (
          <Button icon={<PlusOutlined />} onClick={add}>
            {say(words.add)}
          </Button>
        )}
      </div>
      {shown.length === 0 && <p className="muted">{say(words.none, { year: `${year}` })}</p>}
      <ul className="calendar-special">
        {shown.map((one) =>
          disabled ? (
            <ReadRow key={one.key} row={one} />
          ) : (
            <SpecialRow
              key={one.key}
              row={one}
              twice={isTwice(writing.special, one.day)}
              onChange={(part) => change(one.key, part)}
              onRemove={() => onChange(writing.special.filter((other) => other.key !== one.key))}
            />
          ),
        )}
      </ul>
    </Section>
  )
}

/** The button that brings a year's holidays, or the sentence that nobody knows them. */
function Import({ writing, known, disabled, year, onChange }: Props & { year: number }) {
  const say = useSay()
  const { message } = App.useApp()
  const found = known.find((one) => one.year === year)
  if (disabled) return null
  if (!found) {
    const years = known.map((one) => one.year).join(', ')
    return <span className="calendar-unknown">{say(words.notKnown, { year: `${year}`, years })}</span>
  }
  const take = () => {
    const unfinished = writing.special.filter((one) => one.day === '')
    const special = specialOf(withHolidays(contentOf(writing), found.days).overrides)
    onChange([...special, ...unfinished.map((one, index) => ({ ...one, key: special.length + index }))])
    void message.success(say(words.imported, { year: `${year}`, notice: found.notice }))
  }
  return <Button onClick={take}>{say(words.import, { year: `${year}` })}</Button>
}

interface RowProps {
  readonly row: SpecialDay
  readonly twice: boolean
  readonly onChange: (part: Partial<SpecialDay>) => void
  readonly onRemove: () => void
}

function SpecialRow({ row, twice, onChange, onRemove }: RowProps) {
  const say = useSay()
  const { language } = useLanguage()
  const rename = (text: string) => {
    const other = language === 'zh' ? 'en' : 'zh'
    const fresh = row.name === words.newName || row.name[other] === row.name[language]
    onChange({ name: fresh ? { zh: text, en: text } : { ...row.name, [language]: text } })
  }
  const called = row.day === '' ? say(row.name) : dayName(row.day, language)
  const wrong = row.day === '' ? words.noDay : twice ? words.twice : undefined
  return (
    <li data-kind={row.kind}>
      <span className="calendar-hours">
        <DayInput value={row.day} aria-label={say(words.day)} onChange={(day) => onChange({ day })} />
        {wrong && (
          <span className="calendar-problem" role="alert">
            {say(wrong)}
          </span>
        )}
      </span>
      <Select
        aria-label={say(words.kind)}
        value={row.kind}
        options={KINDS.map((kind) => ({ value: kind, label: say(words.kinds[kind]) }))}
        onChange={(kind: SpecialDay['kind']) => onChange({ kind })}
      />
      <HoursField
        value={row.hours}
        disabled={false}
        label={say(calendarWords.hours.of, { day: called })}
        onChange={(hours) => onChange({ hours })}
      />
      <Input
        aria-label={say(words.name)}
        value={say(row.name)}
        maxLength={100}
        onChange={(event) => rename(event.target.value)}
        onBlur={() => row.name[language].trim() === '' && onChange({ name: words.kinds[row.kind] })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={say(words.remove, { day: called })}
        onClick={onRemove}
      />
    </li>
  )
}

function ReadRow({ row }: { row: SpecialDay }) {
  const say = useSay()
  return (
    <li data-kind={row.kind}>
      <Day day={row.day} />
      <span>{say(words.kinds[row.kind])}</span>
      <span className="number">{row.hours === '' ? say(calendarWords.hours.closed) : row.hours}</span>
      <span>{say(row.name)}</span>
    </li>
  )
}
