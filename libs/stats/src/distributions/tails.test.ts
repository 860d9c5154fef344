import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { erfc } from '../special/erfc.ts'
import { logGamma } from '../special/log-gamma.ts'
import type { Tail, TailForm } from '../special/tail.ts'
import { binomialTail } from './binomial-tail.ts'
import { chiSquareTail } from './chi-square-tail.ts'
import { fTail } from './f-tail.ts'
import { normalTail } from './normal-tail.ts'
import { poissonTail } from './poisson-tail.ts'
import { studentTTail } from './student-t-tail.ts'

interface Golden {
  name: string
  args: number[]
  tail: Tail
  value: number
  log: number | null
}

const reference = new URL('../../reference/', import.meta.url)
const golden = JSON.parse(readFileSync(new URL('tails.json', reference), 'utf8')) as Golden[]

const functions: Record<string, (args: number[], tail: Tail, form: TailForm) => number> = {
  normal: ([z], tail, form) => normalTail(z!, tail, form),
  erfc: ([x], _, form) => erfc(x!, form),
  'student-t': ([t, df], tail, form) => studentTTail(t!, df!, tail, form),
  f: ([f, d1, d2], tail, form) => fTail(f!, d1!, d2!, tail, form),
  'chi-square': ([x, df], tail, form) => chiSquareTail(x!, df!, tail, form),
  poisson: ([count, mean], tail, form) => poissonTail(count!, mean!, tail, form),
  binomial: ([k, n, p], tail, form) => binomialTail(k!, n!, p!, tail, form),
  'log-gamma': ([x]) => logGamma(x!),
}

// Largest relative difference from 50 digits, over all rows of a function; measured figures stand in the README.
const TOLERANCE = 1e-12
const relative = (got: number, exact: number) => (got === exact ? 0 : Math.abs(got / exact - 1))

describe('tails against 50 digits (reference/make-tails.py)', () => {
  for (const name of Object.keys(functions)) {
    const rows = golden.filter((row) => row.name === name)
    test(`${name}, ${rows.length} rows`, () => {
      expect(rows.length).toBeGreaterThan(10)
      let worst = { difference: 0, row: '' }
      for (const row of rows) {
        const got = functions[name]!(row.args, row.tail, 'probability')
        const difference = relative(got, row.value)
        if (!(difference <= worst.difference))
          worst = { difference, row: `${row.args.join(' ')} ${row.tail}: ${got} for ${row.value}` }
      }
      if (process.env.SHOW_ACCURACY) console.log(name, rows.length, worst)
      expect(worst.difference, worst.row).toBeLessThan(TOLERANCE)
    })
    test.skipIf(name === 'log-gamma')(`${name}, logarithms`, () => {
      for (const row of rows) {
        // A probability near 1 has a logarithm near 0, whose relative digits the row's double arguments no longer fix.
        const got = functions[name]!(row.args, row.tail, 'log')
        expect(Math.abs(got - row.log!), `${row.args.join(' ')} ${row.tail}`).toBeLessThan(
          TOLERANCE * Math.max(1, Math.abs(row.log!)),
        )
      }
    })
  }
})

describe('tails beyond the smallest double', () => {
  test('log forms stay finite', () => {
    expect(normalTail(100, 'upper', 'log')).toBeCloseTo(-5005.524208694205, 8)
    expect(chiSquareTail(5000, 3, 'upper', 'log')).toBeLessThan(-2000)
    expect(studentTTail(1e200, 1, 'upper', 'log')).toBeCloseTo(Math.log(1 / Math.PI / 1e200), 10)
  })
  test('ends are exact', () => {
    expect(normalTail(Number.POSITIVE_INFINITY, 'upper')).toBe(0)
    expect(normalTail(Number.NEGATIVE_INFINITY, 'upper')).toBe(1)
    expect(studentTTail(Number.POSITIVE_INFINITY, 4, 'upper')).toBe(0)
    expect(fTail(0, 2, 3, 'upper')).toBe(1)
    expect(chiSquareTail(Number.POSITIVE_INFINITY, 2, 'lower')).toBe(1)
    expect(poissonTail(0, 0, 'lower')).toBe(1)
    expect(binomialTail(0, 0, 0.5, 'upper')).toBe(1)
    expect(binomialTail(3, 5, 1, 'lower')).toBe(0)
  })
})

describe('invariants', () => {
  const sane = { noNaN: true, noDefaultInfinity: true }
  test('lower and upper add up to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, ...sane }), fc.double({ min: 0.3, max: 500, ...sane }), (x, df) => {
        expect(normalTail(x, 'lower') + normalTail(x, 'upper')).toBeCloseTo(1, 12)
        expect(studentTTail(x, df, 'lower') + studentTTail(x, df, 'upper')).toBeCloseTo(1, 12)
        expect(chiSquareTail(Math.abs(x), df, 'lower') + chiSquareTail(Math.abs(x), df, 'upper')).toBeCloseTo(1, 12)
        expect(fTail(Math.abs(x), df, 7, 'lower') + fTail(Math.abs(x), df, 7, 'upper')).toBeCloseTo(1, 12)
      }),
    )
  })
  test('discrete tails share exactly one count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.001, max: 0.999, ...sane }), (n, p) => {
        const k = Math.floor(n / 2)
        expect(binomialTail(k, n, p, 'lower') + binomialTail(k + 1, n, p, 'upper')).toBeCloseTo(1, 12)
        expect(poissonTail(k, n * p, 'lower') + poissonTail(k + 1, n * p, 'upper')).toBeCloseTo(1, 12)
      }),
    )
  })
  test('arguments outside their range are refused by name', () => {
    expect(() => normalTail(Number.NaN, 'lower')).toThrow(/z must/)
    expect(() => studentTTail(1, 0, 'lower')).toThrow(/degreesOfFreedom/)
    expect(() => chiSquareTail(-1, 2, 'lower')).toThrow(/x must/)
    expect(() => binomialTail(1, 3, 1.2, 'lower')).toThrow(/probability/)
    expect(() => poissonTail(1.5, 3, 'lower')).toThrow(/count/)
  })
})
