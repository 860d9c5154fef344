import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectiveUntil, overlapFault, versionOn } from './versions.ts'

const of = (...from: (string | null)[]) => from.map((effectiveFrom, index) => ({ version: index + 1, effectiveFrom }))

describe('which version judges a day', () => {
  const cases: [string, (string | null)[], string, number][] = [
    ['the only one, before its first day too', ['2026-03-01'], '2020-01-01', 1],
    ['the newest from the beginning', [null, null], '2026-01-01', 2],
    ['the older until the day', [null, '2026-03-01'], '2026-02-28', 1],
    ['the younger from the day on', [null, '2026-03-01'], '2026-03-01', 2],
    ['of two from one day the newest', [null, '2026-03-01', '2026-03-01'], '2026-04-01', 3],
  ]
  for (const [name, from, day, version] of cases)
    test(name, () => expect(versionOn(of(...from), day)?.version).toBe(version))
  test('none of none', () => expect(versionOn([], '2026-01-01')).toBe(undefined))
})

describe('where a new version may begin', () => {
  const newest = { version: 3, effectiveFrom: '2026-03-01' }
  const cases: [string, typeof newest | null | { version: number; effectiveFrom: null }, string | null, boolean][] = [
    ['the first anywhere', null, null, true],
    ['after one from the beginning, from the beginning', { version: 1, effectiveFrom: null }, null, true],
    ['after one from the beginning, from a day', { version: 1, effectiveFrom: null }, '2026-01-01', true],
    ['on the same day', newest, '2026-03-01', true],
    ['later', newest, '2026-04-01', true],
    ['earlier', newest, '2026-02-28', false],
    ['from the beginning, correcting what has a date', newest, null, false],
  ]
  for (const [name, before, from, may] of cases) test(name, () => expect(overlapFault(before, from) === null).toBe(may))
  test('the refusal names the version and its day', () =>
    expect(overlapFault(newest, null)).toEqual({ version: 3, from: '2026-03-01' }))
})

test('until when each judges', () => {
  expect([...effectiveUntil(of(null, '2026-03-01', '2026-03-01', '2026-05-01'))]).toEqual([
    [1, '2026-03-01'],
    [2, '2026-03-01'],
    [3, '2026-05-01'],
    [4, null],
  ])
  expect([...effectiveUntil(of(null, null))]).toEqual([
    [1, ''],
    [2, null],
  ])
})

const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-02-${String(number).padStart(2, '0')}`)
test('accepted versions: exactly one judges each day, and it lies within its own span', () => {
  fc.assert(
    fc.property(fc.array(fc.option(day), { minLength: 1, maxLength: 8 }), day, (asked, looked) => {
      const accepted: { version: number; effectiveFrom: string | null }[] = []
      for (const effectiveFrom of asked) {
        if (overlapFault(accepted.at(-1) ?? null, effectiveFrom) === null)
          accepted.push({ version: accepted.length + 1, effectiveFrom })
      }
      const until = effectiveUntil(accepted)
      const judging = accepted.filter(({ version, effectiveFrom }) => {
        const end = until.get(version)
        return (effectiveFrom ?? '') <= looked && (end === null || looked < end!)
      })
      const first = accepted[0]!
      if ((first.effectiveFrom ?? '') > looked) expect(judging).toEqual([])
      else expect(judging).toEqual([versionOn(accepted, looked)])
    }),
  )
})
