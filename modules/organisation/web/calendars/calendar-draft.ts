/** A calendar while it is being written: hours stay as typed until they are saved. */
import type { CalendarContent, CalendarDraft, CalendarOverride, OpeningCalendar } from '#organisation/contract'
import { type DatedContent, usualHours } from '../../rules/calendars.ts'
import { hoursProblem, readHours, writeHours } from '../../rules/hours.ts'

export interface SpecialDay {
  /** Only to tell rows apart on the screen. */
  readonly key: number
  readonly day: string
  readonly kind: CalendarOverride['kind']
  readonly hours: string
  readonly name: CalendarOverride['name']
}

export interface Writing {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly effectiveFrom: string
  /** Monday to Sunday. */
  readonly hours: readonly string[]
  readonly special: readonly SpecialDay[]
}

const OFFICE_DAY = '09:00–17:30'

export const specialOf = (overrides: readonly CalendarOverride[]): SpecialDay[] =>
  overrides.map((one, index) => ({
    key: index,
    day: one.day,
    kind: one.kind,
    hours: writeHours(one.intervals),
    name: one.name,
  }))

/** What an editor begins with: a version, or an ordinary office week. */
export function writingOf(calendar: OpeningCalendar | undefined, version: number | undefined, today: string): Writing {
  const shown = calendar?.versions.find((one) => one.version === version) ?? calendar?.versions.at(-1)
  if (!calendar || !shown) {
    const hours = [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? OFFICE_DAY : ''))
    return { id: '', nameZh: '', nameEn: '', effectiveFrom: `${today.slice(0, 4)}-01-01`, hours, special: [] }
  }
  return {
    id: calendar.id,
    nameZh: calendar.name.zh,
    nameEn: calendar.name.en === calendar.name.zh ? '' : calendar.name.en,
    effectiveFrom: shown.effectiveFrom > today ? shown.effectiveFrom : today,
    hours: shown.content.weekdays.map(writeHours),
    special: specialOf(shown.content.overrides),
  }
}

/** The content as far as it can be read: hours that cannot count as closed until they are mended. */
export function contentOf({ hours, special }: Pick<Writing, 'hours' | 'special'>): CalendarContent {
  const read = (text: string) => (hoursProblem(text) === null ? [...(readHours(text) ?? [])] : [])
  return {
    weekdays: hours.map(read),
    overrides: special
      .filter((one) => one.day !== '')
      .map((one) => ({ day: one.day, kind: one.kind, intervals: read(one.hours), name: one.name }))
      .toSorted((one, other) => one.day.localeCompare(other.day)),
  }
}

export const isTwice = (special: readonly SpecialDay[], day: string): boolean =>
  special.filter((one) => one.day === day).length > 1

/** What keeps a calendar from being saved; null when nothing does. */
export function obstacleOf({ hours, special }: Writing): 'fix' | 'never' | null {
  const typed = [...hours, ...special.map((one) => one.hours)]
  if (typed.some((text) => hoursProblem(text) !== null)) return 'fix'
  if (special.some((one) => one.day === '' || isTwice(special, one.day))) return 'fix'
  return typed.every((text) => readHours(text)?.length === 0) ? 'never' : null
}

export const draftOf = (writing: Writing, basedOn: number): CalendarDraft => ({
  id: writing.id.trim(),
  name: { zh: writing.nameZh.trim(), en: writing.nameEn.trim() || writing.nameZh.trim() },
  effectiveFrom: writing.effectiveFrom,
  basedOn,
  content: contentOf(writing),
})

/** Other hours of the week: make-up workdays that had the hours of an ordinary day go along, those with hours of their own stay. */
export function withWeek(writing: Writing, hours: readonly string[]): Pick<Writing, 'hours' | 'special'> {
  const usual = (of: readonly string[]) => writeHours(usualHours(contentOf({ hours: of, special: [] }).weekdays))
  const [before, after] = [usual(writing.hours), usual(hours)]
  const follows = (one: SpecialDay) => one.kind === 'make-up-workday' && one.hours === before && after !== ''
  return { hours, special: writing.special.map((one) => (follows(one) ? { ...one, hours: after } : one)) }
}

/**
 * What the month shows: all versions with the one being written as the newest, so that its first day is seen; all versions as they are where
 * nothing is written; an older version alone where it is looked at.
 */
export function shownVersions(
  calendar: OpeningCalendar | undefined,
  writing: Writing,
  { version, disabled }: { version: number | undefined; disabled: boolean },
): DatedContent[] {
  const kept = calendar?.versions ?? []
  const newest = kept.at(-1)?.version ?? 0
  if (version !== undefined && version !== newest) return kept.filter((one) => one.version === version)
  if (disabled) return kept
  return [...kept, { version: newest + 1, effectiveFrom: writing.effectiveFrom, content: contentOf(writing) }]
}
