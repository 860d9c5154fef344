/** Hours as people type them: `9-12, 13:30–17:30`. Forgiving on the way in, one form on the way out. */
import type { Interval } from '#worktime/calendar'
import { type CalendarRule, checkCalendar } from '#worktime/check-calendar'

const MINUTES_OF_HOUR = 60
const MINUTES_OF_DAY = 1440
const DASHES = /\s*[-–—－~～至到]\s*/g
const WHOLE_DAY = /^(24\s*小时|全天|24\s*h(ours)?|all day)$/i
const CLOSED = /^(休息|关闭|不营业|closed)$/i
const RANGE = /^(\d{1,2})(?::?(\d{2}))?-(\d{1,2})(?::?(\d{2}))?$/

const minuteOf = (hour: string, minute: string | undefined): number | null => {
  const minutes = Number(minute ?? 0)
  const total = Number(hour) * MINUTES_OF_HOUR + minutes
  return minutes < MINUTES_OF_HOUR && total <= MINUTES_OF_DAY ? total : null
}

/** The intervals a text means, in order; an empty text is closed; null when it means no hours. */
export function readHours(text: string): Interval[] | null {
  const plain = text.normalize('NFKC').trim()
  if (plain === '' || CLOSED.test(plain)) return []
  if (WHOLE_DAY.test(plain)) return [{ openMinute: 0, closeMinute: MINUTES_OF_DAY }]
  const intervals: Interval[] = []
  for (const part of plain.replaceAll(DASHES, '-').split(/[\s,;、]+/)) {
    if (part === '') continue
    const [, fromHour, fromMinute, toHour, toMinute] = RANGE.exec(part) ?? []
    if (fromHour === undefined || toHour === undefined) return null
    const [openMinute, closeMinute] = [minuteOf(fromHour, fromMinute), minuteOf(toHour, toMinute)]
    if (openMinute === null || closeMinute === null) return null
    intervals.push({ openMinute, closeMinute })
  }
  return intervals.toSorted((one, other) => one.openMinute - other.openMinute)
}

const clock = (minute: number): string =>
  [Math.floor(minute / MINUTES_OF_HOUR), minute % MINUTES_OF_HOUR]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')

/** `09:00–12:00, 13:30–17:30`; an empty text for closed. */
export const writeHours = (intervals: readonly Interval[]): string =>
  intervals.map(({ openMinute, closeMinute }) => `${clock(openMinute)}–${clock(closeMinute)}`).join(', ')

export type HoursProblem = 'unreadable' | Extract<CalendarRule, 'open-before-close' | 'overlap'>

/** What is wrong with hours as typed; null when they can be used. */
export function hoursProblem(text: string): HoursProblem | null {
  const intervals = readHours(text)
  if (intervals === null) return 'unreadable'
  const rules = checkCalendar({ weekdays: [intervals], overrides: [] }).map((issue) => issue.rule)
  return (['open-before-close', 'overlap'] as const).find((rule) => rules.includes(rule)) ?? null
}
