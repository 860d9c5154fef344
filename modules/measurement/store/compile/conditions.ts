/** Conditions of a definition as SQL over a row called `event`. */
import { must } from '#platform/refusal'
import type { Condition } from '../../contract/definition.ts'
import type { Bag } from './parameter-bag.ts'

/** Working time of each day of a span, as the compiler wants it: the days' patterns, and each pattern's intervals side by side. */
export interface OpenHours {
  readonly timeZone: string
  /** Days since 1970-01-01 of the first day. */
  readonly firstDay: number
  /** For each day the number of its pattern, from 1. */
  readonly patternOfDay: readonly number[]
  /** Intervals of a pattern; shorter ones are filled up with empty intervals. */
  readonly intervalsPerPattern: number
  /** Minutes of the day, pattern after pattern. */
  readonly opens: readonly number[]
  readonly closes: readonly number[]
}
export type Calendars = ReadonlyMap<string, OpenHours>

export function compileCondition(bag: Bag, condition: Condition, calendars: Calendars): string {
  switch (condition.operator) {
    case 'is':
      return `${attributeOf(bag, condition.attribute)} = ${bag('String', condition.value)}`
    case 'is-not':
      return `${attributeOf(bag, condition.attribute)} != ${bag('String', condition.value)}`
    case 'in':
      return `${attributeOf(bag, condition.attribute)} IN ${bag('Array(String)', condition.values)}`
    case 'not-in':
      return `${attributeOf(bag, condition.attribute)} NOT IN ${bag('Array(String)', condition.values)}`
    case 'given':
      return `notEmpty(${attributeOf(bag, condition.attribute)})`
    case 'not-given':
      return `empty(${attributeOf(bag, condition.attribute)})`
    case 'at-least':
      return compare(bag, condition, '>=')
    case 'more-than':
      return compare(bag, condition, '>')
    case 'at-most':
      return compare(bag, condition, '<=')
    case 'less-than':
      return compare(bag, condition, '<')
    case 'open':
      return compileOpen(bag, calendars.get(condition.calendar))
    case 'closed':
      return `NOT (${compileOpen(bag, calendars.get(condition.calendar))})`
  }
}

const attributeOf = (bag: Bag, name: string) => `event.attributes[${bag('String', name)}]`

/** A value that is not carried fulfils nothing, whatever a missing key reads as. */
function compare(bag: Bag, { value, limit }: { value: string; limit: number }, sign: string): string {
  const name = bag('String', value)
  return `(mapContains(event.values, ${name}) AND event.values[${name}] ${sign} ${bag('Float64', limit)})`
}

/** The day's pattern, then whether the minute of the day lies in one of its intervals. Days outside the span are closed. */
function compileOpen(bag: Bag, hours: OpenHours | undefined): string {
  must(hours !== undefined, 'every calendar a definition names was read')
  const zone = bag('String', hours.timeZone)
  const day = `toInt32(toDate(event.occurred_at, ${zone})) - ${bag('Int32', hours.firstDay)} + 1`
  const pattern = `toInt32(${bag('Array(UInt16)', hours.patternOfDay)}[${day}])`
  const minute = `(toHour(event.occurred_at, ${zone}) * 60 + toMinute(event.occurred_at, ${zone}))`
  const [opens, closes] = [bag('Array(UInt16)', hours.opens), bag('Array(UInt16)', hours.closes)]
  const width = bag('Int32', hours.intervalsPerPattern)
  const within = Array.from({ length: hours.intervalsPerPattern }, (_unused, index) => {
    const place = `(${pattern} - 1) * ${width} + ${index + 1}`
    return `(${minute} >= ${opens}[${place}] AND ${minute} < ${closes}[${place}])`
  })
  return `(${pattern} > 0 AND (${within.join(' OR ')}))`
}
