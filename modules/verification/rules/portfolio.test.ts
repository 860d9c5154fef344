import { describe, expect, test } from 'vitest'
import { type Ended, portfolioGroups, simulateReturn } from './portfolio.ts'

const many = (group: string, outcome: Ended['outcome'], count: number): Ended[] =>
  Array.from({ length: count }, () => ({ group, outcome }))

describe('the portfolio', () => {
  test('few plans are drawn towards all, many keep their own share; a waiver counts against', () => {
    const groups = portfolioGroups([
      ...many('a', 'effective', 40),
      ...many('a', 'undecided', 10),
      ...many('b', 'effective', 5),
      ...many('b', 'harmful', 45),
      ...many('c', 'effective', 2),
      ...many('d', 'effective', 10),
      ...many('d', 'waived', 10),
    ])
    const [a, b, c, d] = groups
    expect(groups.every(({ shrunken }) => shrunken)).toBe(true)
    expect(a!.share).toBeCloseTo(0.8, 1)
    expect(b!.share).toBeCloseTo(0.12, 1)
    expect(c!.share).toBeLessThan(0.9)
    expect(c!.high - c!.low).toBeGreaterThan(a!.high - a!.low)
    expect(d).toMatchObject({ plans: 20, waived: 10, effective: 10 })
  })
  test('one group, none, or groups that do not differ', () => {
    expect(portfolioGroups([])).toEqual([])
    const [only] = portfolioGroups(many('a', 'effective', 3))
    expect(only).toMatchObject({ share: 1, shrunken: false })
    expect(only!.low).toBeCloseTo(0.4385, 3)
  })
})

describe('the return', () => {
  const fixed = (value: number) => ({ least: value, likely: value, most: value })
  test('without uncertainty it is arithmetic; the same seed draws the same', () => {
    const question = { costYuan: fixed(1000), yuanPerUnit: fixed(10), periods: fixed(12) }
    const sure = simulateReturn(question, { better: 15, standardError: 0 }, 4)
    expect(sure.netYuan).toEqual({ low: 800, median: 800, high: 800 })
    expect(sure.chancePositive).toBe(1)
    const unsure = simulateReturn(question, { better: 15, standardError: 5 }, 4)
    expect(unsure).toEqual(simulateReturn(question, { better: 15, standardError: 5 }, 4))
    // 120 yuan per unit times 5 units is 600 yuan of error.
    expect(unsure.netYuan.high - unsure.netYuan.low).toBeGreaterThan(0.95 * 2 * 1.96 * 600)
    expect(unsure.netYuan.high - unsure.netYuan.low).toBeLessThan(1.05 * 2 * 1.96 * 600)
    expect(unsure.chancePositive).toBeCloseTo(0.909, 1)
  })
  test('a triangle has its mean at a third of the sum of its corners', () => {
    const cost = { least: 0, likely: 300, most: 900 }
    const { netYuan } = simulateReturn(
      { costYuan: cost, yuanPerUnit: fixed(1), periods: fixed(1) },
      { better: 0, standardError: 0 },
      9,
    )
    expect(netYuan.low).toBeGreaterThan(-900)
    expect(netYuan.high).toBeLessThan(0)
    expect(netYuan.median).toBeCloseTo(-900 + Math.sqrt(0.5 * 900 * 600), -1.2)
  })
})
