import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Transform } from '../../contract.ts'
import { pointsFunction } from './points.ts'

const peers = Float64Array.from([2, 4, 4, 6, 9])
const none = new Float64Array(0)
const at = (transform: Transform, value: number, better: 'more' | 'less' = 'more') =>
  pointsFunction(transform, better, peers)!.points(value)

describe('points of a value', () => {
  const target: Transform = { kind: 'target-gap', target: 95, pointsPerUnit: 4, floor: 20 }
  const score: Transform = { kind: 'z-score', centre: 50, pointsPerDeviation: 10 }
  const rank: Transform = { kind: 'percentile' }
  const step: Transform = {
    kind: 'step',
    steps: [
      [60, 40],
      [80, 70],
      [90, 100],
    ],
  }
  const deviation = Math.sqrt((9 + 1 + 1 + 1 + 16) / 4)
  const cases: [string, Transform, number, 'more' | 'less', number][] = [
    ['at the target all', target, 95, 'more', 100],
    ['short of it four each', target, 90, 'more', 80],
    ['down to the floor', target, 10, 'more', 20],
    ['fewer is better: above the target it costs', { ...target, target: 5 }, 10, 'less', 80],
    ['fewer is better: below it all', { ...target, target: 5 }, 1, 'less', 100],
    ['the mean of the peers is the centre', score, 5, 'more', 50],
    ['one deviation better', score, 5 + deviation, 'more', 60],
    ['one deviation less, where less is better', score, 5 - deviation, 'less', 60],
    ['never above 100', score, 1e6, 'more', 100],
    ['a share of the peers, ties half', rank, 4, 'more', (1 + 1) * 20],
    ['the best', rank, 9, 'more', 90],
    ['the least, where less is better', rank, 2, 'less', 90],
    ['below the first step nothing', step, 59.9, 'more', 0],
    ['on a step', step, 80, 'more', 70],
    ['above the last', step, 99, 'more', 100],
  ]
  test.each(cases)('%s', (_name, transform, value, better, expected) => {
    expect(at(transform, value, better)).toBeCloseTo(expected, 10)
  })
  test('steps where fewer is better count up to each value', () => {
    const fewer: Transform = {
      kind: 'step',
      steps: [
        [5, 100],
        [10, 60],
      ],
    }
    expect([4, 5, 7, 10, 11].map((value) => at(fewer, value, 'less'))).toEqual([100, 100, 60, 60, 0])
  })
  test('peers that allow no answer give none', () => {
    expect(pointsFunction(score, 'more', Float64Array.from([3, 3, 3]))).toBeNull()
    expect(pointsFunction(score, 'more', none)).toBeNull()
    expect(pointsFunction(rank, 'more', Float64Array.from([1]))).toBeNull()
  })
  test('errors go through slopes, of steps through the chance to pass them', () => {
    expect(pointsFunction(target, 'more', none)!.error(90, 0.5)).toBeCloseTo(2, 10)
    const steps = pointsFunction(step, 'more', none)!
    // Far from any step there is no doubt; on one the points are 40 or 70 with even chances.
    expect(steps.error(70, 0.01)).toBeCloseTo(0, 10)
    expect(steps.error(80, 0.01)).toBeCloseTo(15, 6)
    expect(steps.error(70, 0)).toBe(0)
  })
})

const anyTransform: fc.Arbitrary<Transform> = fc.oneof(
  fc.record({
    kind: fc.constant('target-gap' as const),
    target: fc.double({ min: -100, max: 100, noNaN: true }),
    pointsPerUnit: fc.double({ min: 0.1, max: 50, noNaN: true }),
    floor: fc.double({ min: 0, max: 100, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('z-score' as const),
    centre: fc.double({ min: 0, max: 100, noNaN: true }),
    pointsPerDeviation: fc.double({ min: 0.5, max: 40, noNaN: true }),
  }),
  fc.constant({ kind: 'percentile' as const }),
)

test('better values never get fewer points, and points stay within 0 and 100', () => {
  const value = fc.double({ min: -200, max: 200, noNaN: true })
  fc.assert(
    fc.property(
      anyTransform,
      fc.constantFrom('more' as const, 'less' as const),
      value,
      value,
      (transform, better, a, b) => {
        const points = pointsFunction(transform, better, peers)!.points
        const [worse, good] = (better === 'more') === a < b ? [a, b] : [b, a]
        expect(points(good)).toBeGreaterThanOrEqual(points(worse) - 1e-9)
        expect(points(a)).toBeGreaterThanOrEqual(0)
        expect(points(a)).toBeLessThanOrEqual(100)
      },
    ),
  )
})
