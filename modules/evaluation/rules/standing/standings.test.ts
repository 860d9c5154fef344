import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemeOf } from '../../samples.ts'
import { seededRandom } from '#platform/seeded-random'
import { standingsOf } from './standings.ts'

const draft = schemeOf([], {
  dimensions: [
    {
      id: 'x1',
      title: { zh: '一', en: 'One' },
      weight: 1,
      items: [
        { id: 'a1', source: { kind: 'indicator', indicator: 'a1' }, weight: 1, transform: { kind: 'percentile' } },
      ],
    },
  ],
})
const stand = (scores: readonly (number | null)[], errors: readonly number[], together = false) =>
  standingsOf(
    draft,
    {
      composite: Float64Array.from(scores, (score) => score ?? Number.NaN),
      errors: Float64Array.from(errors),
      groups: new Int32Array(scores.length),
    },
    together,
    seededRandom(0.7),
  )

test('a small unit far from the mean is inside the funnel, a large one at the same distance is not', () => {
  const crowd = Array.from({ length: 40 }, (_, index) => 70 + (index % 2 === 0 ? 0.5 : -0.5))
  const { rows, overDispersion } = stand([...crowd, 62, 62], [...crowd.map(() => 1), 1, 9])
  expect(overDispersion).toBe(1)
  const [large, small] = [rows.at(-2)!, rows.at(-1)!]
  expect([large.funnel, small.funnel]).toEqual(['below-99.8', 'inside'])
  // Same score, same rank; but nobody can say where the small one really stands.
  expect(large.rank).toBe(small.rank)
  expect(small.rankLow).toBeLessThan(10)
  expect(large.rankLow).toBeGreaterThan(30)
})

test('every rank lies in its range, percentiles and chances within their bounds, units without a score have none', () => {
  const score = fc.record({
    composite: fc.double({ min: 0, max: 100, noNaN: true }),
    error: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(fc.option(score), { maxLength: 40 }), fc.boolean(), (scores, together) => {
      const { rows, topCount } = stand(
        scores.map((each) => each?.composite ?? null),
        scores.map((each) => each?.error ?? Number.NaN),
        together,
      )
      const ranked = rows.filter((row) => row !== null)
      for (const [place, row] of rows.entries()) expect(row === null).toBe(scores[place] === null)
      for (const row of ranked) {
        expect(row.rankLow <= row.rank && row.rank <= row.rankHigh).toBe(true)
        expect(row.rankHigh).toBeLessThanOrEqual(ranked.length)
        expect(row.percentile > 0 && row.percentile < 100.0001).toBe(true)
        expect(row.topProbability >= 0 && row.topProbability <= 1).toBe(true)
      }
      if (ranked.length > 0) expect(topCount).toBeGreaterThanOrEqual(1)
    }),
    { numRuns: 60 },
  )
})

test('chances to belong to the top add up to as many units as the top has', () => {
  const scores = Array.from({ length: 50 }, (_, index) => index)
  const { rows, topCount } = stand(
    scores,
    scores.map(() => 5),
    true,
  )
  expect(topCount).toBe(5)
  expect(rows.reduce((sum, row) => sum + row!.topProbability, 0)).toBeCloseTo(5, 6)
})

test('the range of ranks holds the true rank as often as it says, also for very unequal units', () => {
  const random = seededRandom(0.11)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let [inside, all] = [0, 0]
  for (let round = 0; round < 40; round += 1) {
    const truth = Array.from({ length: 60 }, () => 70 + 4 * normal())
    const errors = truth.map(() => 0.5 + 7 * random() ** 2)
    const found = truth.map((value, unit) => value + errors[unit]! * normal())
    const { rows } = stand(found, errors)
    for (const [unit, row] of rows.entries()) {
      const rank = 1 + truth.filter((value) => value > truth[unit]!).length
      inside += row!.rankLow <= rank && rank <= row!.rankHigh ? 1 : 0
      all += 1
    }
  }
  // 95 % promised; 2,400 ranks leave an error of half a point, neighbours add some.
  expect(inside / all).toBeGreaterThan(0.92)
})
