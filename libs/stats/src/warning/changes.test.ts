import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changePoints, differenceDeviation } from './change-points.ts'
import { cusumChangeTest, kolmogorovTail, pettittTest } from './change-tests.ts'
import { type ChangeModel, segmentCost } from './segment-costs.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/warning.json', import.meta.url), 'utf8'))
const { nile, sigma, bic, modified, both, counts } = golden.change
const near = (got: number, exact: number, tolerance = 1e-9) =>
  expect(Math.abs(got / exact - 1), `${got} for ${exact}`).toBeLessThan(tolerance)

function segmented(input: Parameters<typeof changePoints>[0]) {
  const result = changePoints(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

test('the Nile, flow per year from 1871: one change, 1899', () => {
  near(differenceDeviation(nile)!, sigma)
  const found = segmented({ values: nile, model: { kind: 'mean', sigma }, penalty: 'bic', minimumLength: 5 })
  expect(found.changes).toEqual(bic.changes)
  expect(1871 + found.changes[0]!).toBe(1899)
  near(found.cost, bic.cost)
  const changed = segmented({ values: nile, model: { kind: 'mean', sigma }, penalty: 'modified-bic', minimumLength: 5 })
  expect(changed.changes).toEqual(modified.changes)
  near(changed.cost, modified.cost)
  expect(changed.segments.map(({ level }) => Math.round(level))).toEqual([1098, 850])
})
test('mean and variance, and counts, against every cut tried in R', () => {
  const spread = segmented({
    values: both.values,
    model: { kind: 'mean-and-variance' },
    penalty: 'bic',
    minimumLength: 4,
  })
  expect(spread.changes).toEqual(both.changes)
  near(spread.cost, both.cost)
  const rates = segmented({ values: counts.values, model: { kind: 'poisson' }, penalty: 'bic', minimumLength: 3 })
  expect(rates.changes).toEqual(counts.changes)
  near(rates.cost, counts.cost)
})
test('pruning loses nothing: the same cost as the full search, at every minimum length', () => {
  const models: ChangeModel[] = [{ kind: 'mean', sigma: 1 }, { kind: 'mean-and-variance' }, { kind: 'poisson' }]
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 30 }),
      fc.integer({ min: 2, max: 4 }),
      fc.constantFrom(...models),
      fc.constantFrom(1, 4, 'modified-bic' as const),
      (values, minimumLength, model, penalty) => {
        fc.pre(new Set(values).size > 1)
        const count = values.length
        const plain = segmentCost(values, model)
        const price =
          typeof penalty === 'number' ? penalty : (model.kind === 'mean-and-variance' ? 4 : 3) * Math.log(count)
        const cost = (from: number, to: number) =>
          plain(from, to) + (typeof penalty === 'number' ? 0 : Math.log((to - from) / count))
        const best = [-price, ...values.map(() => Number.POSITIVE_INFINITY)]
        for (let to = minimumLength; to <= count; to++)
          for (let from = 0; from <= to - minimumLength; from++)
            best[to] = Math.min(best[to]!, best[from]! + cost(from, to) + price)
        const found = segmented({ values, model, penalty, minimumLength })
        expect(found.cost).toBeCloseTo(best[count]!, 8)
      },
    ),
    { numRuns: 200 },
  )
})
test('exposures: doubling both counts and exposure leaves the rate', () => {
  const values = [3, 4, 2, 5, 12, 14, 11, 13]
  const found = segmented({
    values,
    model: { kind: 'poisson' },
    penalty: 'bic',
    minimumLength: 2,
    exposures: [1, 1, 1, 1, 2, 2, 2, 2],
  })
  expect(found.segments.at(-1)!.level).toBeLessThan(7)
})
test('Pettitt and OLS-CUSUM on the Nile', () => {
  const ranks = pettittTest(nile)
  if (ranks.kind === 'cannot') throw new Error(ranks.detail)
  expect(ranks.statistic).toBe(golden.pettitt.K)
  expect(ranks.position).toBe(golden.pettitt.position)
  near(ranks.pValue, golden.pettitt.p)
  const sums = cusumChangeTest({ values: nile, longRunLag: 0 })
  if (sums.kind === 'cannot') throw new Error(sums.detail)
  near(sums.statistic, golden.cusum.statistic)
  near(sums.pValue, golden.cusum.p, 1e-6)
  expect(sums.position).toBe(golden.cusum.position)
  const long = cusumChangeTest({ values: nile, longRunLag: 3 })
  near(long.kind === 'test' ? long.statistic : 0, golden.cusum.longrun)
  ;[0.3, 0.6, 0.9, 1.2, 2].forEach((x, i) => near(kolmogorovTail(x), golden.cusum.tail[i], 1e-8))
})
test('no change, bad input', () => {
  const rest = { model: { kind: 'mean', sigma: 1 }, penalty: 'bic', minimumLength: 2 } as const
  expect(changePoints({ values: [1, 1, 1, 1], ...rest })).toMatchObject({ because: 'constant' })
  expect(changePoints({ values: [1, 2, 1], ...rest })).toMatchObject({ because: 'too-few' })
  expect(changePoints({ values: [1, 2, 1, Number.NaN], ...rest })).toMatchObject({ because: 'not-finite' })
  expect(segmented({ values: [1, 2, 1, 2, 1, 2], ...rest }).changes).toEqual([])
  expect(() => changePoints({ values: [1], ...rest, model: { kind: 'mean', sigma: 0 } })).toThrow(/sigma/)
  expect(() => changePoints({ values: [1], ...rest, model: { kind: 'mean-and-variance' }, minimumLength: 1 })).toThrow(
    /minimumLength/,
  )
  expect(() => changePoints({ values: [1.5, 2, 3, 4], ...rest, model: { kind: 'poisson' } })).toThrow(/values/)
  expect(() => changePoints({ values: [1, 2], ...rest, penalty: -1 })).toThrow(/penalty/)
  expect(() => changePoints({ values: [1, 2], ...rest, exposures: [1, 1] })).toThrow(/exposures/)
  expect(pettittTest([1, 2])).toMatchObject({ because: 'too-few' })
  expect(pettittTest([2, 2, 2, 2, 2])).toMatchObject({ because: 'constant' })
  expect(cusumChangeTest({ values: [1, 2, 3, Number.POSITIVE_INFINITY, 1], longRunLag: 0 })).toMatchObject({
    because: 'not-finite',
  })
  expect(() => cusumChangeTest({ values: nile, longRunLag: -1 })).toThrow(/longRunLag/)
  expect(differenceDeviation([1])).toBeNull()
})
