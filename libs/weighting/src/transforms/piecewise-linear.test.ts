import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecewiseLinear, piecewiseLinearSlope } from './piecewise-linear.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/ranks.json', import.meta.url), 'utf8'))
const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true })

describe('piecewise-linear points', () => {
  const breakpoints = [
    { x: 70, y: 0 },
    { x: 80, y: 60 },
    { x: 90, y: 100 },
  ]
  test('against R approx(rule = 2)', () => {
    golden.x.forEach((x: number, i: number) => expect(piecewiseLinear(x, breakpoints)).toBeCloseTo(golden.y[i], 12))
  })
  test('stays between the lowest and highest points, exact on breakpoints', () => {
    fc.assert(
      fc.property(number(1e6), (value) => {
        const points = piecewiseLinear(value, breakpoints)
        expect(points).toBeGreaterThanOrEqual(0)
        expect(points).toBeLessThanOrEqual(100)
      }),
    )
    for (const { x, y } of breakpoints) expect(piecewiseLinear(x, breakpoints)).toBe(y)
    expect(piecewiseLinear(Number.NEGATIVE_INFINITY, breakpoints)).toBe(0)
    expect(piecewiseLinear(5, [{ x: 1, y: 7 }])).toBe(7)
  })
  test('slope', () => {
    expect([60, 75, 80, 85, 95].map((x) => piecewiseLinearSlope(x, breakpoints))).toEqual([0, 6, 6, 4, 0])
  })
  test('unordered, duplicate or missing breakpoints are refused', () => {
    expect(() => piecewiseLinear(1, [])).toThrow(/breakpoints/)
    expect(() =>
      piecewiseLinear(1, [
        { x: 2, y: 0 },
        { x: 1, y: 1 },
      ]),
    ).toThrow(/breakpoints\[1\]/)
    expect(() =>
      piecewiseLinear(1, [
        { x: 2, y: 0 },
        { x: 2, y: 1 },
      ]),
    ).toThrow(/breakpoints\[1\]/)
    expect(() => piecewiseLinear(Number.NaN, breakpoints)).toThrow(/value/)
  })
})
