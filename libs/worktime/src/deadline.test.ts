import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Calendar } from './calendar.ts'
import { openDeadline, openMinutesBetween } from './deadline.ts'
import { openSpans } from './instants.ts'

const office = [
  { openMinute: 540, closeMinute: 720 },
  { openMinute: 780, closeMinute: 1080 },
]
const calendar: Calendar = {
  timeZone: 'Asia/Shanghai',
  weekdays: [office, office, office, office, office, [], []],
  overrides: [{ day: '2026-10-01', kind: 'holiday', intervals: [], name: { zh: '国庆节', en: 'National Day' } }],
}
const spans = Array.from({ length: 40 }, (_unused, index) =>
  openSpans(calendar, Temporal.PlainDate.from('2026-09-21').add({ days: index }).toString()),
).flat()
const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Asia/Shanghai').toInstant()
const local = (instant: Temporal.Instant | null) =>
  instant?.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString()

describe('deadlines in opening hours', () => {
  const cases: [string, string, number, string][] = [
    ['within the morning', '2026-09-21T09:30', 60, '2026-09-21T10:30:00'],
    ['over lunch', '2026-09-21T11:30', 60, '2026-09-21T13:30:00'],
    ['just at closing', '2026-09-21T11:00', 60, '2026-09-21T12:00:00'],
    ['begun at night', '2026-09-21T22:00', 30, '2026-09-22T09:30:00'],
    ['over the weekend', '2026-09-25T17:00', 120, '2026-09-28T10:00:00'],
    ['over a holiday', '2026-09-30T17:00', 120, '2026-10-02T10:00:00'],
    ['a day of eight hours', '2026-09-21T09:00', 480, '2026-09-21T18:00:00'],
    ['nothing asked', '2026-09-21T07:00', 0, '2026-09-21T09:00:00'],
  ]
  test.each(cases)('%s', (_name, from, minutes, due) => {
    expect(local(openDeadline(spans, at(from), minutes))).toBe(due)
  })
  test('beyond the spans there is none; nonsense is refused', () => {
    expect(openDeadline(spans, at('2026-09-21T09:00'), 1e6)).toBeNull()
    expect(openDeadline([], at('2026-09-21T09:00'), 0)).toBeNull()
    for (const minutes of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => openDeadline(spans, at('2026-09-21T09:00'), minutes)).toThrow(/minutes/)
  })
  test('between begin and deadline lies just the open time asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 3000 }), (after, minutes) => {
        const from = at('2026-09-21T00:00').add({ minutes: after })
        const due = openDeadline(spans, from, minutes)!
        expect(openMinutesBetween(spans, from, due)).toBeCloseTo(minutes, 9)
      }),
    )
  })
})
