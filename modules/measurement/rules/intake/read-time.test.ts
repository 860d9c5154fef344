import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeReader } from './read-time.ts'

const read = (text: string, format: Parameters<typeof timeReader>[0] = 'auto', zone = 'Asia/Shanghai') => {
  const milliseconds = timeReader(format, zone)(text)
  return milliseconds === null ? null : Temporal.Instant.fromEpochMilliseconds(milliseconds).toString()
}

describe('times as files write them', () => {
  const cases: [string, string, string | null][] = [
    ['2026-03-01', 'auto', '2026-02-28T16:00:00Z'],
    ['2026-03-01 08:30', 'auto', '2026-03-01T00:30:00Z'],
    ['2026-03-01T08:30:15', 'auto', '2026-03-01T00:30:15Z'],
    ['2026-03-01T08:30:15.25Z', 'auto', '2026-03-01T08:30:15.25Z'],
    ['2026-03-01T08:30:15+05:30', 'iso', '2026-03-01T03:00:15Z'],
    ['2026-03-01 08:30:15 -0800', 'auto', '2026-03-01T16:30:15Z'],
    ['2026/3/1', 'auto', '2026-02-28T16:00:00Z'],
    ['2026.3.1 9:05', 'auto', '2026-03-01T01:05:00Z'],
    ['2026年3月1日', 'auto', '2026-02-28T16:00:00Z'],
    ['2026年3月1日 下午3:05', 'auto', '2026-03-01T07:05:00Z'],
    ['2026-03', 'auto', '2026-02-28T16:00:00Z'],
    ['20260301', 'auto', '2026-02-28T16:00:00Z'],
    ['20260301083015', 'auto', '2026-03-01T00:30:15Z'],
    ['3/14/2025 1:20', 'auto', '2025-03-13T17:20:00Z'],
    ['3/14/2025 12:05:09 AM', 'auto', '2025-03-13T16:05:09Z'],
    ['3/14/2025 12:05:09 pm', 'auto', '2025-03-14T04:05:09Z'],
    ['14/3/2025', 'auto', null],
    ['14/3/2025', 'day-month-year', '2025-03-13T16:00:00Z'],
    ['3/4/2025', 'day-month-year', '2025-04-02T16:00:00Z'],
    ['3/4/2025', 'month-day-year', '2025-03-03T16:00:00Z'],
    ['2025-03-04', 'day-month-year', null],
    ['3/4/2025', 'iso', null],
    ['3/4/25', 'auto', null],
    ['1772323200', 'epoch-seconds', '2026-03-01T00:00:00Z'],
    ['1772323200123', 'epoch-milliseconds', '2026-03-01T00:00:00.123Z'],
    ['1e9', 'epoch-seconds', null],
    ['2026-02-29', 'auto', null],
    ['2024-02-29', 'auto', '2024-02-28T16:00:00Z'],
    ['2026-13-01', 'auto', null],
    ['2026-03-01 24:00', 'auto', null],
    ['2026-03-01T08:61:00', 'auto', null],
    ['3/14/2025 13:05 PM', 'auto', null],
    ['', 'auto', null],
    ['yesterday', 'auto', null],
    ['=NOW()', 'auto', null],
  ]
  for (const [text, format, expected] of cases)
    test(`${text || '(empty)'} as ${format}`, () => expect(read(text, format as 'auto')).toBe(expected))
})

test('clock changes: the first of two, the later of none', () => {
  expect(read('2026-03-29 01:30', 'auto', 'Europe/London')).toBe('2026-03-29T01:30:00Z')
  expect(read('2026-10-25 01:30', 'auto', 'Europe/London')).toBe('2026-10-25T00:30:00Z')
  expect(read('2026-10-25 02:30', 'auto', 'Europe/London')).toBe('2026-10-25T02:30:00Z')
})

test('agrees with Temporal in any zone, also on days with a clock change', () => {
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'Europe/London',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'America/New_York',
  )
  const seconds = fc.integer({ min: 631_152_000, max: 1_900_000_000 })
  fc.assert(
    fc.property(zone, seconds, (timeZone, epoch) => {
      const plain = Temporal.Instant.fromEpochMilliseconds(epoch * 1000)
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime()
      const text = plain.toString({ smallestUnit: 'second' })
      expect(timeReader('auto', timeZone)(text)).toBe(plain.toZonedDateTime(timeZone).epochMilliseconds)
    }),
    { numRuns: 2_000 },
  )
})
