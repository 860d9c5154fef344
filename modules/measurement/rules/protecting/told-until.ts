/** How far a period that runs is told: only by what is over, so that nobody learns of today by asking again tomorrow for a longer period. */
import type { SeriesGrain } from '../../contract/grain.ts'
import type { Running, Span } from './time-tree.ts'

const UP_TO: Readonly<Partial<Record<SeriesGrain, keyof Running>>> = {
  day: 'today',
  week: 'today',
  month: 'part',
  'retail-month': 'week',
  'retail-quarter': 'week',
  'retail-year': 'week',
}

/** The days of a period that are told; null where none are yet, and for hours and minutes, which say who was there. */
export function toldDays(grain: SeriesGrain, [from, until]: Span, running: Running): Span | null {
  if (grain === 'minute' || grain === 'hour') return null
  if (until <= running.today) return [from, until]
  const end = Math.min(until, running[UP_TO[grain] ?? 'month'])
  return from < end ? [from, end] : null
}
