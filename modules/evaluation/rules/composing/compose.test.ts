import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SchemeDraft, SchemeDraftInput } from '../../contract.ts'
import { columnOf, itemOf, readingsOf, schemeOf } from '../../samples.ts'
import { compose, missingReasonOf, reasonOf } from './compose.ts'
import { seededRandom } from '#platform/seeded-random'

const chance = seededRandom(0.3)
const two = schemeOf([
  itemOf('waiting', 0.6, {
    transform: {
      kind: 'piecewise',
      points: [
        [0, 100],
        [60, 0],
      ],
    },
    required: true,
  }),
  itemOf('rating', 0.4, {
    transform: {
      kind: 'piecewise',
      points: [
        [1, 0],
        [5, 100],
      ],
    },
  }),
])
const errors = (...values: number[]) => Float64Array.from(values)

test('the composite is the weighted sum of the points, its error the weighted errors through the slopes', () => {
  const readings = readingsOf([columnOf([15], { errors: errors(3) }), columnOf([4], { errors: errors(0.2) })])
  const { composite, errors: found, ns } = compose(two, readings, chance)
  // 15 minutes are 75 points, 4 stars are 75 points; slopes 100/60 and 25 points per unit.
  expect(composite[0]).toBeCloseTo(75, 10)
  expect(found[0]).toBeCloseTo(Math.hypot(0.6 * (100 / 60) * 3, 0.4 * 25 * 0.2), 10)
  expect(ns[0]).toBe(100)
})

describe('who is not ranked, and why', () => {
  const few = { ns: Float64Array.from([3]), minimumN: 10 }
  const light = schemeOf([itemOf('waiting', 0.3, { required: true }), itemOf('rating', 0.7)])
  const demanding = (part: Partial<SchemeDraft['eligibility']>) => ({
    ...two,
    eligibility: { leastItems: 1, leastDimensions: 1, leastN: 0, ...part },
  })
  const cases: [string, SchemeDraft, (number | null)[], object, string | null][] = [
    ['an optional item may be missing', two, [15, null], {}, null],
    ['too much is missing', two, [null, 4], {}, 'missing-too-much'],
    ['nothing is there', two, [null, null], {}, 'missing-too-much'],
    ['too few cases', two, [15, 4], few, 'too-few'],
    ['a required item, though the rest would be enough', light, [null, 4], {}, 'missing-required'],
    ['fewer items than demanded', demanding({ leastItems: 2 }), [15, null], {}, 'too-few-items'],
    ['fewer cases than demanded', demanding({ leastN: 101 }), [15, 4], {}, 'too-few'],
  ]
  test.each(cases)('%s', (_name, draft, [a, b], part, because) => {
    const readings = readingsOf([columnOf([a!], part), columnOf([b!])])
    const { composite, reasons } = compose(draft, readings, chance)
    expect(reasonOf(reasons[0]!)).toBe(because)
    expect(Number.isNaN(composite[0]!)).toBe(because !== null)
  })
  test('below the minimum a value may count as provisional', () => {
    const draft = schemeOf([itemOf('waiting', 1, { belowMinimum: 'provisional', minimumN: 50 })])
    const found = compose(draft, readingsOf([columnOf([80], { ns: Float64Array.from([7]) })]), chance)
    expect([found.composite[0], found.provisional[0], found.items[0]!.provisional[0]]).toEqual([80, 1, 1])
  })
  test('what a definition hides is told as hidden', () => {
    const found = compose(two, readingsOf([columnOf([15]), columnOf([null], { hidden: Uint8Array.of(1) })]), chance)
    expect(missingReasonOf(found.items[1]!.missing[0]!)).toBe('hidden')
  })
})

test('gates that cap points lower the composite, and what it was stays known', () => {
  const draft = schemeOf([itemOf('rating', 1)], {
    gates: [
      {
        id: 'incident',
        title: { zh: '事故', en: 'Incident' },
        indicator: 'incidents',
        operator: 'at-least',
        limit: 1,
        cap: { kind: 'points', most: 50 },
      },
    ],
  })
  const gates = [Float64Array.from([0, 1, Number.NaN])]
  const { composite, uncapped } = compose(draft, readingsOf([columnOf([80, 90, 70])], { gates }), chance)
  expect([...composite]).toEqual([80, 50, 70])
  expect([...uncapped]).toEqual([80, 90, 70])
})

describe('small units are drawn towards their peers', () => {
  const shrinking = (part: object = {}) => schemeOf([itemOf('share', 1, { shrink: 'peers', ...part })])
  const values = [0, 100, 70, 68, 72, 71]
  const ns = Float64Array.from([2, 2, 400, 500, 450, 480])
  const column = columnOf(values, {
    ns,
    scatter: 'binomial',
    scale: 100,
    errors: errors(40, 40, 2, 2, 2, 2),
    minimumN: 30,
  })
  test('shares by their cases: the smallest most, all between their own and the peers’, provisional instead of missing', () => {
    const { items, provisional, priors } = compose(shrinking(), readingsOf([column]), chance)
    const { used, usedErrors } = items[0]!
    const [prior] = priors
    expect(prior!.mean).toBeGreaterThan(65)
    for (const [unit, value] of values.entries()) {
      const [low, high] = [Math.min(value, prior!.mean), Math.max(value, prior!.mean)]
      expect(used[unit]! >= low - 1e-9 && used[unit]! <= high + 1e-9).toBe(true)
      expect(usedErrors[unit]!).toBeLessThan(40)
    }
    expect(Math.abs(used[0]! - prior!.mean)).toBeLessThan(0.5 * Math.abs(values[0]! - prior!.mean))
    expect([...provisional]).toEqual([1, 1, 0, 0, 0, 0])
  })
  test('a peer group of one or two stays as it is', () => {
    const groups = { groups: Int32Array.from([0, 1, 1, 2, 2, 2]), groupNames: ['aa', 'bb', 'cc'] }
    const { items, priors } = compose(shrinking(), readingsOf([column], groups), chance)
    expect(Array.from(items[0]!.used.slice(0, 3))).toEqual(values.slice(0, 3))
    expect(priors.every((prior) => prior.group === 2)).toBe(true)
  })
  test('values whose error is unknown cannot be drawn', () => {
    const unknown = columnOf(values, { ns, scatter: 'unknown', errors: errors(...values.map(() => Number.NaN)) })
    expect([...compose(shrinking(), readingsOf([unknown]), chance).items[0]!.used]).toEqual(values)
  })
  test('all alike, all zero, one unit: nothing breaks', () => {
    for (const same of [[0, 0, 0, 0], [100, 100, 100, 100], [50, 50, 50, 50], [50]]) {
      for (const scatter of ['binomial', 'poisson', 'normal'] as const) {
        const own = columnOf(same, { scatter, scale: 100, errors: errors(...same.map(() => 5)) })
        const { composite } = compose(shrinking(), readingsOf([own]), chance)
        for (const [unit, value] of same.entries()) expect(composite[unit]).toBeCloseTo(value, 6)
      }
    }
  })
})

describe('other ways to aggregate', () => {
  const items = [itemOf('aa', 0.5), itemOf('bb', 0.3), itemOf('cc', 0.2)]
  const readings = readingsOf([
    columnOf([90, 60, 30, 75, null], { errors: errors(2, 2, 2, 2, 0) }),
    columnOf([80, 70, 20, 10, 50], { errors: errors(3, 3, 3, 3, 3) }),
    columnOf([95, 40, 35, 60, 50], { errors: errors(1, 1, 1, 1, 1) }),
  ])
  const kinds: SchemeDraftInput['aggregation'][] = [
    { kind: 'weighted-product' },
    { kind: 'topsis' },
    { kind: 'vikor' },
    { kind: 'grey-relational' },
    { kind: 'fuzzy', levels: [0, 50, 100] },
  ]
  test.each(kinds.map((kind) => [kind!.kind, kind] as const))(
    '%s: the best in all comes first, within 0 and 100, with an error',
    (_name, aggregation) => {
      const { composite, errors: found, reasons } = compose(schemeOf(items, { aggregation }), readings, chance)
      const known = [...composite].slice(0, 4)
      for (const value of known) expect(value >= 0 && value <= 100).toBe(true)
      expect(Math.max(...known)).toBe(known[0])
      expect(known[0]).toBeGreaterThan(known[2]!)
      expect(found[0]).toBeGreaterThanOrEqual(0)
      expect(found.slice(0, 4).some((error) => error > 0)).toBe(true)
      // Methods that compare all with all cannot do with a gap; the others share its weight.
      const whole = ['topsis', 'vikor', 'grey-relational'].includes(aggregation!.kind)
      if (whole) expect(Number.isNaN(composite[4]!)).toBe(true)
      expect(reasons[0]).toBe(0)
    },
  )
  test('the fuzzy weighted average with evenly spaced levels is the weighted sum', () => {
    const plain = compose(schemeOf(items), readings, chance)
    const fuzzy = compose(
      schemeOf(items, { aggregation: { kind: 'fuzzy', levels: [0, 25, 50, 75, 100] } }),
      readings,
      chance,
    )
    for (let unit = 0; unit < 4; unit += 1) expect(fuzzy.composite[unit]).toBeCloseTo(plain.composite[unit]!, 8)
    for (let unit = 0; unit < 4; unit += 1) expect(fuzzy.errors[unit]).toBeCloseTo(plain.errors[unit]!, 6)
  })
  test('data envelopment: who gives most for what it spends is efficient', () => {
    const draft = schemeOf([itemOf('cost', 0.5, { role: 'resource' }), itemOf('served', 0.5)], {
      aggregation: { kind: 'data-envelopment', returns: 'constant', orientation: 'input' },
    })
    const spent = readingsOf([columnOf([10, 10, 20]), columnOf([100, 50, 150])])
    const { composite } = compose(draft, spent, chance)
    expect([...composite].map((value) => Number(value.toFixed(6)))).toEqual([100, 50, 75])
  })
  test('values that allow no comparison make nobody ranked', () => {
    const alike = readingsOf([columnOf([50, 50]), columnOf([50, 50]), columnOf([50, 50])])
    const { reasons } = compose(schemeOf(items, { aggregation: { kind: 'topsis' } }), alike, chance)
    expect([...reasons].map(reasonOf)).toEqual(['not-calculable', 'not-calculable'])
  })
})

test('better in one item never lowers a unit; order and unit of measure of others do not matter', () => {
  const value = fc.integer({ min: 0, max: 100 })
  const unit = fc.tuple(value, value, value)
  const kind = fc.constantFrom<SchemeDraftInput['aggregation']>(
    { kind: 'weighted-sum' },
    { kind: 'weighted-product' },
    { kind: 'fuzzy', levels: [0, 50, 100] },
  )
  fc.assert(
    fc.property(kind, fc.array(unit, { minLength: 2, maxLength: 8 }), value, (aggregation, units, better) => {
      const draft = schemeOf([itemOf('aa', 0.5), itemOf('bb', 0.3), itemOf('cc', 0.2)], { aggregation })
      const of = (rows: readonly (readonly number[])[]) =>
        compose(draft, readingsOf([0, 1, 2].map((place) => columnOf(rows.map((row) => row[place]!)))), chance).composite
      const before = of(units)
      const raised = of([[Math.max(units[0]![0], better), units[0]![1], units[0]![2]], ...units.slice(1)])
      expect(raised[0]!).toBeGreaterThanOrEqual(before[0]! - 1e-9)
      const turned = of(units.toReversed())
      for (const [place, own] of [...before].entries()) expect(turned[units.length - 1 - place]).toBeCloseTo(own, 9)
    }),
  )
})
