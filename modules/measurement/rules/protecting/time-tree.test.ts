import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, dayText, type Weekday } from '#worktime/days'
import { addPeriods, periodStart } from '#worktime/periods/periods'
import { toldDays } from './told-until.ts'
import { runningOn, type TimeNode, timeTree } from './time-tree.ts'

const FAR = dayNumber('2040-01-01')
const days = (node: TimeNode) => node.spans.map(([from, until]) => `${dayText(from)}..${dayText(until)}`).join(' ')
const covered = (from: string, until: string, today = FAR, weekStart: Weekday = 1) =>
  timeTree(weekStart, today)
    .cover(dayNumber(from), dayNumber(until))
    ?.map((node) => `${node.kind} ${days(node)}`) ?? null

const settings = {
  weekStart: 1 as const,
  fiscalYearStartMonth: 4,
  retailYear: { weekday: 6 as const, month: 1, rule: 'nearest' as const, pattern: '4-5-4' as const },
}

describe('a stretch of time as nodes', () => {
  const cases: [string, string, string, string[] | null][] = [
    ['a year', '2025-01-01', '2026-01-01', ['year 2025-01-01..2026-01-01']],
    ['a quarter', '2025-04-01', '2025-07-01', ['quarter 2025-04-01..2025-07-01']],
    ['a week inside a month', '2025-01-06', '2025-01-13', ['week 2025-01-06..2025-01-13']],
    [
      'a week across the end of a month',
      '2025-01-27',
      '2025-02-03',
      ['end 2025-01-27..2025-02-01', 'end 2025-02-01..2025-02-03'],
    ],
    [
      'a month that begins with a week',
      '2025-09-01',
      '2025-09-29',
      [
        'week 2025-09-01..2025-09-08',
        'week 2025-09-08..2025-09-15',
        'week 2025-09-15..2025-09-22',
        'week 2025-09-22..2025-09-29',
      ],
    ],
    [
      'a fiscal year',
      '2025-04-01',
      '2026-04-01',
      ['quarter 2025-04-01..2025-07-01', 'half-year 2025-07-01..2026-01-01', 'quarter 2026-01-01..2026-04-01'],
    ],
    ['a day', '2025-01-08', '2025-01-09', ['day 2025-01-08..2025-01-09']],
    ['nothing', '2025-01-08', '2025-01-08', null],
  ]
  test.each(cases)('%s', (_name, from, until, expected) => expect(covered(from, until)).toEqual(expected))

  test('what still runs stands beside the year: months that are over, weeks that are over, days that are over', () => {
    // A Wednesday.
    const today = dayNumber('2025-11-19')
    expect(covered('2025-01-01', '2025-11-01', today)).toEqual(['year 2025-01-01..2025-11-01'])
    expect(covered('2025-10-01', '2025-11-01', today)).toEqual(['quarter 2025-10-01..2025-11-01'])
    expect(covered('2025-11-01', '2025-11-17', today)).toEqual(['month 2025-11-01..2025-11-17'])
    expect(covered('2025-11-10', '2025-11-17', today)).toEqual(['week 2025-11-10..2025-11-17'])
    expect(covered('2025-11-17', '2025-11-19', today)).toEqual(['week 2025-11-17..2025-11-19'])
    expect(covered('2025-11-19', '2025-11-20', today)).toBe(null)
    expect(covered('2025-01-01', '2026-01-01', today)).toBe(null)
    expect(covered('2026-01-01', '2027-01-01', today)).toBe(null)
  })

  test('any stretch of days is covered exactly, without overlap, and leaves make up all that was opened', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('2023-01-01'), max: dayNumber('2025-12-31') }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: dayNumber('2023-01-01'), max: dayNumber('2028-01-01') }),
        (from, length, weekStart, today) => {
          const tree = timeTree(weekStart as Weekday, today)
          const nodes = tree.cover(from, from + length)
          if (nodes === null) {
            expect(from + length).toBeGreaterThan(runningOn(today, weekStart as Weekday).month)
            return
          }
          const all = nodes
            .flatMap((node) => node.spans)
            .flatMap(([a, b]) => Array.from({ length: b - a }, (_unused, day) => a + day))
          expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_unused, day) => from + day))
          const leaves = tree.leaves()
          for (const node of nodes) {
            const inside = leaves.filter((leaf) =>
              leaf.spans.every(([a]) => node.spans.some(([b, c]) => a >= b && a < c)),
            )
            const size = (list: readonly TimeNode[]) =>
              list.flatMap((each) => each.spans).reduce((sum, [a, b]) => sum + b - a, 0)
            expect(size(inside)).toBe(size([node]))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('fiscal and retail periods are unions of nodes', () => {
    for (const grain of ['fiscal-quarter', 'fiscal-year', 'retail-month', 'retail-quarter', 'retail-year'] as const) {
      const start = periodStart('2024-08-15', grain, settings)
      expect(covered(start, addPeriods(start, grain, 1, settings))).not.toBe(null)
    }
  })
})

describe('how far a period that runs is told', () => {
  const running = runningOn(dayNumber('2025-11-19'), 1)
  const told = (grain: Parameters<typeof toldDays>[0], from: string, until: string) =>
    toldDays(grain, [dayNumber(from), dayNumber(until)], running)
      ?.map(dayText)
      .join('..') ?? null
  const cases: [Parameters<typeof toldDays>[0], string, string, string | null][] = [
    ['year', '2025-01-01', '2026-01-01', '2025-01-01..2025-11-01'],
    ['year', '2024-01-01', '2025-01-01', '2024-01-01..2025-01-01'],
    ['fiscal-year', '2025-04-01', '2026-04-01', '2025-04-01..2025-11-01'],
    ['quarter', '2025-10-01', '2026-01-01', '2025-10-01..2025-11-01'],
    ['month', '2025-11-01', '2025-12-01', '2025-11-01..2025-11-17'],
    ['week', '2025-11-17', '2025-11-24', '2025-11-17..2025-11-19'],
    ['retail-month', '2025-11-02', '2025-11-30', '2025-11-02..2025-11-17'],
    ['day', '2025-11-18', '2025-11-19', '2025-11-18..2025-11-19'],
    ['day', '2025-11-19', '2025-11-20', null],
    ['hour', '2025-11-18', '2025-11-19', null],
    ['minute', '2025-11-18', '2025-11-19', null],
  ]
  test.each(cases)('%s from %s', (grain, from, until, expected) => expect(told(grain, from, until)).toBe(expected))
})
