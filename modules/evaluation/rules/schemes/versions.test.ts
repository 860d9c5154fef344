import { describe, expect, test } from 'vitest'
import type { Adoption } from '../../contract.ts'
import { faultOfAdoption, overlapOn, versionOn } from './versions.ts'

const adopted = (version: number, effectiveFrom: string | null, overlapUntil: string | null = null) => ({
  version,
  adoption: { effectiveFrom, overlapUntil, reason: '', scan: null } satisfies Adoption,
})
const versions = [
  adopted(1, null),
  adopted(2, '2026-01-01', '2026-03-31'),
  adopted(4, '2026-07-01'),
  adopted(5, '2026-07-01'),
]

describe('which version judges', () => {
  const cases: [string, number, number | null][] = [
    ['2020-01-01', 1, null],
    ['2025-12-31', 1, null],
    ['2026-01-01', 2, 1],
    ['2026-03-31', 2, 1],
    ['2026-04-01', 2, null],
    ['2026-08-01', 5, null],
  ]
  test.each(cases)('%s: version %d, beside it %s', (day, main, beside) => {
    expect(versionOn(versions, day)?.version).toBe(main)
    expect(overlapOn(versions, day)?.version ?? null).toBe(beside)
  })
  test('none before the first', () => expect(versionOn([adopted(3, '2026-01-01')], '2025-12-31')).toBeNull())
})

describe('how a version may be adopted', () => {
  const cases: [string, string | null, string | null, readonly ReturnType<typeof adopted>[], string | null][] = [
    ['the first from the beginning', null, null, [], null],
    ['the first from a day on', '2026-01-01', null, [], null],
    ['the same day takes the other’s place', '2026-07-01', null, versions, null],
    ['before the newest', '2026-06-30', null, versions, 'before-newest'],
    ['no day where others have one', null, null, versions, 'effective-from-missing'],
    ['from the beginning in place of the only one', null, null, [adopted(1, null)], null],
    ['an overlap that ends before it begins', '2026-08-01', '2026-07-01', versions, 'overlap-before'],
    ['an overlap with nothing', '2026-08-01', '2026-09-01', [], 'overlap-nothing'],
    ['an overlap', '2026-08-01', '2026-09-01', versions, null],
  ]
  test.each(cases)('%s', (_name, effectiveFrom, overlapUntil, others, fault) => {
    expect(faultOfAdoption({ effectiveFrom, overlapUntil, reason: '', scan: null }, others)).toBe(fault)
  })
})
