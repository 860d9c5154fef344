import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { individualsChart } from './individuals-chart.ts'
import { shiftRule } from './shift-rule.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/intervals.json', import.meta.url), 'utf8')).chart

function chartOf(input: Parameters<typeof individualsChart>[0]) {
  const result = individualsChart(input)
  if (result.kind !== 'chart') throw new Error(result.detail)
  return result
}

test('centre and mean moving range against R, with and without screening', () => {
  const plain = chartOf({ values: golden.values, factor: '2.66', screening: false })
  expect(plain.centre).toBeCloseTo(golden.centre, 12)
  expect(plain.meanMovingRange).toBeCloseTo(golden.unscreened, 12)
  expect(plain.upper).toBeCloseTo(golden.centre + 2.66 * golden.unscreened, 12)
  const screened = chartOf({ values: golden.values, factor: '3/1.128', screening: true })
  expect(screened.meanMovingRange).toBeCloseTo(golden.screened, 12)
  expect(screened.lower).toBeCloseTo(golden.centre - (3 / 1.128) * golden.screened, 12)
  expect(screened.screened).toEqual([6, 7])
  expect(screened.outside).toEqual([7])
})
test('later values are judged by the limits of the baseline', () => {
  const got = chartOf({ values: [1, 2, 1, 2, 1, 2, 9], factor: '2.66', screening: false, baseline: 6 })
  expect(got).toMatchObject({ centre: 1.5, meanMovingRange: 1, outside: [6] })
  expect(got.movingRanges).toHaveLength(6)
})
test('data conditions are results, mistakes are errors', () => {
  const rest = { factor: '2.66', screening: false } as const
  expect(individualsChart({ values: [1], ...rest })).toMatchObject({ because: 'too-few' })
  expect(individualsChart({ values: [1, 1, 1], ...rest })).toMatchObject({ because: 'constant' })
  expect(individualsChart({ values: [1, Number.NaN], ...rest })).toMatchObject({ because: 'not-finite' })
  expect(() => individualsChart({ values: [1, 2], ...rest, baseline: 3 })).toThrow(/baseline/)
})
test('shifts', () => {
  const up = [0, ...Array.from({ length: 7 }, () => 2), 1, ...Array.from({ length: 8 }, () => 0)]
  expect(shiftRule({ values: up, centre: 1, runLength: 7 })).toEqual([
    { side: 'above', start: 1, end: 7 },
    { side: 'below', start: 9, end: 16 },
  ])
  expect(shiftRule({ values: up, centre: 1, runLength: 8 })).toEqual([{ side: 'below', start: 9, end: 16 }])
  expect(shiftRule({ values: up, centre: 1, runLength: 9 })).toEqual([])
  const touching = [2, 2, 2, 2, 1, 2, 2, 2]
  expect(shiftRule({ values: touching, centre: 1, runLength: 7 })).toEqual([])
  expect(shiftRule({ values: touching, centre: 1, runLength: 7, onCentre: 'skipped' })).toEqual([
    { side: 'above', start: 0, end: 7 },
  ])
})
