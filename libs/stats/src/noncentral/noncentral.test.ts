import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tail } from '../special/tail.ts'
import { bracketedRoot } from './bracketed-root.ts'
import { fQuantile } from './f-quantile.ts'
import { gaussLegendre, integrate } from './gauss-legendre.ts'
import { noncentralChiSquareTail } from './noncentral-chi-square-tail.ts'
import { noncentralFTail } from './noncentral-f-tail.ts'
import { noncentralityOf, noncentralTTail } from './noncentral-t-tail.ts'
import { fTail } from '../distributions/f-tail.ts'

const rows = JSON.parse(readFileSync(new URL('../../reference/power-noncentral.json', import.meta.url), 'utf8')) as {
  name: 't' | 'chi-square' | 'F'
  args: [number, number, number, number]
  tail: Tail
  value: number
}[]
const calculate = {
  t: (args: number[], tail: Tail) => noncentralTTail(args[0]!, args[1]!, args[2]!, tail),
  'chi-square': (args: number[], tail: Tail) => noncentralChiSquareTail(args[0]!, args[1]!, args[2]!, tail),
  F: (args: number[], tail: Tail) => noncentralFTail(args[0]!, args[1]!, args[2]!, args[3]!, tail),
}

describe('against 40 digits (reference/make-power-noncentral.py)', () => {
  for (const name of ['t', 'chi-square', 'F'] as const) {
    test(name, () => {
      const worst = Math.max(
        ...rows
          .filter((row) => row.name === name)
          .map((row) => Math.abs(calculate[name](row.args, row.tail) / row.value - 1)),
      )
      if (process.env.SHOW_ACCURACY) console.log(name, worst)
      expect(worst).toBeLessThan(1e-11)
    })
  }
})

describe('noncentral t', () => {
  test('both tails make 1, and the tail mirrors', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(number(-10, 10), number(0.5, 500), number(-6, 6), (t, df, delta) => {
        const lower = noncentralTTail(t, df, delta, 'lower')
        expect(lower + noncentralTTail(t, df, delta, 'upper')).toBeCloseTo(1, 11)
        expect(noncentralTTail(-t, df, -delta, 'upper')).toBeCloseTo(lower, 12)
      }),
      { numRuns: 60 },
    )
  })
  test('noncentralityOf inverts it', () => {
    for (const [t, df] of [
      [2.5, 18],
      [-1, 5],
      [30, 60],
    ] as const) {
      const delta = noncentralityOf(t, df, 0.025, 'upper')
      expect(noncentralTTail(t, df, delta, 'upper')).toBeCloseTo(0.025, 11)
      expect(delta).toBeLessThan(t)
    }
  })
  test('limits: normal for endless degrees of freedom, exact at infinity', () => {
    expect(noncentralTTail(1, Number.POSITIVE_INFINITY, 1, 'upper')).toBe(0.5)
    expect(noncentralTTail(Number.POSITIVE_INFINITY, 3, 1, 'upper')).toBe(0)
  })
})

test('F quantile inverts the tail, far out as well', () => {
  for (const probability of [0.95, 0.05, 1e-12]) {
    const f = fQuantile(probability, 3, 17, 'upper')
    expect(fTail(f, 3, 17, 'upper') / probability).toBeCloseTo(1, 10)
  }
  expect(fQuantile(0.05, 3, 17, 'upper')).toBeCloseTo(3.196777, 6)
  expect(fQuantile(0.95, 3, 17)).toBeCloseTo(3.196777, 6)
})

test('Gauss-Legendre is exact for polynomials of degree 2 n - 1 and keeps 14 digits on smooth functions', () => {
  for (const n of [1, 2, 5, 24, 101]) {
    const { weights } = gaussLegendre(n)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 13)
    for (const power of [2, 2 * n - 2].filter((degree) => degree <= 2 * n - 1))
      expect(integrate((x) => x ** power, -1, 1, n)).toBeCloseTo(2 / (power + 1), 12)
  }
  expect(integrate(Math.exp, 0, 2, 20)).toBeCloseTo(Math.E ** 2 - 1, 13)
  expect(() => gaussLegendre(0)).toThrow(/n must/)
})

test('a root is found within the tolerance, and ends of one sign are refused', () => {
  expect(bracketedRoot((x) => x ** 3 - 2, 0, 10)).toBeCloseTo(2 ** (1 / 3), 12)
  expect(bracketedRoot((x) => (x < 0.3 ? -1 : 1), 0, 1)).toBeCloseTo(0.3, 12)
  expect(bracketedRoot((x) => x, 0, 1)).toBe(0)
  expect(() => bracketedRoot((x) => x * x + 1, -1, 1)).toThrow(/low and high/)
})

test('arguments outside their range are refused by name', () => {
  expect(() => noncentralTTail(Number.NaN, 1, 1, 'lower')).toThrow(/t must/)
  expect(() => noncentralTTail(1, 0, 1, 'lower')).toThrow(/degreesOfFreedom/)
  expect(() => noncentralTTail(1, 1, Number.NaN, 'lower')).toThrow(/noncentrality/)
  expect(() => noncentralityOf(1, 1, 0, 'lower')).toThrow(/probability/)
  expect(() => noncentralChiSquareTail(1, 1, -1, 'lower')).toThrow(/noncentrality/)
  expect(() => noncentralFTail(-1, 1, 1, 1, 'lower')).toThrow(/f must/)
  expect(() => fQuantile(0.5, 0, 1)).toThrow(/numerator/)
})
