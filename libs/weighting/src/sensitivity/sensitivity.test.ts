import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededUniform } from '../chance/uniform-for-test.ts'
import { rankWithTies } from '../ranks/rank-with-ties.ts'
import { marginalGains } from './marginal-gains.ts'
import { ranksOverWeights } from './ranks-over-weights.ts'
import { type StableRange, weightIntervals } from './weight-intervals.ts'

const intervals = (points: readonly (readonly number[])[], weights: readonly number[]) => {
  const result = weightIntervals(points, weights)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}
const drawn = (points: number[][], options: Parameters<typeof ranksOverWeights>[1]) => {
  const result = ranksOverWeights(points, options)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result.units
}

describe('weight intervals', () => {
  test('by hand: A (90, 50) leads B (70, 80) until the first weight falls to 0.6', () => {
    const { ranking, items } = intervals(
      [
        [70, 80],
        [90, 50],
      ],
      [0.7, 0.3],
    )
    expect(ranking).toEqual([1, 0])
    const first = items[0]!
    if (first.kind === 'cannot') throw new Error(first.detail)
    expect(first.leader.lower).toBeCloseTo(0.6, 12)
    expect(first.leader).toMatchObject({ upper: 1, swapBelow: { ahead: 1, overtakes: 0 }, swapAbove: null })
    expect(first.order).toEqual(first.leader)
    const second = items[1]!
    expect(second.kind === 'ranges' && second.leader.upper).toBeCloseTo(0.4, 12)
  })
  test('inside the range the order stands, just outside the named pair has changed places', () => {
    const point = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
    const weight = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 7 }), weight, (points, weights) => {
        const total = weights.reduce((sum, each) => sum + each, 0)
        const scoresAt = (item: number, t: number) => {
          const rest = total - weights[item]!
          return points.map((row) =>
            row.reduce((sum, x, j) => sum + x * (j === item ? t : ((1 - t) * weights[j]!) / rest), 0),
          )
        }
        const { ranking, items } = intervals(points, weights)
        items.forEach((stability, item) => {
          if (stability.kind === 'cannot') throw new Error(stability.detail)
          const check = (range: StableRange, stands: (scores: number[]) => boolean) => {
            for (const share of [0.001, 0.3, 0.7, 0.999]) {
              expect(stands(scoresAt(item, range.lower + share * (range.upper - range.lower)))).toBe(true)
            }
            for (const [swap, step] of [
              [range.swapBelow, -1e-4],
              [range.swapAbove, 1e-4],
            ] as const) {
              if (!swap || swap.weight + step < 0 || swap.weight + step > 1) continue
              const scores = scoresAt(item, swap.weight + step)
              expect(scores[swap.overtakes]!).toBeGreaterThan(scores[swap.ahead]!)
            }
          }
          const level = 1e-9
          check(stability.leader, (scores) => scores.every((score) => score <= scores[ranking[0]!]! + level))
          check(stability.order, (scores) =>
            ranking.every((unit, i) => i === 0 || scores[unit]! <= scores[ranking[i - 1]!]! + level),
          )
          expect(stability.order.lower).toBeGreaterThanOrEqual(stability.leader.lower - level)
          expect(stability.order.upper).toBeLessThanOrEqual(stability.leader.upper + level)
        })
      }),
    )
  })
  test('level units, a sole weight, a lone unit, lowest first', () => {
    const level = intervals(
      [
        [60, 40],
        [40, 60],
      ],
      [1, 1],
    ).items[0]!
    expect(level.kind === 'ranges' && level.leader).toMatchObject({ lower: 0.5, upper: 1 })
    expect(intervals([[1, 2]], [1, 0]).items[0]).toMatchObject({ because: 'sole-weight' })
    expect(intervals([[1, 2]], [1, 0]).items[1]).toMatchObject({ kind: 'ranges', leader: { lower: 0, upper: 1 } })
    expect(weightIntervals([[1], [2]], [1], 'lowest')).toMatchObject({ ranking: [0, 1] })
    expect(weightIntervals([[1], [null]], [1])).toMatchObject({ because: 'missing' })
    expect(weightIntervals([], [1])).toMatchObject({ because: 'too-few' })
    expect(() => weightIntervals([[1]], [1, 1])).toThrow(/weights/)
  })
})

describe('ranks over weights', () => {
  const points = [
    [90, 90, 90],
    [80, 50, 60],
    [50, 80, 60],
    [10, 20, 30],
  ]
  test('a unit best in every item is always first; one worst in all always last', () => {
    const units = drawn(points, { spread: { kind: 'uniform' }, draws: 500, random: seededUniform(1) })
    expect(units[0]).toMatchObject({ best: 1, worst: 1, probabilityTop: 1 })
    expect(units[3]).toMatchObject({ best: 4, worst: 4, probabilityBottom: 1 })
    expect(units[1]!.median).toBeGreaterThanOrEqual(2)
  })
  test('uniform on the simplex: two mirrored units lead each other half the time', () => {
    const units = drawn(points, { spread: { kind: 'uniform' }, draws: 20_000, random: seededUniform(2), top: 2 })
    expect(units[1]!.probabilityTop).toBeCloseTo(0.5, 1)
    expect(units[1]!.probabilityTop + units[2]!.probabilityTop).toBeCloseTo(1, 12)
  })
  test('a tight Dirichlet gives the nominal ranks, a zero weight stays zero', () => {
    const spread = { kind: 'dirichlet', weights: [3, 1, 0], concentration: 1e6 } as const
    const units = drawn(points, { spread, draws: 200, random: seededUniform(3) })
    const loose = drawn(points, { spread: { ...spread, concentration: 0.5 }, draws: 200, random: seededUniform(3) })
    expect(loose[1]!.worst).toBe(3)
    const nominal = rankWithTies(points.map(([a, b]) => 0.75 * a! + 0.25 * b!))
    units.forEach((unit, i) => expect([unit.best, unit.worst]).toEqual([nominal[i], nominal[i]]))
  })
  test('dominance in every draw', () => {
    const row = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), (rows) => {
        const units = drawn(rows, { spread: { kind: 'uniform' }, draws: 30, random: seededUniform(4) })
        rows.forEach((a, i) => {
          rows.forEach((b, j) => {
            if (a.every((x, k) => x > b[k]!)) expect(units[i]!.worst).toBeLessThan(units[j]!.worst)
          })
        })
      }),
    )
  })
  test('what cannot be, and mistakes by name', () => {
    const options = { spread: { kind: 'uniform' }, draws: 5, random: seededUniform(5) } as const
    expect(ranksOverWeights([[1], [null]], options)).toMatchObject({ because: 'missing' })
    const ask = (weights: number[], concentration: number) => () =>
      ranksOverWeights([[1]], { ...options, spread: { kind: 'dirichlet', weights, concentration } })
    expect(ask([1, 1], 5)).toThrow(/spread.weights/)
    expect(ask([1], 0)).toThrow(/spread.concentration/)
    expect(() => ranksOverWeights([[1]], { ...options, draws: 0 })).toThrow(/draws/)
  })
})

describe('marginal gains', () => {
  const items = [
    { id: 'time', effectiveWeight: 0.5, points: 70, slope: -0.2, highestPoints: 100 },
    { id: 'answers', effectiveWeight: 0.2, points: 60, slope: null, highestPoints: 100 },
    { id: 'dead', effectiveWeight: 0, points: 0, slope: 1, highestPoints: 100 },
  ]
  test('per point, per unit, most, and what the next grade takes', () => {
    expect(marginalGains(72, items, 80)).toEqual([
      { id: 'time', gainPerPoint: 0.5, gainPerUnit: -0.1, mostGain: 15, pointsForTarget: 86 },
      { id: 'answers', gainPerPoint: 0.2, gainPerUnit: null, mostGain: 8, pointsForTarget: 100 },
      { id: 'dead', gainPerPoint: 0, gainPerUnit: 0, mostGain: 0, pointsForTarget: null },
    ])
    expect(marginalGains(72, items, 60).map((gain) => gain.pointsForTarget)).toEqual([70, 60, 0])
    expect(marginalGains(72, items).map((gain) => gain.pointsForTarget)).toEqual([null, null, null])
    expect(marginalGains(72, items, 90)[0]!.pointsForTarget).toBeNull()
  })
  test('the named points do reach the target', () => {
    const weight = fc.double({ min: 0.01, max: 1, noNaN: true })
    const target = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(weight, fc.integer({ min: 0, max: 100 }), target, (effectiveWeight, points, wanted) => {
        const score = effectiveWeight * points
        const item = { id: 'a', effectiveWeight, points, slope: 1, highestPoints: 100 }
        const needed = marginalGains(score, [item], wanted)[0]!.pointsForTarget
        if (needed === null) expect(effectiveWeight * 100).toBeLessThan(wanted + 1e-9)
        else expect(effectiveWeight * needed).toBeGreaterThanOrEqual(wanted - 1e-6)
      }),
    )
  })
  test('mistakes are refused by name', () => {
    const one = items[0]!
    expect(() => marginalGains(Number.NaN, items)).toThrow(/score/)
    expect(() => marginalGains(1, items, Number.NaN)).toThrow(/target/)
    expect(() => marginalGains(1, [one, one])).toThrow(/ids/)
    expect(() => marginalGains(1, [{ ...one, effectiveWeight: 2 }])).toThrow(/effectiveWeight/)
    expect(() => marginalGains(1, [{ ...one, points: 101 }])).toThrow(/points/)
    expect(() => marginalGains(1, [{ ...one, slope: Number.NaN }])).toThrow(/slope/)
  })
})
