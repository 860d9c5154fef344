import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededUniform } from '../chance/uniform-for-test.ts'
import { comparisonIntervals } from './comparison-intervals.ts'
import { drawnRanks } from './drawn-ranks.ts'
import { percentileRanks, percentileWithin } from './percentile-ranks.ts'
import { rankDistribution } from './rank-distribution.ts'
import { rankIntervals } from './rank-intervals.ts'
import { rankWithTies } from './rank-with-ties.ts'
import { simultaneousRankSets } from './simultaneous-ranks.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/grades.json', import.meta.url), 'utf8'))
const exact = (values: readonly number[]) => values.map((estimate) => ({ estimate, standardError: 0 }))
const score = fc.record({
  estimate: fc.integer({ min: -20, max: 20 }),
  standardError: fc.double({ min: 0, max: 5, noNaN: true }),
})

describe('percentile ranks', () => {
  test('conventions, ties and gaps', () => {
    const values = [10, 20, 20, null, 40]
    expect(percentileRanks(values)).toEqual([12.5, 50, 50, null, 87.5])
    expect(percentileRanks(values, 'highest', 'at-or-below')).toEqual([25, 75, 75, null, 100])
    expect(percentileRanks(values, 'highest', 'below')).toEqual([0, 25, 25, null, 75])
    expect(percentileRanks(values, 'highest', 'spreadsheet')).toEqual([0, 100 / 3, 100 / 3, null, 100])
    expect(percentileRanks(values, 'lowest')).toEqual([87.5, 50, 50, null, 12.5])
    expect(percentileRanks([7])).toEqual([50])
    expect(percentileRanks([7], 'highest', 'spreadsheet')).toEqual([0])
  })
  test('mid-ranks have mean 50; better is never less; a fixed reference agrees', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), (values) => {
        const got = percentileRanks(values).map((value) => value!)
        expect(got.reduce((sum, value) => sum + value, 0) / got.length).toBeCloseTo(50, 9)
        values.forEach((x, i) => {
          expect(percentileWithin(x, values)).toBe(got[i])
          values.forEach((y, j) => {
            if (x >= y) expect(got[i]!).toBeGreaterThanOrEqual(got[j]!)
          })
        })
      }),
    )
    expect(percentileWithin(99, [1, 2], 'highest', 'spreadsheet')).toBe(100)
  })
  test('mistakes are refused by name', () => {
    expect(() => percentileRanks([Number.NaN])).toThrow(/values/)
    expect(() => percentileWithin(1, [])).toThrow(/reference/)
    expect(() => percentileWithin(Number.NaN, [1])).toThrow(/value/)
  })
})

describe('rank distribution', () => {
  test('exact scores have their competition ranks in every draw', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), (values) => {
        const got = rankDistribution(exact(values), { draws: 3, random: seededUniform(1) })
        const ranks = rankWithTies(values)
        got.forEach((unit, i) => {
          expect([unit.best, unit.lower, unit.median, unit.expected, unit.upper, unit.worst]).toEqual(
            Array.from({ length: 6 }, () => ranks[i]),
          )
        })
      }),
    )
  })
  test('two units: the chance to be first is the normal probability of the difference', () => {
    // P(N(1, 3^2 + 4^2) > 0) = 0.5792597.
    const scores = [
      { estimate: 11, standardError: 3 },
      { estimate: 10, standardError: 4 },
    ]
    const got = rankDistribution(scores, { draws: 40_000, random: seededUniform(2) })
    expect(got[0]!.probabilityTop).toBeCloseTo(0.579, 2)
    expect(got[0]!.expected).toBeCloseTo(2 - got[0]!.probabilityTop, 12)
    const lowest = rankDistribution(scores, { draws: 40_000, random: seededUniform(2), best: 'lowest' })
    expect(lowest[0]!.probabilityTop).toBeCloseTo(0.421, 2)
  })
  test('equal units share everything: expected rank in the middle, top shares equal, interval of a uniform', () => {
    const scores = Array.from({ length: 20 }, () => ({ estimate: 5, standardError: 1 }))
    const got = rankDistribution(scores, { draws: 8000, random: seededUniform(3), top: 5, bottom: 2, level: 0.9 })
    for (const unit of got) {
      expect(Math.abs(unit.expected - 10.5)).toBeLessThan(0.3)
      expect(Math.abs(unit.probabilityTop - 0.25)).toBeLessThan(0.02)
      expect(Math.abs(unit.probabilityBottom - 0.1)).toBeLessThan(0.015)
      // The 5 % point of a uniform rank of 20 lies between 1 and 2.
      expect([1, 2]).toContain(unit.lower)
      expect([19, 20]).toContain(unit.upper)
    }
  })
  test('ranks of a draw add up; order and scale of units are irrelevant', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 30 }), (scores) => {
        const total = (scores.length * (scores.length + 1)) / 2
        const noisy = scores.map((each) => ({ ...each, standardError: each.standardError + 0.1 }))
        const got = rankDistribution(noisy, { draws: 20, random: seededUniform(4) })
        expect(got.reduce((sum, unit) => sum + unit.expected, 0)).toBeCloseTo(total, 6)
        expect(got.reduce((sum, unit) => sum + unit.probabilityTop, 0)).toBeCloseTo(1, 6)
        for (const unit of got) {
          expect(unit.best).toBeLessThanOrEqual(unit.lower)
          expect(unit.lower).toBeLessThanOrEqual(unit.median)
          expect(unit.median).toBeLessThanOrEqual(unit.upper)
          expect(unit.upper).toBeLessThanOrEqual(unit.worst)
        }
        const scaled = noisy.map((each) => ({ estimate: each.estimate * 8, standardError: each.standardError * 8 }))
        expect(rankDistribution(scaled, { draws: 20, random: seededUniform(4) })).toEqual(got)
      }),
      { numRuns: 50 },
    )
  })
  test('an outlier a quadrillion away does not tie the others', () => {
    const got = drawnRanks({
      units: 4,
      draws: 1,
      fillScores: (scores) => scores.set([1, 2, 2, 1e18]),
      best: 'highest',
      level: 0.9,
      top: 1,
      bottom: 1,
    })
    expect(got.map((unit) => unit.median)).toEqual([4, 2, 2, 1])
  })
  test('mistakes are refused by name', () => {
    const options = { draws: 10, random: seededUniform(1) }
    expect(rankDistribution([], options)).toEqual([])
    expect(() => rankDistribution(exact([Number.NaN]), options)).toThrow(/scores\[0\].estimate/)
    expect(() => rankDistribution([{ estimate: 1, standardError: -1 }], options)).toThrow(/standardError/)
    expect(() => rankDistribution(exact([1]), { ...options, draws: 0 })).toThrow(/draws/)
    expect(() => rankDistribution(exact([1]), { ...options, draws: 1e9 })).toThrow(/draws/)
    expect(() => rankDistribution(exact([1]), { ...options, level: 1 })).toThrow(/level/)
    expect(() => rankDistribution(exact([1]), { ...options, top: -1 })).toThrow(/top/)
  })
})

describe('comparison intervals', () => {
  test('equal errors: they part exactly when the difference is significant (1.39 of Goldstein and Healy)', () => {
    const pair = (gap: number) =>
      rankIntervals(
        comparisonIntervals(
          [
            { estimate: 0, standardError: 1 },
            { estimate: gap, standardError: 1 },
          ],
          1.959964,
          'equal-errors',
        ),
      )[1]!.worst
    expect(pair(1.959964 * Math.SQRT2 * 0.999)).toBe(2)
    expect(pair(1.959964 * Math.SQRT2 * 1.001)).toBe(1)
    expect(comparisonIntervals([{ estimate: 0, standardError: 1 }], 1.959964, 'equal-errors')[0]!.upper).toBeCloseTo(
      1.386,
      3,
    )
  })
  test('mean pair: between z / root 2 and z, equal to it for equal errors', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 2, maxLength: 10 }), (scores) => {
        const of = (list: typeof scores) => comparisonIntervals(list, 2, 'mean-pair')
        const index = scores.findIndex((each) => each.standardError > 1e-3)
        if (index < 0) return
        const factor = (of(scores)[index]!.upper - scores[index]!.estimate) / scores[index]!.standardError
        expect(factor).toBeGreaterThanOrEqual(Math.SQRT2 - 1e-6)
        expect(factor).toBeLessThanOrEqual(2 + 1e-6)
        const same = of(scores.map((each) => ({ ...each, standardError: 3 })))
        expect(same[0]!.upper - scores[0]!.estimate).toBeCloseTo(3 * Math.SQRT2, 9)
      }),
    )
    const pair = [3, 4].map((standardError) => ({ estimate: 0, standardError }))
    expect(comparisonIntervals(pair, 2, 'mean-pair')[0]!.upper).toBeCloseTo(((2 * 5) / 7) * 3, 12)
    expect(comparisonIntervals(exact([1, 2]), 2, 'mean-pair')[0]).toEqual({ lower: 1, upper: 1 })
    expect(() => comparisonIntervals([], 0, 'mean-pair')).toThrow(/z must/)
  })
})

describe('simultaneous rank sets', () => {
  test('equal errors: the critical value is the studentised range over root 2 (R qtukey)', () => {
    for (const { n, critical } of golden.studentisedRange) {
      const scores = Array.from({ length: n }, (_, i) => ({ estimate: i, standardError: 2 }))
      const got = simultaneousRankSets(scores, { scope: 'all', draws: 20_000, random: seededUniform(5) })
      expect(Math.abs(got.criticalValues[0]! - critical)).toBeLessThan(0.04)
    }
  })
  test("one pair: 1.96; each unit's own sets are narrower than all together", () => {
    const scores = Array.from({ length: 12 }, (_, i) => ({ estimate: i, standardError: 1 + (i % 3) / 4 }))
    const options = { draws: 4000, random: seededUniform(6) }
    const each = simultaneousRankSets(scores, { ...options, scope: 'each' })
    const all = simultaneousRankSets(scores, { ...options, scope: 'all' })
    expect(each.criticalValues).toHaveLength(12)
    each.ranks.forEach((rank, i) => {
      expect(each.criticalValues[i]!).toBeLessThan(all.criticalValues[0]!)
      expect(rank.best).toBeGreaterThanOrEqual(all.ranks[i]!.best)
      expect(rank.worst).toBeLessThanOrEqual(all.ranks[i]!.worst)
    })
    const two = simultaneousRankSets(scores.slice(0, 2), { scope: 'all', draws: 40_000, random: seededUniform(7) })
    expect(two.criticalValues[0]).toBeCloseTo(1.96, 1)
  })
  test('the promise: true ranks of all units lie in the sets in about 95 of 100 samples or more', () => {
    const random = seededUniform(8)
    const truth = [0, 0.5, 1, 2, 3, 3.5]
    const errors = [1, 0.5, 0.8, 1, 0.6, 0.7]
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    let held = 0
    for (let sample = 0; sample < 300; sample++) {
      const scores = truth.map((mean, i) => ({ estimate: mean + errors[i]! * normal(), standardError: errors[i]! }))
      const { ranks } = simultaneousRankSets(scores, { scope: 'all', draws: 400, random, best: 'lowest' })
      if (ranks.every((rank, i) => rank.best <= i + 1 && i + 1 <= rank.worst)) held++
    }
    expect(held).toBeGreaterThanOrEqual(276)
  })
  test('exact units are ordered by their figures; the estimated rank is always inside', () => {
    const got = simultaneousRankSets(exact([3, 5, 5]), { scope: 'all', draws: 5, random: seededUniform(9) })
    expect(got.ranks).toEqual([
      { best: 3, worst: 3 },
      { best: 1, worst: 2 },
      { best: 1, worst: 2 },
    ])
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 12 }), (scores) => {
        const { ranks } = simultaneousRankSets(scores, { scope: 'each', draws: 50, random: seededUniform(10) })
        rankWithTies(scores.map((each) => each.estimate)).forEach((rank, i) => {
          expect(ranks[i]!.best).toBeLessThanOrEqual(rank!)
          expect(ranks[i]!.worst).toBeGreaterThanOrEqual(rank!)
        })
      }),
    )
  })
  test('mistakes are refused by name', () => {
    const options = { scope: 'all', draws: 10, random: seededUniform(1) } as const
    expect(simultaneousRankSets([], options)).toEqual({ ranks: [], criticalValues: [] })
    expect(() => simultaneousRankSets(exact(Array.from({ length: 2001 }, () => 1)), options)).toThrow(/2000/)
    expect(() => simultaneousRankSets(exact([1]), { ...options, draws: 0.5 })).toThrow(/draws/)
    expect(() => simultaneousRankSets(exact([1]), { ...options, confidence: 0 })).toThrow(/confidence/)
  })
})
