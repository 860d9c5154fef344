import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../platform/seeded-random.ts'
import { advise, expectedFallBack, type Question } from './advising.ts'
import type { Evidence, Observation } from './evidence.ts'

const question: Question = {
  design: {
    method: 'interrupted-time-series',
    direction: 'lower-is-better',
    interventionOn: '2025-07-07',
    smallestEffect: 5,
    equivalenceMargin: 5,
    seasonPeriods: 0,
    runUpPeriods: 0,
    errorRate: 0.05,
    seed: 1,
  },
  varies: 'nothing',
  periodsAfter: 20,
  grain: 'week',
}
function history(count: number, width: number, seed: number, bump = 0): Observation[] {
  const random = seededChance(seed)
  return Array.from({ length: count }, (_, index) => {
    const start = Temporal.PlainDate.from('2025-07-07').subtract({ weeks: count - index })
    const value = 40 + width * (random() + random() - 1) + (index >= count - 3 ? bump : 0)
    const periodEnd = start.add({ days: 6 }).toString()
    return { periodStart: start.toString(), periodEnd, numerator: value, denominator: 1, n: 9, value, weight: 1 }
  })
}
const evidence = (count: number, width: number, units: number, bump = 0): Evidence => ({
  treated: history(count, width, 1, bump),
  comparison: Array.from({ length: units }, (_, i) => ({ key: `C${i}`, observations: history(count, width, 9 + i) })),
})
const codes = (told: { warnings: readonly { code: string }[] }) => told.warnings.map(({ code }) => code)

describe('the adviser', () => {
  test('with comparison units a design that has them stands first, and power falls with noise', () => {
    const quiet = advise(question, evidence(110, 4, 8))
    expect(quiet.candidates[0]).toMatchObject({ design: 'synthetic-control', feasible: true, freezes: true })
    expect(quiet.candidates[0]!.power).toBeGreaterThan(0.9)
    expect(codes(quiet)).toEqual([])
    const noisy = advise(question, evidence(110, 40, 8))
    const of = (told: typeof noisy, design: string) => told.candidates.find((one) => one.design === design)!
    for (const { design } of quiet.candidates) {
      expect(of(noisy, design).power).toBeLessThan(of(quiet, design).power!)
      expect(of(noisy, design).detectable).toBeGreaterThan(of(quiet, design).detectable!)
    }
    expect(codes(noisy)).toContain('low-power')
  })
  test('what can be drawn by lot is proposed first', () => {
    for (const [varies, design] of [
      ['customers', 'randomised-customers'],
      ['days', 'switchback'],
      ['windows', 'switchback'],
      ['outlets', 'randomised-outlets'],
    ] as const)
      expect(advise({ ...question, varies }, evidence(110, 4, 8)).candidates[0]).toMatchObject({
        design,
        freezes: false,
      })
  })
  test('short and lonely: what is not feasible is told as such, with warnings', () => {
    const told = advise(question, evidence(24, 4, 0))
    expect(codes(told)).toEqual(expect.arrayContaining(['short-baseline', 'season-unseen', 'no-comparison']))
    expect(told.candidates.filter(({ feasible }) => feasible).map(({ design }) => design)).toEqual(
      expect.not.arrayContaining(['comparative-series']),
    )
    expect(advise(question, { treated: [], comparison: [] }).candidates.every(({ feasible }) => !feasible)).toBe(true)
  })
  test('a unit picked at its worst: how much it gives back by itself, and a run-up to leave out', () => {
    const picked = advise(question, evidence(110, 8, 8, 9))
    expect(codes(picked)).toContain('regression-to-the-mean')
    expect(picked.runUpPeriods).toBe(3)
    const { byItself, lastValue, shrunkenBaseline } = picked.fallBack!
    expect(byItself).toBeCloseTo(lastValue - shrunkenBaseline, 9)
    expect(byItself).toBeGreaterThan(3)
    expect(advise(question, evidence(110, 8, 8)).fallBack?.pickedAtWorst).toBe(false)
    expect(expectedFallBack(question, evidence(10, 8, 0))).toBeNull()
  })
})
