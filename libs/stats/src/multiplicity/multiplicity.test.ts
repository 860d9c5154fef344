import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { seededChance } from '../../../../platform/seeded-random.ts'
import { type Adjustment, adjustPValues } from './adjust-p-values.ts'
import { selectedIntervals, simultaneousIntervals, verdictInterval } from './matching-intervals.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/multiplicity.json', import.meta.url), 'utf8')) as {
  p: number[]
  family: number
  adjusted: Record<Adjustment, number[]>
}[]
const methods: Adjustment[] = ['bonferroni', 'holm', 'hochberg', 'hommel', 'benjamini-hochberg', 'benjamini-yekutieli']
const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })

describe('adjusted p-values', () => {
  for (const method of methods) {
    test(`${method} against R p.adjust`, () => {
      for (const row of golden) {
        adjustPValues(row.p, method, row.family).forEach((value, i) =>
          expect(value / row.adjusted[method][i]!).toBeCloseTo(1, 12),
        )
      }
    })
  }
  test('hommel <= hochberg <= holm <= bonferroni, and BH <= hochberg', () => {
    fc.assert(
      fc.property(p, (values) => {
        const of = (method: Adjustment) => adjustPValues(values, method)
        const [bonferroni, holm, hochberg, hommel, bh] = methods.map(of)
        values.forEach((value, i) => {
          const slack = 1e-12
          expect(holm![i]!).toBeLessThanOrEqual(bonferroni![i]! + slack)
          expect(hochberg![i]!).toBeLessThanOrEqual(holm![i]! + slack)
          expect(hommel![i]!).toBeLessThanOrEqual(hochberg![i]! + slack)
          expect(bh![i]!).toBeLessThanOrEqual(hochberg![i]! + slack)
          expect(bh![i]!).toBeGreaterThanOrEqual(value - slack)
        })
      }),
    )
  })
  test('order of the p-values does not matter', () => {
    fc.assert(
      fc.property(p, fc.constantFrom(...methods), (values, method) => {
        const turned = adjustPValues([...values].reverse(), method)
        turned.reverse().forEach((value, i) => expect(value).toBe(adjustPValues(values, method)[i]))
      }),
    )
  })
})

describe('intervals', () => {
  const estimates = [0.2, 1.1, 3.4, -2.9, 0.4].map((estimate) => ({ estimate, standardError: 1, degreesOfFreedom: 40 }))
  test('simultaneous ones widen with their number', () => {
    expect(simultaneousIntervals(estimates)[0]!.confidence).toBeCloseTo(0.99, 12)
    expect(simultaneousIntervals(estimates, { method: 'sidak' })[0]!.confidence).toBeCloseTo(0.95 ** 0.2, 12)
  })
  test('limits in the unit of the error', () => {
    const [one] = simultaneousIntervals([
      { estimate: 1, standardError: 2.5, degreesOfFreedom: Number.POSITIVE_INFINITY },
    ])
    expect(one!.upper).toBeCloseTo(1 + 2.5 * 1.959963984540054, 10)
    expect(one!.lower).toBeCloseTo(1 - 2.5 * 1.959963984540054, 10)
  })
  test('selected ones are those of Benjamini-Hochberg and leave out 0', () => {
    const got = selectedIntervals(estimates)
    expect(got.map((interval) => interval !== null)).toEqual([false, false, true, true, false])
    expect(got[2]!.confidence).toBeCloseTo(1 - (2 * 0.05) / 5, 12)
    for (const interval of got) if (interval) expect(interval.lower > 0 || interval.upper < 0).toBe(true)
  })
  test('false coverage of selected intervals stays below 5 % with independent effects', () => {
    const chance = seededChance(12)
    let [missed, runs] = [0, 0]
    for (let run = 0; run < 800; run++) {
      const truths = Array.from({ length: 10 }, (_, i) => (i < 5 ? 0 : 2.5))
      const noisy = truths.map((truth) => ({
        estimate: truth + normalQuantile(chance()),
        standardError: 1,
        degreesOfFreedom: Number.POSITIVE_INFINITY,
      }))
      const got = selectedIntervals(noisy)
      const selected = got.filter((interval) => interval !== null).length
      const wrong = got.filter(
        (interval, i) => interval && (interval.lower > truths[i]! || interval.upper < truths[i]!),
      ).length
      missed += selected === 0 ? 0 : wrong / selected
      runs++
    }
    expect(missed / runs).toBeLessThan(0.05)
  })
  test('the verdict interval leaves out 0 exactly when the adjusted p is below 5 %', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.0001, max: 0.999, noNaN: true }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        (adjusted, estimate) => {
          if (Math.abs(estimate) < 1e-6 || Math.abs(adjusted - 0.05) < 1e-9) return
          const got = verdictInterval({ estimate, standardError: 1, degreesOfFreedom: 20 }, adjusted)
          expect(got.lower > 0 || got.upper < 0).toBe(adjusted < 0.05)
        },
      ),
    )
    // Student's t with 20 degrees of freedom: 2.085963 at 0.975, 1.724718 at 0.95.
    const margin = 2 - verdictInterval({ estimate: 2, standardError: 1, degreesOfFreedom: 20 }, 0.1).lower
    expect(margin).toBeCloseTo((2.085963 * 2) / 1.724718, 5)
    expect(verdictInterval(estimates[0]!, 1)).toEqual({
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
    })
  })
})

test('mistakes are errors, nothing is nothing', () => {
  expect(adjustPValues([], 'holm')).toEqual([])
  expect(() => adjustPValues([1.1], 'holm')).toThrow(/pValues\[0\]/)
  expect(() => adjustPValues([Number.NaN], 'holm')).toThrow(/pValues\[0\]/)
  expect(() => adjustPValues([0.1, 0.2], 'holm', 1)).toThrow(/family/)
  expect(() => simultaneousIntervals([{ estimate: 1, standardError: -1, degreesOfFreedom: 3 }])).toThrow(
    /estimates\[0\]/,
  )
  expect(() => verdictInterval({ estimate: 1, standardError: 1, degreesOfFreedom: 3 }, 2)).toThrow(/adjustedP/)
})
