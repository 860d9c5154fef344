/** Segments, forecasts and their accuracy against figures worked out by hand. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerSegmentNames } from '../../contract/customers/customers.ts'
import { accuracyOf } from './accuracy.ts'
import { boundsOf, classesOf, daysOf, fitBetaPrior, forecastOf, NO_RECENCY, shrunk, withNone } from './forecast.ts'
import { looksLikePseudonyms, personalKindOf } from './personal-data.ts'
import { cutsOf, placesOf, scoreOf, segmentOf } from './segments.ts'

describe('what looks like personal data', () => {
  const cases: [string, string[], ReturnType<typeof personalKindOf>][] = [
    ['mobile numbers', ['13812345678', 'K1'], 'phone'],
    ['with the country and dividers', ['+86 138-1234-5678'], 'phone'],
    ['an identity number with its check digit', ['11010519491231002X'], 'identity-number'],
    ['eighteen digits with another check digit', ['110105194912310021'], null],
    ['e-mail', ['somebody@example.org'], 'e-mail'],
    ['hashes', ['9f86d081884c7d65', 'e3b0c44298fc1c14'], null],
    ['member numbers of eight digits', ['10000231', '13800138'], null],
    ['one in a thousand', ['13812345678', ...Array.from({ length: 999 }, (_, index) => `K${index}`)], null],
    ['one in a hundred', ['13812345678', ...Array.from({ length: 99 }, (_, index) => `K${index}`)], 'phone'],
    ['nothing', [], null],
  ]
  for (const [name, values, kind] of cases) test(name, () => expect(personalKindOf(values)).toBe(kind))
})

test('pseudonyms are many and come again', () => {
  expect(looksLikePseudonyms(5_000, 1_000)).toBe(true)
  expect(looksLikePseudonyms(1_000, 1_000)).toBe(false)
  expect(looksLikePseudonyms(5_000, 5)).toBe(false)
})

describe('scores by fifths', () => {
  test('ten different values: two of each score', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    const cuts = cutsOf(values)
    expect(cuts).toEqual([2, 4, 6, 8])
    expect(values.map((value) => scoreOf(value, cuts))).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  })
  test('ties score the same and leave scores empty', () => {
    const values = [1, 1, 1, 1, 1, 1, 1, 2, 2, 9]
    const cuts = cutsOf(values)
    expect(cuts).toEqual([1, 1, 1, 2])
    expect(values.map((value) => scoreOf(value, cuts))).toEqual([1, 1, 1, 1, 1, 1, 1, 4, 4, 5])
  })
  test('all alike: nobody stands out', () => {
    expect(scoreOf(3, cutsOf([3, 3, 3]))).toBe(1)
    expect(cutsOf([])).toEqual([])
  })
  test('score k says that at least (k - 1) fifths are strictly lower, and k + 1 would not be true', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 40 }), (values) => {
        const cuts = cutsOf(values)
        for (const value of values) {
          const lower = values.filter((other) => other < value).length / values.length
          const score = scoreOf(value, cuts)
          expect(lower).toBeGreaterThanOrEqual((score - 1) / 5 - 1e-12)
          if (score < 5) expect(lower).toBeLessThan(score / 5)
        }
      }),
    )
  })
})

describe('segments', () => {
  const cases: [number, number, number | null, string][] = [
    [5, 5, 5, 'high-value'],
    [5, 5, null, 'loyal'],
    [3, 4, 4, 'loyal'],
    [4, 3, 5, 'promising'],
    [5, 1, 5, 'new'],
    [3, 2, null, 'occasional'],
    [2, 3, 5, 'at-risk'],
    [1, 1, 1, 'dormant'],
  ]
  for (const [recency, frequency, monetary, segment] of cases)
    test(`${recency} ${frequency} ${monetary}: ${segment}`, () =>
      expect(segmentOf({ recency, frequency, monetary })).toBe(segment))
  test('every place belongs to exactly one segment', () => {
    const places = customerSegmentNames.flatMap(placesOf)
    expect(places).toHaveLength(150)
    expect(new Set(places).size).toBe(150)
  })
})

const cell = (frequency: number, recency: number, customers: number, came: number) => ({
  frequency,
  recency,
  customers,
  came,
})

describe('the table', () => {
  test('classes and their bounds', () => {
    expect(classesOf(0, 0)).toEqual({ frequency: 0, recency: NO_RECENCY })
    expect(classesOf(4, 29)).toEqual({ frequency: 3, recency: 1 })
    expect(classesOf(500, 364)).toEqual({ frequency: 6, recency: 4 })
    expect(boundsOf(3, 1)).toEqual({ from: 3, to: 4, daysFrom: 7, daysTo: 29 })
    expect(boundsOf(6, 4)).toEqual({ from: 20, to: null, daysFrom: 180, daysTo: 364 })
    expect(boundsOf(0, NO_RECENCY)).toEqual({ from: 0, to: 0, daysFrom: null, daysTo: null })
  })

  test('those without the event are the others', () => {
    expect(withNone([cell(1, 0, 30, 4)], 100, 7)).toEqual([cell(0, NO_RECENCY, 70, 7), cell(1, 0, 30, 4)])
  })

  // p = 40 / 200, S = 2, S / (p q) = 12.5; (12.5 - 1) / (200 - 100 - 1) = 11.5 / 99; strength 99 / 11.5 - 1 = 87.5 / 11.5.
  test('beta prior by moments, by hand', () => {
    const prior = fitBetaPrior([cell(1, 0, 100, 10), cell(2, 0, 100, 30)])
    expect(prior.mean).toBeCloseTo(0.2, 12)
    expect(prior.strength).toBeCloseTo(87.5 / 11.5, 10)
    expect(shrunk(prior, { customers: 100, came: 10 })).toBeCloseTo((10 + 17.5 / 11.5) / (100 + 87.5 / 11.5), 12)
    expect(shrunk(prior, undefined)).toBeCloseTo(0.2, 12)
  })
  test('cells that do not differ all get the overall rate', () => {
    const prior = fitBetaPrior([cell(1, 0, 50, 10), cell(2, 0, 100, 20)])
    expect(prior.strength).toBe(Number.POSITIVE_INFINITY)
    expect(shrunk(prior, { customers: 50, came: 50 })).toBeCloseTo(0.2, 12)
    expect(fitBetaPrior([])).toEqual({ mean: 0, strength: Number.POSITIVE_INFINITY })
  })
  test('a likelihood lies between its cell and the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 12 }), (pairs) => {
        const cells = pairs.map(([a, b], index) => cell(index % 7, 0, a + b, a))
        const prior = fitBetaPrior(cells)
        for (const each of cells.filter(({ customers }) => customers > 0)) {
          const own = each.came / each.customers
          const value = shrunk(prior, each)
          expect(value).toBeGreaterThanOrEqual(Math.min(own, prior.mean) - 1e-12)
          expect(value).toBeLessThanOrEqual(Math.max(own, prior.mean) + 1e-12)
        }
      }),
    )
  })

  test('fit and test share no day of outcome', () => {
    expect(daysOf('2026-06-30', 30)).toEqual({ fitDay: '2026-05-01', testDay: '2026-05-31', neededFrom: '2025-05-02' })
  })
})

describe('accuracy', () => {
  test('Brier, skill and AUC by hand', () => {
    const cells = [
      { probability: 0.1, customers: 10, came: 1 },
      { probability: 0.5, customers: 10, came: 5 },
    ]
    const found = accuracyOf(cells, 0.3)!
    expect(found.brier).toBeCloseTo(0.17, 12)
    expect(found.brierBase).toBeCloseTo(0.21, 12)
    expect(found.skill).toBeCloseTo(1 - 17 / 21, 12)
    expect(found.auc).toBeCloseTo(62 / 84, 12)
    // Gains of squared error: -0.32 once, 0.08 nine times, 0.24 five times, -0.16 five times; mean 0.04, squares about it 0.544.
    const margin = 1.959963984540054 * Math.sqrt(0.544 / 19 / 20)
    expect(found.skillLow).toBeCloseTo((0.04 - margin) / 0.21, 9)
    expect(found.skillHigh).toBeCloseTo((0.04 + margin) / 0.21, 9)
    expect(found.calibration.map((group) => [group.expected, group.observed, group.n, group.inside])).toEqual([
      [0.1, 0.1, 10, true],
      [0.5, 0.5, 10, true],
    ])
  })
  test('one probability for all has no skill and an AUC of a half', () => {
    const found = accuracyOf([{ probability: 0.2, customers: 50, came: 9 }], 0.2)!
    expect([found.skill, found.skillLow, found.skillHigh, found.auc]).toEqual([0, 0, 0, 0.5])
    expect(accuracyOf([], 0.2)).toBeNull()
    expect(accuracyOf([{ probability: 0.2, customers: 5, came: 0 }], 0.2)!.auc).toBeNull()
  })
  test('small neighbours are joined until a tenth is full, and nobody is lost', () => {
    const cells = Array.from({ length: 40 }, (_, index) => ({ probability: index / 50, customers: 7, came: index % 3 }))
    const { calibration, n } = accuracyOf(cells, 0.3)!
    expect(calibration.length).toBeLessThanOrEqual(10)
    expect(calibration.reduce((sum, group) => sum + group.n, 0)).toBe(n)
  })
})

describe('what is shown', () => {
  const fit = [cell(0, NO_RECENCY, 500, 25), cell(3, 0, 500, 200)]
  const cases: [string, typeof fit, typeof fit, string | null][] = [
    ['skill above chance', fit, [cell(0, NO_RECENCY, 400, 24), cell(3, 0, 400, 150)], null],
    ['the world turned round', fit, [cell(0, NO_RECENCY, 400, 150), cell(3, 0, 400, 24)], 'no-skill'],
    ['nothing differs', [cell(0, NO_RECENCY, 500, 50), cell(3, 0, 500, 50)], fit, 'no-skill'],
    ['too few who came', fit, [cell(0, NO_RECENCY, 400, 2), cell(3, 0, 400, 10)], 'too-few'],
    ['too few customers', [cell(3, 0, 150, 50)], fit, 'too-few'],
    ['no test', fit, [], 'too-few'],
  ]
  for (const [name, made, tried, reason] of cases)
    test(name, () => expect(forecastOf('visit', made, tried).reason).toBe(reason))
  test('each cell carries what the test saw', () => {
    const { cells } = forecastOf('visit', fit, [cell(3, 0, 100, 40)])
    expect(cells[0]).toMatchObject({ from: 3, to: 4, customers: 500, came: 200, test: { customers: 100, came: 40 } })
    expect(cells[1]).toMatchObject({ from: 0, daysFrom: null, test: { customers: 0, low: null } })
  })
})
