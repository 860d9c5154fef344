import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { simulateCoverage, simulateRatings } from '../../reference/shrinkage-simulation.ts'

const printed = JSON.parse(readFileSync(new URL('../../reference/shrinkage-simulation.json', import.meta.url), 'utf8'))

test('20,000 rated entities: shrinkage beats raw means and a filter of ten ratings, in error and in finding the best', () => {
  const { rawMean, atLeastTen, empiricalBayes, coverage, betweenDeviation } = simulateRatings(20_000, 1)
  expect(empiricalBayes.rootMeanSquaredError).toBeLessThan(0.75 * atLeastTen.rootMeanSquaredError)
  expect(empiricalBayes.rootMeanSquaredError).toBeLessThan(0.4 * rawMean.rootMeanSquaredError)
  expect(empiricalBayes.shareOfTrueTop).toBeGreaterThan(atLeastTen.shareOfTrueTop)
  expect(empiricalBayes.shareOfTrueTop).toBeGreaterThan(2 * rawMean.shareOfTrueTop)
  expect(Math.abs(betweenDeviation - 0.2)).toBeLessThan(0.01)
  expect(Math.abs(coverage - 0.95)).toBeLessThan(0.005)
  expect(empiricalBayes.rootMeanSquaredError).toBeCloseTo(printed.ratings[0].empiricalBayes.rootMeanSquaredError, 4)
})

test('intervals with the correction hold their promise with ten groups, without it they do not', () => {
  expect(simulateCoverage(10, 1, 'morris', 3).coverage).toBeGreaterThan(0.94)
  expect(simulateCoverage(10, 1, 'none', 3).coverage).toBeLessThan(0.9)
})
