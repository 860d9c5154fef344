import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnOf, itemOf, readingsOf, schemeOf } from '../samples.ts'
import type { SchemeInputs } from '../contract.ts'
import { compareScores, kendallTau } from './comparing.ts'
import { previewScores } from './preview.ts'

const inputs = (values: readonly (readonly (number | null)[])[]): SchemeInputs => ({
  periodStart: '2026-01-01',
  grain: 'month',
  complete: true,
  items: values[0]!.map(() => ({ minimumN: 0, better: 'more', scatter: 'normal', scale: 1 })),
  units: values.map((own, unit) => ({
    entity: { key: `u${unit}`, name: `Unit ${unit}` },
    peerGroup: null,
    values: [...own],
    ns: own.map(() => 100),
    errors: own.map(() => 1),
    hidden: own.map(() => false),
    gates: [],
    starsBefore: null,
  })),
})

test('what made the difference adds up to it, by item and cause', () => {
  const before = schemeOf([itemOf('aa', 0.5), itemOf('bb', 0.5)])
  const after = schemeOf([
    itemOf('aa', 0.25),
    itemOf('bb', 0.5, {
      transform: {
        kind: 'piecewise',
        points: [
          [0, 20],
          [100, 100],
        ],
      },
    }),
    itemOf('cc', 0.25),
  ])
  const old = previewScores(
    before,
    inputs([
      [80, 40],
      [60, 70],
    ]),
    0.5,
  )
  const young = previewScores(
    after,
    inputs([
      [80, 40, 10],
      [60, 70, 90],
    ]),
    0.5,
  )
  const rows = compareScores(old, young)
  const own = rows.find((row) => row.entity.key === 'u0')!
  const sum = own.because.reduce((total, each) => total + each.difference, 0)
  expect(sum).toBeCloseTo(own.after.composite! - own.before.composite!, 2)
  expect(own.because.map(({ item, cause }) => `${item} ${cause}`).toSorted()).toEqual([
    'aa weight',
    'bb points',
    'cc added',
  ])
  expect([own.before.rank, own.after.rank]).toEqual([2, 2])
})

test('who appears, disappears or is not ranked has no reasons', () => {
  const draft = schemeOf([itemOf('aa', 1)])
  const rows = compareScores(
    previewScores(draft, inputs([[1], [2]]), 0),
    previewScores(draft, inputs([[1], [null]]), 0),
  )
  expect(rows[0]!.entity.key).toBe('u1')
  expect(rows[0]!.because).toEqual([])
  expect(readingsOf([columnOf([1])]).count).toBe(1)
})

test('Kendall’s tau against counting all pairs', () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
  fc.assert(
    fc.property(fc.array(pair, { minLength: 2, maxLength: 30 }), (pairs) => {
      let [score, x, y] = [0, 0, 0]
      for (let i = 0; i < pairs.length; i += 1)
        for (let j = i + 1; j < pairs.length; j += 1) {
          const a = Math.sign(pairs[i]![0] - pairs[j]![0])
          const b = Math.sign(pairs[i]![1] - pairs[j]![1])
          score += a * b
          x += a * a
          y += b * b
        }
      const tau = kendallTau(pairs)
      if (x === 0 || y === 0) expect(tau).toBeNull()
      else expect(tau).toBeCloseTo(score / Math.sqrt(x * y), 10)
    }),
  )
})
