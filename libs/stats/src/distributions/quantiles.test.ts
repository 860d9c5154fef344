import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tail } from '../special/tail.ts'
import { betaQuantile } from './beta-quantile.ts'
import { chiSquareQuantile } from './chi-square-quantile.ts'
import { chiSquareTail } from './chi-square-tail.ts'
import { normalQuantile } from './normal-quantile.ts'
import { normalTail } from './normal-tail.ts'
import { studentTQuantile } from './student-t-quantile.ts'
import { studentTTail } from './student-t-tail.ts'

interface Golden {
  name: string
  args: number[]
  tail: Tail
  value: number
}

const reference = new URL('../../reference/', import.meta.url)
const golden = JSON.parse(readFileSync(new URL('quantiles.json', reference), 'utf8')) as Golden[]

const functions: Record<string, (args: number[], tail: Tail) => number> = {
  normal: ([p], tail) => normalQuantile(p!, tail),
  'student-t': ([p, df], tail) => studentTQuantile(p!, df!, tail),
  'chi-square': ([p, df], tail) => chiSquareQuantile(p!, df!, tail),
  beta: ([p, a, b], tail) => betaQuantile(p!, a!, b!, tail),
}

const TOLERANCE = 1e-12

describe('quantiles against 40 digits (reference/make-quantiles.py)', () => {
  for (const name of Object.keys(functions)) {
    const rows = golden.filter((row) => row.name === name)
    test(`${name}, ${rows.length} rows`, () => {
      expect(rows.length).toBeGreaterThan(10)
      let worst = { difference: 0, row: '' }
      for (const row of rows) {
        const got = functions[name]!(row.args, row.tail)
        const difference = Math.abs(got / row.value - 1)
        if (!(difference <= worst.difference))
          worst = { difference, row: `${row.args.join(' ')} ${row.tail}: ${got} for ${row.value}` }
      }
      if (process.env.SHOW_ACCURACY) console.log(name, rows.length, worst)
      expect(worst.difference, worst.row).toBeLessThan(TOLERANCE)
    })
  }
})

describe('invariants', () => {
  const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
  test('a quantile gives its probability back', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 300, noNaN: true }), (p, df) => {
        expect(normalTail(normalQuantile(p), 'lower') / p).toBeCloseTo(1, 11)
        expect(studentTTail(studentTQuantile(p, df), df, 'lower') / p).toBeCloseTo(1, 11)
        expect(chiSquareTail(chiSquareQuantile(p, df), df, 'lower') / p).toBeCloseTo(1, 11)
      }),
    )
  })
  test('ends and middles are exact', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(normalQuantile(0.5)).toBe(0)
    expect(studentTQuantile(0.5, 3)).toBe(0)
    expect(studentTQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY)
    expect(studentTQuantile(0.025, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.025))
    expect(chiSquareQuantile(0, 3)).toBe(0)
    expect(chiSquareQuantile(0, 3, 'upper')).toBe(Number.POSITIVE_INFINITY)
    expect(betaQuantile(1, 2, 3)).toBe(1)
  })
  test('arguments outside their range are refused by name', () => {
    expect(() => normalQuantile(1.1)).toThrow(/probability/)
    expect(() => studentTQuantile(0.1, -1)).toThrow(/degreesOfFreedom/)
    expect(() => betaQuantile(0.1, 0, 1)).toThrow(/a must/)
  })
})
