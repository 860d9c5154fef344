import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Direction } from './decision-matrix.ts'
import { type Normalisation, normaliseMatrix } from './normalise-matrix.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/weights.json', import.meta.url), 'utf8'))
const directions = golden.directions.map((d: string) => (d === 'target' ? { target: golden.target } : d)) as Direction[]
const normalised = (input: Parameters<typeof normaliseMatrix>[0]) => {
  const result = normaliseMatrix(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result.rows
}
const near = (got: readonly (readonly number[])[], want: number[][]) =>
  got.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(want[i]![j]!, 13)))

describe('against R (reference/make-weights.R)', () => {
  test.each([
    ['min-max', 'minMax'],
    ['z-score', 'zScore'],
    ['target', 'targetBased'],
  ] as const)('%s with benefit, cost and target', (method, name) => {
    near(normalised({ rows: golden.rows, directions, method }), golden[name])
  })
  test.each(['vector', 'sum', 'max'] as const)('%s with benefit and cost', (method) => {
    const rows = golden.rows.map((row: number[]) => [row[0], row[1], row[3]])
    near(normalised({ rows, directions: ['benefit', 'cost', 'benefit'], method }), golden[method])
  })
})

describe('invariants', () => {
  const column = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 2, maxLength: 12 })
  test('a change of unit changes nothing, and a better figure never gets less', () => {
    const methods: Normalisation[] = ['min-max', 'vector', 'sum', 'max', 'z-score', 'target']
    fc.assert(
      fc.property(
        column,
        fc.constantFrom(...methods),
        fc.constantFrom('benefit', 'cost'),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (values, method, direction, factor) => {
          const of = (list: readonly number[]) =>
            normalised({
              rows: list.map((x) => [x]),
              directions: [direction],
              method,
              whenConstant: 0.5,
            }).map((row) => row[0]!)
          const got = of(values)
          const spread = Math.max(...values) - Math.min(...values)
          if (spread > 1e-6) of(values.map((x) => x * factor)).forEach((x, i) => expect(x).toBeCloseTo(got[i]!, 6))
          values.forEach((x, i) => {
            values.forEach((y, j) => {
              if (direction === 'benefit' ? x > y : x < y) expect(got[i]!).toBeGreaterThanOrEqual(got[j]! - 1e-12)
            })
          })
          if (method !== 'z-score') {
            expect(Math.min(...got)).toBeGreaterThanOrEqual(-1e-12)
            expect(Math.max(...got)).toBeLessThanOrEqual(1 + 1e-12)
          }
        },
      ),
    )
  })
})

describe('what cannot be', () => {
  const of = (rows: (number | null)[][], method: Normalisation, direction: Direction = 'benefit') =>
    normaliseMatrix({ rows, directions: rows[0]!.map(() => direction), method })
  test.each([
    ['missing', of([[1], [null]], 'min-max')],
    ['not-finite', of([[1], [Number.NaN]], 'sum')],
    ['constant', of([[3], [3]], 'min-max')],
    ['constant', of([[3], [3]], 'z-score', { target: 5 })],
    ['constant', of([[1], [5]], 'min-max', { target: 3 })],
    ['constant', of([[0], [0]], 'vector')],
    ['not-positive', of([[-1], [2]], 'sum')],
    ['not-positive', of([[0], [2]], 'sum', 'cost')],
    ['not-positive', of([[0], [2]], 'max', 'cost')],
    ['not-positive', of([[0], [0]], 'max')],
  ])('%s', (because, result) => {
    expect(result).toMatchObject({ kind: 'cannot', because })
  })
  test('the cell is named; constants may be given a figure', () => {
    const rows = [
      [1, 2],
      [3, null],
    ]
    expect(normaliseMatrix({ rows, directions: ['cost', 'cost'], method: 'sum' })).toMatchObject({
      detail: 'row 1, column 1 has no value',
    })
    expect(normalised({ rows: [[3], [3]], directions: ['benefit'], method: 'min-max', whenConstant: 1 })).toEqual([
      [1],
      [1],
    ])
    expect(normaliseMatrix({ rows: [], directions: [], method: 'sum' })).toMatchObject({ because: 'too-few' })
  })
  test('mistakes are refused by name', () => {
    const call = (more: Partial<Parameters<typeof normaliseMatrix>[0]>) => () =>
      normaliseMatrix({ rows: [[1], [2]], directions: ['benefit'], method: 'min-max', ...more })
    expect(call({ rows: [[1], [1, 2]] })).toThrow(/rows\[1\]/)
    expect(call({ rows: [[]] })).toThrow(/rows/)
    expect(call({ directions: [] })).toThrow(/directions/)
    expect(call({ directions: [{ target: Number.NaN }] })).toThrow(/directions\[0\]/)
    expect(call({ directions: [{ target: 2 }], method: 'vector' })).toThrow(/directions\[0\]/)
    expect(call({ whenConstant: Number.NaN })).toThrow(/whenConstant/)
  })
})
