import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_STATE } from './fact.ts'
import { windowStart, windowStates } from './windows.ts'

test.each([
  [{ kind: 'rolling', days: 1 }, '2026-03-01', '2026-03-01'],
  [{ kind: 'rolling', days: 30 }, '2026-03-01', '2026-01-31'],
  [{ kind: 'to-date', since: 'month' }, '2024-02-29', '2024-02-01'],
  [{ kind: 'to-date', since: 'quarter' }, '2026-06-30', '2026-04-01'],
  [{ kind: 'to-date', since: 'quarter' }, '2026-12-31', '2026-10-01'],
  [{ kind: 'to-date', since: 'year' }, '2026-12-31', '2026-01-01'],
] as const)('%j that ends on %s begins on %s', (along, last, first) => expect(windowStart(along, last)).toBe(first))

test('windows hold what lies in them, whether they grow or move', () => {
  const slice = fc.record({ at: fc.integer({ min: 0, max: 30 }), n: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(
      fc.uniqueArray(slice, { selector: (each) => each.at }),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      (made, length, grows) => {
        const slices = made
          .toSorted((a, b) => a.at - b.at)
          .map(({ at, n }) => ({ from: at, until: at + 1, states: [{ ...EMPTY_STATE, n }] }))
        const windows = Array.from({ length: 31 }, (_unused, day) => ({
          from: grows ? 0 : day + 1 - length,
          until: day + 1,
        }))
        const sums = windowStates(windows, slices, 1).map((states) => states?.[0]!.n ?? null)
        const expected = windows.map(({ from, until }) => {
          const inside = made.filter(({ at }) => at >= from && at < until)
          return inside.length === 0 ? null : inside.reduce((sum, each) => sum + each.n, 0)
        })
        expect(sums).toEqual(expected)
      },
    ),
  )
})
