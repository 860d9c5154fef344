import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evenly, giveWay, scaledToOne, tidied, withOneLess, withOneMore } from './give-way.ts'

const sum = (weights: readonly number[]) => weights.reduce((total, weight) => total + weight, 0)
const none = new Set<number>()
const weightSet = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
  .map((parts) => scaledToOne(parts))

describe('one weight is moved', () => {
  test('the others give way in proportion', () => {
    expect(giveWay([0.5, 0.3, 0.2], 0, 0.75, none)).toEqual([0.75, 0.15, 0.1])
    expect(giveWay([0.5, 0.3, 0.2], 0, 0, none)).toEqual([0, 0.6, 0.4])
  })
  test('locked ones stay, and leave no more room than there is', () => {
    expect(giveWay([0.5, 0.3, 0.2], 0, 0.6, new Set([1]))).toEqual([0.6, 0.3, 0.1])
    expect(giveWay([0.5, 0.3, 0.2], 0, 0.9, new Set([1]))).toEqual([0.7, 0.3, 0])
    expect(giveWay([0.5, 0.3, 0.2], 0, 0.9, new Set([1, 2]))).toEqual([0.5, 0.3, 0.2])
    expect(giveWay([0.5, 0.3, 0.2], 0, 0.9, new Set([0]))).toEqual([0.5, 0.3, 0.2])
  })
  test('others that have nothing share evenly', () => {
    expect(giveWay([1, 0, 0], 0, 0.5, none)).toEqual([0.5, 0.25, 0.25])
  })
  test('a single weight is all there is', () => expect(giveWay([1], 0, 0.3, none)).toEqual([1]))
  test('from where the movement began every way leads back', () => {
    const start = [0.5, 0.3, 0.2]
    giveWay(start, 0, 1, none)
    expect(giveWay(start, 0, 0.5, none)).toEqual(start)
  })
  test('whatever is moved, the sum is 1, nothing is negative, locked ones keep their digits', () => {
    const thirds = [1 / 3, 1 / 3, 1 / 3]
    expect(giveWay(thirds, 0, 0.5, new Set([1]))[1]).toBe(1 / 3)
    fc.assert(
      fc.property(
        weightSet,
        fc.nat(),
        fc.double({ min: -0.5, max: 1.5, noNaN: true }),
        fc.uniqueArray(fc.nat({ max: 11 })),
        (weights, at, to, held) => {
          const locked = new Set(held.filter((place) => place < weights.length))
          const moved = giveWay(weights, at % weights.length, to, locked)
          expect(Math.abs(sum(moved) - 1)).toBeLessThan(1e-9)
          expect(Math.min(...moved)).toBeGreaterThanOrEqual(0)
          for (const place of locked) expect(moved[place]).toBe(weights[place])
        },
      ),
    )
  })
})

describe('sets of weights', () => {
  test('thirds in hundredths of a percent: the first takes what is left', () => {
    expect(evenly(3)).toEqual([0.3334, 0.3333, 0.3333])
    expect(tidied([0.12344, 0.87656])).toEqual([0.1234, 0.8766])
  })
  test('one more gets an equal part, one less leaves its own to the others', () => {
    expect(withOneMore([0.6, 0.4], 2)).toEqual([0.4, 0.2667, 0.3333])
    expect(withOneMore([], 0)).toEqual([1])
    expect(withOneLess([0.5, 0.3, 0.2], 0)).toEqual([0.6, 0.4])
    expect(withOneLess([1], 0)).toEqual([])
    expect(withOneLess([1, 0], 0)).toEqual([1])
    fc.assert(
      fc.property(weightSet, fc.nat(), (weights, at) => {
        expect(Math.abs(sum(withOneMore(weights, at % (weights.length + 1))) - 1)).toBeLessThan(1e-9)
        const less = withOneLess(weights, at % weights.length)
        expect(Math.abs(sum(less) - (weights.length > 1 ? 1 : 0))).toBeLessThan(1e-9)
      }),
    )
  })
})
