import { expect, test } from 'vitest'
import { binsOf, onStep, quantileOf, rangeOf, stepOf, ticksOf } from './histogram.ts'

test('values fall into their bins, those beyond the ends into the outermost', () => {
  expect(binsOf([-5, 0, 2.4, 2.5, 9.9, 10, 40], 0, 10, 4).map((bin) => bin.count)).toEqual([3, 1, 0, 3])
  expect(binsOf([3], 3, 3, 2).map((bin) => bin.count)).toEqual([0, 0])
})
test('quantiles between neighbours', () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantileOf([1, 2, 3, 5], share))).toEqual([1, 1.75, 2.5, 5])
  expect(quantileOf([7], 0.9)).toBe(7)
})
test('steps people would take', () => {
  expect([stepOf(100), stepOf(60), stepOf(1), stepOf(3_000_000), stepOf(0)]).toEqual([0.5, 0.5, 0.005, 20_000, 1])
  expect([onStep(0.30000000004, 0.1), onStep(1.26, 0.5)]).toEqual([0.3, 1.5])
})
test('ticks are round numbers inside the scale', () => {
  expect(ticksOf(0, 100)).toEqual([0, 20, 40, 60, 80, 100])
  expect(ticksOf(2.9, 42.1)).toEqual([10, 20, 30, 40])
  expect(ticksOf(-0.3, 0.31)).toEqual([-0.2, 0, 0.2])
  expect(ticksOf(5, 5)).toEqual([5])
})
test('the scale holds everything and does not begin below zero for nothing', () => {
  expect(rangeOf([1, 5])).toEqual({ from: 0.76, to: 5.24 })
  expect(rangeOf([0, 10]).from).toBe(0)
  expect(rangeOf([-4, 4]).from).toBeLessThan(-4)
  expect(rangeOf([])).toEqual({ from: 0, to: 100 })
  const flat = rangeOf([7, 7])
  expect(flat.from < 7 && flat.to > 7).toBe(true)
})
