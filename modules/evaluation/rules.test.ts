import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SchemeDraft } from './contract.ts'
import { changeOf, faultOfScheme, type ItemReading, rankUnits, scoreUnit } from './rules.ts'

const draft: SchemeDraft = {
  id: 'service',
  title: { zh: '服务', en: 'Service' },
  grain: 'month',
  entityKind: 'hall',
  below: null,
  items: [
    {
      indicator: 'waiting',
      weight: 0.6,
      points: [
        [0, 100],
        [60, 0],
      ],
      required: true,
    },
    {
      indicator: 'rating',
      weight: 0.4,
      points: [
        [1, 0],
        [5, 100],
      ],
      required: false,
    },
  ],
  redistributedWeightMost: 0.4,
}
const reading = (value: number | null, standardError = 0, part: Partial<ItemReading> = {}): ItemReading => ({
  value,
  n: 100,
  tooFew: false,
  standardError,
  ...part,
})

test('the composite is the weighted sum of the points, its error the weighted errors through the slopes', () => {
  const score = scoreUnit(draft, [reading(15, 3), reading(4, 0.2)])
  // 15 minutes are 75 points, 4 stars are 75 points; slopes 100/60 and 25 points per unit.
  expect(score.composite).toBeCloseTo(75, 10)
  expect(score.standardError).toBeCloseTo(Math.hypot(0.6 * (100 / 60) * 3, 0.4 * 25 * 0.2), 10)
  expect(score.n).toBe(100)
})

describe('what is missing', () => {
  const cases: [string, Parameters<typeof scoreUnit>[1], string | null][] = [
    ['an optional item: its weight goes to the other', [reading(15), undefined], null],
    ['a required item', [undefined, reading(4)], 'missing-too-much'],
    ['a required item within the limit', [reading(null), reading(4)], 'missing-too-much'],
    ['everything', [undefined, undefined], 'missing-too-much'],
    ['too few cases in the required item', [reading(15, 0, { tooFew: true }), reading(4)], 'too-few'],
  ]
  for (const [name, readings, because] of cases) {
    test(name, () => {
      const score = scoreUnit(draft, readings)
      expect(score.notRankedBecause).toBe(because)
      expect(score.composite === null).toBe(because !== null)
    })
  }
  test('effective weights are those that counted', () => {
    expect(scoreUnit(draft, [reading(15), undefined]).parts.map((part) => part.effectiveWeight)).toEqual([1, 0])
  })
  test('required is said when the rest would have been enough', () => {
    const light: SchemeDraft = {
      ...draft,
      items: [
        { ...draft.items[0]!, weight: 0.3 },
        { ...draft.items[1]!, weight: 0.7 },
      ],
    }
    expect(scoreUnit(light, [undefined, reading(4)]).notRankedBecause).toBe('missing-required')
  })
})

test('a small unit far from the mean is inside the funnel, a large one at the same distance is not', () => {
  const unit = (composite: number, standardError: number) => ({
    composite,
    standardError,
    n: 1,
    notRankedBecause: null,
    parts: [],
  })
  const crowd = Array.from({ length: 40 }, (_, index) => unit(70 + (index % 2 === 0 ? 0.5 : -0.5), 1))
  const { standings, overDispersion } = rankUnits([...crowd, unit(62, 1), unit(62, 9)])
  expect(overDispersion).toBe(1)
  expect(standings.at(-2)!.funnel).toBe('below-99.8')
  expect(standings.at(-1)!.funnel).toBe('inside')
  // Same score, same rank; but nobody can say where the small one really stands.
  expect(standings.at(-1)!.rank).toBe(standings.at(-2)!.rank)
  expect(standings.at(-1)!.rankBest).toBe(1)
  expect(standings.at(-2)!.rankBest).toBe(41)
})

test('every rank lies in its band, and not-ranked units have none', () => {
  const score = fc.record({
    composite: fc.double({ min: 0, max: 100, noNaN: true }),
    standardError: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(fc.option(score), { maxLength: 60 }), (scores) => {
      const units = scores.map((each) => ({
        composite: each?.composite ?? null,
        standardError: each?.standardError ?? null,
        n: 1,
        notRankedBecause: null,
        parts: [],
      }))
      for (const standing of rankUnits(units).standings) {
        if (standing.composite === null) expect([standing.rank, standing.funnel]).toEqual([null, null])
        else expect(standing.rankBest! <= standing.rank! && standing.rank! <= standing.rankWorst!).toBe(true)
      }
    }),
  )
})

test('faults of a scheme', () => {
  expect(faultOfScheme(draft)).toBeNull()
  expect(faultOfScheme({ ...draft, items: [draft.items[0]!] })).toEqual({ kind: 'weights', sum: 0.6 })
  const unordered = {
    ...draft.items[1]!,
    points: [
      [5, 100],
      [1, 0],
    ] as [number, number][],
  }
  expect(faultOfScheme({ ...draft, items: [draft.items[0]!, unordered] })).toEqual({
    kind: 'points',
    indicator: 'rating',
  })
})

test('a change within chance is called so', () => {
  const now = { composite: 75, standardError: 2, n: 1, notRankedBecause: null, parts: [] }
  expect(changeOf(now, { composite: 72, standardError: 2 })).toEqual({ change: 3, changeSignificant: false })
  expect(changeOf(now, { composite: 60, standardError: 2 })).toEqual({ change: 15, changeSignificant: true })
  expect(changeOf(now, undefined)).toEqual({ change: null, changeSignificant: null })
})
