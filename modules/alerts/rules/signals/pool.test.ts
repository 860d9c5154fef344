import { expect, test } from 'vitest'
import { poolSignals, type PooledUnit } from './pool.ts'

const unit = (number: number, ancestors: number[], severity: number, known = true): PooledUnit => ({
  number,
  ancestors,
  severity,
  known,
})
const pooling = { leastUnits: 3, leastSharePercent: 50, together: true }

test('a node speaks for its units when enough of them fire', () => {
  const district = [1, 10]
  const units = [
    unit(101, district, 1),
    unit(102, district, 2),
    unit(103, district, 1),
    unit(104, district, 0),
    unit(105, [1, 11], 1),
  ]
  expect(poolSignals(units, pooling)).toEqual([{ node: 10, severity: 2, members: [101, 102, 103] }])
})

test('too few, or too small a share: each for itself', () => {
  expect(poolSignals([unit(101, [1, 10], 1), unit(102, [1, 10], 1)], pooling)).toEqual([])
  const quiet = Array.from({ length: 7 }, (_unused, index) => unit(200 + index, [1, 10], 0))
  expect(poolSignals([unit(101, [1, 10], 1), unit(102, [1, 10], 1), unit(103, [1, 10], 3), ...quiet], pooling)).toEqual(
    [],
  )
})

test('units nobody could judge count neither way', () => {
  const unknown = Array.from({ length: 7 }, (_unused, index) => unit(200 + index, [1, 10], 0, false))
  const fire = [101, 102, 103].map((number) => unit(number, [1, 10], 1))
  expect(poolSignals([...fire, ...unknown], pooling)).toHaveLength(1)
})

test('the lowest node takes them; only what is left counts further up', () => {
  const units = [
    ...[101, 102, 103].map((number) => unit(number, [1, 10], 1)),
    unit(111, [1, 11], 1),
    unit(121, [1, 12], 1),
    unit(131, [1, 13], 1),
  ]
  expect(poolSignals(units, pooling).map(({ node, members }) => [node, members])).toEqual([
    [10, [101, 102, 103]],
    [1, [111, 121, 131]],
  ])
})
