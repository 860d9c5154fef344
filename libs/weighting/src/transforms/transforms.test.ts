import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecewiseLinear } from './piecewise-linear.ts'
import { valueForPoints } from './points-inverse.ts'
import { expectedStepPoints, stepPoints } from './step-points.ts'
import { targetGapPoints } from './target-gap-points.ts'
import { zScorePoints } from './z-score-points.ts'

const scale = { mean: 80, standardDeviation: 5, centrePoints: 75, pointsPerDeviation: 10 }
const slopeBySteps = (of: (x: number) => number, x: number) => (of(x + 1e-6) - of(x - 1e-6)) / 2e-6
const figure = fc.double({ min: -200, max: 300, noNaN: true })

describe('z-score points', () => {
  const points = (x: number, more = {}) => {
    const result = zScorePoints(x, { ...scale, ...more })
    return result.kind === 'points' ? result : { points: Number.NaN, slope: Number.NaN }
  }
  test('T scores (McCall 1922): centre 50, ten points per deviation', () => {
    const t = { centrePoints: 50, pointsPerDeviation: 10 }
    expect([75, 80, 90].map((x) => points(x, t).points)).toEqual([40, 50, 70])
    expect(points(90, { ...t, direction: 'cost' }).points).toBe(30)
  })
  test('clamped, with slope 0 beyond; slope is the derivative', () => {
    expect(points(1000)).toEqual({ kind: 'points', points: 100, slope: 0 })
    expect(points(92.5).slope).toBe(2)
    expect(points(Number.NEGATIVE_INFINITY).points).toBe(0)
    fc.assert(
      fc.property(figure, (x) => {
        const got = points(x)
        if (got.points > 1e-3 && got.points < 100 - 1e-3)
          expect(got.slope).toBeCloseTo(
            slopeBySteps((y) => points(y).points, x),
            4,
          )
      }),
    )
  })
  test('no spread, and mistakes by name', () => {
    expect(zScorePoints(80, { ...scale, standardDeviation: 0 })).toMatchObject({ because: 'no-spread' })
    expect(() => zScorePoints(Number.NaN, scale)).toThrow(/value/)
    expect(() => zScorePoints(1, { ...scale, standardDeviation: -1 })).toThrow(/standardDeviation/)
    expect(() => zScorePoints(1, { ...scale, pointsPerDeviation: 0 })).toThrow(/pointsPerDeviation/)
    expect(() => zScorePoints(1, { ...scale, mean: Number.NaN })).toThrow(/mean/)
    expect(() => zScorePoints(1, { ...scale, lowestPoints: 5, highestPoints: 4 })).toThrow(/lowestPoints/)
  })
})

describe('target gap points', () => {
  const hotline = { target: 98, direction: 'benefit', fullPoints: 25, pointsPerUnit: 0.5, floorPoints: 12.5 } as const
  test.each([
    [75, 13.5],
    [83.33, 17.665],
    [87.5, 19.75],
    [98, 25],
    [100, 25],
    [40, 12.5],
  ])('the hotline of Lianyungang, August 2021: %d %% gives %d', (rate, want) => {
    expect(targetGapPoints(rate, hotline).points).toBeCloseTo(want, 9)
  })
  test('costs, nearness, tolerance', () => {
    const cost = { ...hotline, target: 10, direction: 'cost' } as const
    expect([8, 10, 14, 99].map((x) => targetGapPoints(x, cost).points)).toEqual([25, 25, 23, 12.5])
    const close = { ...cost, direction: 'near', tolerance: 2 } as const
    expect([8, 12, 6, 16].map((x) => targetGapPoints(x, close).points)).toEqual([25, 25, 24, 23])
    expect(targetGapPoints(6, close).slope).toBe(0.5)
    expect(targetGapPoints(16, close).slope).toBe(-0.5)
    // On both corners the slope of the line.
    expect(targetGapPoints(73, hotline)).toEqual({ kind: 'points', points: 12.5, slope: 0.5 })
    expect(targetGapPoints(98, hotline).slope).toBe(0.5)
  })
  test('slope is the derivative, points fall with the gap', () => {
    fc.assert(
      fc.property(figure, fc.constantFrom('benefit', 'cost', 'near'), (x, direction) => {
        const own = { ...hotline, direction }
        const got = targetGapPoints(x, own)
        expect(got.points).toBeGreaterThanOrEqual(12.5)
        expect(got.points).toBeLessThanOrEqual(25)
        if (Math.abs(x - 98) > 1e-4 && Math.abs(Math.abs(x - 98) - 25) > 1e-4)
          expect(got.slope).toBeCloseTo(
            slopeBySteps((y) => targetGapPoints(y, own).points, x),
            4,
          )
      }),
    )
  })
  test('mistakes are refused by name', () => {
    expect(() => targetGapPoints(Number.NaN, hotline)).toThrow(/value/)
    expect(() => targetGapPoints(1, { ...hotline, pointsPerUnit: 0 })).toThrow(/pointsPerUnit/)
    expect(() => targetGapPoints(1, { ...hotline, floorPoints: 30 })).toThrow(/floorPoints/)
    expect(() => targetGapPoints(1, { ...hotline, tolerance: -1 })).toThrow(/tolerance/)
    expect(() => targetGapPoints(1, { ...hotline, target: Number.NaN })).toThrow(/target/)
  })
})

describe('step points', () => {
  const steps = [
    { from: 85, points: 60 },
    { from: 90, points: 80 },
    { from: 95, points: 100 },
  ]
  test('a value on a step has reached it', () => {
    expect([84, 85, 94.9, 95].map((x) => stepPoints(x, steps).points)).toEqual([0, 60, 80, 100])
    expect(stepPoints(91, steps)).toEqual({ points: 80, next: steps[2], lostBelow: 90 })
    expect(stepPoints(1, steps, 20)).toEqual({ points: 20, next: steps[0], lostBelow: null })
    expect(stepPoints(99, steps).next).toBeNull()
  })
  test('expected points: exact figures give the step, wide errors the mixture', () => {
    expect(expectedStepPoints((x) => (x > 91 ? 1 : 0), steps)).toEqual({ points: 80, standardDeviation: 0 })
    const uniform = (x: number) => Math.min(1, Math.max(0, (x - 80) / 20))
    const got = expectedStepPoints(uniform, steps)
    expect(got.points).toBeCloseTo(0.25 * (0 + 60 + 80 + 100), 12)
    expect(got.standardDeviation).toBeCloseTo(Math.sqrt((60 ** 2 + 0 + 20 ** 2 + 40 ** 2) / 4), 12)
  })
  test('mistakes are refused by name', () => {
    expect(() => stepPoints(1, [])).toThrow(/steps/)
    expect(() => stepPoints(1, [steps[1]!, steps[0]!])).toThrow(/steps\[1\]/)
    expect(() => stepPoints(Number.NaN, steps)).toThrow(/value/)
    expect(() => stepPoints(1, [{ from: Number.NaN, points: 1 }])).toThrow(/steps\[0\]/)
    expect(() => stepPoints(1, steps, Number.NaN)).toThrow(/pointsBelow/)
    expect(() => expectedStepPoints(() => 2, steps)).toThrow(/probabilityBelow/)
  })
})

describe('value for points', () => {
  const tent = [
    { x: 0, y: 0 },
    { x: 10, y: 100 },
    { x: 20, y: 50 },
  ]
  test('the nearest value on either side', () => {
    expect(valueForPoints(50, tent, 2)).toBe(5)
    expect(valueForPoints(80, tent, 18)).toBe(14)
    expect(valueForPoints(50, tent, 7)).toBe(7)
    expect(valueForPoints(101, tent, 7)).toBeNull()
    expect(() => valueForPoints(Number.NaN, tent, 7)).toThrow(/wantedPoints/)
  })
  test('has the points', () => {
    const y = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(y, fc.array(y, { minLength: 2, maxLength: 6 }), figure, (wanted, ys, value) => {
        const points = ys.map((each, i) => ({ x: 10 * i, y: each }))
        const found = valueForPoints(wanted, points, value)
        if (found === null) expect(Math.max(...ys)).toBeLessThan(wanted)
        else expect(piecewiseLinear(found, points)).toBeGreaterThanOrEqual(wanted - 1e-6)
      }),
    )
  })
})
