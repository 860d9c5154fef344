import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consequenceDraft, type ConsequenceDraft, type ConsequenceDraftInput } from '../../contract/consequences.ts'
import { amountsOf, consequenceIssues, followingOf, type Rated, sharesOf } from './consequences.ts'

const draftOf = (part: Partial<ConsequenceDraftInput> = {}): ConsequenceDraft =>
  consequenceDraft.parse({
    id: 'traffic',
    title: { zh: '分流', en: 'Traffic' },
    scheme: 'halls',
    grain: 'month',
    kind: 'share',
    from: 'stars',
    table: [
      [1, 1],
      [3, 2],
      [5, 4],
    ],
    ...part,
  } satisfies ConsequenceDraftInput)
const unit = (stars: number | null, peerGroup: string | null = null): Rated => ({
  stars,
  peerGroup,
  composite: stars === null ? null : stars * 20 - 5,
})
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

describe('shares', () => {
  test('by the table, of the last value reached', () => {
    const { values } = followingOf(draftOf(), [unit(5), unit(4), unit(2), unit(null)])
    expect(values.map((value) => value * 7)).toEqual([4, 2, 1, 0])
  })
  test('a unit without a score gets what is said for those', () => {
    expect(followingOf(draftOf({ notRanked: 2 }), [unit(3), unit(null)]).values).toEqual([0.5, 0.5])
  })
  test('of each peer group by itself', () => {
    const units = [unit(5, '县'), unit(1, '县'), unit(3, '市')]
    const found = followingOf(draftOf({ within: 'peer-group' }), units)
    expect(found.values).toEqual([0.8, 0.2, 1])
    expect(found.groups).toEqual([
      { peerGroup: '县', units: 2, floor: 0 },
      { peerGroup: '市', units: 1, floor: 0 },
    ])
  })
  test('none below the floor; where there is no room for it, even shares, and that is said', () => {
    const units = [unit(5), unit(5), unit(1), unit(null)]
    expect(followingOf(draftOf({ floor: 0.15 }), units).values).toEqual([0.35, 0.35, 0.15, 0.15])
    const { values, groups } = followingOf(draftOf({ floor: 0.4 }), units)
    expect(values).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(groups[0]!.floor).toBe(0.25)
  })
  test('whatever the weights: they sum to 1, keep to the floor, and more weight never gives less', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
        const floor = part / given.length
        const shares = sharesOf(given, floor)
        expect(sum(shares)).toBeCloseTo(1, 9)
        for (const share of shares) expect(share).toBeGreaterThanOrEqual(floor - 1e-12)
        for (const [a, one] of given.entries())
          for (const [b, other] of given.entries())
            if (one > other) expect(shares[a]!).toBeGreaterThanOrEqual(shares[b]! - 1e-12)
      }),
    )
  })
})

describe('amounts', () => {
  test('of a total are shared out to the last hundredth', () => {
    const draft = draftOf({ kind: 'amount', currency: 'CNY', totalHundredths: 100_00 })
    // By hand: 10,000 fen by 4 : 2 : 1 are 5714.29, 2857.14 and 1428.57; the fen that is left goes to the last.
    expect(followingOf(draft, [unit(5), unit(3), unit(1)]).values).toEqual([5714, 2857, 1429])
    expect(followingOf({ ...draft, table: [[5, 1]] }, [unit(3), unit(1)]).values).toEqual([0, 0])
  })
  test('without a total are what the table says', () => {
    const table: [number, number][] = [
      [60, 50_000],
      [80, 120_000],
    ]
    const draft = draftOf({ kind: 'amount', from: 'composite', currency: 'CNY', table, notRanked: 1_000 })
    expect(followingOf(draft, [unit(5), unit(4), unit(3), unit(null)]).values).toEqual([120_000, 50_000, 0, 1_000])
  })
  test('whatever the weights: they sum to the total, no hundredth more than one away from exact', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 1e12 }), (given, total) => {
        const whole = sum(given)
        fc.pre(whole > 1e-3)
        const amounts = amountsOf(given, total)
        expect(sum(amounts)).toBe(total)
        for (const [place, amount] of amounts.entries()) {
          expect(Number.isInteger(amount)).toBe(true)
          expect(Math.abs(amount - (given[place]! / whole) * total)).toBeLessThan(1.01)
        }
      }),
    )
  })
})

test('signs show the stars, from those the table says', () => {
  const draft = draftOf({ kind: 'sign', table: [[3, 1]] })
  expect(followingOf(draft, [unit(5), unit(3), unit(2), unit(null)]).values).toEqual([5, 3, 0, 0])
})

describe('rules that cannot stand', () => {
  const cases: [string, Partial<ConsequenceDraftInput>, string[]][] = [
    ['one that can', {}, []],
    [
      'values that fall',
      {
        table: [
          [3, 1],
          [2, 2],
        ],
      },
      ['table.1.0 table-order'],
    ],
    [
      'a value twice',
      {
        table: [
          [3, 1],
          [3, 2],
        ],
      },
      ['table.1.0 table-order'],
    ],
    ['six stars', { table: [[6, 1]] }, ['table.0.0 table-range']],
    ['half a star', { table: [[2.5, 1]] }, ['table.0.0 whole-number']],
    ['a composite above 100', { from: 'composite', table: [[120, 1]] }, ['table.0.0 table-range']],
    ['a sign by composites', { kind: 'sign', from: 'composite', table: [[60, 1]] }, ['from kind-unfit']],
    ['a sign with a floor', { kind: 'sign', floor: 0.1 }, ['floor kind-unfit']],
    ['a share with a total', { totalHundredths: 5 }, ['totalHundredths kind-unfit']],
    ['a share in money', { currency: 'CNY' }, ['currency kind-unfit']],
    ['an amount of nothing named', { kind: 'amount' }, ['currency currency-missing']],
    ['half a fen', { kind: 'amount', currency: 'CNY', table: [[1, 0.5]] }, ['table.0.1 whole-number']],
    ['nothing for anybody', { table: [[1, 0]] }, ['table table-empty']],
  ]
  test.each(cases)('%s', (_name, part, expected) => {
    expect(consequenceIssues(draftOf(part)).map((issue) => `${issue.field} ${issue.rule}`)).toEqual(expected)
  })
  test.each([
    ['no table', { table: [] }],
    ['a negative weight', { table: [[1, -1]] }],
    ['infinite', { table: [[1, Infinity]] }],
    ['a floor above the whole-number', { floor: 1.5 }],
    ['an id with blanks', { id: 'a b' }],
  ] as const)('by shape: %s', (_name, part) => {
    expect(() => draftOf(part as never)).toThrow()
  })
})
