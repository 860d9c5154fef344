import { describe, expect, test } from 'vitest'
import { dirichletVariates, logGammaVariates } from './dirichlet-variates.ts'
import { normalVariates } from './normal-variates.ts'
import { seededUniform } from './uniform-for-test.ts'

const moments = (draw: () => number, count: number) => {
  let mean = 0
  let squares = 0
  let cubes = 0
  let fourths = 0
  const values = Array.from({ length: count }, draw)
  for (const value of values) mean += value / count
  for (const value of values) {
    squares += (value - mean) ** 2 / count
    cubes += (value - mean) ** 3 / count
    fourths += (value - mean) ** 4 / count
  }
  return { mean, variance: squares, skewness: cubes / squares ** 1.5, kurtosis: fourths / squares ** 2 }
}

test('normal variates have the moments of the normal distribution', () => {
  const got = moments(normalVariates(seededUniform(1)), 200_000)
  expect(Math.abs(got.mean)).toBeLessThan(0.01)
  expect(Math.abs(got.variance - 1)).toBeLessThan(0.015)
  expect(Math.abs(got.skewness)).toBeLessThan(0.03)
  expect(Math.abs(got.kurtosis - 3)).toBeLessThan(0.06)
})

test.each([0.3, 1, 2.5, 40])('gamma variates of shape %d: mean and variance are the shape', (shape) => {
  const draw = logGammaVariates(seededUniform(2))
  const got = moments(() => Math.exp(draw(shape)), 100_000)
  expect(Math.abs(got.mean / shape - 1)).toBeLessThan(0.03)
  expect(Math.abs(got.variance / shape - 1)).toBeLessThan(0.06)
  expect(Math.abs(got.skewness * Math.sqrt(shape) - 2)).toBeLessThan(0.25)
})

describe('Dirichlet variates', () => {
  test('mean and variance', () => {
    const shapes = [6, 3, 1, 0]
    const draw = dirichletVariates(seededUniform(3), shapes)
    const target = new Float64Array(4)
    const sums = [0, 0, 0, 0]
    const squares = [0, 0, 0, 0]
    const count = 50_000
    for (let i = 0; i < count; i++) {
      draw(target).forEach((weight, j) => {
        sums[j]! += weight / count
        squares[j]! += weight ** 2 / count
      })
    }
    shapes.forEach((shape, j) => {
      expect(sums[j]).toBeCloseTo(shape / 10, 2)
      expect(squares[j]! - sums[j]! ** 2).toBeCloseTo(((shape / 10) * (1 - shape / 10)) / 11, 3)
    })
    expect(target[3]).toBe(0)
  })
  test('tiny shapes still sum to 1', () => {
    const draw = dirichletVariates(seededUniform(4), [1e-4, 1e-4, 1e-4])
    for (let i = 0; i < 1000; i++) {
      const weights = draw(new Float64Array(3))
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    }
  })
  test('mistakes are refused by name', () => {
    expect(() => dirichletVariates(seededUniform(1), [0, 0])).toThrow(/shapes/)
    expect(() => dirichletVariates(seededUniform(1), [-1, 2])).toThrow(/shapes/)
    expect(() => logGammaVariates(seededUniform(1))(0)).toThrow(/shape/)
  })
})
